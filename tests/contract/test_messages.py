"""Message classes keep the rules that let strangers rely on them."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from importlib import import_module
from pkgutil import iter_modules
from types import NoneType
from typing import Any, NewType, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from casebridge.contract import aggregate_of
from schemas import codes
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.envelope import Event, Letter, TypeTaken, event_types, public_view, topic_of
from schemas.fields import Privacy, Sealed, privacy_of
from schemas.messages import Message
from schemas.notices import NoticeQueued
from schemas.samples import a, facts, received
from schemas.transfers import CustodyBegun, OfferAccepted, RouteDecided, TransferEnclosed
from tests.contract.test_samples import TYPES

KINDS = [event_types()[type] for type in TYPES]


def _values(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The class and every class of a value inside it."""
    yield kind
    for field in kind.model_fields.values():
        for inner in _classes(field.annotation):
            if issubclass(inner, BaseModel):
                yield from _values(inner)


def _classes(annotation: Any) -> Iterator[type]:
    inner = get_args(annotation)
    if inner:
        for each in inner:
            yield from _classes(each)
    elif isinstance(annotation, type):
        yield annotation


FIELDS = [
    (value, name)
    for value in sorted({v for kind in KINDS for v in _values(kind)}, key=lambda v: v.__name__)
    for name in value.model_fields
]


# --- Types -------------------------------------------------------------------------------------------------


def test_a_second_class_for_a_type_is_refused() -> None:
    with pytest.raises(TypeTaken, match=r"casebridge.offer.accepted.v1 is taken by OfferAccepted"):

        class Again(Event, type="casebridge.offer.accepted.v1"):
            """The same once more."""


@pytest.mark.parametrize("type", ["offer.accepted.v1", "casebridge.offer.v1", "casebridge.Offer.accepted.v1"])
def test_a_type_of_another_form_is_refused(type: str) -> None:
    with pytest.raises(TypeTaken, match="expected casebridge"):

        class Odd(Event, type=type):
            """Of no known form."""


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_class_is_the_words_of_its_type(kind: type[Message]) -> None:
    _, thing, past, version = kind.type.split(".")
    words = "".join(word.capitalize() for word in f"{thing}_{past}".split("_"))

    assert kind.__name__ == (words if version == "v1" else words + version.upper())


@pytest.mark.parametrize("kind", KINDS)
def test_every_event_of_a_case_belongs_to_one_aggregate(kind: type[Message]) -> None:
    assert (aggregate_of(kind) is not None) == issubclass(kind, Event)


def test_the_topic_is_the_module() -> None:
    assert topic_of(OfferAccepted) == "transfers"
    assert topic_of(NoticeQueued) == "notices"


# --- Fields ------------------------------------------------------------------------------------------------


def test_every_field_says_what_it_holds() -> None:
    assert [each for each in FIELDS if not each[0].model_fields[each[1]].description] == []


def test_a_field_that_may_be_absent_is_absent_by_default() -> None:
    """None is written by leaving the field out, so a reader must be able to do without it."""
    for kind, name in FIELDS:
        field = kind.model_fields[name]
        if NoneType in _classes(field.annotation):
            assert (field.is_required(), field.default) == (False, None), (kind, name)


def test_marks_stand_outermost_and_no_field_is_a_mapping() -> None:
    """An inner mark would be overlooked; the keys of a mapping are data that refusals would repeat."""
    for kind, name in FIELDS:
        annotation = kind.model_fields[name].annotation
        assert not any(isinstance(mark, Privacy) for mark in _metadata(annotation)), (kind, name)
        assert not any(issubclass(each, dict) for each in _origins(annotation)), (kind, name)


def _metadata(annotation: Any) -> Iterator[Any]:
    yield from getattr(annotation, "__metadata__", ())
    for inner in get_args(annotation):
        yield from _metadata(inner)


def _origins(annotation: Any) -> Iterator[type]:
    origin = get_origin(annotation) or annotation
    if isinstance(origin, type):
        yield origin
    for inner in get_args(annotation):
        yield from _origins(inner)


