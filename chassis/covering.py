"""How far others have received our letters, as they tell us by their marks."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.bulk import fetch
from schemas.ids import CaseId, Province

log = logging.getLogger(__name__)

Marked = tuple[tuple[Province, CaseId], Province, int]
"""Whose letters on which case, who has received them, and up to which sequence all of them."""

MARKS = """
    unnest($1::text[], $2::text[], $3::text[], $4::bigint[]) AS mark(province, case_id, other, received)
"""

# A mark goes back when the addressee restored a database: what he has no more is sent again. An older mark
# that comes after a newer one looks the same, and costs no more than a letter that he gets twice.
COVER = f"""
    UPDATE sent_letter AS letter SET covered_at = CASE WHEN sequence <= received THEN $5::timestamptz END
    FROM {MARKS}
    WHERE letter.province = mark.province AND letter.case_id = mark.case_id AND to_province = other
      AND (sequence <= received) = (covered_at IS NULL)
"""

# He has letters that we do not know: our database was restored, and our own log did not have them. Their
# numbers are taken, so that what we say next is not taken for one of them.
SKIP = f"""
    UPDATE case_row AS own SET sent = jsonb_set(sent, ARRAY['mailbox:' || other], to_jsonb(received))
    FROM {MARKS}
    WHERE own.province = mark.province AND own.case_id = mark.case_id
      AND coalesce((sent ->> ('mailbox:' || other))::bigint, 0) < received
    RETURNING own.case_id, other, received
"""

COVER_AND_SKIP = f"WITH covered AS ({COVER}) {SKIP}"
"""One round trip: every batch with a letter in it makes it."""


async def cover_letters(connection: AsyncConnection, marks: Sequence[Marked], now: datetime) -> None:
    """The addressees have received so much. The cases that a transaction changes are to be saved before."""
    if not marks:
        return
    provinces, cases = zip(*[name for name, _, _ in marks], strict=True)
    others, received = [other for _, other, _ in marks], [mark for _, _, mark in marks]
    for row in await fetch(connection, COVER_AND_SKIP, provinces, cases, others, received, now):
        log.error(
            "letters_unknown_here",
            extra={"case_id": row["case_id"], "to_province": row["other"], "received": row["received"]},
        )
