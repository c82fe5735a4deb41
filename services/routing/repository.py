"""Routing's tables: its aggregates, what was decided and why, and what is a load."""

from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import Column, DateTime, Index, MetaData, Table, Text, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.stored import Stored, aggregate_table, folds, stored
from schemas.ids import Province
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
from services.routing.domain.custody import Custody
from services.routing.domain.direction import Direction
from services.routing.domain.errand import Errand
from services.routing.domain.escalation import Escalation
from services.routing.domain.following import Following
from services.routing.domain.offer import Offer
from services.routing.domain.question import Question
from services.routing.domain.task import Task

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
    Column("site", Text, comment="null: the agency itself"),
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