def _strings(schema: Any) -> Iterator[dict[str, Any]]:
    if isinstance(schema, dict):
        if schema.get("type") == "string":
            yield schema
        for inner in schema.values():
            yield from _strings(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _strings(inner)


def test_no_clear_text_is_free_or_without_bound() -> None:
    """A name, an address, a phone number as people write it: none fits into the form of any clear field."""
    described = {kind: kind.model_json_schema()["properties"] for kind in {kind for kind, _ in FIELDS}}
    for kind, name in FIELDS:
        strings = list(_strings(described[kind][name]))
        if kind is Sealed or name == "detail" or not strings:
            continue
        assert all("pattern" in each or each.get("format") for each in strings), (kind, name)
        for text in ("张三", "Zhang San lives at 5, Lane 3", "+86 138 0013 8000"):
            with pytest.raises(ValidationError) as caught:
                kind.model_validate({name: text})
            assert name in {error["loc"][0] for error in caught.value.errors()}, (kind, name)


@pytest.mark.parametrize("kind", KINDS)
def test_lists_are_bounded(kind: type[Message]) -> None:
    def arrays(schema: Any) -> Iterator[dict[str, Any]]:
        if isinstance(schema, dict):
            if schema.get("type") == "array":
                yield schema
            for inner in schema.values():
                yield from arrays(inner)

    assert all("maxItems" in each for each in arrays(kind.model_json_schema()))


def test_codes_list_their_known_values_and_take_others() -> None:
    described = ApplicationSubmitted.model_json_schema()["$defs"]["CaseFacts"]["properties"]["case_type"]

    assert described["x-known-values"] == list(codes.CASE_TYPES)
    assert "enum" not in described
    assert facts(case_type="a-type-of-next-year").case_type == "a-type-of-next-year"


def test_every_code_list_is_named_by_its_folder() -> None:
    modules = [import_module(f"schemas.codes.{each.name}") for each in iter_modules(codes.__path__)]
    lists = {name for module in modules for name, said in vars(module).items() if isinstance(said, dict)}
    types = {name for module in modules for name, said in vars(module).items() if isinstance(said, NewType)}

    assert {name for name in lists if name.isupper()} | types <= set(codes.__all__)


def test_every_code_is_worded_in_both_languages() -> None:
    tables = [table for name, table in vars(codes).items() if name.isupper()]

    assert len(tables) > 40
    assert all(wording.zh and wording.en for table in tables for wording in table.values())


@pytest.mark.parametrize(
    "wrong", [{"claim_fen": -1}, {"claim_fen": 1.5}, {"claim_fen": "100"}, {"members": 0}]
)
def test_money_and_counts_are_whole_and_not_negative(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        facts(**wrong)


def test_times_without_an_offset_are_refused_and_others_are_put_into_utc() -> None:
    beijing = datetime(2026, 3, 2, 9, 12, tzinfo=timezone(timedelta(hours=8)))

    assert a(OfferAccepted, at=beijing).at == beijing
    assert a(OfferAccepted, at=beijing).at.tzinfo is UTC
    with pytest.raises(ValidationError, match="timezone"):
        a(OfferAccepted, at=datetime(2026, 3, 2, 9, 12))  # noqa: DTZ001 the point of the test


def test_a_message_cannot_be_changed() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        a(OfferAccepted).epoch = 2  # type: ignore[misc]


def test_an_error_does_not_repeat_what_was_said() -> None:
    with pytest.raises(ValidationError) as caught:
        a(MemberJoined, worker="张三510521199001011234")

    assert "张三" not in str(caught.value)


# --- Who may see what --------------------------------------------------------------------------------------


def test_partners_see_public_fields_only() -> None:
    seen = public_view(a(MemberJoined))

    assert set(seen) == {"at", "case_id", "member_id", "role", "claim_fen"}


def test_partners_see_the_public_fields_of_values_inside() -> None:
    seen = public_view(a(CustodyBegun))

    assert seen["facts"]["number"] == facts().number
    assert "home" not in seen["facts"]
    assert "contact" not in seen


def test_partners_see_the_public_fields_of_values_in_lists() -> None:
    seen = public_view(a(RouteDecided))

    assert [each["agency"] for each in seen["candidates"]] == [e.agency for e in a(RouteDecided).candidates]
    assert seen["candidates"][0]["answer_within"] == {"days": 10, "working": True}


def test_partners_do_not_see_what_is_enclosed() -> None:
    assert set(public_view(a(TransferEnclosed))) == {"at", "case_id", "to_province", "transfer_id"}


@pytest.mark.parametrize("type", TYPES)
def test_a_public_view_holds_nothing_sealed_and_no_pseudonym(type: str) -> None:
    event = received(type).event
    seen = json.dumps(public_view(event), ensure_ascii=False)

    assert '"box"' not in seen
    assert "p1." not in seen
    assert event.subject in seen


def test_sealed_data_and_pseudonyms_are_never_public() -> None:
    for kind, name in FIELDS:
        annotation = kind.model_fields[name].annotation
        if kind is Sealed or Sealed in _classes(annotation):
            assert privacy_of(kind, name) is Privacy.SEALED
        if "Pseudonym" in str(annotation):
            assert privacy_of(kind, name) is Privacy.INTERNAL


def test_letters_say_where_they_go() -> None:
    letters = [kind for kind in KINDS if issubclass(kind, Letter)]

    assert len(letters) == 27
    assert all("to_province" in kind.model_fields for kind in letters)
