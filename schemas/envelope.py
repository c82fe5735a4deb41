"""The envelope: what every message is, how it is written to a Kafka record, and how any bytes are read."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from pydantic import ValidationError

from schemas.fields import Internal, Public, Sealed
from schemas.follows import Follows, digest_of, read_follows
from schemas.ids import EventId, Province
from schemas.messages import (
    Event,
    Letter,
    Message,
    OpeningLetter,
    TypeTaken,
    dataschema_of,
    event_types,
    is_number,
    is_word,
    public_view,
    topic_of,
    well_formed,
)

__all__ = [
    "HEADERS",
    "Envelope",
    "Event",
    "Follows",
    "Internal",
    "Letter",
    "Message",
    "NotWritable",
    "OpeningLetter",
    "Public",
    "Received",
    "Record",
    "RefusalReason",
    "Refused",
    "Sealed",
    "TypeTaken",
    "Unknown",
    "dataschema_of",
    "decode",
    "encode",
    "enveloped",
    "event_types",
    "letter_digest",
    "public_view",
    "signed_bytes",
    "topic_of",
    "with_signature",
]


_NOTHING: Final[Mapping[str, int]] = MappingProxyType({})


class Envelope(NamedTuple):
    """The CloudEvents attributes of one record. `None` means that the header is absent."""

    id: EventId
    """UUIDv7, made when the event was written; a repeated send keeps it."""
    source: str
    """Who says it: `/cn44/routing`."""
    type: str
    subject: str
    """The case id; a jurisdiction or an agency where the message is about no case."""
    time: datetime
    """When it happened."""
    recordedtime: datetime
    """When it was written."""
    dataschema: str
    incarnation: str
    """Minted when the source's database was made or restored."""
    sequence: int | None = None
    """Gap-free from 1 per (topic, source, case)."""
    after: Mapping[str, int] = _NOTHING
    """Topic, without province, to the sequence of this case there that the writer had applied."""
    causationid: str | None = None
    correlationid: str | None = None
    traceparent: str | None = None
    actor: str | None = None
    """Role and pseudonym of the person behind it, never a name."""
    agency: str | None = None
    legalbasis: str | None = None
    testmode: bool = False
    mailboxsequence: int | None = None
    """On the log copy of a letter: its sequence in the addressee's mailbox."""
    destination: str | None = None
    """On letters: the topic that it is addressed to."""
    marks: int | None = None
    """On letters: the highest sequence of this case that the writer has received from the addressee."""
    follows: Follows | None = None
    """On letters: what they come after in both directions.

    With `marks`, `signedby` and `mailboxsequence` the copy on the own log says all that the letter says, so
    that a restored database can write it again, byte for byte."""
    externalref: str | None = None
    """On a partner agency's topic: the number that this agency gave the case."""
    signedby: str | None = None
    """The key that signed it; on the log copy of a letter, the key that signed the letter."""
    signature: str | None = None
    """Base64, over `signed_bytes`."""

    @property
    def province(self) -> Province:
        """Whose source it is."""
        return Province(self.source[3:5])

    @property
    def service(self) -> str:
        """Which service of the province says it."""
        return self.source[6:]


class Record(NamedTuple):
    """A Kafka record, byte for byte."""

    key: bytes
    value: bytes
    headers: tuple[tuple[str, bytes], ...]


class Received(NamedTuple):
    """A record that was understood."""

    envelope: Envelope
    event: Message


class Unknown(NamedTuple):
    """A well-formed record of a type that this release does not know: keep it for the one that does."""

    envelope: Envelope
    value: bytes


class RefusalReason(StrEnum):
    """Why bytes are not a record of ours."""

    NO_KEY = "no-key"
    NO_VALUE = "no-value"
    NO_HEADERS = "no-headers"
    HEADER_MISSING = "header-missing"
    HEADER_REPEATED = "header-repeated"
    HEADER_MALFORMED = "header-malformed"
    VALUE_MALFORMED = "value-malformed"
    DISAGREEMENT = "disagreement"
    """Key, headers and value contradict one another."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Bytes that cannot be read. The detail names what was found and expected, never a value of the input."""

    reason: RefusalReason
    detail: str


# --- Writing -----------------------------------------------------------------------------------------------

