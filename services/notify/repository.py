"""The table of notices, and what the jobs are to send and to shred."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, DateTime, Index, MetaData, Table, Text
from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.bulk import look
from chassis.stored import aggregate_table, folds, stored
from schemas.ids import CaseId, NoticeId, Province
from schemas.notices import NoticeEvent
from services.notify.domain.notice import Notice

metadata = MetaData()

notices = aggregate_table(
    "notice",
    metadata,
    Column("recipient", Text, nullable=False),
    Column("agency", Text),
    Column("status", Text, nullable=False),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("send_at", DateTime(timezone=True)),
)
Index("notice_by_send_at", notices.c.send_at, postgresql_where=notices.c.send_at.is_not(None))
Index("notice_by_queued_at", notices.c.province, notices.c.queued_at, notices.c.id)
Index(
    "notice_by_agency",
    notices.c.province,
    notices.c.agency,
    notices.c.queued_at,
    notices.c.id,
    postgresql_where=notices.c.agency.is_not(None),
)

to_shred = Table(
    "notice_to_shred",
    metadata,
    Column("province", Text, primary_key=True),
    Column("notice_id", Text, primary_key=True),
)
"""Notices whose files are to be destroyed, since the data of their case were erased."""

NOTICES = stored(
    Notice,
    notices,
    lambda notice: {
        "recipient": notice.recipient,
        "agency": notice.agency,
        "status": notice.state,
        "queued_at": notice.queued_at,
        "send_at": notice.send_at,
    },
    folds(NoticeEvent, id_of=lambda e: e.notice_id, start=Notice.queued),
)

STORES = (NOTICES,)

TO_SHRED = """
    SELECT province, notice_id FROM notice_to_shred
    WHERE province = ANY($1) ORDER BY 1, 2 LIMIT 200
"""

# Held cases wait: nothing can be said of them, and so nothing is sent that could not be said.
TO_SEND = """
    SELECT province, case_id, id FROM notice JOIN case_row USING (province, case_id)
    WHERE send_at <= $1 AND case_row.hold IS NULL AND province = ANY($2)
    ORDER BY send_at LIMIT $3
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that is to be sent."""

    province: Province
    case_id: CaseId
    notice_id: NoticeId


async def notices_to_send(
    database: AsyncEngine, provinces: Sequence[Province], *, now: datetime, limit: int = 100
) -> list[Waiting]:
    """The notices whose moment has come, oldest first."""
    return [Waiting(*row) for row in await look(database, TO_SEND, now, provinces, limit)]


async def notices_to_shred(
    database: AsyncEngine, provinces: Sequence[Province]
) -> Sequence[tuple[Province, NoticeId]]:
    """Notices whose files are to be destroyed."""
    return [(province, notice_id) for province, notice_id in await look(database, TO_SHRED, provinces)]
