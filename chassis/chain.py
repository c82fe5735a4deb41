"""What a letter follows: per case and other province, the last letter sent and the last one heard."""

from chassis.arrivals import record_of
from chassis.case_state import Arrived, CaseState, Outgoing, ReceivedLetter
from schemas.envelope import Envelope, Follows, Record, letter_digest
from schemas.ids import Province

NOTHING = Follows(None, None)


def follows_of(case: CaseState, other: Province) -> Follows:
    """What the next letter to that province follows."""
    return case.chain.get(other, NOTHING)


def note_sent(case: CaseState, other: Province, letter: Outgoing) -> None:
    """The next letter to that province follows this one."""
    assert letter.value is not None, "a letter has a value"
    digest = letter_digest(Record(letter.key, letter.value, letter.headers), letter.topic)
    case.chain[other] = follows_of(case, other)._replace(sent=digest)
    case.touched = True


def note_heard(case: CaseState, envelope: Envelope, record: Arrived) -> None:
    """What we write to that province from now on, we write after hearing this letter."""
    digest = letter_digest(record_of(record), record.topic)
    case.chain[envelope.province] = follows_of(case, envelope.province)._replace(heard=digest)
    case.touched = True


def keep_received(case: CaseState, envelope: Envelope, record: Arrived) -> None:
    """Keep a letter as it came, whatever becomes of it here."""
    case.received.append(
        ReceivedLetter(envelope.province, envelope.sequence or 0, record, envelope.recordedtime)
    )
