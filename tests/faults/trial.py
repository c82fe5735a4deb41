"""One trial: load, faults, healing, audit; and the ledger of all of it."""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

import httpx

from casebridge.audit import Report, audit, settled
from tests.deployment import PLAIN, until
from tests.faults.chaos import Chaos
from tests.faults.load import Load, Story
from tests.faults.rig import Rig, rigged

HEAL_S: Final = 150.0
"""How long after healing the last story may still run."""

Say = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much, and how long."""

    cases: int
    seconds: float
    seed: int
    at_once: int = 16
    """Stories at a time."""
    heal_s: float = HEAL_S
    settle_s: float = 60
    """How long it may take until nothing is under way any more, after every timer came due at once."""


LONG: Final = Plan(cases=2_000, seconds=600, seed=1, at_once=24, heal_s=1_200, settle_s=600)
SHORT: Final = Plan(cases=200, seconds=60, seed=1)


@dataclass(kw_only=True)
class Outcome:
    """The ledger of a trial."""

    plan: Plan
    report: Report
    faults: Counter[str]
    answers: Counter[str]
    unfinished: list[Story] = field(default_factory=list)
    by_themselves: list[str] = field(default_factory=list)
    quiet: bool = True

    @property
    def ok(self) -> bool:
        held = self.report.counts["cases held"] + self.report.counts["events waiting"]
        return self.report.ok and self.quiet and not self.unfinished and not held

    def text(self) -> str:
        lines = [f"Cases {self.plan.cases}, faults for {self.plan.seconds:g} s, seed {self.plan.seed}"]
        lines += ["Faults", *(f"  {n:>6}  {name}" for name, n in sorted(self.faults.items()))]
        lines += ["Requests", *(f"  {n:>6}  {name}" for name, n in sorted(self.answers.items()))]
        if self.by_themselves:
            lines += [
                "Ended by themselves",
                *(f"  {n}x {name}" for name, n in Counter(self.by_themselves).items()),
            ]
        if not self.quiet:
            lines.append(
                f"Not quiet within {self.plan.settle_s:g} s: the audit saw it at work, at two moments"
            )
        lines.append(self.report.text())
        if self.unfinished:
            steps = Counter(story.step for story in self.unfinished)
            lines.append(f"Not finished: {dict(steps)}; first: {self.unfinished[0]}")
        lines.append("PASSED" if self.ok else "FAILED")
        return "\n".join(lines)


async def trial(folder: Path, plan: Plan, say: Say) -> Outcome:
    """Everything is bounded in time; whatever was started has ended on return."""
    async with rigged(folder, say) as rig:
        await answering(rig)
        say("services are ready; people begin to work, and things begin to break")
        # At each request, the client looks at all connections that it keeps.
        limits = httpx.Limits(max_connections=plan.at_once * 2, max_keepalive_connections=plan.at_once // 4)
        async with httpx.AsyncClient(timeout=8, limits=limits, verify=PLAIN) as http:
            load = Load(rig, http, plan.seed)
            try:
                await asyncio.wait_for(hurt(rig, load, plan, say), plan.seconds * 2 + plan.heal_s)
            except TimeoutError:
                say("not all stories came to their end in time")
        await let_time_pass(rig, say)
        deployed = rig.deployed()
        quiet = await settled(deployed, within_s=plan.settle_s)
        say("audit")
        report = await audit(deployed, now=rig.clock.now())
        unfinished = [story for story in load.stories if story.step != "done"]
        return Outcome(
            plan=plan,
            report=report,
            faults=rig.done,
            answers=load.answers,
            unfinished=unfinished,
            by_themselves=rig.by_themselves,
            quiet=quiet,
        )


async def let_time_pass(rig: Rig, say: Say) -> None:
    """Every timer comes due, and the service that fires most of them dies in the middle of it."""
    mediation = rig.services["mediation"]
    await rig.arm(mediation, "before_timer_commit:2")
    await answering(rig)
    rig.clock.step_to(rig.clock.now() + timedelta(days=60))
    say("sixty days pass")

    async def killed() -> bool:
        return mediation.failpoint is None

    try:
        await until(killed, "mediation killed while it fires timers", 60)
    except AssertionError as late:
        say(str(late))
        rig.heal()
    await answering(rig)


async def answering(rig: Rig) -> None:
    """All services are ready."""
    async with httpx.AsyncClient(timeout=5, verify=PLAIN) as http:
        for service in rig.services.values():
            address = f"{service.address}/readyz"
            await until(partial(answers, http, address), f"{service.name} ready", 90)


async def answers(http: httpx.AsyncClient, address: str) -> bool:
    try:
        return (await http.get(address)).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False


async def hurt(rig: Rig, load: Load, plan: Plan, say: Say) -> None:
    """Stories begin all the time that faults happen; then everything is healed and they go to their end."""
    loop = asyncio.get_running_loop()
    began = loop.time()
    chaos = Chaos(rig, plan.seed)
    async with asyncio.TaskGroup() as group:
        group.create_task(load.play(plan.cases, at_once=plan.at_once, over_s=plan.seconds * 0.9))
        progress = asyncio.create_task(tell(load, plan, rig, say))
        try:
            await chaos.run(lambda: loop.time() - began > plan.seconds)
        finally:
            rig.heal()
            progress.cancel()
        say(f"healed after {loop.time() - began:.0f} s; {load.finished} of {plan.cases} stories done")
    say(f"all stories done {loop.time() - began - plan.seconds:.0f} s after the last fault")


async def tell(load: Load, plan: Plan, rig: Rig, say: Say) -> None:
    while True:
        await asyncio.sleep(10)
        say(f"{load.finished} of {plan.cases} stories done, {sum(rig.done.values())} faults")
