"""Frozen samples are read for ever."""

import json

import pytest

from schemas.envelope import HEADERS, Event, Letter, Received, decode, encode, event_types
from schemas.samples import FOLDER, a, facts, received, record_of
from schemas.transfers import OfferAccepted

TYPES = sorted(type for type, kind in event_types().items() if kind.__module__.startswith("schemas."))


def test_there_is_a_sample_of_every_type_and_no_other() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == TYPES


@pytest.mark.parametrize("type", TYPES)
def test_a_sample_is_read_and_written_byte_for_byte(type: str) -> None:
    record = record_of(type)

    read = decode(record.key, record.value, record.headers)

    assert isinstance(read, Received)
    assert encode(read.event, read.envelope) == record


@pytest.mark.parametrize("type", TYPES)
def test_the_headers_of_a_sample_are_utf8_and_in_the_fixed_order(type: str) -> None:
    headers = record_of(type).headers

    names = [name for name, _ in headers]
    assert names == [name for name in HEADERS if name in names]
    assert all(raw.decode() for _, raw in headers)


@pytest.mark.parametrize("type", TYPES)
def test_a_sample_shows_every_field_that_its_type_began_with(type: str) -> None:
    files = sorted((FOLDER.parent / "json" / type).glob("*.json"))  # the first release, else `current`
    fields = json.loads(files[0].read_text(encoding="utf-8"))["properties"]
    value = json.loads(record_of(type).value)
    unused = {
        "casebridge.custody.begun.v1": {"transfer_id", "from_province"},
        "casebridge.notice.queued.v1": {"agency"},
        # Of a document; the sample tells of a member.
        "casebridge.custody.reduced.v1": {"removal"},
        "casebridge.ops.held.v1": {"timer"},
        "casebridge.progress.received.v1": {"outcome"},
        "casebridge.progress.reported.v1": {"outcome"},
        "casebridge.mediation.session_held.v1": {"next_at"},
        "casebridge.assignment.replaced.v1": {"name"},
        # Of the first suit of a case, which bears no number.
        "casebridge.litigation.appealed.v1": {"suit"},
        "casebridge.litigation.final.v1": {"suit"},
        "casebridge.enforcement.applied.v1": {"suit"},
        "casebridge.enforcement.ended.v1": {"suit"},
        "casebridge.enforcement.ended_this_round.v1": {"suit"},
        "casebridge.enforcement.resumed.v1": {"suit"},
    }

    assert set(fields) - set(value) == unused.get(type, set())


@pytest.mark.parametrize("type", TYPES)
def test_a_sample_is_numbered_if_it_is_about_a_case_and_addressed_if_it_is_a_letter(type: str) -> None:
    envelope, event = received(type).envelope, received(type).event

    assert (envelope.sequence is not None) == isinstance(event, Event)
    if isinstance(event, Letter):
        assert envelope.destination == f"cn{event.to_province}.mailbox"
        assert envelope.signature is not None


def test_a_sample_is_said_otherwise_by_naming_the_field() -> None:
    assert a(OfferAccepted, epoch=7).epoch == 7
    assert a(OfferAccepted, epoch=7).transfer_id == a(OfferAccepted).transfer_id
    assert facts(members=24).members == 24


def test_a_sample_cannot_be_made_to_say_what_the_contract_refuses() -> None:
    with pytest.raises(ValueError, match="epoch"):
        a(OfferAccepted, epoch="seven")
