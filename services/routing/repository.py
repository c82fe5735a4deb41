"""Where routing's SQL lives: its tables, and what its work lists ask of them."""

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import Column, DateTime, Index, MetaData, Text, select
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.stored import Aggregate, Stored, aggregate_table, folds, stored
from schemas.ids import AgencyId, Province
from schemas.transfers import CustodyEvent, ErrandEvent, FollowingEvent, OfferEvent, TaskEvent
from services.routing.domain.custody import Custody
from services.routing.domain.errand import Errand
from services.routing.domain.following import Following
from services.routing.domain.offer import Offer
from services.routing.domain.task import Task

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

for _listed in (offer, errand):
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

STORES: tuple[Stored[Any], ...] = (
    stored(
        Custody,
        custody,
        lambda c: {"owner": c.owner, "status": c.state},
        folds(CustodyEvent, id_of=lambda e: e.case_id, start=Custody.begin),
    ),
    OFFERS,
    stored(
        Task,
        task,
        lambda t: {"agency": t.asked_by, "status": t.state},
        folds(TaskEvent, id_of=lambda e: e.task_id, start=Task.begin),
    ),
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
    state: str | None,
    after: str,
    limit: int,
) -> list[Offer]:
    """What an agency is asked to take, the oldest first."""
    return await _page(database, OFFERS, province, agency, state, after, limit)


async def errands_of(
    database: AsyncEngine,
    province: Province,
    agency: AgencyId | None,
    *,
    state: str | None,
    after: str,
    limit: int,
) -> list[Errand]:
    """What an agency is asked to help with, the oldest first."""
    return await _page(database, ERRANDS, province, agency, state, after, limit)


async def _page(
    database: AsyncEngine,
    store: Stored[A],
    province: Province,
    agency: AgencyId | None,
    state: str | None,
    after: str,
    limit: int,
) -> list[A]:
    """Ids are UUIDv7: their order is that of their making, so one of them is a cursor."""
    table = store.table
    wanted: Mapping[str, str | None] = {"province": province, "agency": agency}
    query = select(table.c.state.cast(Text).label("state")).filter_by(**wanted).where(table.c.id > after)
    if state is not None:
        query = query.where(table.c.status == state)
    async with database.connect() as connection:
        found = await connection.execute(query.order_by(table.c.id).limit(limit))
        return [store.load(row.state) for row in found]
