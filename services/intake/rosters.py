"""The duty roster as it is kept, and who of it is there when somebody asks for advice."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic_core import to_json
from sqlalchemy import Boolean, Column, DateTime, Index, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.bulk import fetch
from chassis.unit_of_work import UnitOfWork
from schemas.ids import AgencyId, CaseId, Province, Pseudonym, SiteId
from services.intake.domain.duty import AHEAD, Shift
from services.intake.lists.rosters import hours_in_words, hours_of
from services.intake.repository import metadata

shifts = Table(
    "duty_shift",
    metadata,
    Column("province", Text, primary_key=True),
    Column("agency", Text, primary_key=True),
    Column("lawyer", Text, primary_key=True),
    Column("begins", DateTime(timezone=True), primary_key=True),
    Column("ends", DateTime(timezone=True), nullable=False),
    Column("site", Text, comment="null: for all of the agency"),
    Column("languages", JSONB, nullable=False, comment="[code], beside Mandarin"),
    Column("phone_window", Text, nullable=False, comment="hours of a day; empty: all of it"),
    Column("withdrawn", Boolean, nullable=False),
    Column("set_by", Text, nullable=False),
    Column("set_at", DateTime(timezone=True), nullable=False),
)
Index("duty_shift_by_end", shifts.c.province, shifts.c.agency, shifts.c.ends)

# A lawyer has few consultations that are open: they are counted when they are asked for.
THERE: Final = """
    SELECT asked.place, agency, site, lawyer, begins, ends, languages::text, phone_window,
        (SELECT count(*) FROM consultation
         WHERE consultation.province = asked.province AND consultation.lawyer = shift.lawyer
           AND outcome IS NULL) AS advising
    FROM jsonb_to_recordset($1::text::jsonb) AS asked(
        place integer, province text, agency text, since timestamptz, until timestamptz)
    JOIN duty_shift AS shift USING (province, agency)
    WHERE ends > asked.since AND begins <= asked.until AND NOT withdrawn
    ORDER BY place, begins, lawyer
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose roster is asked for, and for when."""

    province: Province
    agency: AgencyId
    since: datetime
    until: datetime


def coming(province: Province, agency: AgencyId, at: datetime) -> Wanted:
    """All that may matter to who asks for advice at that moment."""
    return Wanted(province, agency, at, at + AHEAD)


async def find_shifts(connection: AsyncConnection, wanted: Sequence[Wanted]) -> Sequence[Sequence[Shift]]:
    """The times on duty that are not over, of each roster that is asked for."""
    asked = [
        {
            "place": place,
            "province": each.province,
            "agency": each.agency,
            "since": each.since,
            "until": each.until,
        }
        for place, each in enumerate(wanted)
    ]
    found: list[list[Shift]] = [[] for _ in wanted]
    for row in await fetch(connection, THERE, to_json(asked).decode()):
        found[row["place"]].append(shift_of(dict(row)))
    return found


async def shifts_between(database: AsyncEngine, wanted: Wanted) -> Sequence[Shift]:
    async with database.connect() as connection:
        (found,) = await find_shifts(connection, [wanted])
    return found


def shift_of(row: Mapping[str, Any]) -> Shift:
    return Shift(
        agency=row["agency"],
        site=row["site"],
        lawyer=row["lawyer"],
        begins=row["begins"],
        ends=row["ends"],
        languages=tuple(json.loads(row["languages"])),
        phone=hours_of(row["phone_window"]),
        advising=row["advising"],
    )


def set_shift(uow: UnitOfWork, shift: Shift, by: Pseudonym, *, withdrawn: bool) -> None:
    """Write a time on duty into the roster; what was said of the same lawyer and beginning is replaced."""
    uow.overwrite(
        shifts,
        {
            "province": uow.province,
            "agency": shift.agency,
            "lawyer": shift.lawyer,
            "begins": shift.begins,
            "ends": shift.ends,
            "site": shift.site,
            "languages": to_json(shift.languages).decode(),
            "phone_window": hours_in_words(shift.phone),
            "withdrawn": withdrawn,
            "set_by": by,
            "set_at": uow.now,
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """A consultation in the list of a lawyer."""

    case_id: CaseId
    opened_at: datetime
    agency: AgencyId
    site: SiteId | None
    lawyer: Pseudonym | None
    answers_at: datetime | None
    """From when he answers."""


OPEN: Final = text("""
    SELECT case_id, opened_at, agency, site, lawyer, CAST(state ->> 'answers_at' AS timestamptz) AS answers_at
    FROM consultation
    WHERE province = :province AND lawyer = :lawyer AND outcome IS NULL
    ORDER BY opened_at, case_id LIMIT :limit
""")


async def advised_by(
    database: AsyncEngine, province: Province, lawyer: Pseudonym, limit: int
) -> Sequence[Advised]:
    """What a lawyer was handed and has not closed, the oldest first."""
    asked = {"province": province, "lawyer": lawyer, "limit": limit}
    async with database.connect() as connection:
        return [Advised(**row._asdict()) for row in await connection.execute(OPEN, asked)]
