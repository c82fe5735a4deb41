"""A story of the year: as it is told elsewhere, less the looking on, and with the generator's own books."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bench.year_books import Books, Heading, month_of
from bench.year_days import Days
from bench.year_plan import Planned
from casebridge.demo.cast import Agency, Person
from casebridge.demo.course import none_left, put_away
from casebridge.demo.stage import Stage
from casebridge.demo.stories import STORIES
from casebridge.demo.tale import Tale
from chassis.clock import Clock
from law.deadlines import day_of
from schemas.ids import Province


@dataclass(kw_only=True)
class YearStage:
    """The deployment, under the calendar of all stories."""

    deployed: Stage
    days: Days
    tokens: dict[Person, tuple[date, str]] = field(default_factory=dict)

    @property
    def clock(self) -> Clock:
        return self.deployed.clock

    @property
    def traveller(self) -> Any:
        return self.days

    def address(self, service: str, province: Province) -> str:
        return self.deployed.address(service, province)

    def token(self, person: Person) -> str:
        """One a day: signing costs more than the rest of a request."""
        today = day_of(self.clock.now())
        issued, token = self.tokens.get(person, (None, ""))
        if issued != today:
            token = self.deployed.token(person)
            self.tokens[person] = (today, token)
        return token

    def check(self) -> None:
        self.deployed.check()


@dataclass(kw_only=True)
class YearTale(Tale):
    """Nobody looks at the timeline after each act; all acts are looked for there at the end."""

    books: Books
    window: str
    answers: list[float]
    """Seconds from an act to its answer."""
    placements: list[float]
    """Seconds from an application until its owner can act on it."""
    case_type: str = ""
    channel: str = ""

    async def post(self, who: Person, service: str, path: str, body: Mapping[str, Any], **said: Any) -> Any:
        answer = await super().post(who, service, path, body, **said)
        self.answers.append(asyncio.get_running_loop().time() - self.asked_at)
        return answer

    async def apply(self, at: Agency, role: str, application: Mapping[str, Any]) -> None:
        self.case_type = application["case_type"]
        said = application["channel"]
        self.channel = self.window if said == "window" else said
        await super().apply(at, role, {**application, "channel": self.channel})
        heading = self.heading(at.province)
        self.books.apply(heading, workers=len(self.claims), fen=sum(self.claims.values()))

    async def placed_with(self, owner: Agency) -> None:
        await super().placed_with(owner)
        self.placements.append(self.latencies[-1][1])

    async def pay(self, payer: str = "employer") -> None:
        await super().pay(payer)
        self.books.pay(self.heading(self.owner.province), sum(self.due.values()))

    def heading(self, province: Province) -> Heading:
        return Heading(province, self.case_type, self.channel, month_of(self.stage.clock.now()))

    async def traced(self, type: str, times: int = 1) -> None:
        self.acts[type] += times

    async def on_one_day(self, *types: str) -> None:
        await self.all_traced()
        await super().on_one_day(*types)

    async def ended(self) -> None:
        """On the next day, when all that follows has happened."""
        await self.later(days=1)
        await self.all_traced()
        await super().ended()

    async def all_traced(self) -> None:
        """Every act that was made is on the timeline."""

        def shows(view: Any) -> bool:
            found = [hop["type"] for hop in view["hops"]]
            return all(found.count(f"casebridge.{type}.v1") >= n for type, n in self.acts.items())

        path = f"{self.path}/timeline"
        await self.see(f"all acts of {self.number} on its timeline", self.watcher, "trace", path, shows)


async def tell(planned: Planned, tale: YearTale) -> None:
    """To the end, and to the archive: the six that the demo tells end with the evaluation."""
    await planned.story.play(tale)
    if planned.story in STORIES:
        await put_away(tale, tale.owner)
        await none_left(tale)
