"""The table of answers: every decision in every state has one, and a way that is over stays over."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path
from types import ModuleType
from typing import get_origin

import pytest

from casebridge.answers import Cell, Kind, Source, cells_of, kinds
from casebridge.answers.matter import TIMERS
from chassis.service import OnDue
from law.book import load_law
from services.intake import domain as intake_domain
from services.mediation import domain as mediation_domain
from services.mediation.app import service as mediation

Asked = Mapping[str, set[str]]


@pytest.fixture(scope="module")
def table() -> Mapping[str, Kind]:
    """Made by the worker that runs this module, and not by all that only collect it."""
    return {kind.name: kind for kind in kinds(load_law())}


@pytest.fixture(scope="module")
def cells(table: Mapping[str, Kind]) -> Sequence[Cell]:
    return [cell for kind in table.values() for cell in cells_of(kind)]


@pytest.fixture(scope="module")
def asked(table: Mapping[str, Kind]) -> Asked:
    """What each kind is asked, by name."""
    return {name: {each.name.partition(" (")[0] for each in kind.stimuli} for name, kind in table.items()}


def modules_of(package: ModuleType) -> Iterator[ModuleType]:
    (folder,) = package.__path__
    for path in sorted(Path(folder).glob("[a-z]*.py")):
        yield import_module(f"{package.__name__}.{path.stem}")


def decisions_of(package: ModuleType, *taken: str) -> set[str]:
    """The functions of a domain that take an aggregate and somebody who acts, by module and name."""
    return {
        f"{module.__name__.rpartition('.')[2]}: {name}"
        for module in modules_of(package)
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__
        and tuple(signature(function).parameters)[: len(taken)] == taken
        and get_origin(signature(function).return_annotation) is list
    }


def test_every_stimulus_in_every_state_has_an_answer(
    table: Mapping[str, Kind], cells: Sequence[Cell]
) -> None:
    """Asking raises where a reaction raises, or where anything but a named refusal is raised."""
    answered = Counter(cell.kind for cell in cells if cell.outcome)

    assert set(table) == {"Case", "Matter"}
    assert answered == {name: len(kind.states) * len(kind.stimuli) for name, kind in table.items()}


def test_every_decision_of_mediation_is_asked(asked: Asked) -> None:
    decisions = decisions_of(mediation_domain, "matter", "act")

    assert len(decisions) > 40
    assert decisions <= asked["Matter"]


def test_every_decision_of_intake_is_asked(asked: Asked) -> None:
    # Its timer asks the one; the other is about a document, which is an aggregate of its own.
    others = {"supplementing: deem_withdrawn", "document: announced"}
    methods = {"complete", "withdraw", "hand_over", "adopt_again", "represented_by"}

    decisions = decisions_of(intake_domain, "case")

    assert decisions
    assert decisions - others | {f"case: {name}" for name in methods} <= asked["Case"]


def test_every_clock_that_mediation_waits_for_passes_in_the_table() -> None:
    assert set(TIMERS) == {each.name for each in mediation.handles if isinstance(each, OnDue)}


def test_every_command_does_something_somewhere_or_is_there_to_be_refused(cells: Sequence[Cell]) -> None:
    done = {(cell.kind, cell.stimulus) for cell in cells if cell.said}
    never = {cell.stimulus for cell in cells if (cell.kind, cell.stimulus) not in done}

    assert {name for name in never if "(" not in name} == set()


def test_only_a_command_is_refused(cells: Sequence[Cell]) -> None:
    assert {cell.source for cell in cells if cell.refused} == {Source.COMMAND}


@pytest.mark.parametrize("state", ["archived", "closed"])
def test_nobody_acts_on_a_matter_that_is_over(state: str, cells: Sequence[Cell]) -> None:
    commands = [cell for cell in cells if cell.source is Source.COMMAND and cell.state == state]

    assert commands
    assert {cell.refused for cell in commands if cell.kind == "Matter"} == {"OutOfTurn", "StaleEpoch"}
