"""What lies in quarantine: seen by operators, opened, and read once more when its cause is repaired."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.arrivals import Arrivals, place_of, sort_arrivals
from chassis.auth import NotPermitted
from chassis.case_state import Arrived, Outgoing
from chassis.engine import Engine
from chassis.errors import ChassisError, NotFound
from chassis.ids import uuid7
from chassis.strays import read_raw, save_strays
from chassis.unit_of_work import Actor
from chassis.writing import about_no_case, outgoing
from schemas.envelope import Message, encode
from schemas.ids import EventId, Province, ServiceName
from schemas.ops import OpsOpened, OpsTakenIn

log = logging.getLogger(__name__)

MOST: Final = 1000
"""Records that are listed at once."""

LYING = text("""
    SELECT cluster, topic, partition, "offset", reason, detail, octet_length(sealed) AS size, arrived_at
    FROM quarantine
    WHERE topic LIKE :own
      AND (CAST(:topic AS text) IS NULL OR topic = :topic)
      AND (CAST(:reason AS text) IS NULL OR reason = :reason)
    ORDER BY arrived_at, cluster, topic, partition, "offset" LIMIT :most
""")
OF_PLACE = """
    cluster = :cluster AND topic = :topic AND partition = :partition AND "offset" = :offset
"""
ONE = text(f"SELECT reason, sealed, arrived_at FROM quarantine WHERE {OF_PLACE}")
TAKE_OUT = text(f"DELETE FROM quarantine WHERE {OF_PLACE} RETURNING 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a record lies."""

    cluster: str
    topic: str
    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.cluster}/{self.topic}/{self.partition}/{self.offset}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A record that is kept unread."""

    place: Place
    province: Province
    reason: str
    record: Arrived
    since: datetime


@dataclass(eq=False)
class StillRefused(ChassisError):
    """The record is refused as before, or for another reason ({reason}): {detail}."""

    zh: ClassVar[str] = "该记录仍被拒绝（{reason}）：{detail}。"
    reason: str
    detail: str
    status: ClassVar[int] = 409


async def lying(
    engine: Engine, province: Province, topic: str | None, reason: str | None
) -> Sequence[Mapping[str, Any]]:
    """What lies in quarantine from a province's topics, the oldest first; nothing of what is in it.

    `size`: bytes as it is kept.
    """
    asked = {"own": f"cn{province}.%", "topic": topic, "reason": reason, "most": MOST}
    async with engine.database.connect() as connection:
        rows = await connection.execute(LYING, asked)
        return [dict(row) for row in rows.mappings()]


async def open_record(engine: Engine, place: Place, by: Actor) -> Lying:
    """The exact record, for somebody of its province; that he opened it is an event.

    Raises NotFound, NotPermitted, KeyNotHere, CannotOpen.
    """
    async with engine.transaction() as connection:
        found = await find(engine, connection, place, by)
        said = OpsOpened(
            province=found.province,
            at=engine.clock.now(),
            service=ServiceName(engine.service.name),
            cause=found.reason,
            **asdict(place),
        )
        await engine.send(connection, [said_by(engine, said, found.province, by)])
    log.warning("quarantine_opened", extra={"place": str(place), "by": by.pseudonym})
    return found


async def take_in(engine: Engine, place: Place, by: Actor) -> None:
    """Read a record again, as if it had just arrived; what is understood has its effect, and is out.

    What was applied before, such as a letter that was sent again, has no second effect. Raises StillRefused,
    NotFound, NotPermitted, KeyNotHere, CannotOpen: then it stays where it is.
    """
    async with engine.transaction() as connection:
        found = await find(engine, connection, place, by)
        arrivals = understood(engine, found)
        names = [read.name for read in arrivals.reads]
        cases = await engine.lock(connection, names, unseen=engine.unseen(arrivals.reads))
        # Under the lock: of two operators, one takes it in.
        if (await connection.execute(TAKE_OUT, asdict(place))).rowcount != 1:
            raise NotFound(kind="record in quarantine", id=str(place))
        for read in arrivals.reads:
            engine.take(cases[read.name], read)
        await engine.save(connection, cases)
        await save_strays(engine, connection, arrivals)
        said = OpsTakenIn(
            province=found.province,
            at=engine.clock.now(),
            service=ServiceName(engine.service.name),
            cause=found.reason,
            quarantined_at=found.since,
            **asdict(place),
        )
        await engine.send(connection, [said_by(engine, said, found.province, by)])
    engine.committed(arrivals)
    log.info("quarantine_taken_in", extra={"place": str(place), "by": by.pseudonym})


async def find(engine: Engine, connection: AsyncConnection, place: Place, by: Actor) -> Lying:
    """Raises NotFound, NotPermitted, KeyNotHere, CannotOpen."""
    row = (await connection.execute(ONE, asdict(place))).one_or_none()
    if row is None:
        raise NotFound(kind="record in quarantine", id=str(place))
    province, _ = place_of(place.topic)
    if by.province != province:
        raise NotPermitted(f"province {by.province}", province)
    key, value, headers = read_raw(engine.keyring.open_raw(row.sealed, province))
    record = Arrived(**asdict(place), key=key, value=value, headers=headers)
    return Lying(place=place, province=province, reason=row.reason, record=record, since=row.arrived_at)


def understood(engine: Engine, found: Lying) -> Arrivals:
    """Raises StillRefused."""
    arrivals = sort_arrivals([found.record], engine)
    for stray in arrivals.strays:
        raise StillRefused(reason=stray.reason, detail=stray.detail)
    return arrivals


def said_by(engine: Engine, said: Message, province: Province, by: Actor) -> Outgoing:
    """What operators are told, and who did it."""
    id = EventId(uuid7(said.at))
    envelope = about_no_case(said, id, province, engine.writer, said.at)
    signed = envelope._replace(actor=f"{by.role}:{by.pseudonym}", agency=by.agency)
    return outgoing("local", f"cn{province}.ops", encode(said, signed))
