"""Where routing's SQL lives: its tables, and what its work lists ask of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import Column, DateTime, Index, MetaData, Table, Text, select, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.stored import Aggregate, Stored, aggregate_table, folds, stored
from schemas.ids import AgencyId, CaseId, Province, SiteId
from schemas.transfers import (
    CustodyEvent,
    DirectionEvent,
    ErrandEvent,
    EscalationEvent,
    FollowingEvent,
    OfferEvent,
    RouteDecided,
    TaskEvent,
)
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.direction import Direction
from services.routing.domain.errand import Errand, ErrandState
from services.routing.domain.escalation import Escalation, EscalationState
from services.routing.domain.following import Following
from services.routing.domain.load import Load
from services.routing.domain.offer import OPEN, Offer, OfferState
from services.routing.domain.question import Question
from services.routing.domain.task import Task, TaskState

A = TypeVar("A", bound=Aggregate)

metadata = MetaData()

custody = aggregate_table(
    "custody",
    metadata,
    Column("owner", Text, nullable=False),
    Column("status", Text, nullable=False),
)

offer = aggregate_table(
    "offer",
    metadata,
    Column("agency", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("answer_by", DateTime(timezone=True), nullable=False),
)

escalation = aggregate_table(
    "escalation",
    metadata,
    Column("agency", Text, nullable=False, comment="who is to decide"),
    Column("status", Text, nullable=False),
    Column("decide_by", DateTime(timezone=True), nullable=False),
)

direction = aggregate_table("direction", metadata)

task = aggregate_table(
    "task",
    metadata,
    Column("agency", Text, nullable=False, comment="who asks"),
    Column("status", Text, nullable=False),
)

errand = aggregate_table(
    "errand",
    metadata,
    Column("agency", Text, nullable=False, comment="who is asked"),
    Column("status", Text, nullable=False),
)

following = aggregate_table(
    "following",
    metadata,
    Column("number", Text, nullable=False),
    Column("owner", Text, nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("province", Text, primary_key=True),
    Column("id", Text, primary_key=True, comment="of the transfer that it led to, if it led to one"),
    Column("case_id", Text, nullable=False),
    Column("decided_at", DateTime(timezone=True), nullable=False),
    Column("question", JSONB, nullable=False),
    Column("decided", JSONB, nullable=False),
)
"""Every route that was decided, with what was asked: so that it can be decided again."""

Index("decision_by_case", decision.c.province, decision.c.case_id)

site_work = Table(
    "site_work",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("key", Text, primary_key=True, comment="the transfer; empty for where the case was taken in"),
    Column("agency", Text, nullable=False),
    Column("to_province", Text, nullable=False, comment="whose agency it is"),
    Column("site", Text, nullable=False),
)
"""Which site a case was taken in at, offered to, or received by."""

work_done = Table(
    "work_done",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("agency", Text, primary_key=True),
)
"""Matters that an owner has concluded: they are no load any more."""

# What is open is counted often: from the index alone.
Index("custody_by_status", custody.c.status, custody.c.province, custody.c.id, custody.c.owner)

for _listed in (offer, errand, task, escalation):
    Index(f"{_listed.name}_by_agency", _listed.c.province, _listed.c.agency, _listed.c.id)

OFFERS = stored(
    Offer,
    offer,
    lambda o: {"agency": o.agency, "status": o.state, "answer_by": o.answer_by},
    folds(OfferEvent, id_of=lambda e: e.transfer_id, start=Offer.begin),
)
ERRANDS = stored(
    Errand,
    errand,
    lambda e: {"agency": e.agency, "status": e.state},
    folds(ErrandEvent, id_of=lambda e: e.task_id, start=Errand.begin),
)

TASKS = stored(
    Task,
    task,
    lambda t: {"agency": t.asked_by, "status": t.state},
    folds(TaskEvent, id_of=lambda e: e.task_id, start=Task.begin),
)
ESCALATIONS = stored(
    Escalation,
    escalation,
    lambda e: {"agency": e.superior, "status": e.state, "decide_by": e.decide_by},
    folds(EscalationEvent, id_of=lambda e: e.transfer_id, start=Escalation.begin),
)
CUSTODIES = stored(
    Custody,
    custody,
    lambda c: {"owner": c.owner, "status": c.state},
    folds(CustodyEvent, id_of=lambda e: e.case_id, start=Custody.begin),
)

STORES: tuple[Stored[Any], ...] = (
    CUSTODIES,
    OFFERS,
    ESCALATIONS,
    stored(
        Direction,
        direction,
        folds=folds(DirectionEvent, id_of=lambda e: e.transfer_id, start=Direction.begin),
    ),
    TASKS,
    ERRANDS,
    stored(
        Following,
        following,
        lambda f: {"number": f.number, "owner": f.owner},
        folds(FollowingEvent, id_of=lambda e: e.case_id, start=Following.begin),
    ),
)


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


QUESTION = TypeAdapter(Question)


def decision_row(province: Province, id: str, asking: Question, decided: RouteDecided) -> dict[str, Any]:
    """A decision as its table keeps it."""
    return {
        "province": province,
        "id": id,
        "case_id": decided.case_id,
        "decided_at": decided.at,
        "question": QUESTION.dump_json(asking).decode(),
        "decided": decided.model_dump_json(),
    }


@dataclass(frozen=True, slots=True)
class Decision:
    """A route that was decided, and what was asked."""

    asking: Question
    decided: RouteDecided


async def decision_of(database: AsyncEngine, province: Province, id: str) -> Decision | None:
    """By the transfer that it led to."""
    query = select(decision.c.question.cast(Text), decision.c.decided.cast(Text)).filter_by(
        province=province, id=id
    )
    async with database.connect() as connection:
        found = (await connection.execute(query)).one_or_none()
    if found is None:
        return None
    return Decision(QUESTION.validate_json(found[0]), RouteDecided.model_validate_json(found[1]))


LOADS = text("""
    -- What we are asked: offers that wait or were accepted, at the site that they name.
    WITH offers AS (
        SELECT o.agency, w.site FROM offer AS o
        LEFT JOIN site_work AS w ON (w.province, w.case_id, w.key) = (o.province, o.case_id, o.id)
        WHERE o.status IN ('waiting', 'acknowledged', 'clarifying', 'accepted')
    ),
    -- What we ask of provinces that this deployment does not serve: the one open offer of a case.
    asked AS (
        SELECT DISTINCT ON (c.province, c.id) w.agency, w.site FROM custody AS c
        JOIN site_work AS w ON (w.province, w.case_id) = (c.province, c.id) AND w.key <> ''
        WHERE c.status = 'asking' AND w.to_province <> ALL(:provinces)
        ORDER BY c.province, c.id, w.key DESC
    ),
    -- Matters that are not concluded, at the site where the owner took the case in or on.
    matters AS (
        SELECT c.owner AS agency, w.site FROM custody AS c
        LEFT JOIN LATERAL (
            SELECT site FROM site_work
            WHERE (province, case_id, agency) = (c.province, c.id, c.owner) ORDER BY key DESC LIMIT 1
        ) AS w ON true
        WHERE c.status = 'placed' AND NOT EXISTS (
            SELECT FROM work_done AS d WHERE (d.province, d.case_id, d.agency) = (c.province, c.id, c.owner)
        )
    )
    SELECT agency, site, count(*) AS open
    FROM (TABLE offers UNION ALL TABLE asked UNION ALL TABLE matters) AS work GROUP BY agency, site
""")


async def load_of(database: AsyncEngine, provinces: Sequence[Province]) -> Load:
    """What every agency and site has to do, as far as this deployment knows."""
    agencies: dict[AgencyId, int] = {}
    sites: dict[SiteId, int] = {}
    async with database.connect() as connection:
        for row in await connection.execute(LOADS, {"provinces": list(provinces)}):
            agencies[row.agency] = agencies.get(row.agency, 0) + row.open
            if row.site is not None:
                sites[row.site] = row.open
    return Load(agencies, sites)


ASKING = text("""
    SELECT province, case_id FROM custody, jsonb_array_elements(state -> 'transfers') AS transfer
    WHERE province = ANY(:provinces) AND status = 'asking' AND transfer ->> 'to' = ANY(:agencies)
    ORDER BY province, case_id
""")


async def asking(
    database: AsyncEngine, provinces: Sequence[Province], agencies: Sequence[AgencyId]
) -> Sequence[tuple[Province, CaseId]]:
    """The cases of these provinces that ask, or have asked, one of these agencies and still wait."""
    async with database.connect() as connection:
        rows = await connection.execute(ASKING, {"provinces": list(provinces), "agencies": list(agencies)})
        return [(Province(row.province), CaseId(row.case_id)) for row in rows]
