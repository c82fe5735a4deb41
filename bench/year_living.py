"""Lives through a year of cases on a deployment of its own; then everything must agree."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx
from rich.console import Console

from bench.year_along import Along
from bench.year_books import Books, Logs, read_logs
from bench.year_days import NOON, Days, Story
from bench.year_plan import FIRST_DAY, Planned
from bench.year_processes import processor_s
from bench.year_reported import misreported, reported
from bench.year_tale import YearStage, YearTale, tell
from bench.year_upon import Over
from casebridge.audit import audit, settled
from casebridge.demo.screen import Screen
from casebridge.demo.stage import PROVINCES, open_stage
from casebridge.demo.stage import Stage as DemoStage
from casebridge.services import NAMES, load_service
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from chassis.settings import read_settings
from tests.deployment import drop_topics

AT_ONCE = 32
"""How many act at the same time."""


@dataclass(kw_only=True)
class Lived:
    """How a year went."""

    cases: int
    seconds: float
    steps: int
    spent: Mapping[str, float]
    """Processor seconds, by what took them."""
    logs: Logs
    answers: Sequence[float]
    placements: Sequence[float]
    ends: Counter[str] = field(default_factory=Counter)
    """How many clocks ended how."""

    @property
    def services_s(self) -> float:
        return sum(self.spent.get(name, 0.0) for name in NAMES)

    @property
    def event_us(self) -> float:
        return self.services_s / self.logs.events * 1e6

    @property
    def case_ms(self) -> float:
        return self.services_s / self.cases * 1e3

    @property
    def all_ms(self) -> float:
        """The broker's, the database's and the people's too."""
        return sum(self.spent.values()) / self.cases * 1e3


async def live(
    addresses: Addresses,
    folder: Path,
    planned: Sequence[Planned],
    *,
    keep: Over | None = None,
    upon: tuple[Over, int] | None = None,
) -> Lived:
    """Everybody applies on his day and goes to the end; then books, logs, clocks and audit must agree.

    Its cases are kept for later years, or it is lived upon those of an earlier one, laid so many times.
    """
    books, answers, placements = Books(), list[float](), list[float]()
    async with opened(addresses, folder) as deployed, httpx.AsyncClient(timeout=60) as http:
        days = Days(traveller=deployed.traveller, clock=deployed.clock, at_once=AT_ONCE)
        if upon:
            over, times = upon
            await over.lay(addresses, times)
        stage, screen = YearStage(deployed=deployed, days=days), Screen(Console(quiet=True))

        def story_of(each: Planned) -> YearTale:
            return YearTale(
                stage=stage,
                screen=screen,
                http=http,
                owner=each.story.owner,
                books=books,
                window=each.window,
                answers=answers,
                placements=placements,
            )

        along = Along(planned=len(planned), answers=answers)

        def living(each: Planned) -> Story:
            async def story() -> None:
                await tell(each, story_of(each))
                along.end()

            return story

        began, before = time.perf_counter(), processor_s()
        await days.live((each.day, living(each)) for each in planned)
        await days.quiet(notices=True)
        seconds, after = time.perf_counter() - began, processor_s()
        logs = await read_logs(addresses.kafka, PROVINCES)
        if not upon:
            wrong = [*misreported(books, await reported(stage, http))]
            assert not wrong, wrong[:20]
            await check_audit(deployed)
        if keep:
            await keep.keep(addresses)
    return Lived(
        cases=sum(books.cases.values()),
        seconds=seconds,
        steps=days.steps,
        spent={who: seconds - before.get(who, 0.0) for who, seconds in after.items()},
        logs=logs,
        answers=answers,
        placements=placements,
        ends=check_logs(books, logs),
    )


def check_logs(books: Books, logs: Logs) -> Counter[str]:
    """Raises AssertionError with what does not agree. Returns how the clocks ended."""
    differences = [*books.differences(logs.books)]
    assert not differences, differences[:20]
    ends, lost = logs.clocks()
    assert not lost, lost[:20]
    return ends


async def check_audit(deployed: DemoStage) -> None:
    running = [(load_service(name), read_settings(deployed.environment, name)) for name in NAMES]
    assert await settled(running, within_s=120)
    report = await audit(running, now=deployed.clock.now())
    assert report.ok, report.text()


@asynccontextmanager
async def opened(addresses: Addresses, folder: Path) -> AsyncIterator[DemoStage]:
    """Topics and databases without a past, and a clock that shows the day before the first."""
    await clear(addresses)
    begin_on(folder / "clock", datetime.combine(FIRST_DAY, NOON) - timedelta(days=1))
    opening = open_stage(folder, kafka=addresses.kafka, database_url=addresses.database_url)
    async with opening as deployed:
        yield deployed
    await clear(addresses)


async def clear(addresses: Addresses) -> None:
    await asyncio.to_thread(drop_topics, addresses.kafka, PROVINCES)
    for name in NAMES:
        await drop_database(addresses.database_url, f"casebridge_demo_{name}")


def begin_on(clock: Path, moment: datetime) -> None:
    """A clock only steps forward; one that is not there yet may begin anywhere."""
    clock.parent.mkdir(parents=True, exist_ok=True)
    shift_ns = int((moment - datetime.now(moment.tzinfo)).total_seconds()) * 10**9
    clock.write_bytes(shift_ns.to_bytes(8, sys.byteorder, signed=True))
