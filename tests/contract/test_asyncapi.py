"""The AsyncAPI document says what the services do, and partner agencies get what it describes."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from casebridge.asyncapi import PARTNERS_HEAR, channels, document, public_model, published
from casebridge.services import NAMES, load_service
from chassis.service import OnEvent
from schemas.envelope import Message, Received, decode, event_types, public_view
from schemas.fields import Privacy, privacy_of
from schemas.samples import read_record

ROOT = Path(__file__).parents[2]
TELL_AGENCIES = {"tell_agency", "tell_partners", "tell_sender"}


@pytest.fixture(scope="module")
def described() -> Any:
    return yaml.load(document(), yaml.CSafeLoader)


def test_another_process_wrote_the_same_text() -> None:
    """The one that was run before the commit, whose sets had another order."""
    assert document() == (ROOT / "schemas" / "asyncapi.yaml").read_text(encoding="utf-8")


def test_every_log_that_a_service_reads_is_there(described: Any) -> None:
    for name in NAMES:
        reads = {f"{name}.reads.{log}" for log in load_service(name).logs}
        assert reads == {title for title in described["channels"] if title.startswith(f"{name}.reads.")}


def test_what_is_read_is_written_by_somebody() -> None:
    written = {(channel.topic, kind) for channel in channels() if channel.writes for kind in channel.kinds}
    read = {(channel.topic, kind) for channel in channels() if not channel.writes for kind in channel.kinds}

    # The order to erase a key comes with the retention of closed cases; who hears of it is ready for it.
    assert {kind.__name__ for _, kind in read - written} == {"KeysErased"}


def test_every_message_of_the_contract_is_in_the_document(described: Any) -> None:
    ours = {kind.__name__ for kind in event_types().values() if kind.__module__.startswith("schemas.")}

    assert ours <= set(described["components"]["schemas"])


def test_every_reference_leads_somewhere(described: Any) -> None:
    for reference in references(described):
        place = described
        for step in reference.removeprefix("#/").split("/"):
            place = place[step.replace("%20", " ").replace("~1", "/")]


def references(part: Any) -> list[str]:
    if isinstance(part, list):
        return [found for item in part for found in references(item)]
    if not isinstance(part, dict):
        return []
    own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
    return own + [found for item in part.values() for found in references(item)]


def test_partner_agencies_hear_what_notify_tells_them() -> None:
    told = {
        handle.type
        for handle in load_service("notify").handles
        if isinstance(handle, OnEvent) and TELL_AGENCIES & set(handle.handler.__code__.co_names)
    }

    assert told == set(PARTNERS_HEAR)


@pytest.mark.parametrize("kind", published("partner"), ids=lambda kind: kind.type)
def test_what_is_said_to_partner_agencies_alone_they_see_whole(kind: type[Message]) -> None:
    assert {privacy_of(kind, name) for name in kind.model_fields} == {Privacy.PUBLIC}


@pytest.mark.parametrize("kind", PARTNERS_HEAR, ids=lambda kind: kind.type)
def test_what_a_partner_agency_gets_is_what_is_described(kind: type[Message]) -> None:
    record = read_record((ROOT / "schemas" / "samples" / f"{kind.type}.json").read_text(encoding="utf-8"))
    received = decode(record.key, record.value, record.headers)
    assert isinstance(received, Received)

    view = public_view(received.event)
    read = public_model(kind).model_validate_json(json.dumps(view))

    assert read.model_dump(mode="json", exclude_none=True) == view
