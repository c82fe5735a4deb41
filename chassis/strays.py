"""Where records end that are applied to no case: kept, counted, and never in the way of the others."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis import tables
from chassis.arrivals import Arrivals, Read, Stray
from chassis.bulk import pack_headers, upsert
from chassis.case_state import Arrived, Outgoing
from chassis.covering import cover_letters
from chassis.drills import answer_drill
from chassis.ids import uuid7
from chassis.inbox import stream_of
from chassis.keyring import Keyring
from chassis.statements import keep_statements
from chassis.writing import outgoing
from schemas.envelope import Envelope, Unknown, dataschema_of, encode
from schemas.ids import EventId, Province, ServiceName
from schemas.mailbox import LettersMarked
from schemas.ops import OpsQuarantined

if TYPE_CHECKING:
    from chassis.engine import Engine

log = logging.getLogger(__name__)

Headers = tuple[tuple[str, bytes | None], ...]


async def save_strays(engine: "Engine", connection: AsyncConnection, arrivals: Arrivals) -> None:
    """What belongs to no case: quarantine, events of unknown types, marks, drills, sources seen first."""
    now = engine.clock.now()
    await quarantine(connection, arrivals.strays, engine.keyring, now)
    for stray in arrivals.strays:
        engine.metrics.quarantined(stray.reason)
        log.error(
            "record_quarantined",
            extra={
                "topic": stray.record.topic,
                "partition": stray.record.partition,
                "offset": stray.record.offset,
                "reason": stray.reason,
                "detail": stray.detail,
            },
        )
    notices = [quarantine_notice(engine, stray, now) for stray in arrivals.strays]
    answers = [answer_drill(drill, engine.writer, by=by, to=to, now=now) for by, to, drill in arrivals.drills]
    await engine.send(connection, [*notices, *answers])
    await keep_aside(connection, arrivals.reads, now)
    for province, marked in arrivals.marks:
        await cover_marked(connection, province, marked, now)
    await keep_statements(connection, arrivals.statements, now)
    fresh = fresh_sources(engine, arrivals)
    await upsert(
        connection,
        tables.known_source,
        [{"source": s, "incarnation": i, "known_since": now} for s, i in sorted(fresh)],
        overwrite=False,
    )


def fresh_sources(engine: "Engine", arrivals: Arrivals) -> set[tuple[str, str]]:
    """Sources that were never seen, with the incarnation that they show first."""
    fresh: dict[str, str] = {}
    for read in arrivals.reads:
        envelope = read.message.envelope
        if envelope.source not in engine.reader.incarnations:
            fresh.setdefault(envelope.source, envelope.incarnation)
    return set(fresh.items())


def quarantine_notice(engine: "Engine", stray: Stray, now: datetime) -> Outgoing:
    """The message that tells operators of a stray record: about no case, so without a sequence."""
    event = OpsQuarantined(
        province=stray.province,
        at=now,
        service=ServiceName(engine.service.name),
        cause=stray.reason,
        detail=stray.detail[:400],
        fingerprint=stray.reason,
        topic=stray.record.topic,
        partition=stray.record.partition,
        offset=stray.record.offset,
        size=len(stray.record.value or b""),
    )
    envelope = Envelope(
        id=EventId(uuid7(now)),
        source=engine.writer.source(stray.province),
        type=event.type,
        subject=event.subject,
        time=now,
        recordedtime=now,
        dataschema=dataschema_of(type(event)),
        incarnation=engine.writer.incarnation,
    )
    return outgoing("local", f"cn{stray.province}.ops", encode(event, envelope))


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


def read_raw(raw: bytes) -> tuple[bytes | None, bytes | None, Headers]:
    """Key, value and headers of a record that was kept so, byte for byte."""
    kept = json.loads(raw)
    key, value = (bytes_of(kept[part]) for part in ("key", "value"))
    return key, value, tuple((name, bytes_of(said)) for name, said in kept["headers"])


def bytes_of(text: str | None) -> bytes | None:
    return None if text is None else text.encode("latin-1")


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