# The order of the headers is part of the contract, because the signature covers it; the signature is last.
HEADERS: Final = (
    "ce_specversion",
    "ce_id",
    "ce_source",
    "ce_type",
    "ce_subject",
    "ce_time",
    "ce_recordedtime",
    "ce_dataschema",
    "content-type",
    "ce_incarnation",
    "ce_sequence",
    "ce_after",
    "ce_causationid",
    "ce_correlationid",
    "ce_traceparent",
    "ce_actor",
    "ce_agency",
    "ce_legalbasis",
    "ce_testmode",
    "ce_mailboxsequence",
    "ce_destination",
    "ce_marks",
    "ce_follows",
    "ce_externalref",
    "ce_signedby",
    "ce_signature",
)
"""The headers of the CloudEvents Kafka binding, in the order in which they are written."""

_HIGHEST: Final = 9_999_999_999
_LONGEST: Final = 1024


class NotWritable(ValueError):
    """The envelope does not fit the event, or would be refused by every reader."""


def encode(event: Message, envelope: Envelope) -> Record:
    """Write a message to a record.

    Raises:
        NotWritable: if the envelope contradicts the message or a header would be refused on reading.
    """
    if (envelope.type, envelope.subject, envelope.time) != (event.type, event.subject, event.at):
        raise NotWritable(f"type, subject and time of the envelope are not those of the {event.type}")
    return enveloped(event.__pydantic_serializer__.to_json(event, exclude_none=True), envelope)


def enveloped(value: bytes, envelope: Envelope) -> Record:
    """The record of a message that was written before, in another envelope.

    Raises:
        NotWritable: if a header would be refused on reading.
    """
    headers = [
        _SPECVERSION,
        _header("ce_id", envelope.id),
        _usual("ce_source", envelope.source),
        _usual("ce_type", envelope.type),
        _usual("ce_subject", envelope.subject),
        _moment("ce_time", envelope.time),
        _moment("ce_recordedtime", envelope.recordedtime),
        _usual("ce_dataschema", envelope.dataschema),
        _CONTENT_TYPE,
        _usual("ce_incarnation", envelope.incarnation),
    ]
    if envelope.sequence is not None:
        headers.append(_place("ce_sequence", envelope.sequence))
    if envelope.after:
        headers.append(_positions("ce_after", tuple(sorted(envelope.after.items()))))
    if envelope.causationid is not None:
        headers.append(_header("ce_causationid", envelope.causationid))
    if envelope.correlationid is not None:
        headers.append(_usual("ce_correlationid", envelope.correlationid))
    if envelope.traceparent is not None:
        headers.append(_header("ce_traceparent", envelope.traceparent))
    rare = envelope[_FIRST_RARE:]
    if rare != _NOTHING_RARE:
        said = zip(_RARE, rare, strict=True)
        headers += [
            write(name, found) for (name, write), found in said if found is not None and found is not False
        ]
    return Record(key=envelope.subject.encode(), value=value, headers=tuple(headers))


def _header(name: str, text: str) -> tuple[str, bytes]:
    raw = text.encode()
    if not 0 < len(raw) <= _LONGEST or not text.isprintable():
        raise NotWritable(f"{name}: found {len(raw)} bytes, expected 1 to {_LONGEST} printable ones")
    return name, raw


# Of these a service writes the same ones over and over.
_usual = lru_cache(maxsize=4096)(_header)


@lru_cache(maxsize=1024)
def _moment(name: str, time: datetime) -> tuple[str, bytes]:
    utc = time if time.tzinfo is UTC else time.astimezone(UTC)
    return _header(name, utc.isoformat()[:-6] + "Z")


@lru_cache(maxsize=1024)
def _place(name: str, number: int) -> tuple[str, bytes]:
    return _header(name, _digits(number))


@lru_cache(maxsize=1024)
def _positions(name: str, after: tuple[tuple[str, int], ...]) -> tuple[str, bytes]:
    return _header(name, ",".join([f"{topic}={_digits(n)}" for topic, n in after]))


def _follows_header(name: str, follows: Follows) -> tuple[str, bytes]:
    return _header(name, str(follows))


def _yes(name: str, _: bool) -> tuple[str, bytes]:
    return _header(name, "true")


def _digits(number: int) -> str:
    if not 0 <= number <= _HIGHEST:
        raise NotWritable(f"found position {number}, expected 0 to {_HIGHEST}")
    return f"{number:010}"


