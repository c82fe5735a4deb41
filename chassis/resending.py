"""Sends letters again that nobody has confirmed, unchanged; and forgets those that are long confirmed."""

from datetime import timedelta

from sqlalchemy import text

from chassis.bulk import unpack_headers
from chassis.case_state import Outgoing
from chassis.engine import Engine
from chassis.writing import exchange_of
from schemas.ids import Province

AFTER = timedelta(days=1)
KEPT = timedelta(days=90)
PILED_UP = timedelta(hours=1)
BATCH = 2_000

# Post that waits longer than this waits for the exchange, and the letters that are due are in it.
WAITING = text("SELECT EXISTS (SELECT FROM outbox WHERE topic LIKE '%.mailbox' AND written_at < :before)")
AGAIN = text("""
    UPDATE sent_letter AS letter SET sent_again_at = :now
    FROM (
        SELECT province, case_id, to_province, sequence FROM sent_letter
        WHERE covered_at IS NULL AND sent_at < :before AND (sent_again_at IS NULL OR sent_again_at < :before)
        ORDER BY sent_at LIMIT :batch FOR UPDATE SKIP LOCKED
    ) AS due
    WHERE (letter.province, letter.case_id, letter.to_province, letter.sequence)
        = (due.province, due.case_id, due.to_province, due.sequence)
    RETURNING letter.province, letter.case_id, letter.to_province, letter.sequence,
              letter.topic, letter.key, letter.value, letter.headers
""")
FORGET = tuple(
    text(f"""
        DELETE FROM {table} WHERE ctid = ANY(ARRAY(
            SELECT ctid FROM {table} WHERE {since} < :before LIMIT :batch FOR UPDATE SKIP LOCKED))
    """)
    for table, since in (
        ("sent_letter", "covered_at"),
        ("received_letter", "received_at"),
        ("statement", "written_at"),
    )
)


async def send_again(engine: Engine) -> int:
    """Put letters that no mark covers since a day into the outbox once more: same id, sequence and bytes."""
    now = engine.clock.now()
    async with engine.transaction() as connection:
        if (await connection.execute(WAITING, {"before": now - PILED_UP})).scalar_one():
            return 0
        due = await connection.execute(AGAIN, {"now": now, "before": now - AFTER, "batch": BATCH})
        rows = sorted(due.all())
        letters = [
            Outgoing(
                cluster=exchange_of(Province(row.province), Province(row.to_province)),
                topic=row.topic,
                key=row.key,
                value=row.value,
                headers=tuple((name, value or b"") for name, value in unpack_headers(row.headers)),
            )
            for row in rows
        ]
        await engine.send(connection, letters)
    return len(letters)


async def forget_letters(engine: Engine) -> int:
    """Delete what was confirmed or received 90 days ago; returns the most that went from one table."""
    before = engine.clock.now() - KEPT
    async with engine.database.begin() as connection:
        gone = [await connection.execute(each, {"before": before, "batch": BATCH}) for each in FORGET]
        return max(result.rowcount for result in gone)
