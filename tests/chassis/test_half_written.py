"""What an event says is written as a whole, or its case is as if it had never been handled."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import cast

from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.arrivals import Read
from chassis.case_state import Arrived, CaseState
from chassis.clock import Clock
from chassis.engine import Engine
from chassis.inbox import Reader
from chassis.keyring import Keyring
from chassis.service import on
from chassis.settings import Settings
from chassis.telemetry import Metrics, Traces
from chassis.unit_of_work import UnitOfWork
from chassis.writing import Writer
from schemas.cases import ApplicationSubmitted
from schemas.envelope import Envelope, Received, Sealed, dataschema_of, encode
from schemas.ids import CaseId, EventId, Province
from schemas.matters import MatterOpened, MediationSessionHeld
from schemas.samples import a
from tests.chassis.toy import Toy, toy_service

CASE = CaseId("case-1")
STREAM = "cases /cn44/intake"


def say_too_much(event: ApplicationSubmitted, uow: UnitOfWork) -> None:
    """The first of what it says can be written, the second is larger than a broker takes."""
    uow.begin(Toy.opened, a(MatterOpened, case_id=event.case_id, at=uow.now))
    held = a(MediationSessionHeld, case_id=event.case_id, at=uow.now)
    box = Sealed(key_id="key-1", box="A").model_copy(update={"box": "A" * 950_000})
    uow.say(held.model_copy(update={"minutes": box}))


class WithoutLedger:
    """The settings that the engine's core looks at."""

    ledger = False


def engine() -> Engine:
    service = replace(toy_service, handles=[on(ApplicationSubmitted, say_too_much)])
    keyring = Keyring(own={}, trusted={})
    return Engine(
        service,
        cast(Settings, WithoutLedger()),
        database=cast(AsyncEngine, None),
        clock=Clock(),
        keyring=keyring,
        writer=Writer(service=service.name, incarnation="first", keyring=keyring),
        metrics=Metrics(service.name),
        traces=Traces(service.name),
        reference={},
        reader=Reader(logs=service.logs, incarnations={}, opens_seals=False),
    )


def submitted() -> Read:
    event = a(ApplicationSubmitted, case_id=CASE)
    envelope = Envelope(
        id=EventId("event-1"),
        source="/cn44/intake",
        type=event.type,
        subject=CASE,
        time=event.at,
        recordedtime=datetime(2026, 3, 1, tzinfo=UTC),
        dataschema=dataschema_of(type(event)),
        incarnation="first",
        sequence=1,
    )
    record = encode(event, envelope)
    arrived = Arrived("local", "cn44.cases", 0, 0, record.key, record.value, record.headers)
    return Read((Province("44"), CASE), "cases", arrived, Received(envelope, event))


def test_what_cannot_be_written_whole_holds_the_case_and_leaves_nothing_of_itself() -> None:
    case = CaseState.empty(Province("44"), CASE)

    engine().take(case, submitted())

    assert case.hold is not None
    assert case.hold.fingerprint.startswith("EventTooLarge")
    assert [item.cause for item in case.queue.values()] == ["poison"]
    assert case.inbox == {STREAM: [1, 0]}
    assert (case.after, case.aggregates, case.changed) == ({}, {}, {})
    assert case.sent == {"ops": 1}
    assert [row.topic for row in case.outbox] == ["cn44.ops"]
