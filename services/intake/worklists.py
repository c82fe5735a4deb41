"""Intake's work lists: applications by number, the green channel first, or by what runs out; and clocks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Column, ColumnElement, Select, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.paging import beyond, cursor_after
from schemas.codes import CaseType, Channel
from schemas.ids import (
    AgencyId,
    CaseId,
    CaseNumber,
    Count,
    ExternalRef,
    Fen,
    Province,
    Pseudonym,
    RuleVersion,
)
from services.intake.domain.case import ApplicationState
from services.intake.domain.sight import Sight
from services.intake.repository import FIRST, application_opponents, applications, employer_alerts, members


class Order(StrEnum):
    """What comes first in a list."""

    NUMBER = "number"
    URGENT = "urgent"
    """The green channel first, then by case number."""
    DUE = "due"
    """Where the time to supply what is missing ends first; without those that none runs in."""


KEYS: Final[Mapping[Order, tuple[Column[Any], ...]]] = {
    Order.NUMBER: (applications.c.number,),
    Order.URGENT: (applications.c.rank, applications.c.number),
    Order.DUE: (applications.c.next_due, applications.c.number),
}
"""What each order goes by; the number at last, which is of one application alone."""


SHOWN: Final = (
    applications.c.case_id,
    applications.c.number,
    applications.c.standing,
    applications.c.agency,
    applications.c.case_type,
    applications.c.received_at,
    applications.c.members,
    applications.c.claim_fen,
    applications.c.channel,
    applications.c.rank,
    applications.c.next_due,
)
"""The whole state is a hundred times as much, and no list shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """An application in a list."""

    case_id: CaseId
    number: CaseNumber
    state: ApplicationState
    agency: AgencyId
    case_type: CaseType
    received_at: datetime
    members: Count
    claim_fen: Fen
    channel: Channel | None
    urgent: bool
    next_due: datetime | None
    """Until when the applicants may supply what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which applications a list is of; what is None does not matter."""

    number: CaseNumber | None = None
    external_ref: ExternalRef | None = None
    issuer: AgencyId | None = None
    status: ApplicationState | None = None
    agency: AgencyId | None = None
    case_type: CaseType | None = None
    channel: Channel | None = None
    worker: Pseudonym | None = None
    urgent: bool | None = None
    due_by: datetime | None = None
    alerted_since: datetime | None = None
    """Against an employer, or from a project, of which an alert was raised since."""

    @property
    def known(self) -> bool:
        """Whether the caller knows of which case or of whom he asks, or of whom an alert told his agency."""
        asked = (self.number, self.external_ref, self.worker, self.alerted_since)
        return any(said is not None for said in asked)


async def list_applications(
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
    query = select(*SHOWN).where(applications.c.province == province, *conditions(wanted, sight, province))
    if order is Order.DUE:
        query = query.where(applications.c.next_due.is_not(None))
    if after:
        query = query.where(beyond(after, keys))
    async with database.connect() as connection:
        rows = (await connection.execute(query.order_by(*keys).limit(limit))).all()
    return [listed(row) for row in rows], cursor_after(rows, keys, limit)


def conditions(wanted: Wanted, sight: Sight, province: Province) -> list[ColumnElement[bool]]:
    """What an application must be. Only what is asked for is in the query: so an index is found for it."""
    c = applications.c
    equal = {
        c.number: wanted.number,
        c.standing: wanted.status,
        c.agency: wanted.agency,
        c.case_type: wanted.case_type,
        c.channel: wanted.channel,
    }
    found: list[ColumnElement[bool]] = [
        column == value for column, value in equal.items() if value is not None
    ]
    if sight.own is not None and not (sight.finds and wanted.known):
        found.append(c.agency == sight.own)
    under = {"issuer": wanted.issuer, "number": wanted.external_ref}
    if said := {name: value for name, value in under.items() if value is not None}:
        found.append(c.external_refs.contains([said]))
    if wanted.urgent is not None:
        found.append(c.rank == FIRST if wanted.urgent else c.rank != FIRST)
    if wanted.due_by is not None:
        found.append(c.next_due <= wanted.due_by)
    if wanted.worker is not None:
        theirs = select(members.c.case_id).where(
            members.c.province == province, members.c.worker == wanted.worker
        )
        found.append(c.case_id.in_(theirs))
    if wanted.alerted_since is not None:
        found.append(c.case_id.in_(under_alert(province, wanted.alerted_since)))
    return found


def under_alert(province: Province, since: datetime) -> Select[tuple[str]]:
    """The cases of those of whom an alert was raised, those before it and those after."""
    against, alerts = application_opponents.c, employer_alerts.c
    raised = select(alerts.opponent).where(alerts.province == province, alerts.raised_at > since)
    return select(against.case_id).where(against.province == province, against.opponent.in_(raised))


def listed(row: Any) -> Listed:
    return Listed(
        case_id=row.case_id,
        number=row.number,
        state=ApplicationState(row.standing),
        agency=row.agency,
        case_type=row.case_type,
        received_at=row.received_at,
        members=row.members,
        claim_fen=row.claim_fen,
        channel=row.channel,
        urgent=row.rank == FIRST,
        next_due=row.next_due,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningOut:
    """A clock that runs, of one of the applications of a province."""

    case_id: CaseId
    number: CaseNumber
    agency: AgencyId
    name: str
    due_at: datetime
    rule: RuleVersion | None


RUNNING_OUT = text("""
    SELECT application.case_id, application.number, application.agency, timer.name, timer.due_at,
      application.state #>> '{supplement,limit,rule}' AS rule
    FROM timer JOIN application USING (province, id)
    WHERE timer.province = :province AND timer.kind = 'Case' AND timer.due_at <= :until
      AND (CAST(:agency AS text) IS NULL OR application.agency = :agency)
      AND (CAST(:own AS text) IS NULL OR application.agency = :own)
    ORDER BY timer.due_at, application.number LIMIT :limit
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
    wanted = {"province": province, "until": until, "agency": agency, "own": sight.own, "limit": limit}
    async with database.connect() as connection:
        rows = await connection.execute(RUNNING_OUT, wanted)
        return [RunningOut(**row._asdict()) for row in rows]
