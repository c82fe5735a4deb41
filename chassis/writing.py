"""From what a unit of work said to the exact records that go to the logs: numbered, dated, signed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from chassis.case_state import Outgoing, SentLetter
from chassis.chain import follows_of, note_sent
from chassis.errors import EventTooLarge
from chassis.ids import uuid7
from chassis.keyring import Keyring
from chassis.unit_of_work import Announced, Said, UnitOfWork
from schemas.envelope import (
    Envelope,
    Letter,
    Message,
    Record,
    dataschema_of,
    encode,
    enveloped,
    public_view,
    topic_of,
)
from schemas.ids import EventId, Province

LARGEST_EVENT = 900_000
"""Bytes of payload. Brokers take 1 MiB by default, and headers need room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who writes: the service, the incarnation of its database, and the province's keys."""

    service: str
    incarnation: str
    keyring: Keyring

    def source(self, province: Province) -> str:
        return f"/cn{province}/{self.service}"


def write(uow: UnitOfWork, writer: Writer) -> None:
    """Number what was said and put it into the case's outbox. Called as the unit of work merges.

    Raises EventTooLarge. Half-written numbers are the caller's to take back.
    """
    for said in uow.said:
        write_one(uow, said, writer)
    for announced in uow.announced:
        uow.case.outbox.append(announcement(uow, announced, writer))


def write_one(uow: UnitOfWork, said: Said, writer: Writer) -> None:
    case, event = uow.case, said.event
    log = f"partner.{said.partner}" if said.partner else topic_of(type(event))
    topic = f"cn{case.province}.{log}"
    envelope = envelope_for(uow, said, writer, log)
    if said.partner:
        record = encode(event, envelope)
        case.outbox.append(outgoing("local", topic, record._replace(value=partner_value(event))))
    elif isinstance(event, Letter):
        write_letter(uow, event, envelope, writer, topic)
    else:
        case.outbox.append(outgoing("local", topic, encode(event, envelope)))


def write_letter(uow: UnitOfWork, event: Letter, envelope: Envelope, writer: Writer, topic: str) -> None:
    """A letter goes to the own log, and signed to the addressee's mailbox under that stream's number."""
    case, to = uow.case, event.to_province
    sequence = case.next_sequence(f"mailbox:{to}")
    heard = f"mailbox {other_end(to, writer)}"
    marks = case.inbox[heard][0] if heard in case.inbox else None
    if marks is not None:
        case.mark(heard)
    said = envelope._replace(
        mailboxsequence=sequence,
        marks=marks,
        follows=follows_of(case, to),
        signedby=writer.keyring.signing_key_of(case.province),
    )
    copy = encode(event, said)
    case.outbox.append(outgoing("local", topic, copy))
    letter = letter_from(said, event, copy.value, writer.keyring)
    case.outbox.append(letter.record)
    case.letters.append(letter)
    note_sent(case, to, letter.record)


def letter_from(said: Envelope, event: Letter, value: bytes, keyring: Keyring) -> SentLetter:
    """The letter, from its copy on the own log: the same one whenever it is asked for. Raises KeyNotHere.

    Another suite than the standard one may sign differently each time; what is signed stays the same.
    """
    mailbox = f"cn{event.to_province}.mailbox"
    assert said.mailboxsequence is not None, "the copy of a letter tells its place in the mailbox"
    envelope = said._replace(
        sequence=said.mailboxsequence, mailboxsequence=None, destination=mailbox, signedby=None
    )
    signed = keyring.sign_letter(enveloped(value, envelope), mailbox, said.province, said.signedby)
    return SentLetter(
        to_province=event.to_province,
        sequence=said.mailboxsequence,
        record=outgoing(exchange_of(said.province, event.to_province), mailbox, signed),
        recorded_at=said.recordedtime,
    )


def message_to(to: Province, by: Province, said: Message, writer: Writer, now: datetime) -> Outgoing:
    """What is about no case, signed and addressed to another province: without a number, and not kept."""
    mailbox = f"cn{to}.mailbox"
    envelope = about_no_case(said, EventId(uuid7(now)), by, writer, now)
    record = encode(said, envelope._replace(destination=mailbox))
    return outgoing(exchange_of(by, to), mailbox, writer.keyring.sign_letter(record, mailbox, by))


def announcement(uow: UnitOfWork, said: Announced, writer: Writer) -> Outgoing:
    """What is about no case, for a partner agency. Cause, trace and actor would lead to the case."""
    province, message = uow.province, said.message
    envelope = about_no_case(message, said.id, province, writer, uow.now)
    record = encode(message, envelope._replace(testmode=uow.stimulus.testmode))
    seen = record._replace(value=partner_value(message))
    return outgoing("local", f"cn{province}.partner.{said.agency}", seen)


def about_no_case(said: Message, id: EventId, by: Province, writer: Writer, now: datetime) -> Envelope:
    """Without a number, and without what it came after."""
    return Envelope(
        id=id,
        source=writer.source(by),
        type=said.type,
        subject=said.subject,
        time=said.at,
        recordedtime=now,
        dataschema=dataschema_of(type(said)),
        incarnation=writer.incarnation,
    )


def exchange_of(by: Province, to: Province) -> str:
    """The cluster of a mailbox: own post stays at home, and goes on when the exchange is away."""
    return "local" if by == to else "exchange"


def other_end(province: Province, writer: Writer) -> str:
    """The service that answers this one in another province: the same one there."""
    return f"/cn{province}/{writer.service}"


def partner_value(event: Message) -> bytes:
    """What a partner agency sees: the fields that are marked Public, as JSON."""
    return json.dumps(public_view(event), ensure_ascii=False, separators=(",", ":")).encode()


def envelope_for(uow: UnitOfWork, said: Said, writer: Writer, log: str) -> Envelope:
    case, stimulus, actor = uow.case, uow.stimulus, uow.actor
    # By position, as this is done for every event: with keywords it costs more than twice as much.
    return Envelope(
        EventId(uuid7(uow.now)),
        writer.source(case.province),
        said.event.type,
        case.case_id,
        said.event.at,
        uow.now,
        dataschema_of(type(said.event)),
        writer.incarnation,
        case.next_sequence(log),
        causes(case.after, log),
        stimulus.causation,
        case.case_id,
        stimulus.traceparent,
        f"{actor.role}:{actor.pseudonym}" if actor else None,
        actor.agency if actor else None,
        said.legal_basis,
        stimulus.testmode,
        externalref=said.external_ref,
    )


def causes(after: Mapping[str, int], own_log: str) -> Mapping[str, int]:
    """The positions in the other logs; an own log orders itself."""
    return {log: sequence for log, sequence in after.items() if log != own_log}


def outgoing(cluster: str, topic: str, record: Record) -> Outgoing:
    if len(record.value) > LARGEST_EVENT:
        raise EventTooLarge(topic=topic, found=len(record.value), expected=LARGEST_EVENT)
    return Outgoing(cluster, topic, record.key, record.value, record.headers)
