"""What an agency has to do, or waits for: a page at a time, the oldest first."""

from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Text, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.stored import Aggregate, Stored
from schemas.ids import AgencyId, CaseId, Province, SiteId
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.errand import Errand, ErrandState
from services.routing.domain.escalation import Escalation, EscalationState
from services.routing.domain.offer import OPEN, Offer, OfferState
from services.routing.domain.task import Task, TaskState
from services.routing.repository import CUSTODIES, ERRANDS, ESCALATIONS, OFFERS, TASKS

A = TypeVar("A", bound=Aggregate)


async def offers_of(
    database: AsyncEngine,
    province: Province,
    agency: AgencyId | None,
    *,
    state: OfferState | None,
    open: bool = False,
    after: str,
    limit: int,
) -> list[Offer]:
    """What an agency is asked to take, the oldest first; `open`: what still waits for its answer."""
    states = OPEN if open and state is None else _only(state)
    return await _page(database, OFFERS, province, {"agency": agency}, states, after, limit)


async def errands_of(
    database: AsyncEngine,
    province: Province,
    agency: AgencyId | None,
    *,
    state: ErrandState | None,
    after: str,
    limit: int,
) -> list[Errand]:
    """What an agency is asked to help with, the oldest first."""
    return await _page(database, ERRANDS, province, {"agency": agency}, _only(state), after, limit)


async def tasks_of(
    database: AsyncEngine,
    province: Province,
    agency: AgencyId | None,
    *,
    state: TaskState | None,
    after: str,
    limit: int,
) -> list[Task]:
    """What an agency has asked of others, the oldest first."""
    return await _page(database, TASKS, province, {"agency": agency}, _only(state), after, limit)


async def escalations_of(
    database: AsyncEngine,
    province: Province,
    agency: AgencyId | None,
    *,
    state: EscalationState | None,
    after: str,
    limit: int,
) -> list[Escalation]:
    """What a common superior is to decide, the oldest first."""
    return await _page(database, ESCALATIONS, province, {"agency": agency}, _only(state), after, limit)


async def custodies_of(
    database: AsyncEngine,
    province: Province,
    owner: AgencyId | None,
    *,
    state: CustodyState,
    after: str,
    limit: int,
) -> list[Custody]:
    """The cases of an owner in that state, the oldest first."""
    return await _page(database, CUSTODIES, province, {"owner": owner}, _only(state), after, limit)


def _only(state: StrEnum | None) -> frozenset[StrEnum]:
    """Empty for every state."""
    return frozenset() if state is None else frozenset({state})


async def _page(
    database: AsyncEngine,
    store: Stored[A],
    province: Province,
    whose: Mapping[str, AgencyId | None],
    states: Collection[StrEnum],
    after: str,
    limit: int,
) -> list[A]:
    """Ids are UUIDv7: their order is that of their making, so one of them is a cursor."""
    table = store.table
    wanted: Mapping[str, str | None] = {"province": province, **whose}
    query = select(table.c.state.cast(Text).label("state")).filter_by(**wanted).where(table.c.id > after)
    if states:
        query = query.where(table.c.status.in_(states))
    async with database.connect() as connection:
        found = await connection.execute(query.order_by(table.c.id).limit(limit))
        return [store.load(row.state) for row in found]


ASKING = text("""
    SELECT province, case_id FROM custody, jsonb_array_elements(state -> 'transfers') AS transfer
    WHERE province = ANY(:provinces) AND status = 'asking' AND transfer ->> 'to' = ANY(:agencies)
    ORDER BY province, case_id
""")


ASKED_SITES = text("""
    SELECT province, case_id, transfer ->> 'site' AS site
    FROM custody, jsonb_array_elements(state -> 'transfers') AS transfer
    WHERE province = ANY(:provinces) AND status = 'asking' AND transfer ->> 'site' IS NOT NULL
    ORDER BY province, case_id
""")


async def asking(
    database: AsyncEngine, provinces: Sequence[Province], agencies: Sequence[AgencyId]
) -> Sequence[tuple[Province, CaseId]]:
    """The cases of these provinces that ask, or have asked, one of these agencies and still wait."""
    async with database.connect() as connection:
        rows = await connection.execute(ASKING, {"provinces": list(provinces), "agencies": list(agencies)})
        return [(Province(row.province), CaseId(row.case_id)) for row in rows]


async def asked_sites(
    database: AsyncEngine, provinces: Sequence[Province]
) -> Sequence[tuple[Province, CaseId, SiteId]]:
    """The cases of these provinces that wait for an answer, with each site that they ask or have asked."""
    async with database.connect() as connection:
        rows = await connection.execute(ASKED_SITES, {"provinces": list(provinces)})
        return [(Province(row.province), CaseId(row.case_id), SiteId(row.site)) for row in rows]
