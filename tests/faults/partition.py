"""Three provinces, each with brokers and databases of its own, and an exchange that comes and goes.

While it is away, cut, slow or restarted, everything inside a province goes on and letters wait. One province
loses its databases in the middle of it, and goes on from backups. Afterwards the audit of each finds nothing.
"""

import asyncio
import signal
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

import httpx

from casebridge.audit import Report, audit, settled
from casebridge.audit.auditing import Deployed
from casebridge.services import load_service
from schemas.ids import Province
from tests.deployment import Deployment
from tests.faults.exchange import NAMES, Exchange, expire, partitionable
from tests.faults.home import Home, at_home
from tests.faults.load import GUANGDONG, Load, Story
from tests.faults.trial import Say
from tests.stage import Provinces, on_stage

HOME = Province("51")
DAYS = 8
XIAOGAN = "420900-legal-aid"
SLOW_S = 0.15


@dataclass(frozen=True)
class Desks:
    """Everybody works in the deployment of the province of his agency."""

    stage: Provinces
    home: Home

    def address(self, service: str, agency: str) -> str:
        if agency[:2] in self.home.deployment.provinces:
            return self.home.address(service)
        return self.stage.address(service, Province(agency[:2]))

    def token(self, role: str, agency: str) -> str:
        province = Province(agency[:2])
        deployment = self.stage.deployments.get(province, self.home.deployment)
        return deployment.token(role, agency[:2], agency=agency, sub=f"{role}-of-{agency}".replace("_", "-"))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long each fault lasts, and how many stories there are."""

    away_s: float
    stories: int
    heal_s: float
    """How long after the last fault the last story may run."""
    look_s: float = 15
    """How long what is due has time to happen before the clock goes on."""


SHORT: Final = Plan(away_s=6, stories=18, heal_s=180, look_s=8)
LONG: Final = Plan(away_s=150, stories=120, heal_s=1_200)


async def partitions(folder: Path, plan: Plan, say: Say) -> bool:
    """Whether all came right; what happened is said."""
    ledger: Counter[str] = Counter()
    async with (
        partitionable(folder, say) as (exchange, deployments),
        on_stage(deployments[:2], folder / "clock", NAMES) as stage,
        at_home(deployments[2], NAMES, folder / "clock") as home,
        httpx.AsyncClient(timeout=8) as http,
    ):
        say(f"{len(deployments)} provinces and an exchange; people begin to work, and it comes and goes")
        load = Load(Desks(stage, home), http, seed=1)
        try:
            async with asyncio.TaskGroup() as group:
                playing = load.play_these(stories(0, plan), at_once=8, over_s=plan.away_s * 6)
                played = group.create_task(playing)
                await hurt(exchange, home, deployments, ledger, plan, say)
                await days_pass(stage, home, load, plan, say)
                async with asyncio.timeout(plan.heal_s):
                    await played
            for told in map(told_of, deployments):  # What nobody has read yet does not expire.
                await settled(told, within_s=60)
            expire(exchange)
            ledger["mailboxes expired"] += 1
            async with asyncio.timeout(plan.heal_s):
                await load.play_these(stories(plan.stories, plan), at_once=8, over_s=1)
        except* TimeoutError:
            say(f"not all came to their end in time: {Counter(story.step for story in load.stories)}")
        reports = [await audited(deployment, stage) for deployment in deployments]
    fine = all(report.ok and not unsettled(report) for report in reports)
    for report in reports:
        if not fine:
            say(report.text())
    done = load.finished == len(load.stories) == 2 * plan.stories
    say(f"{load.finished} of {2 * plan.stories} cases moved between provinces; {dict(ledger)}")
    return fine and done


def told_of(deployment: Deployment) -> Deployed:
    """The services, with what each was told. The ledger of effects is no event: no restore brings it back."""
    said = {"ledger": False} if HOME in deployment.provinces else {}
    return [(service, deployment.settings(service, **said)) for service in map(load_service, NAMES)]


async def audited(deployment: Deployment, stage: Provinces) -> Report:
    told = told_of(deployment)
    await settled(told, within_s=60)
    return await audit(told, now=stage.clock.now())


def unsettled(report: Report) -> int:
    return report.counts["cases held"] + report.counts["events waiting"]


def stories(first: int, plan: Plan) -> list[Story]:
    """Taken in Guangdong and in Hubei by turns; they all go to Sichuan's station."""
    takers = (GUANGDONG, XIAOGAN)
    return [Story(first + n, moves=True, taken_by=takers[n % 2]) for n in range(plan.stories)]


async def hurt(
    exchange: Exchange,
    home: Home,
    deployments: Sequence[Deployment],
    ledger: Counter[str],
    plan: Plan,
    say: Say,
) -> None:
    """One fault after another, each long enough that clients give up and begin again."""

    async def lasts(fault: str, seconds: float = plan.away_s) -> None:
        say(f"exchange: {fault}")
        await asyncio.sleep(seconds)
        exchange.wire.heal()
        ledger[fault] += 1
        await asyncio.sleep(seconds / 3)

    await asyncio.sleep(1)
    exchange.wire.blackhole()
    await lasts("swallows everything")
    backups = await home.back_up()
    say("the home province is backed up, and goes on")
    await asyncio.sleep(plan.away_s)
    exchange.wire.cut(refuse=True)
    say("exchange: refuses")
    await lose_databases(exchange, home, backups, plan, say)
    await lasts("refuses, and a province loses its databases")
    await restore_letters(home, deployments, say)
    exchange.wire.latency_s = SLOW_S
    await lasts("is slow")
    for _ in range(3):
        exchange.wire.cut()
        await lasts("cuts connections", plan.away_s / 6)
    await asyncio.to_thread(exchange.broker.kill, signal.SIGKILL)
    await lasts("is killed")
    await asyncio.to_thread(exchange.broker.start)
    say("exchange: is back")


async def lose_databases(
    exchange: Exchange, home: Home, backups: Mapping[str, str], plan: Plan, say: Say
) -> None:
    """The databases are as they were moments before, and what the mailbox had is gone too.

    What does not take part in letters goes on without the exchange.
    """
    await home.stop()
    await asyncio.sleep(plan.away_s / 3)
    home.put_back(backups)
    for name in NAMES:
        refusal = await home.refuses(name)
        assert f"casebridge restored {name}" in refusal, refusal
    say("the home province lost its databases, and refuses to start on the backups")
    for name in NAMES:
        if not load_service(name).corresponds:
            await home.restore(name)
    expire(exchange, *home.deployment.provinces)


async def restore_letters(home: Home, deployments: Sequence[Deployment], say: Say) -> None:
    """The exchange is back: what needs it is restored too, and adopted by all."""
    for name in NAMES:
        if load_service(name).corresponds:
            await home.restore(name)
    await home.adopted_by(deployments)
    await home.start()
    say("the home province is restored, and goes on")


async def days_pass(stage: Provinces, home: Home, load: Load, plan: Plan, say: Say) -> None:
    """Until every forgotten letter came again, and no story waits for one.

    Marks go out hourly, and what they ask for is sent again after a day. Who is to send it may hear of it
    late, as the exchange was away; and there is time enough for answers that come at once.
    """
    for day in range(DAYS):
        if load.finished == len(load.stories) and await home.waits_for_nothing():
            say(f"after {day} days every letter is there")
            return
        for hours in (2, 26):
            stage.clock.step_to(stage.clock.now() + timedelta(hours=hours))
            await asyncio.sleep(plan.look_s)
    say(f"after {DAYS} days letters or stories are still under way")
