"""Daily statements: what letters went to another province and came from it, signed, for both to compare."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import tables
from chassis.bulk import pack_headers, unpack_headers, upsert
from chassis.case_state import Arrived, Outgoing
from chassis.writing import message_to
from schemas.envelope import Record, letter_digest
from schemas.follows import digest_of
from schemas.ids import EventId, Province
from schemas.mailbox import Counted, LettersCounted, Named

if TYPE_CHECKING:
    from chassis.engine import Engine

CHINA: Final = timezone(timedelta(hours=8))
GRACE: Final = timedelta(hours=2)
"""After midnight: what was written before has mostly arrived by then."""
CATCH_UP: Final = 7
"""Days that are stated late, if nobody was there to state them in time."""
PAGE: Final = 5_000
"""Letters on a page: at most some 600 kB, where 900 kB are the most that is sent."""

ALONE = text("SELECT pg_advisory_xact_lock(hashtextextended('casebridge statements', 0))")
UNSTATED = text("""
    SELECT province, other FROM (
        SELECT province, to_province AS other FROM sent_letter WHERE sent_at >= :since AND sent_at < :until
        UNION
        SELECT province, from_province FROM received_letter
        WHERE recorded_at >= :since AND recorded_at < :until
    ) AS exchanged
    WHERE province <> other AND NOT EXISTS (
        SELECT FROM statement WHERE province = exchanged.province AND about = other AND day = :day
    )
    ORDER BY province, other
""")
SENT = text("""
    SELECT topic, key, value, headers FROM sent_letter
    WHERE province = :province AND to_province = :other AND sent_at >= :since AND sent_at < :until
""")
RECEIVED = text("""
    SELECT topic, key, value, headers FROM received_letter
    WHERE province = :province AND from_province = :other AND recorded_at >= :since AND recorded_at < :until
""")


@dataclass(frozen=True, slots=True)
class Tally:
    """The letters of a day in one direction."""

    letters: Sequence[Named]
    types: Sequence[str]

    @property
    def counts(self) -> tuple[Counted, ...]:
        return tuple(Counted(type=type, count=n) for type, n in sorted(Counter(self.types).items()))

    @property
    def digest(self) -> str:
        return digest_of_all(self.letters)


def digest_of_all(letters: Sequence[Named]) -> str:
    """Of letters in whatever order: equal where both sides have the same bytes."""
    return digest_of("".join(sorted(letter.digest for letter in letters)).encode())


def bounds_of(day: date) -> tuple[datetime, datetime]:
    """When a day begins in China, and when the next one does."""
    begin = datetime.combine(day, time(), CHINA)
    return begin, begin + timedelta(days=1)


async def state_days(engine: "Engine") -> int:
    """State every day that is over and not stated yet; returns the number of statements."""
    today = (engine.clock.now() - GRACE).astimezone(CHINA).date()
    days = [today - timedelta(days=back) for back in range(CATCH_UP, 0, -1)]
    return sum([await state_day(engine, day) for day in days])


async def state_day(engine: "Engine", day: date) -> int:
    """One transaction: all statements of a day, written once by whichever replica comes first."""
    since, until = bounds_of(day)
    times = {"since": since, "until": until}
    async with engine.transaction() as connection:
        await connection.execute(ALONE)
        pairs = (await connection.execute(UNSTATED, {**times, "day": day})).all()
        for row in pairs:
            province, other = Province(row.province), Province(row.other)
            named = {"province": province, "other": other, **times}
            sent = tally((await connection.execute(SENT, named)).all())
            received = tally((await connection.execute(RECEIVED, named)).all())
            await write_statement(engine, connection, statement(province, other, day, until, sent, received))
    return len(pairs)


def tally(rows: Sequence[Any]) -> Tally:
    letters: list[tuple[Named, str]] = []
    for row in rows:
        headers = tuple((name, value or b"") for name, value in unpack_headers(row.headers))
        digest = letter_digest(Record(row.key, row.value, headers), row.topic)
        said = dict(headers)
        letters.append((Named(id=EventId(said["ce_id"].decode()), digest=digest), said["ce_type"].decode()))
    letters.sort(key=lambda letter: letter[0].id)
    return Tally([letter for letter, _ in letters], [type for _, type in letters])


def statement(
    province: Province, other: Province, day: date, at: datetime, sent: Tally, received: Tally
) -> list[LettersCounted]:
    """The pages of a statement."""
    pages = max(1, -(-max(len(sent.letters), len(received.letters)) // (PAGE // 2)))

    def on(page: int, tally: Tally) -> tuple[Named, ...]:
        return tuple(tally.letters[(page - 1) * (PAGE // 2) : page * (PAGE // 2)])

    return [
        LettersCounted(
            at=at,
            sender=province,
            to_province=other,
            day=day,
            page=page,
            pages=pages,
            sent=sent.counts,
            received=received.counts,
            sent_digest=sent.digest,
            received_digest=received.digest,
            sent_letters=on(page, sent),
            received_letters=on(page, received),
        )
        for page in range(1, pages + 1)
    ]


async def write_statement(
    engine: "Engine", connection: AsyncConnection, pages: Sequence[LettersCounted]
) -> None:
    """Send it to the other side, and keep it as it was sent."""
    now = engine.clock.now()
    sent = [message_to(page.to_province, page.sender, page, engine.writer, now) for page in pages]
    await keep(connection, list(zip(pages, sent, strict=True)), now)
    await engine.send(connection, sent)


async def keep_statements(
    connection: AsyncConnection, arrived: Sequence[tuple[LettersCounted, Arrived]], now: datetime
) -> None:
    """Keep what others stated, as it came."""
    await keep(connection, arrived, now)


async def keep(
    connection: AsyncConnection, pages: Sequence[tuple[LettersCounted, Arrived | Outgoing]], now: datetime
) -> None:
    rows = [
        {
            "province": page.sender,
            "about": page.to_province,
            "day": page.day,
            "page": page.page,
            "topic": record.topic,
            "key": record.key,
            "value": record.value,
            "headers": pack_headers(record.headers),
            "written_at": now,
        }
        for page, record in pages
    ]
    await upsert(connection, tables.statement, rows)
