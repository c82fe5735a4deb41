"""Tells a story: people do what they like of what they see, time passes, and in the end all must be well."""

import asyncio
from collections import Counter as Tally
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final
from uuid import uuid4

from tests.journeys.people.applying import applies
from tests.journeys.people.asking import Answer, Counter
from tests.journeys.people.handing import between_agencies
from tests.journeys.people.judging import Known, wrong, wrong_twice
from tests.journeys.people.office import in_the_office
from tests.journeys.people.sight import Sight, look_at
from tests.journeys.people.steps import Hour, Step, Story, Twist, rounds
from tests.journeys.people.wishes import Wish, chosen, defied

MONTHS: Final = 12
"""How long the end of a story may take until every deadline has passed."""


class WentWrong(Exception):
    """What must not be; the lines before it are the story."""


@dataclass
class Telling:
    """One story, with cases of its own."""

    counter: Counter
    cases: list[Known] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    acts: Tally[str] = field(default_factory=Tally)

    async def tell(self, story: Story) -> None:
        """Raises WentWrong."""
        for steps in rounds(story):
            await self.pass_time(steps[0])
            await self.act_at_once(steps)
        await self.end()

    async def pass_time(self, step: Step) -> None:
        traveller = self.counter.stage.traveller
        match step.hour:
            case Hour.NOW | Hour.MEANWHILE:
                await traveller.quiet()
            case Hour.LATER:
                await traveller.travel(self.counter.now + timedelta(hours=1 + step.mood % 48))
            case Hour.DEADLINE:
                await traveller.quiet()
                if due := await traveller.next_timer():
                    await traveller.travel(due)
        self.lines.append(f"{step.hour} ({self.counter.now:%d %B %H:%M}):")

    async def act_at_once(self, steps: Sequence[Step]) -> None:
        """Everybody looks first, and then all act."""
        about = [self.cases[step.which] if step.which < len(self.cases) else None for step in steps]
        sights = {each.name: await look_at(self.counter, each.case_id) for each in about if each}
        if quiet := steps[0].hour is not Hour.RUSH:
            for each in about:
                if each:
                    self.compare(each, sights[each.name])
        acts = []
        for step, case in zip(steps, about, strict=True):
            wish = self.wanted(sights[case.name], step) if case else applies(step.mood)
            if wish:
                alone = case is None or about.count(case) == 1
                acts.append(self.act(step, wish, case, undisturbed=quiet and alone))
        await asyncio.gather(*acts)

    def wanted(self, sight: Sight, step: Step) -> Wish | None:
        mood, now = step.mood, self.counter.now
        wishes = [*between_agencies(sight, mood, now), *in_the_office(sight, mood)]
        return chosen(defied(wishes) if step.twist is Twist.DEFIANT else wishes, mood)

    def compare(self, case: Known, sight: Sight) -> None:
        for contradiction in case.contradictions(sight):
            self.fail(f"{case.name} {contradiction}")

    # --- Acting --------------------------------------------------------------------------------------------

    async def act(self, step: Step, wish: Wish, case: Known | None, *, undisturbed: bool) -> None:
        twist = fitting(step.twist, wish)
        wish = twisted(wish, twist)
        key = str(uuid4())
        if twist is Twist.TWICE:
            answers = list(
                await asyncio.gather(self.ask(wish, twist, key), self.ask(wish, twist, str(uuid4())))
            )
            self.say(case, wish, twist, *answers)
            verdicts = [wrong(wish, twist, each, undisturbed=False) for each in answers]
            verdicts.append(wrong_twice(wish, answers, undisturbed=undisturbed))
        else:
            answers = [await self.ask(wish, twist, key)]
            self.say(case, wish, twist, *answers)
            verdicts = [wrong(wish, twist, answers[0], undisturbed=undisturbed)]
            verdicts.append(await self.repeat(wish, twist, key, answers[0]))
        for verdict in verdicts:
            if verdict:
                self.fail(verdict)
        for answer in answers:
            if answer.good:
                self.note(case, wish, answer)

    async def ask(self, wish: Wish, twist: Twist, key: str) -> Answer:
        etag = wish.seen.etag if wish.seen else None
        if twist is Twist.STALE:
            etag = '"0"'
        elif twist is Twist.NO_TAG:
            etag = None
        return await self.counter.ask(
            wish.role, wish.agency, wish.service, wish.path, wish.body, etag=etag, key=key
        )

    async def repeat(self, wish: Wish, twist: Twist, key: str, first: Answer) -> str | None:
        """The same request again has the same answer; another one under its key has none."""
        if not first.good:
            return None
        if twist is Twist.AGAIN:
            again = await self.ask(wish, twist, key)
            same = (again.status, again.said) == (first.status, first.said) and again.replayed
            return None if same else f"was answered otherwise when asked again: {again}"
        if twist is Twist.OTHER_BODY:
            # Its fields in another order are other bytes that can be read as well; an unknown field cannot.
            turned = dict(reversed(list(wish.body.items()))) if len(wish.body) > 1 else {"otherwise": True}
            again = await self.ask(replace(wish, body=turned), twist, key)
            expected = {"key-reused"} if len(wish.body) > 1 else {"key-reused", "invalid-request"}
            return None if again.problem in expected else f"used a key twice: {again}"
        return None

    def note(self, case: Known | None, wish: Wish, answer: Answer) -> None:
        if case:
            case.note(wish, answer)
        elif not any(answer.said["case_id"] == each.case_id for each in self.cases):
            name = chr(ord("A") + len(self.cases))
            self.cases.append(Known(name=name, case_id=answer.said["case_id"], number=answer.said["number"]))
            self.lines.append(f"    it is case {name}: {answer.said['number']}, {answer.said['case_id']}")

    def say(self, case: Known | None, wish: Wish, twist: Twist, *answers: Answer) -> None:
        self.acts.update(f"{wish.verb.partition(',')[0]}: {answer}" for answer in answers)
        about = f"{case.name}: " if case else ""
        how = f" ({twist})" if twist else ""
        self.lines.append(f"  {about}{wish.agency} {wish.words}{how}: {', '.join(map(str, answers))}")

    def fail(self, what: str) -> None:
        raise WentWrong(what)

    # --- The end -------------------------------------------------------------------------------------------

    async def end(self) -> None:
        """Nobody wishes anything more but that what is escalated is decided; every deadline passes."""
        traveller = self.counter.stage.traveller
        for month in range(MONTHS):
            await traveller.quiet()
            sights = [await look_at(self.counter, case.case_id) for case in self.cases]
            for case, sight in zip(self.cases, sights, strict=True):
                self.compare(case, sight)
                for escalation in sight.undecided:
                    await self.decide(case, sight, escalation["transfer_id"])
            if month and not any(sight.running or sight.undecided for sight in sights):
                break
            await traveller.quiet()
            self.counter.stage.clock.step_to(self.counter.now + timedelta(days=30))
            self.lines.append("a month passes")
        else:
            self.fail(f"after {MONTHS} months a transfer is still open")

    async def decide(self, case: Known, sight: Sight, escalation: str) -> None:
        """The desk directs that the owner keeps it."""
        wishes = [each for each in between_agencies(sight, 0, self.counter.now) if each.verb == "directs"]
        wish = next(each for each in wishes if escalation in each.path)
        assert sight.custody
        wish = replace(wish, body={"to": sight.custody["owner"]}, words="directs the owner to keep it")
        await self.act(Step(Hour.NOW, 0, 0, Twist.PLAIN), wish, case, undisturbed=False)


def fitting(twist: Twist, wish: Wish) -> Twist:
    """The twist, where the wish can be asked for like that."""
    needed = {
        Twist.STALE: wish.seen is not None,
        Twist.NO_TAG: wish.seen is not None,
        Twist.WRONG_EPOCH: "epoch" in wish.body,
        Twist.STRANGER: wish.verb != "applies",
        Twist.DEFIANT: wish.never,
    }
    return twist if needed.get(twist, True) else Twist.PLAIN


def twisted(wish: Wish, twist: Twist) -> Wish:
    if twist is Twist.STRANGER:
        return replace(wish, agency=f"{wish.agency[:2]}0000-strangers")
    if twist is Twist.WRONG_EPOCH:
        return replace(wish, body={**wish.body, "epoch": wish.body["epoch"] + 1})
    return wish
