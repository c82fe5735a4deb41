"""How far others have received our letters, as they tell us by their marks."""

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from schemas.ids import CaseId, Province

log = logging.getLogger(__name__)

Marked = tuple[tuple[Province, CaseId], Province, int]
"""Whose letters on which case, who has received them, and up to which sequence all of them."""

MARKS = """
    unnest(CAST(:provinces AS text[]), CAST(:cases AS text[]),
           CAST(:others AS text[]), CAST(:marks AS bigint[])) AS mark(province, case_id, other, received)
"""

# A mark goes back when the addressee restored a database: what he has no more is sent again. An older mark
# that comes after a newer one looks the same, and costs no more than a letter that he gets twice.
COVER = text(f"""
    UPDATE sent_letter AS letter
    SET covered_at = CASE WHEN sequence <= received THEN CAST(:now AS timestamptz) END
    FROM {MARKS}
    WHERE letter.province = mark.province AND letter.case_id = mark.case_id AND to_province = other
      AND (sequence <= received) = (covered_at IS NULL)
""")

# He has letters that we do not know: our database was restored, and our own log did not have them. Their
# numbers are taken, so that what we say next is not taken for one of them.
SKIP = text(f"""
    UPDATE case_row AS own SET sent = jsonb_set(sent, ARRAY['mailbox:' || other], to_jsonb(received))
    FROM {MARKS}
    WHERE own.province = mark.province AND own.case_id = mark.case_id
      AND coalesce((sent ->> ('mailbox:' || other))::bigint, 0) < received
    RETURNING own.case_id, other, received
""")


async def cover_letters(connection: AsyncConnection, marks: Sequence[Marked], now: datetime) -> None:
    """The addressees have received so much. The cases that a transaction changes are to be saved before."""
    if not marks:
        return
    named = {
        "provinces": [province for (province, _), _, _ in marks],
        "cases": [case_id for (_, case_id), _, _ in marks],
        "others": [other for _, other, _ in marks],
        "marks": [received for _, _, received in marks],
    }
    await connection.execute(COVER, {**named, "now": now})
    for row in await connection.execute(SKIP, named):
        log.error(
            "letters_unknown_here",
            extra={"case_id": row.case_id, "to_province": row.other, "received": row.received},
        )