_SPECVERSION: Final = _header("ce_specversion", "1.0")
_CONTENT_TYPE: Final = _header("content-type", "application/json")
_RARE: Final[Sequence[tuple[str, Callable[[str, Any], tuple[str, bytes]]]]] = (
    ("ce_actor", _usual),
    ("ce_agency", _usual),
    ("ce_legalbasis", _usual),
    ("ce_testmode", _yes),
    ("ce_mailboxsequence", _place),
    ("ce_destination", _usual),
    ("ce_marks", _place),
    ("ce_follows", _follows_header),
    ("ce_externalref", _header),
    ("ce_signedby", _usual),
    ("ce_signature", _header),
)
"""What most records do not have, and what writes it: the last fields of the envelope, in their order."""
_FIRST_RARE: Final = len(Envelope._fields) - len(_RARE)
_NOTHING_RARE: Final = tuple(Envelope._field_defaults[name] for name in Envelope._fields[_FIRST_RARE:])


def signed_bytes(record: Record, topic: str) -> bytes:
    """The exact bytes that a signature covers: topic, key, every header but the signature, value.

    Each part follows its length in four bytes, so that no two records share their bytes.
    """
    parts = [_FIRST_PART, _part(topic), _length(record.key), record.key]
    known = _NAMES
    for name, raw in record.headers:
        if name != "ce_signature":
            # Written out: some twenty headers of each letter, at each of its ends twice.
            parts += (known.get(name) or _part(name), len(raw).to_bytes(4), raw)
    parts += (_length(record.value), record.value)
    return b"".join(parts)


def _part(text: str) -> bytes:
    raw = text.encode()
    return _length(raw) + raw


def _length(raw: bytes) -> bytes:
    return len(raw).to_bytes(4)


_FIRST_PART: Final = _part("casebridge letter 1")
_NAMES: Final = {name: _part(name) for name in HEADERS}


def letter_digest(record: Record, topic: str) -> str:
    """What the letters after it call a letter that lies on the topic."""
    return digest_of(signed_bytes(record, topic))


def with_signature(record: Record, signature: str) -> Record:
    """The record with the base64 signature over its `signed_bytes`."""
    return record._replace(headers=(*record.headers, ("ce_signature", signature.encode())))


# --- Reading -----------------------------------------------------------------------------------------------


class _Refusal(Exception):
    """Carries a refusal out of the reading of one header."""

    def __init__(self, reason: RefusalReason, detail: str) -> None:
        self.refused = Refused(reason, detail)
        super().__init__(detail)


def decode(
    key: bytes | None,
    value: bytes | None,
    headers: Sequence[tuple[str, bytes | None]] | None,
) -> Received | Unknown | Refused:
    """Read a record. Total: any bytes give an answer, and no answer repeats what a refused input held."""
    if key is None:
        return Refused(RefusalReason.NO_KEY, "found no key, expected the subject")
    if value is None:
        return Refused(RefusalReason.NO_VALUE, "found no value, expected a JSON object")
    if not headers:
        return Refused(RefusalReason.NO_HEADERS, "found no headers, expected those of CloudEvents 1.0")
    try:
        envelope = _envelope(_texts(headers))
        if key != envelope.subject.encode():
            raise _disagree("key", "ce_subject")
        kind = _TYPES.get(envelope.type)
        if kind is None:
            return Unknown(envelope, value)
        event: Message = kind.__pydantic_validator__.validate_json(value)
        if event.subject != envelope.subject:
            raise _disagree("value", "ce_subject")
        if event.at != envelope.time:
            raise _disagree("value", "ce_time")
        if isinstance(event, OpeningLetter) and event.sender != envelope.province:
            raise _disagree("value", "ce_source")
    except _Refusal as refusal:
        return refusal.refused
    except ValidationError as error:
        return Refused(RefusalReason.VALUE_MALFORMED, _described(error))
    return Received(envelope, event)


_TYPES: Final = event_types()
_KNOWN: Final = frozenset(HEADERS)
_REQUIRED: Final = HEADERS[:10]


def _texts(headers: Sequence[tuple[str, bytes | None]]) -> dict[str, str]:
    """The known headers as text. Others pass: a later release, or a proxy on the way, may add some."""
    # All at once first: what is true of the whole is true of each, and nearly always it is.
    try:
        texts = {name: raw.decode("ascii") for name, raw in headers if name in _KNOWN}  # type: ignore[union-attr]
    except (AttributeError, UnicodeDecodeError):
        texts = {}
    whole = "".join(texts.values())
    if len(texts) < len(headers) or "" in texts.values() or len(whole) > _LONGEST or not whole.isprintable():
        texts = _each_text(headers)
    for name in _REQUIRED:
        if name not in texts:
            raise _Refusal(RefusalReason.HEADER_MISSING, f"found no {name}")
    return texts


