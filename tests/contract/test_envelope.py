"""Records are written one way, and any bytes are read."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.envelope import (
    HEADERS,
    Follows,
    NotWritable,
    Received,
    Record,
    RefusalReason,
    Refused,
    Unknown,
    decode,
    encode,
    signed_bytes,
    with_signature,
)
from schemas.samples import received, record_of
from schemas.transfers import OfferAccepted, TransferOffered
from tests.contract.test_samples import TYPES

ACCEPTED = record_of(OfferAccepted.type)
SECRET = "张三510521199001011234"

Headers = tuple[tuple[str, bytes | None], ...]


def _read(record: Record) -> Received | Unknown | Refused:
    return decode(record.key, record.value, record.headers)


def _with_header(name: str, raw: bytes | None) -> Headers:
    return tuple((n, raw if n == name else r) for n, r in ACCEPTED.headers)


def _refusal_of(headers: Headers) -> Refused:
    found = decode(ACCEPTED.key, ACCEPTED.value, headers)
    assert isinstance(found, Refused), found
    return found


# --- Writing -----------------------------------------------------------------------------------------------


def test_absent_attributes_have_no_header() -> None:
    sample = received(OfferAccepted.type)
    bare = sample.envelope._replace(actor=None, agency=None, marks=None, after={}, testmode=False)

    names = {name for name, _ in encode(sample.event, bare).headers}

    assert names.isdisjoint({"ce_actor", "ce_agency", "ce_marks", "ce_after", "ce_testmode"})


def test_every_header_can_be_written_and_read() -> None:
    sample = received(OfferAccepted.type)
    full = sample.envelope._replace(
        after={"transfers": 12, "cases": 7},
        causationid="cause",
        legalbasis="LAL-38",
        follows=Follows("A" * 43, None),
        externalref="2026-118",
        testmode=True,
    )

    record = encode(sample.event, full)

    assert tuple(name for name, _ in record.headers) == HEADERS
    assert dict(record.headers)["ce_after"] == b"cases=0000000007,transfers=0000000012"
    assert _read(record) == Received(full, sample.event)


def test_times_are_written_in_utc_whatever_offset_they_came_with() -> None:
    beijing = datetime(2026, 3, 2, 9, 12, tzinfo=timezone(timedelta(hours=8)))
    sample = received(OfferAccepted.type)
    event = OfferAccepted(**{**sample.event.model_dump(), "at": beijing})

    assert event.at.tzinfo is UTC
    record = encode(event, sample.envelope._replace(time=beijing, recordedtime=beijing))
    assert dict(record.headers)["ce_time"] == b"2026-03-02T01:12:00Z"
    assert json.loads(record.value)["at"] == "2026-03-02T01:12:00Z"


@pytest.mark.parametrize(
    "wrong",
    [
        {"type": TransferOffered.type},
        {"subject": "another-case"},
        {"time": datetime(2026, 1, 1, tzinfo=UTC)},
        {"sequence": 10_000_000_000},
        {"actor": "two\nlines"},
        {"agency": ""},
        {"legalbasis": "X" * 1025},
    ],
)
def test_an_envelope_that_readers_would_refuse_is_not_written(wrong: dict[str, Any]) -> None:
    sample = received(OfferAccepted.type)

    with pytest.raises(NotWritable):
        encode(sample.event, sample.envelope._replace(**wrong))


# --- Reading -----------------------------------------------------------------------------------------------


def test_a_type_that_this_release_does_not_know_is_kept_for_one_that_does() -> None:
    found = decode(ACCEPTED.key, b"not even JSON", _with_header("ce_type", b"casebridge.offer.accepted.v2"))

    assert isinstance(found, Unknown)
    assert (found.envelope.type, found.value) == ("casebridge.offer.accepted.v2", b"not even JSON")


def test_fields_and_headers_of_later_releases_are_ignored() -> None:
    value = json.loads(ACCEPTED.value) | {"mood": "good"}
    headers = (*ACCEPTED.headers, ("ce_colour", b"blue"), ("x-proxy", None))

    assert decode(ACCEPTED.key, json.dumps(value).encode(), headers) == _read(ACCEPTED)


@pytest.mark.parametrize(
    ("key", "value", "headers", "reason"),
    [
        (None, b"{}", ACCEPTED.headers, RefusalReason.NO_KEY),
        (ACCEPTED.key, None, ACCEPTED.headers, RefusalReason.NO_VALUE),
        (ACCEPTED.key, ACCEPTED.value, (), RefusalReason.NO_HEADERS),
        (ACCEPTED.key, ACCEPTED.value, None, RefusalReason.NO_HEADERS),
        (b"another-case", ACCEPTED.value, ACCEPTED.headers, RefusalReason.DISAGREEMENT),
        (ACCEPTED.key, b"{", ACCEPTED.headers, RefusalReason.VALUE_MALFORMED),
        (ACCEPTED.key, b"\xff\xfe", ACCEPTED.headers, RefusalReason.VALUE_MALFORMED),
        (ACCEPTED.key, b"[" * 100_000, ACCEPTED.headers, RefusalReason.VALUE_MALFORMED),
    ],
)
def test_what_is_missing_or_contradicts_is_refused(
    key: bytes | None, value: bytes | None, headers: Headers | None, reason: RefusalReason
) -> None:
    found = decode(key, value, headers)

    assert isinstance(found, Refused)
    assert found.reason is reason


@pytest.mark.parametrize("name", HEADERS[:10])
def test_a_required_header_that_is_missing_is_named(name: str) -> None:
    refusal = _refusal_of(tuple(each for each in ACCEPTED.headers if each[0] != name))

    assert refusal == Refused(RefusalReason.HEADER_MISSING, f"found no {name}")


@pytest.mark.parametrize("name", [name for name, _ in ACCEPTED.headers])
@pytest.mark.parametrize("raw", [None, b"", b"\xff\xfe", b"two\nlines", b"x" * 1025])
def test_a_header_that_is_no_short_line_of_text_is_refused(name: str, raw: bytes | None) -> None:
    refusal = _refusal_of(_with_header(name, raw))

    assert refusal.reason is RefusalReason.HEADER_MALFORMED
    assert refusal.detail.startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("ce_specversion", b"0.3"),
        ("content-type", b"text/plain"),
        ("ce_type", b"casebridge.offer.accepted"),
        ("ce_type", b"org.example.offer.accepted.v1"),
        ("ce_source", b"/cn4/routing"),
        ("ce_source", b"/cn44/Routing"),
        ("ce_source", b"/cn44routing"),
        ("ce_source", "/cn４４/routing".encode()),
        ("ce_time", b"2026-03-02T01:12:00"),
        ("ce_time", b"yesterday"),
        ("ce_time", b"0001-01-01T00:00:00+14:00"),
        ("ce_recordedtime", b"1772414100"),
        ("ce_sequence", b"7"),
        ("ce_sequence", b"0000000000"),
        ("ce_sequence", b"+000000007"),
        ("ce_marks", b"-000000007"),
    ],
)
def test_a_header_of_the_wrong_form_is_refused(name: str, raw: bytes) -> None:
    assert _refusal_of(_with_header(name, raw)).reason is RefusalReason.HEADER_MALFORMED


@pytest.mark.parametrize(
    "raw", [b"cases", b"cases=7", b"cases=0000000007,cases=0000000008", b"cn44.cases=0000000007", b","]
)
def test_positions_of_the_wrong_form_are_refused(raw: bytes) -> None:
    assert _refusal_of((*ACCEPTED.headers, ("ce_after", raw))).reason is RefusalReason.HEADER_MALFORMED


def test_a_header_that_comes_twice_is_refused() -> None:
    refusal = _refusal_of((*ACCEPTED.headers, ("ce_id", b"another")))

    assert refusal.reason is RefusalReason.HEADER_REPEATED


@pytest.mark.parametrize(
    ("said", "other"),
    [({"case_id": "another-case"}, "ce_subject"), ({"at": "2026-03-02T00:00:00Z"}, "ce_time")],
)
def test_a_value_that_contradicts_its_headers_is_refused(said: dict[str, str], other: str) -> None:
    value = json.dumps(json.loads(ACCEPTED.value) | said).encode()

    found = decode(ACCEPTED.key, value, ACCEPTED.headers)

    assert found == Refused(RefusalReason.DISAGREEMENT, f"value contradicts {other}")


def test_a_letter_that_gives_another_sender_than_its_source_is_refused() -> None:
    record = record_of(TransferOffered.type)
    value = json.dumps(json.loads(record.value) | {"sender": "33"}).encode()

    found = decode(record.key, value, record.headers)

    assert found == Refused(RefusalReason.DISAGREEMENT, "value contradicts ce_source")


# --- Any bytes ---------------------------------------------------------------------------------------------

maybe_bytes = st.none() | st.binary(max_size=80)
any_headers = st.none() | st.lists(
    st.tuples(st.sampled_from(HEADERS) | st.text(max_size=20), maybe_bytes), max_size=30
)


@given(maybe_bytes, maybe_bytes, any_headers)
def test_any_bytes_get_an_answer(
    key: bytes | None, value: bytes | None, headers: list[tuple[str, bytes | None]] | None
) -> None:
    assert isinstance(decode(key, value, headers), Received | Unknown | Refused)


@given(st.sampled_from(TYPES), st.data())
def test_real_records_with_a_header_changed_get_an_answer(type: str, data: st.DataObject) -> None:
    record = record_of(type)
    name = data.draw(st.sampled_from([name for name, _ in record.headers]))
    raw = data.draw(st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
    headers = tuple((n, raw if n == name else r) for n, r in record.headers)

    found = decode(record.key, record.value, headers)

    assert isinstance(found, Received | Unknown | Refused)


@given(st.sampled_from(TYPES), st.data())
def test_real_records_with_bytes_changed_get_an_answer(type: str, data: st.DataObject) -> None:
    record = record_of(type)
    place = data.draw(st.integers(0, len(record.value) - 1))
    value = record.value[:place] + data.draw(st.binary(max_size=4)) + record.value[place + 1 :]

    assert isinstance(decode(record.key, value, record.headers), Received | Unknown | Refused)


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(TYPES), any_json, st.data())
def test_real_records_with_a_value_changed_get_an_answer(
    type: str, said: object, data: st.DataObject
) -> None:
    record = record_of(type)
    changed = json.loads(record.value)
    changed[data.draw(st.sampled_from(sorted(changed)))] = said

    found = decode(record.key, json.dumps(changed).encode(), record.headers)

    assert isinstance(found, Received | Unknown | Refused)


def _with_each_leaf(value: Any, said: object) -> Iterator[Any]:
    """The value once for every place in it, with that place replaced."""
    yield said
    if isinstance(value, dict):
        for name in value:
            for inner in _with_each_leaf(value[name], said):
                yield {**value, name: inner}
        yield {**value, SECRET: said}
    if isinstance(value, list):
        for place in range(len(value)):
            for inner in _with_each_leaf(value[place], said):
                yield [*value[:place], inner, *value[place + 1 :]]


@pytest.mark.parametrize("type", TYPES)
def test_no_refusal_repeats_what_the_value_held(type: str) -> None:
    record = record_of(type)
    refused = 0
    for said in (SECRET, {SECRET: SECRET}, [SECRET], f"{SECRET}Z", 510521199001011234):
        for value in _with_each_leaf(json.loads(record.value), said):
            for text in (json.dumps(value), json.dumps(value, ensure_ascii=False) + SECRET):
                found = decode(record.key, text.encode(), record.headers)
                if isinstance(found, Refused):
                    refused += 1
                    assert "张三" not in found.detail
                    assert "510521199001011234" not in found.detail

    assert refused > 10


@pytest.mark.parametrize("name", [name for name, _ in ACCEPTED.headers])
def test_no_refusal_repeats_what_a_header_held(name: str) -> None:
    found = decode(ACCEPTED.key, ACCEPTED.value, _with_header(name, SECRET.encode()))

    if isinstance(found, Refused):
        assert "张三" not in found.detail
        assert "510521199001011234" not in found.detail


# --- Signing -----------------------------------------------------------------------------------------------


def test_the_signature_covers_topic_key_headers_and_value_but_not_itself() -> None:
    unsigned = ACCEPTED._replace(headers=tuple(h for h in ACCEPTED.headers if h[0] != "ce_signature"))
    signed = with_signature(unsigned, "c2lnbmF0dXJl")
    bytes_of = signed_bytes(unsigned, "cn44.mailbox")

    assert signed.headers[-1] == ("ce_signature", b"c2lnbmF0dXJl")
    assert signed_bytes(signed, "cn44.mailbox") == bytes_of
    changed = [
        signed_bytes(unsigned, "cn51.mailbox"),
        signed_bytes(unsigned._replace(key=b"other"), "cn44.mailbox"),
        signed_bytes(unsigned._replace(value=unsigned.value + b" "), "cn44.mailbox"),
        signed_bytes(unsigned._replace(headers=unsigned.headers[1:]), "cn44.mailbox"),
        signed_bytes(unsigned._replace(headers=unsigned.headers[::-1]), "cn44.mailbox"),
    ]
    assert bytes_of not in changed


@given(st.binary(), st.binary(), st.binary(), st.binary())
def test_no_two_records_share_their_signed_bytes(k1: bytes, v1: bytes, k2: bytes, v2: bytes) -> None:
    one, other = (Record(key=k, value=v, headers=()) for k, v in ((k1, v1), (k2, v2)))

    assert (signed_bytes(one, "t") == signed_bytes(other, "t")) == ((k1, v1) == (k2, v2))


@pytest.mark.parametrize("raw", [b"sent=-", b"sent=x,heard=-", b"sent=-,heard=-,more=-", b"heard=-,sent=-"])
def test_what_a_letter_follows_is_two_digests_or_dashes(raw: bytes) -> None:
    assert _refusal_of((*ACCEPTED.headers, ("ce_follows", raw))).reason is RefusalReason.HEADER_MALFORMED
    first = decode(ACCEPTED.key, ACCEPTED.value, (*ACCEPTED.headers, ("ce_follows", b"sent=-,heard=-")))
    assert isinstance(first, Received)
    assert first.envelope.follows == Follows(None, None)
