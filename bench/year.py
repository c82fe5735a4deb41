"""`year`: a year of cases through all services, all journeys mixed, day by day; then everything must agree.

`CASES=` says how many (3,000 unless it is said); a third as many before show how the cost grows.
`SIZES=1000,5000,20000` names them all. The short form is one year in which every journey happens.
In the end the first year is lived again upon so many cases that are over as `UPON=5000,20000` says.
"""

import os
import sys
from collections.abc import Sequence
from uuid import uuid4

import asyncpg

from bench import floors
from bench.events import records
from bench.stage import Stage, percentile
from bench.table import Row, row
from bench.year_living import Lived, live
from bench.year_plan import JOURNEYS, Planned, plan
from bench.year_upon import MOST, Over
from tests.deployment import source

NATION = 480_000
"""Cases of 2023."""
A_SECOND = 8
FLAT = 1.2
HOURS_OF_A_YEAR = 365 * 24
FLOOR_EVENTS = 20_000


async def measure(stage: Stage) -> list[Row]:
    first, *more = sizes(short=stage.short)
    over = Over(folder=stage.folder / "over")
    years = [await live(stage.addresses, stage.folder / uuid4().hex, plan(first), keep=over)]
    say(years[0])
    for cases in more:
        years.append(await live(stage.addresses, stage.folder / uuid4().hex, plan(cases)))
        say(years[-1])
    bare = await bare_rate(stage, min(FLOOR_EVENTS, years[-1].logs.events))
    rows = rows_of(years, bare)
    for laid in upon(short=stage.short):
        rows += await rows_upon(stage, years[0], plan(first), over, laid)
    return rows


async def rows_upon(
    stage: Stage, first: Lived, planned: Sequence[Planned], over: Over, laid: int
) -> list[Row]:
    """The same year upon cases that are over: what they cost beside those of a year upon none."""
    times = min(MOST, max(1, round(laid / first.cases)))
    lived = await live(stage.addresses, stage.folder / uuid4().hex, planned, upon=(over, times))
    say(lived)
    name = f"year of {lived.cases:,} cases upon {times * first.cases:,}"
    return [
        growth(f"{name}: services, a case, beside none", lived.case_ms, first.case_ms, "ms"),
        growth(f"{name}: all processors, a case", lived.all_ms, first.all_ms, "ms"),
        *latencies(name, first, lived),
    ]


def upon(*, short: bool) -> list[int]:
    """How many cases are over, about."""
    return [int(cases) for cases in os.environ.get("UPON", "1000" if short else "20000").split(",")]


def sizes(*, short: bool) -> list[int]:
    """How many cases each year has."""
    if said := os.environ.get("SIZES"):
        return [int(size) for size in said.split(",")]
    if short and "CASES" not in os.environ:
        return [len(JOURNEYS)]
    most = int(os.environ.get("CASES", 3_000))
    return [most // 3, most]


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
