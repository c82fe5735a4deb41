"""Where records end that are applied to no case: kept, counted, and never in the way of the others."""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import tables
from chassis.arrivals import Read, Stray
from chassis.bulk import pack_headers, upsert
from chassis.case_state import Arrived
from chassis.covering import cover_letters
from chassis.inbox import stream_of
from chassis.keyring import Keyring
from schemas.envelope import Unknown
from schemas.ids import Province
from schemas.mailbox import LettersMarked


async def quarantine(
    connection: AsyncConnection, strays: Sequence[Stray], keyring: Keyring, now: datetime
) -> None:
    """Keep the exact bytes, encrypted for the province: nobody knows what is in them."""
    rows = [
        {
            "cluster": stray.record.cluster,
            "topic": stray.record.topic,
            "partition": stray.record.partition,
            "offset": stray.record.offset,
            "reason": stray.reason,
            "detail": stray.detail,
            "sealed": keyring.seal_raw(raw_record(stray.record), stray.province),
            "arrived_at": now,
        }
        for stray in strays
    ]
    await upsert(connection, tables.quarantine, rows)


def raw_record(record: Arrived) -> bytes:
    """All that is in a record, whatever it is."""
    return json.dumps(
        {
            "key": record.key.decode("latin-1") if record.key is not None else None,
            "value": record.value.decode("latin-1") if record.value is not None else None,
            "headers": [
                [name, raw.decode("latin-1") if raw is not None else None] for name, raw in record.headers
            ],
        }
    ).encode()


async def keep_aside(connection: AsyncConnection, reads: Sequence[Read], now: datetime) -> None:
    """Keep events of types that this release does not know, for the one that does."""
    rows = [
        {
            "province": read.name[0],
            "case_id": read.name[1],
            "stream": stream_of(read.log, read.message.envelope),
            "sequence": read.message.envelope.sequence,
            "type": read.message.envelope.type,
            "key": read.record.key,
            "value": read.record.value,
            "headers": pack_headers(read.record.headers),
            "arrived_at": now,
        }
        for read in reads
        if isinstance(read.message, Unknown)
    ]
    await upsert(connection, tables.aside, rows, overwrite=False)


async def cover_marked(
    connection: AsyncConnection, province: Province, marked: LettersMarked, now: datetime
) -> None:
    """The addressee says how far he has received our letters."""
    marks = [((province, mark.case_id), marked.sender, mark.received) for mark in marked.marks]
    await cover_letters(connection, marks, now)
