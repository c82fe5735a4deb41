"""Gathers the letters of a transfer from the database of who writes them, and closes the file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from casebridge.receipts.file import Closing, Head, Kept, closed_bytes, line_of
from chassis.bulk import unpack_headers
from chassis.keyring import Keyring
from schemas.envelope import Follows, Record, Refused, decode, letter_digest
from schemas.follows import digest_of
from schemas.ids import CaseId, Province, TransferId

# The values are looked into, since the runtime knows nothing of transfers; this is a person's question.
SIDES = text("""
    SELECT province, to_province AS other, case_id, true AS sent FROM sent_letter
    WHERE position(convert_to(:transfer, 'UTF8') IN value) > 0
    UNION SELECT province, from_province, case_id, false FROM received_letter
    WHERE position(convert_to(:transfer, 'UTF8') IN value) > 0
    ORDER BY sent DESC, province
""")
LETTERS = text("""
    SELECT topic, key, value, headers FROM sent_letter
    WHERE province = :province AND to_province = :other AND case_id = :case
    UNION SELECT topic, key, value, headers FROM received_letter
    WHERE province = :province AND from_province = :other AND case_id = :case
""")


class NothingToExport(Exception):
    """Why there is no file, as a sentence."""


@dataclass(frozen=True, slots=True)
class Side:
    """One province's view of what it and another one wrote about a case."""

    province: Province
    other: Province
    case: CaseId


@dataclass(frozen=True, slots=True)
class Held:
    """A letter with what its place depends on."""

    kept: Kept
    digest: str
    follows: Follows
    order: tuple[datetime, Province, int]


async def export(
    connection: AsyncConnection,
    transfer: TransferId,
    keyring: Keyring,
    *,
    now: datetime,
    by: Province | None = None,
) -> bytes:
    """The file; `by` says whose view, where both are served. Raises NothingToExport, KeyNotHere."""
    side = await side_of(connection, transfer, by)
    named = {"province": side.province, "other": side.other, "case": side.case}
    rows = (await connection.execute(LETTERS, named)).all()
    letters = in_order({held.digest: held for held in map(held_from, rows)})
    head = Head(transfer=transfer, case=side.case, provinces=(side.province, side.other))
    lines = [line_of(head), *(line_of(held.kept) for held in letters)]
    return b"".join(line + b"\n" for line in (*lines, line_of(close(lines, side.province, keyring, now))))


async def side_of(connection: AsyncConnection, transfer: TransferId, by: Province | None) -> Side:
    rows = (await connection.execute(SIDES, {"transfer": f'"transfer_id":"{transfer}"'})).all()
    sides = [Side(Province(row.province), Province(row.other), CaseId(row.case_id)) for row in rows]
    wanted = [side for side in sides if by in (None, side.province)]
    if not wanted:
        here = f", expected letters of {by}" if by else ""
        raise NothingToExport(
            f"found no letter about transfer {transfer}{here}: they are in another deployment, "
            "or were covered more than 90 days ago"
        )
    return wanted[0]


def held_from(row: Any) -> Held:
    headers = tuple((name, value or b"") for name, value in unpack_headers(row.headers))
    record = Record(key=row.key, value=row.value, headers=headers)
    read = decode(record.key, record.value, record.headers)
    assert not isinstance(read, Refused), "what was sent or verified can be read"
    envelope = read.envelope
    return Held(
        kept=Kept.of(row.topic, record),
        digest=letter_digest(record, row.topic),
        follows=envelope.follows or Follows(None, None),
        order=(envelope.recordedtime, envelope.province, envelope.sequence or 0),
    )


def in_order(letters: dict[str, Held]) -> Sequence[Held]:
    """Each after what it follows; of those that crossed, the one that was written first."""
    return list(_in_order(letters))


def _in_order(letters: dict[str, Held]) -> Iterator[Held]:
    left = dict(sorted(letters.items(), key=lambda item: item[1].order))
    while left:
        free = next((d for d, held in left.items() if not left.keys() & set(held.follows)), next(iter(left)))
        yield left.pop(free)


def close(lines: Sequence[bytes], province: Province, keyring: Keyring, now: datetime) -> Closing:
    digests, key_id = tuple(digest_of(line) for line in lines), keyring.signing_key_of(province)
    text = closed_bytes(province, now, digests, key_id)
    signature = keyring.sign_text(text, province)
    return Closing(province=province, at=now, lines=digests, key_id=key_id, signature=signature)
