"""Trial letters: one province sees that another receives its post, believes it, and answers."""

from datetime import datetime

from chassis.case_state import Outgoing
from chassis.ids import uuid7
from chassis.keyring import Keyring
from chassis.writing import Writer, exchange_of, outgoing
from schemas.envelope import Envelope, Record, dataschema_of, encode
from schemas.ids import EventId, Province
from schemas.mailbox import DrillAnswered, DrillSent


def drill_letter(
    said: DrillSent | DrillAnswered, keyring: Keyring, *, source: str, incarnation: str
) -> Record:
    """The signed record, for the mailbox of its addressee. It is about no case, and bears no sequence."""
    mailbox = f"cn{said.to_province}.mailbox"
    envelope = Envelope(
        id=EventId(uuid7(said.at)),
        source=source,
        type=said.type,
        subject=said.subject,
        time=said.at,
        recordedtime=said.at,
        dataschema=dataschema_of(type(said)),
        incarnation=incarnation,
        destination=mailbox,
    )
    return keyring.sign_letter(encode(said, envelope), mailbox, said.sender)


def answer_drill(drill: DrillSent, writer: Writer, *, by: Province, to: Province, now: datetime) -> Outgoing:
    """The answer of the province whose mailbox it lay in, to the one that signed it."""
    said = DrillAnswered(at=now, sender=by, to_province=to, drill=drill.drill)
    letter = drill_letter(said, writer.keyring, source=writer.source(by), incarnation=writer.incarnation)
    return outgoing(exchange_of(by, to), f"cn{to}.mailbox", letter)
