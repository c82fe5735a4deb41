"""The list of notices: what an agency is to do, and what a province's people were told; newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, cast, false, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine

from schemas.codes import RecipientKind
from schemas.ids import AgencyId, NoticeId, Province
from services.notify.domain.notice import WORKER, Notice, NoticeState
from services.notify.domain.sight import Sight
from services.notify.repository import NOTICES, notices


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which notices a list is of; what is None does not matter."""

    status: NoticeState | None = None
    recipient: RecipientKind | None = None
    agency: AgencyId | None = None
    after: NoticeId | None = None
    """The last one of the page before."""


async def list_notices(
    database: AsyncEngine, province: Province, wanted: Wanted, sight: Sight, *, limit: int
) -> Sequence[Notice]:
    """A page of what is wanted and in sight."""
    async with database.connect() as connection:
        rows = await connection.execute(query_of(province, wanted, sight).limit(limit))
        return [NOTICES.load(row.state) for row in rows]


def query_of(province: Province, wanted: Wanted, sight: Sight) -> Select[Any]:
    c = notices.c
    return (
        select(cast(c.state, Text).label("state"))
        .where(c.province == province, *conditions(province, wanted, sight))
        .order_by(c.queued_at.desc(), c.id.desc())
    )


def conditions(province: Province, wanted: Wanted, sight: Sight) -> list[ColumnElement[bool]]:
    """What a notice must be. Only what is asked for is in the query: so an index is found for it."""
    c = notices.c
    equal = {c.status: wanted.status, c.recipient: wanted.recipient, c.agency: wanted.agency}
    found: list[ColumnElement[bool]] = [
        column == value for column, value in equal.items() if value is not None
    ]
    if not sight.everything:
        found.append(seen(sight))
    if wanted.after is not None:
        last = notices.alias()
        found.append(
            tuple_(c.queued_at, c.id)
            < select(last.c.queued_at, last.c.id)
            .where(last.c.province == province, last.c.id == wanted.after)
            .scalar_subquery()
        )
    return found


def seen(sight: Sight) -> ColumnElement[bool]:
    c = notices.c
    own = c.agency == sight.agency if sight.agency else false()
    return or_(own, c.recipient == WORKER) if sight.applicants else own
