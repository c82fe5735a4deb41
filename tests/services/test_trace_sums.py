"""The sums that are kept equal what counting all steps anew comes to, whatever comes in whatever order."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from casebridge.audit.report import Report, Rule
from casebridge.audit.sums import check_sums
from chassis.bulk import upsert
from chassis.cases import lock_cases
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from schemas.ids import CaseId, Province
from services.trace import statistics
from services.trace.app import service as trace
from services.trace.counting import COUNTED, EVERY
from services.trace.handlers import NO_FACTS
from services.trace.repository import known_cases, steps
from services.trace.summing import count_cases, count_left, differing_cases, differing_days
from tests.services import counting_anew
from tests.templates import migrated_database

MARCH = datetime(2026, 3, 1, 15, 30, tzinfo=UTC)
"""Half an hour before midnight in China: an hour later is the next day."""

SPAN_DAYS = 20
TYPES = [*COUNTED, *EVERY, "casebridge.member.joined.v1"]
BOTH = [Province("44"), Province("51")]


@dataclass
class Chance:
    """What comes to be written down, by chance: any event of any case, told on time or late, known or not."""

    draw: Random
    cases: Sequence[CaseId]
    sequences: dict[tuple[str, str], int] = field(default_factory=dict)

    def step(self) -> dict[str, Any]:
        draw = self.draw
        name = draw.choice(BOTH), draw.choice(self.cases)
        sequence = self.sequences[name] = self.sequences.get(name, 0) + 1
        at = MARCH + timedelta(minutes=draw.randrange(0, SPAN_DAYS * 1440, draw.choice([1, 720])))
        late = draw.choice([0, 0, 0, 1, 40, 60 * 24 * draw.randint(0, SPAN_DAYS)])
        kind = draw.choice(TYPES)
        said = {"amount_fen": draw.randint(1, 900_000), "result": draw.choice(["broken-off", "continued"])}
        return {
            "province": name[0],
            "case_id": name[1],
            "log": "cases" if ".application." in kind else "matters",
            "service": "anybody",
            "sequence": sequence,
            "event_id": f"event-{sequence}",
            "type": kind,
            "at": at,
            "recorded_at": at + timedelta(minutes=late),
            "applied_at": MARCH,
            "said": json.dumps(said),
            "counted": True,
        }

    def known(self) -> dict[str, Any]:
        """That a case is heard of with its number: perhaps long after it was counted first, perhaps again."""
        draw = self.draw
        return {
            "province": draw.choice(BOTH),
            "case_id": draw.choice(self.cases),
            "opened_at": MARCH,
            "number": "44-2026-0000001-0",
            **NO_FACTS,
            "case_type": draw.choice(["wage-arrears", "work-injury", None]),
            "channel": draw.choice(["window", None]),
            "members": draw.choice([1, 12, None]),
            "claim_fen": draw.choice([750_000, None]),
        }

    def period(self) -> tuple[list[Province], date, date, date]:
        draw = self.draw
        first = MARCH.date() + timedelta(days=draw.randint(-1, SPAN_DAYS))
        last = first + timedelta(days=draw.choice([0, 1, 7, 40]))
        as_of = MARCH.date() + timedelta(days=draw.randint(-1, 2 * SPAN_DAYS + 2))
        return draw.choice([BOTH, BOTH[:1], BOTH[1:]]), first, last, as_of


@pytest.fixture
async def database(addresses: Addresses) -> AsyncIterator[AsyncEngine]:
    url = await migrated_database(addresses.database_url, trace)
    engine = create_async_engine(url)
    try:
        yield engine
    finally:
        await engine.dispose()
        await drop_database(addresses.database_url, engine.url.database or "")


async def write(connection: AsyncConnection, chance: Chance, *, some: int) -> set[tuple[Province, CaseId]]:
    """So many steps, and now and then that a case is known. Returns whose they are."""
    rows = [chance.step() for _ in range(some)]
    known = [chance.known()] if chance.draw.random() < 0.4 else []
    names = {(row["province"], row["case_id"]) for row in [*rows, *known]}
    await lock_cases(connection, names)
    await upsert(connection, steps, rows, overwrite=False)
    await upsert(connection, known_cases, known, overwrite=False)
    return names


async def agree(database: AsyncEngine, chance: Chance, *, periods: int) -> None:
    for _ in range(periods):
        asked = chance.period()
        kept = await statistics.count(database, *asked)
        anew = await counting_anew.count(database, *asked)
        assert figures(kept) == figures(anew), asked
    async with database.connect() as connection:
        assert await differing_cases(connection) == []
        assert await differing_days(connection) == []


def figures(counted: statistics.Counted) -> Any:
    """What is shown of it. Workers and money are of those received and recovered."""
    cells = {
        (cell.province, cell.case_type, cell.channel, cell.month, cell.what): (
            cell.cases,
            cell.workers if cell.what == "received" else 0,
            cell.fen,
        )
        for cell in counted.cells
    }
    return cells, counted.mediated, counted.evaluated, counted.lasted


@pytest.mark.parametrize("seed", range(4))
async def test_sums_equal_what_counting_anew_comes_to(database: AsyncEngine, seed: int) -> None:
    draw = Random(seed)
    chance = Chance(draw, [CaseId(f"case-{number}") for number in range(draw.choice([1, 3, 40]))])

    for _ in range(10):
        async with database.begin() as connection:
            names = await write(connection, chance, some=draw.choice([1, 2, 9, 40]))
            await count_cases(connection, sorted(names))
        await agree(database, chance, periods=3)


async def test_what_an_earlier_release_wrote_down_is_counted_at_the_start(database: AsyncEngine) -> None:
    chance = Chance(Random(7), [CaseId(f"case-{number}") for number in range(30)])
    async with database.begin() as connection:
        await write(connection, chance, some=300)
        await connection.execute(text("INSERT INTO to_count SELECT DISTINCT province, case_id FROM step"))

    while await count_left(database):
        pass

    await agree(database, chance, periods=20)


async def test_what_it_goes_on_writing_beside_this_one_is_counted_later(database: AsyncEngine) -> None:
    chance = Chance(Random(8), [CaseId(f"case-{number}") for number in range(30)])
    async with database.begin() as connection:
        await count_cases(connection, sorted(await write(connection, chance, some=100)))
        beside = [case for _, case in await write(connection, chance, some=40)]
        uncounted = text("UPDATE step SET counted = false WHERE case_id = ANY(:beside)")
        await connection.execute(uncounted, {"beside": beside})

    while await count_left(database):
        pass

    await agree(database, chance, periods=20)


async def test_the_audit_finds_a_case_or_a_day_that_is_counted_wrong(database: AsyncEngine) -> None:
    chance = Chance(Random(3), [CaseId("case-1")])
    async with database.begin() as connection:
        names = await write(connection, chance, some=40)
        await count_cases(connection, sorted(names))
        await connection.execute(text("UPDATE counted SET times = 2 WHERE province = '44'"))

    async with database.connect() as connection:
        assert [case for _, case in await differing_cases(connection)] == ["case-1"]
        assert await differing_days(connection)
        report = Report()
        await check_sums(trace, connection, report)
    assert report.broken[Rule.SUMS] > 1
