"""Figures of a period, from the sums that are kept by day.

An event is dated by itself, and says when it was recorded, too. What was recorded after the day `as_of` does
not count: so the figures of a past day come out the same, whatever was said since.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from schemas.ids import Province
from services.trace.counting import (
    AGREED,
    BROKEN_OFF,
    CONCLUDED,
    COUNTED,
    EVALUATED_OF,
    RECOVERED,
    Cell,
)
from services.trace.lasting import Asked, Class, Lasted, lasted_of

# Of stages by class of their time, and not by type and channel.
SUMS: Final = text("""
    SELECT province, nullif(case_type, '') AS case_type, nullif(channel, '') AS channel,
           to_char(month, 'YYYY-MM') AS month, what, lasted, cases, workers, fen
    FROM (
        SELECT province, case_type, channel, what, lasted,
               CASE WHEN lasted < 0 THEN date_trunc('month', day::timestamp) END AS month,
               sum(times)::bigint AS cases, sum(workers)::bigint AS workers, sum(fen)::bigint AS fen
        FROM day_sum
        WHERE province = ANY(:provinces) AND day BETWEEN :first AND :last AND known <= :as_of
        GROUP BY province, case_type, channel, what, lasted, 6 HAVING sum(times) <> 0
    ) AS summed
""")
IN_CELLS: Final = frozenset({*COUNTED.values(), RECOVERED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediated:
    """Mediations that ended in the period."""

    agreed: int
    broken_off: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """Cases that were concluded in the period, and those of them that are evaluated."""

    concluded: int
    evaluated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """All that figures are made of."""

    cells: Sequence[Cell]
    mediated: Mediated
    evaluated: Evaluated
    lasted: Mapping[str, Lasted]


class Sums(NamedTuple):
    """What the sums by day come to in the period."""

    cells: Sequence[Cell]
    times: Mapping[str, int]
    """How often each thing happened."""
    classes: Mapping[Class, int]
    """In how many cases a stage took a time of that class."""


async def count(
    database: AsyncEngine, provinces: Sequence[Province], first: date, last: date, as_of: date
) -> Counted:
    """What happened from one day to another, in China, as far as it was recorded by the end of `as_of`."""
    asked = Asked(provinces=list(provinces), first=first, last=last, as_of=as_of)
    async with database.connect() as connection:
        cells, times, classes = await sums_of(connection, asked)
        lasted = await lasted_of(connection, asked, classes)
    return Counted(
        cells=cells,
        mediated=Mediated(agreed=times[AGREED], broken_off=times[BROKEN_OFF]),
        evaluated=Evaluated(concluded=times[CONCLUDED], evaluated=times[EVALUATED_OF]),
        lasted=lasted,
    )


async def sums_of(connection: AsyncConnection, asked: Asked) -> Sums:
    cells: list[Cell] = []
    times, classes = Counter[str](), Counter[Class]()
    for row in await connection.execute(SUMS, asdict(asked)):
        if row.lasted >= 0:
            classes[Class(row.what, row.lasted)] += row.cases
            continue
        times[row.what] += row.cases
        if row.what in IN_CELLS:
            said = row._asdict()
            del said["lasted"]
            cells.append(Cell(**said))
    return Sums(cells, times, classes)
