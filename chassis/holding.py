"""Cases that are held: why, what operators are told of it, and when there are too many."""

import logging
import traceback
from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from chassis.arrivals import Read
from chassis.case_state import CaseState, Hold, Queued
from chassis.chain import keep_received
from chassis.errors import TooManyHolds
from chassis.inbox import POISON, Fate, judge, stream_of
from chassis.unit_of_work import Actor, Stimulus
from chassis.writing import write
from schemas.codes import HoldCause, ReleaseWay
from schemas.envelope import Event
from schemas.ids import ServiceName
from schemas.ops import OpsHeld, OpsReleased, Stream

if TYPE_CHECKING:
    from chassis.engine import Engine

log = logging.getLogger(__name__)


def check_holds(engine: "Engine") -> None:
    """Raises TooManyHolds when one cause holds case after case: then the release is at fault."""
    cutoff = engine.clock.now() - timedelta(minutes=1)
    engine.recent_holds = [(at, f) for at, f in engine.recent_holds if at > cutoff]
    counts = Counter(fingerprint for _, fingerprint in engine.recent_holds)
    for fingerprint, count in counts.items():
        if count > engine.settings.holds_per_minute:
            raise TooManyHolds(count=count, fingerprint=fingerprint)


def hold(
    engine: "Engine",
    case: CaseState,
    *,
    cause: str,
    error: Exception | None,
    item: Queued | None = None,
    timer: str | None = None,
) -> None:
    """Hold the case: its events queue, its timers wait, commands on it are refused, operators see it."""
    now = engine.clock.now()
    fingerprint = fingerprint_of(error) if error else cause
    case.hold = Hold(
        cause=cause,
        fingerprint=fingerprint,
        stream=item.stream if item else None,
        sequence=item.sequence if item else None,
        timer=timer,
        since=now.isoformat(),
    )
    case.touched = True
    engine.recent_holds.append((now, fingerprint))
    engine.metrics.held(cause, fingerprint)
    log.error(
        "case_held",
        extra={"case_id": case.case_id, "cause": cause, "fingerprint": fingerprint},
        exc_info=error,
    )
    envelope = engine.decode(item.record).envelope if item else None
    say_ops(
        engine,
        case,
        OpsHeld(
            case_id=case.case_id,
            at=now,
            service=ServiceName(engine.service.name),
            cause=HoldCause(cause),
            fingerprint=fingerprint,
            event_id=envelope.id if envelope else None,
            stream=Stream(topic=item.record.topic, source=envelope.source) if item and envelope else None,
            sequence=item.sequence if item else None,
            timer=timer,
        ),
    )


def say_released(
    engine: "Engine",
    case: CaseState,
    hold: Hold,
    item: Queued | None,
    way: ReleaseWay,
    waiting: int,
    by: Actor | None = None,
) -> None:
    """Tell operators that a case goes on, and who let it; `waiting` events were queued before."""
    case.released = True
    envelope = engine.decode(item.record).envelope if item else None
    say_ops(
        engine,
        case,
        OpsReleased(
            case_id=case.case_id,
            at=engine.clock.now(),
            service=ServiceName(engine.service.name),
            cause=HoldCause(hold.cause),
            fingerprint=hold.fingerprint,
            way=way,
            held_at=datetime.fromisoformat(hold.since),
            event_id=envelope.id if envelope else None,
            stream=Stream(topic=item.record.topic, source=envelope.source) if item and envelope else None,
            applied=max(0, waiting - len(case.queue)),
        ),
        by,
    )


def refuse(engine: "Engine", case: CaseState, read: Read, error: DBAPIError) -> None:
    """The database refuses what this event would write: hold it, as if its handler had failed."""
    envelope = read.message.envelope
    stream, sequence = stream_of(read.log, envelope), envelope.sequence or 0
    verdict = judge(case, read.log, stream, read.message, engine.reader)
    if verdict.fate is not Fate.DUPLICATE and read.log == "mailbox":
        keep_received(case, envelope, read.record)
    if verdict.fate is Fate.APPLY:
        awaits = "repair of what the database refuses"
        item = engine.enqueue(case, read.record, stream, sequence, POISON, awaits)
        hold(engine, case, cause=POISON, error=error, item=item)
    elif verdict.fate is Fate.QUEUE:
        engine.enqueue(case, read.record, stream, sequence, verdict.cause, verdict.awaits)


def say_ops(engine: "Engine", case: CaseState, event: Event, by: Actor | None = None) -> None:
    """Tell operators. Never fails for what the case holds, since nothing of it is looked at."""
    uow = engine.unit(case, Stimulus(case_id=case.case_id, actor=by))
    uow.say(event)
    write(uow, engine.writer)


def fingerprint_of(error: Exception) -> str:
    """What groups failures of one kind: the type of the error and the line of our code that raised it.

    Never its text, which may repeat personal data.
    """
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    place = f"{last.filename.rpartition('/')[2]}:{last.lineno}" if last else "unknown"
    return f"{type(error).__name__}:{place}"[:64]
