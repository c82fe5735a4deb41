"""The table of answers: every decision in every state has one, and a way that is over stays over."""

from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isfunction, signature
from pathlib import Path
from types import ModuleType
from typing import get_origin

import pytest

from casebridge.answers import Kind, Source, cells_of, kinds
from casebridge.answers.matter import TIMERS
from chassis.service import OnDue
from law.book import load_law
from services.intake import domain as intake_domain
from services.mediation import domain as mediation_domain
from services.mediation.app import service as mediation

KINDS = kinds(load_law())
CELLS = [cell for kind in KINDS for cell in cells_of(kind)]
ASKED = {kind.name: {each.name.partition(" (")[0] for each in kind.stimuli} for kind in KINDS}


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


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_stimulus_in_every_state_has_an_answer(kind: Kind) -> None:
    """Asking raises where a reaction raises, or where anything but a named refusal is raised."""
    cells = list(cells_of(kind))

    assert len(cells) == len(kind.states) * len(kind.stimuli)
    assert all(cell.outcome for cell in cells)


def test_every_decision_of_mediation_is_asked() -> None:
    decisions = decisions_of(mediation_domain, "matter", "act")

    assert len(decisions) > 40
    assert decisions <= ASKED["Matter"]


def test_every_decision_of_intake_is_asked() -> None:
    # Its timer asks the one; the other is about a document, which is an aggregate of its own.
    others = {"supplementing: deem_withdrawn", "document: announced"}
    methods = {"complete", "withdraw", "hand_over", "adopt_again", "represented_by"}

    decisions = decisions_of(intake_domain, "case")

    assert decisions
    assert decisions - others | {f"case: {name}" for name in methods} <= ASKED["Case"]


def test_every_clock_that_mediation_waits_for_passes_in_the_table() -> None:
    assert set(TIMERS) == {each.name for each in mediation.handles if isinstance(each, OnDue)}


def test_every_command_does_something_somewhere_or_is_there_to_be_refused() -> None:
    done = {(cell.kind, cell.stimulus) for cell in CELLS if cell.said}
    never = {cell.stimulus for cell in CELLS if (cell.kind, cell.stimulus) not in done}

    assert {name for name in never if "(" not in name} == set()


def test_only_a_command_is_refused() -> None:
    assert {cell.source for cell in CELLS if cell.refused} == {Source.COMMAND}


@pytest.mark.parametrize("state", ["archived", "closed"])
def test_nobody_acts_on_a_matter_that_is_over(state: str) -> None:
    commands = [cell for cell in CELLS if cell.source is Source.COMMAND and cell.state == state]

    assert commands
    assert {cell.refused for cell in commands if cell.kind == "Matter"} == {"OutOfTurn", "StaleEpoch"}
