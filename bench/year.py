"""`year`: a year of cases through all services, all journeys mixed, day by day; then everything must agree.

`CASES=` says how many (3,000 unless it is said, fewer in the short form); a third as many before show how the
cost grows. `SIZES=1000,5000,20000` names them all.
"""

import asyncio
import io
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx
from rich.console import Console

from bench import floors
from bench.events import records
from bench.stage import Stage, percentile
from bench.table import Row, row
from bench.year_books import Books, Logs, read_logs
from bench.year_days import NOON, Days
from bench.year_plan import FIRST_DAY, Planned, plan
from bench.year_processes import processor_s
from bench.year_reported import misreported, reported
from bench.year_tale import YearStage, YearTale, tell
from casebridge.audit import audit, settled
from casebridge.demo.screen import Screen
from casebridge.demo.stage import PROVINCES, open_stage
from casebridge.demo.stage import Stage as DemoStage
from casebridge.services import NAMES, load_service
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from chassis.settings import read_settings
from tests.deployment import drop_topics, source

NATION = 480_000
"""Cases of 2023."""
A_SECOND = 8
FLAT = 1.2
AT_ONCE = 32
HOURS_OF_A_YEAR = 365 * 24
FLOOR_EVENTS = 20_000


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


async def measure(stage: Stage) -> list[Row]:
    most = int(os.environ.get("CASES") or stage.size(3_000, 120))
    sizes = [max(40, most // 3), most] if not os.environ.get("SIZES") else sizes_said()
    years = []
    for cases in sizes:
        lived = await live(stage.addresses, stage.folder / uuid4().hex, plan(cases))
        years.append(lived)
        say(lived)
    bare = await bare_rate(stage, min(FLOOR_EVENTS, years[-1].logs.events))
    return rows_of(years, bare)


def sizes_said() -> list[int]:
    """`SIZES=1000,5000,20000`: the long form."""
    return [int(size) for size in os.environ["SIZES"].split(",")]


def rows_of(years: Sequence[Lived], bare: float) -> list[Row]:
    first, last = years[0], years[-1]
    name = f"year of {last.cases:,} cases"
    rate, events = last.cases / last.seconds, last.logs.events / last.seconds
    hours = NATION / rate / 3600
    return [
        row(f"{name}: through all services", rate * 60, A_SECOND * 60, "cases/min", ("ratio ≥", 1)),
        row(f"{name}: beside the bare pipeline", events, bare, "events/s"),
        row(f"{name}: the nation's 480,000 would take", hours, HOURS_OF_A_YEAR, "h", ("ratio ≤", 1)),
        growth(f"{name}: services, an event, beside {first.cases:,}", last.event_us, first.event_us, "µs"),
        growth(f"{name}: services, a case, beside {first.cases:,}", last.case_ms, first.case_ms, "ms"),
        *latencies(name, first, last),
        *(row(f"{name}: processor, {who}", s, sum(last.spent.values()), "s") for who, s in spent(last)),
    ]


def growth(measure: str, last: float, first: float, unit: str) -> Row:
    return row(measure, last, first, unit, ("ratio ≤", FLAT))


def latencies(name: str, first: Lived, last: Lived) -> list[Row]:
    return [
        row(
            f"{name}: {what}, p{percent}",
            percentile(getattr(last, field), percent) * 1000,
            percentile(getattr(first, field), percent) * 1000,
            "ms",
        )
        for field, what in (("answers", "an act answered"), ("placements", "applied until placed"))
        for percent in (50, 99)
    ]


def spent(lived: Lived) -> list[tuple[str, float]]:
    return sorted(((who, s) for who, s in lived.spent.items() if s >= 1), key=lambda each: -each[1])


def say(lived: Lived) -> None:
    """For people, while it runs."""
    busy = ", ".join(f"{who} {seconds:.0f}" for who, seconds in spent(lived))
    print(
        f"\n  {lived.cases:,} cases, {sum(lived.logs.books.workers.values()):,} workers, "
        f"{lived.logs.events:,} events in {lived.seconds:.0f} s, {lived.steps} steps of the clock; "
        f"clocks: {dict(lived.ends)}; processor seconds: {busy}",
        file=sys.stderr,
        flush=True,
    )


# --- Living a year -----------------------------------------------------------------------------------------


async def live(addresses: Addresses, folder: Path, planned: Sequence[Planned]) -> Lived:
    """Everybody applies on his day and goes to the end; then books, logs, clocks and audit must agree."""
    books, answers, placements = Books(), list[float](), list[float]()
    async with opened(addresses, folder) as deployed, httpx.AsyncClient(timeout=60) as http:
        days = Days(traveller=deployed.traveller, clock=deployed.clock, at_once=AT_ONCE)
        stage, screen = YearStage(deployed=deployed, days=days), Screen(Console(file=io.StringIO()))

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

        began, before = time.perf_counter(), processor_s()
        await days.live((each.day, partial(tell, each, story_of(each))) for each in planned)
        await days.quiet()
        seconds, after = time.perf_counter() - began, processor_s()
        statistics = await reported(stage, http)
        logs = await read_logs(addresses.kafka, PROVINCES)
        await check_audit(deployed)
    ends = check(books, logs, statistics)
    return Lived(
        cases=sum(books.cases.values()),
        seconds=seconds,
        steps=days.steps,
        spent={who: seconds - before.get(who, 0.0) for who, seconds in after.items()},
        logs=logs,
        answers=answers,
        placements=placements,
        ends=ends,
    )


def check(books: Books, logs: Logs, statistics: Mapping[str, Any]) -> Counter[str]:
    """Raises AssertionError with what does not agree. Returns how the clocks ended."""
    differences = [*books.differences(logs.books), *misreported(books, statistics)]
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


# --- The floor ---------------------------------------------------------------------------------------------


async def bare_rate(stage: Stage, count: int) -> float:
    """Events a second of the bare loop, as many as the year had, or 20,000 of them."""
    topic = stage.bare_topic()
    async with stage.producer() as producer, source(stage.addresses.kafka, "/cn44/intake") as intake:
        await floors.produce(producer, topic, records(intake, count), 1_000)
    async with stage.bare_database(floors.PIPELINE) as address, stage.consumer(topic) as consumer:
        database = await asyncpg.connect(address)
        try:
            return await floors.pipeline(consumer, database, stage.bare_topic(), count)
        finally:
            await database.close()
