"""Mediation's work lists: matters, and the clocks that run out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.paging import beyond, cursor_after
from schemas.codes import CaseType
from schemas.ids import AgencyId, CaseId, CaseNumber, Province, Pseudonym, RuleVersion
from services.mediation.domain.acts import MatterState
from services.mediation.domain.sight import Sight
from services.mediation.repository import FIRST, claims, matters


class Order(StrEnum):
    """What comes first in a list."""

    NUMBER = "number"
    URGENT = "urgent"
    """The green channel first, then by case number."""
    DUE = "due"
    """The time limit that ends first; without those that none runs in."""


KEYS: Final[Mapping[Order, tuple[Column[Any], ...]]] = {
    Order.NUMBER: (matters.c.number,),
    Order.URGENT: (matters.c.rank, matters.c.number),
    Order.DUE: (matters.c.next_due, matters.c.number),
}
"""What each order goes by; the number at last, which is of one matter alone."""


SHOWN: Final = (
    matters.c.case_id,
    matters.c.number,
    matters.c.standing,
    matters.c.agency,
    matters.c.case_type,
    matters.c.next_due,
    matters.c.rank,
    matters.c.silent,
    matters.c.assignees,
)
"""The whole state is a hundred times as much, and no list shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A matter in a work list."""

    case_id: CaseId
    number: CaseNumber
    state: MatterState
    agency: AgencyId
    case_type: CaseType
    next_due: datetime | None
    urgent: bool
    silent: bool
    """The other side did not come to the last session, or did not pay what fell due."""
    assignees: Sequence[Pseudonym]
    """Who works on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which matters a list is of; what is None does not matter."""

    status: MatterState | None = None
    agency: AgencyId | None = None
    case_type: CaseType | None = None
    assignee: Pseudonym | None = None
    worker: Pseudonym | None = None
    urgent: bool | None = None
    silent: bool | None = None
    due_by: datetime | None = None


async def list_matters(
    database: AsyncEngine,
    province: Province,
    wanted: Wanted,
    sight: Sight,
    *,
    order: Order,
    after: str,
    limit: int,
) -> tuple[Sequence[Listed], str | None]:
    """A page of what is wanted and in sight, and the cursor of the next one. Raises NoCursor."""
    keys = KEYS[order]
    query = select(*SHOWN).where(matters.c.province == province, *conditions(wanted, sight, province))
    if order is Order.DUE:
        query = query.where(matters.c.next_due.is_not(None))
    if after:
        query = query.where(beyond(after, keys))
    async with database.connect() as connection:
        rows = (await connection.execute(query.order_by(*keys).limit(limit))).all()
    return [listed(row) for row in rows], cursor_after(rows, keys, limit)


def conditions(wanted: Wanted, sight: Sight, province: Province) -> list[ColumnElement[bool]]:
    """What a matter must be. Only what is asked for is in the query: so an index is found for it."""
    c = matters.c
    equal = {c.standing: wanted.status, c.agency: wanted.agency, c.case_type: wanted.case_type}
    found: list[ColumnElement[bool]] = [
        column == value for column, value in equal.items() if value is not None
    ]
    if wanted.urgent is not None:
        found.append(c.rank == FIRST if wanted.urgent else c.rank != FIRST)
    if wanted.silent is not None:
        found.append(c.silent if wanted.silent else ~c.silent)
    if wanted.due_by is not None:
        found.append(c.next_due <= wanted.due_by)
    if wanted.assignee is not None:
        # Whose matters they are does not matter: he works on them.
        found.append(c.assignees.contains([wanted.assignee]))
    elif sight.assignee is not None:
        found.append(c.assignees.contains([sight.assignee]))
    elif sight.own is not None:
        found.append(c.agency == sight.own)
    if wanted.worker is not None:
        theirs = select(claims.c.case_id).where(
            claims.c.province == province, claims.c.worker == wanted.worker
        )
        found.append(c.case_id.in_(theirs))
    return found


def listed(row: Any) -> Listed:
    return Listed(
        case_id=row.case_id,
        number=row.number,
        state=MatterState(row.standing),
        agency=row.agency,
        case_type=row.case_type,
        next_due=row.next_due,
        urgent=row.rank == FIRST,
        silent=row.silent,
        assignees=row.assignees or (),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOut:
    """A clock that runs, of one of the cases of a province."""

    case_id: CaseId
    number: CaseNumber
    agency: AgencyId
    name: str
    due_at: datetime
    rule: RuleVersion | None
    right: bool
    """Whether it is a right of the applicants that runs out."""


RUNNING_OUT = text(r"""
    SELECT matter.case_id, matter.number, matter.agency, timer.name, timer.due_at,
      clock #>> '{limit,rule}' AS rule,
      coalesce(jsonb_typeof(clock #> '{limit,risk_at}') = 'array', false) AS right
    FROM timer JOIN matter USING (province, id)
    LEFT JOIN LATERAL (
      SELECT each AS clock FROM jsonb_array_elements(matter.state #> '{clocks,all}') AS each
      WHERE each ->> 'name' = timer.name AND each ->> 'state' = 'running' LIMIT 1
    ) AS running ON true
    WHERE timer.province = :province AND timer.kind = 'Matter' AND timer.due_at <= :until
      AND timer.name NOT LIKE 'at\_risk/%' -- when to warn of a clock is none itself
      AND (CAST(:agency AS text) IS NULL OR matter.agency = :agency)
      AND (CAST(:own AS text) IS NULL OR matter.agency = :own)
      AND (CAST(:assignee AS text) IS NULL OR matter.assignees ? :assignee)
    ORDER BY timer.due_at, matter.number LIMIT :limit
""")


async def running_out(
    database: AsyncEngine,
    province: Province,
    sight: Sight,
    *,
    until: datetime,
    agency: AgencyId | None,
    limit: int,
) -> Sequence[RunningOut]:
    """The clocks in sight that end by a moment, the first one first."""
    wanted = {"province": province, "until": until, "agency": agency, "limit": limit}
    wanted |= {"own": sight.own, "assignee": sight.assignee}
    async with database.connect() as connection:
        rows = await connection.execute(RUNNING_OUT, wanted)
        return [RunningOut(**row._asdict()) for row in rows]
