"""What the pages list is what there is: settings, causes, metrics, topics, events."""

import re
from dataclasses import fields

import pytest

from casebridge.services import NAMES
from chassis.arrivals import StrayReason
from chassis.keyring import Distrust
from chassis.settings import Settings, read_settings
from chassis.telemetry import Metrics
from schemas.codes import HOLD_CAUSES
from schemas.envelope import RefusalReason, event_types
from tests.docs.pages import ROOT, inline, rows, text_of

IT_TEAM = ROOT / "docs" / "it-team.md"
OPERATORS = ROOT / "docs" / "operators.md"
ENOUGH = {
    "CASEBRIDGE_PROVINCES": "44",
    "CASEBRIDGE_KAFKA": "kafka:9092",
    "CASEBRIDGE_DATABASE_URL": "postgresql://casebridge@db:5432",
}
EVENTS = {type.removeprefix("casebridge.").rpartition(".")[0] for type in event_types()}


def settings_table() -> dict[str, str]:
    """Variable -> default."""
    return {row[0].strip("`"): row[1] for row in rows(IT_TEAM, "## Settings")}


def test_every_variable_that_is_read_is_in_the_table_and_no_other() -> None:
    source = (ROOT / "chassis" / "settings.py").read_text(encoding="utf-8")
    read = {
        name + ("<SERVICE>" if name.endswith("_") else "")
        for name in re.findall(r'"(CASEBRIDGE_[A-Z_]+)|f"(?:CASEBRIDGE_[A-Z_]+)', source)
        if name
    }
    own = {f"{name}<SERVICE>" for name in re.findall(r'f"(CASEBRIDGE_[A-Z_]+_)\{', source)}

    assert settings_table().keys() == read | own


def test_there_is_a_variable_for_every_setting() -> None:
    # The service's name is the command's business; a database and a port can be a service's own.
    variables = [name for name in settings_table() if "<" not in name]

    assert len(variables) == len(fields(Settings)) - 1


@pytest.mark.parametrize(
    ("variable", "default"),
    [(name, text.strip("`")) for name, text in settings_table().items() if re.fullmatch("`[^` ]+`", text)],
)
def test_the_default_in_the_table_is_the_default(variable: str, default: str) -> None:
    assert read_settings(ENOUGH | {variable: default}, "intake") == read_settings(ENOUGH, "intake")


def test_what_the_table_calls_required_is_required() -> None:
    assert {name for name, default in settings_table().items() if default == "required"} == set(ENOUGH)


def test_every_cause_of_a_hold_is_explained() -> None:
    assert {row[0].strip("`") for row in rows(OPERATORS, "## Held cases")} == set(HOLD_CAUSES)


def test_every_reason_of_the_quarantine_is_explained() -> None:
    listed = [re.findall("`([a-z-]+)`", row[0]) for row in rows(OPERATORS, "## Quarantine")]

    assert {reason for row in listed for reason in row} == {*RefusalReason, *StrayReason, *Distrust}


def test_every_metric_is_explained_and_no_other() -> None:
    listed = {row[0].strip("`") for row in rows(OPERATORS, "## Metrics")}

    assert listed == {family.name for family in Metrics("any").registry.collect()}


def test_the_picture_names_events_that_there_are() -> None:
    picture = (ROOT / "docs" / "flow.svg").read_text(encoding="utf-8")
    said = re.findall(r'class="event"[^>]*>([^<]+)<', picture)
    named = {word for text in said for word in text.split(" · ")}

    assert named
    assert named <= EVENTS


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md", "docs/partners.md", "docs/how-it-works.md"])
def test_events_that_a_page_names_are_events(page: str) -> None:
    named = {
        code for code in inline(ROOT / page) if re.fullmatch(r"(casebridge\.)?[a-z]+\.[a-z_]+(\.v1)?", code)
    }
    files = {"flow.svg"}

    assert {word.removeprefix("casebridge.").removesuffix(".v1") for word in named} - files <= EVENTS


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_every_service_is_introduced(page: str) -> None:
    assert all(re.search(rf"^\| {name}\b", text_of(ROOT / page), re.M) for name in NAMES)
