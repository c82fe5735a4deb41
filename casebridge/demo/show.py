"""The demo from its first line to its last: start, six stories, timelines, addresses, staying up."""

import asyncio
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import httpx

from casebridge.audit import audit, settled
from casebridge.case import head_of, table_of
from casebridge.demo.cast import STATION
from casebridge.demo.play import StoryFailed
from casebridge.demo.screen import Screen
from casebridge.demo.stage import Stage, open_stage
from casebridge.demo.stories import STORIES, Story
from casebridge.demo.tale import OPERATOR, Tale
from casebridge.services import NAMES, load_service
from casebridge.time_travel import NeverQuiet
from chassis.settings import read_settings
from services.trace.steps import BULK

WATCH_S = 1.0


async def show(
    folder: Path, *, once: bool, kafka: str | None, database_url: str | None, jars: Path | None
) -> bool:
    """Whether every story ended as it must. Returns when the stories are over (`once`) or at Ctrl-C."""
    end_on_sigterm()
    screen = Screen()
    clock = asyncio.get_running_loop().time
    begun = clock()
    opening = open_stage(
        await asyncio.to_thread(folder.absolute),
        kafka=kafka,
        database_url=database_url,
        jars=jars,
        say=screen.say,
    )
    async with opening as stage:
        screen.say(f"Everything runs, {clock() - begun:.1f} s after the start.")
        tales = [await tell(story, stage, screen) for story in STORIES]
        told = [tale for tale in tales if tale]
        for tale in told:
            await timeline(tale)
        good = await proven(stage, screen) and len(told) == len(STORIES)
        summary(told, screen, clock() - begun)
        if not once:
            addresses(stage, screen)
            await stay(stage)
    return good


async def tell(story: Story, stage: Stage, screen: Screen) -> Tale | None:
    """Tell one story. None, with the reason on the screen, if it does not go as it must."""
    screen.story(story.title, story.facts)
    async with httpx.AsyncClient(timeout=30) as http:
        tale = Tale(stage=stage, screen=screen, http=http, owner=story.owner)
        try:
            await tale.begin_in_the_morning()
            await story.play(tale)
        except (StoryFailed, NeverQuiet) as failure:
            screen.failed(f"{story.title}: {failure}")
            return None
    return tale


async def timeline(tale: Tale) -> None:
    """What trace knows of the case: every step that moved it, with what each took."""
    async with httpx.AsyncClient(timeout=30) as http:
        view = await replace(tale, http=http).get(OPERATOR, "trace", f"{tale.path}/timeline")
    moving = [hop for hop in view["hops"] if hop["type"] not in BULK]
    out = tale.screen.out
    out.print()
    out.print(head_of(view["case"], "en"))
    out.print(table_of(moving, "en"))
    tale.screen.say(f"and {len(view['hops']) - len(moving)} more, one a member, key or notice")


async def proven(stage: Stage, screen: Screen) -> bool:
    """Whether every log and every database agree: nothing lost, doubled, reordered or invented."""
    await stage.traveller.quiet()
    deployed = [(load_service(name), read_settings(stage.environment, name)) for name in NAMES]
    await settled(deployed, within_s=30)
    report = await audit(deployed, now=stage.clock.now())
    if not report.ok:
        screen.failed(report.text())
        return False
    events, cases = report.counts["events committed"], report.counts["cases with an owner"]
    screen.line()
    screen.checked(f"audit: {events} events of {cases} cases: none lost, doubled, reordered or invented")
    return True


def summary(told: Sequence[Tale], screen: Screen, seconds: float) -> None:
    """How many stories ended as they must, and how long a step took."""
    latencies = sorted(latency for tale in told for _, latency in tale.latencies)
    screen.line()
    if latencies:
        middle = latencies[len(latencies) // 2]
        screen.say(
            f"{len(latencies)} steps: median {middle * 1000:.0f} ms, longest {latencies[-1] * 1000:.0f} ms "
            "from the request to the visible effect."
        )
    text = f"{len(told)} of {len(STORIES)} stories ended as they must, {seconds:.0f} s after the start."
    (screen.checked if len(told) == len(STORIES) else screen.failed)(text)


def addresses(stage: Stage, screen: Screen) -> None:
    """Where to look, and what to say at the door."""
    token = stage.token(OPERATOR)
    screen.line()
    screen.line(f"Page for operators   {stage.services['trace']}/")
    for name, address in stage.services.items():
        screen.line(f"API of {name:<13} {address}/openapi.json")
    screen.line()
    screen.line("Token of an operator, for the page:")
    screen.line(token)
    screen.line()
    worker = STATION.person("caseworker")
    screen.line(f"Token of a caseworker of {worker.agency.name}, for the APIs:")
    screen.line(stage.token(worker))
    screen.line()
    screen.line("In another terminal, for `casebridge case <number>` and `casebridge held list`:")
    screen.line(f"export CASEBRIDGE_TRACE_URL={stage.services['trace']}")
    screen.line(f'export CASEBRIDGE_AT="{" ".join(stage.services.values())}"')
    screen.line(f"export CASEBRIDGE_TOKEN={token}")
    screen.line()
    screen.line("Ctrl-C ends it; the data stay for the next time.")


async def stay(stage: Stage) -> None:
    """Until Ctrl-C or SIGTERM, which is no failure; raises ChildDied if a service ends before."""
    try:
        while True:
            stage.check()
            await asyncio.sleep(WATCH_S)
    except asyncio.CancelledError:
        if task := asyncio.current_task():
            task.uncancel()


def end_on_sigterm() -> None:
    """A supervisor ends it as cleanly as Ctrl-C does."""
    task = asyncio.current_task()
    with suppress(NotImplementedError):  # Windows has no such signal
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel if task else sys.exit)