def _each_text(headers: Sequence[tuple[str, bytes | None]]) -> dict[str, str]:
    """One by one, to say what is wrong with which."""
    texts: dict[str, str] = {}
    for name, raw in headers:
        if name not in _KNOWN:
            continue
        if name in texts:
            raise _Refusal(RefusalReason.HEADER_REPEATED, f"found {name} twice, expected it once")
        if raw is None or not 0 < len(raw) <= _LONGEST:
            found = "no value" if raw is None else f"{len(raw)} bytes"
            raise _malformed(name, f"found {found}, expected 1 to {_LONGEST} bytes")
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            raise _malformed(name, "found bytes that are not UTF-8") from None
        if not text.isprintable():
            raise _malformed(name, "found control characters")
        texts[name] = text
    return texts


def _envelope(texts: dict[str, str]) -> Envelope:
    if texts["ce_specversion"] != "1.0":
        raise _malformed("ce_specversion", "expected 1.0")
    if texts["content-type"].partition(";")[0] != "application/json":
        raise _malformed("content-type", "expected application/json")
    type = texts["ce_type"]
    if type not in _TYPES and not well_formed(type):
        raise _malformed("ce_type", "expected casebridge.<thing>.<past>.v<N>")
    get = texts.get
    return Envelope(
        EventId(texts["ce_id"]),
        _source(texts["ce_source"]),
        type,
        texts["ce_subject"],
        _time("ce_time", texts["ce_time"]),
        _time("ce_recordedtime", texts["ce_recordedtime"]),
        texts["ce_dataschema"],
        texts["ce_incarnation"],
        _position("ce_sequence", get("ce_sequence"), 1),
        _after(get("ce_after")),
        get("ce_causationid"),
        get("ce_correlationid"),
        get("ce_traceparent"),
        get("ce_actor"),
        get("ce_agency"),
        get("ce_legalbasis"),
        _flag("ce_testmode", get("ce_testmode")),
        _position("ce_mailboxsequence", get("ce_mailboxsequence"), 1),
        get("ce_destination"),
        _position("ce_marks", get("ce_marks"), 0),
        _follows("ce_follows", get("ce_follows")),
        get("ce_externalref"),
        get("ce_signedby"),
        get("ce_signature"),
    )


def _malformed(name: str, detail: str) -> _Refusal:
    return _Refusal(RefusalReason.HEADER_MALFORMED, f"{name}: {detail}")


def _disagree(one: str, other: str) -> _Refusal:
    return _Refusal(RefusalReason.DISAGREEMENT, f"{one} contradicts {other}")


# What is read over and over is judged once. What is refused is not remembered: it raises.
@lru_cache(maxsize=1024)
def _source(text: str) -> str:
    place, service = text[3:5], text[6:]
    if not (
        text.startswith("/cn")
        and text[5:6] == "/"
        and is_number(place)
        and is_word(service)
        and len(place) == 2
    ):
        raise _malformed("ce_source", "expected /cn<two digits>/<service>")
    return text


@lru_cache(maxsize=1024)
def _time(name: str, text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
        if time.tzinfo is not None:
            return time if time.tzinfo is UTC else time.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _malformed(name, "expected an RFC 3339 time with its offset")


@lru_cache(maxsize=4096)
def _position(name: str, text: str | None, lowest: int) -> int | None:
    if text is None:
        return None
    if len(text) == 10 and is_number(text):
        number = int(text)
        if number >= lowest:
            return number
    raise _malformed(name, f"found {len(text)} characters, expected ten digits, from {lowest}")


def _after(text: str | None) -> Mapping[str, int]:
    if text is None:
        return _NOTHING
    positions: dict[str, int] = {}
    for part in text.split(","):
        topic, _, digits = part.partition("=")
        if not is_word(topic) or topic in positions or len(digits) != 10 or not is_number(digits):
            raise _malformed("ce_after", "expected <topic>=<ten digits>, each topic once, joined by commas")
        positions[topic] = int(digits)
    return positions


def _follows(name: str, text: str | None) -> Follows | None:
    if text is None:
        return None
    try:
        return read_follows(text)
    except ValueError as error:
        raise _malformed(name, str(error)) from None


def _flag(name: str, text: str | None) -> bool:
    if text not in (None, "true", "false"):
        raise _malformed(name, "expected true or false")
    return text == "true"


def _described(error: ValidationError) -> str:
    """Where and how the value breaks its schema.

    pydantic's messages say what was expected; the offending input and anything derived from it stay out.
    """
    first, *rest = error.errors(include_url=False, include_context=False, include_input=False)
    place = ".".join(str(step) for step in first["loc"]) or "value"
    more = f", and {len(rest)} more" if rest else ""
    return f"{place}: {first['type']}: {first['msg']}{more}"
