"""Persons as their papers say, who applies for them, and who vouches for them."""

from datetime import date

import pytest
from pydantic import ValidationError

from schemas.codes import MemberRole
from services.intake.domain.capacity import authority_of, needs_agent
from services.intake.domain.person import ID_KINDS, NO_PAPER, NotAnIdNumber, born_on, read_number
from services.intake.persons import AgentBody, PersonBody
from tests.services.applying import id_number

TODAY = date(2026, 3, 2)
WORKER, HEIR = MemberRole("worker"), MemberRole("heir")
GUARANTOR = {"name": "王五", "id_number": id_number(7)}


def numbered(begins: str) -> str:
    """A number of 18 digits that is built by GB 11643."""
    digits = f"{begins}19850101001"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return digits + "10X98765432"[sum(w * int(d) for w, d in zip(weights, digits, strict=True)) % 11]


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport", "E12345678"),
        ("passport", "AB 123-4567"),
        ("foreign-residence-id", "USA110123456789"),
        ("foreign-residence-id", numbered("911840")),
        ("hk-mo-tw-residence-permit", numbered("810000")),
        ("hk-mo-permit", "H12345678"),
        ("temporary-id", id_number(1)),
    ],
)
def test_numbers_of_papers_that_can_exist_are_taken(kind: str, number: str) -> None:
    assert read_number(kind, number)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport", "?"),
        ("passport", "护照号码一二三"),
        ("hk-mo-tw-residence-permit", id_number(1)),
        ("foreign-residence-id", numbered("911840")[:-1] + "?"),
        ("foreign-residence-id", id_number(1)),
        ("temporary-id", "510521198501010010"),
    ],
)
def test_numbers_of_papers_that_cannot_exist_are_refused(kind: str, number: str) -> None:
    with pytest.raises(NotAnIdNumber):
        read_number(kind, number)


def test_a_number_states_when_its_owner_was_born_if_its_kind_does() -> None:
    assert born_on("resident-id", id_number(1)) == date(1985, 1, 1)
    assert born_on("passport", id_number(1)) is None
    assert born_on("foreign-residence-id", "USA110123456789") is None


def test_a_person_without_a_paper_is_known_by_who_vouches_for_him() -> None:
    vouched = PersonBody.model_validate({"name": "张三", "id_kind": NO_PAPER, "guarantor": GUARANTOR})
    namesake = PersonBody.model_validate(
        {"name": "张三", "id_kind": NO_PAPER, "guarantor": GUARANTOR | {"id_number": id_number(8)}}
    )

    assert vouched.identity != namesake.identity
    assert vouched.sealable()["guarantor"]["id_number"] == GUARANTOR["id_number"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"id_kind": NO_PAPER},
        {"id_kind": NO_PAPER, "id_number": "123456", "guarantor": GUARANTOR},
        {"id_kind": NO_PAPER, "guarantor": {"name": "王五", "id_kind": NO_PAPER}},
        {"id_kind": "passport"},
        {"id_kind": "passport", "id_number": "E12345678", "nationality": "Vietnam"},
    ],
)
def test_papers_that_do_not_go_together_are_refused_without_being_repeated(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as refused:
        PersonBody.model_validate({"name": "张三丰", **wrong})

    assert "张三丰" not in str(refused.value)
    assert id_number(7) not in str(refused.value)


def test_who_acts_for_another_has_a_paper_and_an_authority() -> None:
    agent = AgentBody.model_validate(GUARANTOR | {"authority": "legal-guardian"})

    assert authority_of({"agent": agent.sealable()}) == "legal-guardian"
    with pytest.raises(ValidationError):
        AgentBody.model_validate({"name": "王五", "id_kind": NO_PAPER, "authority": "legal-guardian"})
    with pytest.raises(ValidationError):
        AgentBody.model_validate(GUARANTOR)


@pytest.mark.parametrize("sealed", [None, "nonsense", {}, {"agent": 3}, {"agent": {"authority": 7}}])
def test_what_another_release_sealed_states_no_authority(sealed: object) -> None:
    assert authority_of(sealed) is None


@pytest.mark.parametrize(
    ("role", "born", "needs"),
    [
        (WORKER, date(2010, 3, 2), False),  # sixteen today
        (WORKER, date(2010, 3, 3), True),
        (HEIR, date(2010, 3, 2), True),
        (HEIR, date(2008, 3, 2), False),  # eighteen today
        (HEIR, date(2008, 3, 3), True),
        (HEIR, date(2099, 1, 1), False),
        (HEIR, None, False),
    ],
)
def test_a_minor_needs_an_agent_unless_he_lives_on_his_labour(
    role: MemberRole, born: date | None, needs: bool
) -> None:
    assert needs_agent(role, born, on=TODAY) is needs


def test_every_paper_is_worded() -> None:
    assert all(worded.zh and worded.en for worded in ID_KINDS.values())
