"""The table of the protocol: every event in every state has an answer, and the ones that decide races."""

import pytest

from law.book import load_law
from services.routing.domain.protocol import Cell, Kind, Source, cells_of, kinds

LAW = load_law()
KINDS = kinds(LAW)
CELLS = [cell for kind in KINDS for cell in cells_of(kind)]
BY_PLACE = {(cell.kind, cell.state, cell.stimulus): cell for cell in CELLS}


def cell(kind: str, state: str, stimulus: str) -> Cell:
    return BY_PLACE[kind, state, stimulus]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_stimulus_in_every_state_has_an_answer(kind: Kind) -> None:
    """Asking raises where a reaction raises, or where anything but a named refusal is raised."""
    cells = list(cells_of(kind))

    assert len(cells) == len(kind.states) * len(kind.stimuli)
    assert all(cell.outcome for cell in cells)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_aggregate_is_in_the_state_that_it_stands_for(kind: Kind) -> None:
    assert {name: kind.state_of(aggregate) for name, aggregate in kind.states.items()} == {
        name: name for name in kind.states
    }


def test_only_a_command_is_refused() -> None:
    assert {cell.source for cell in CELLS if cell.refused} == {Source.COMMAND}


def test_ownership_moves_at_completed_alone_and_never_from_an_end() -> None:
    moving = [cell for cell in CELLS if "transfer.completed" in cell.said]

    assert moving
    assert {cell.after for cell in moving} == {"completed"}
    assert {cell.state for cell in moving} <= {
        "offered",
        "delivered",
        "acknowledged",
        "clarifying",
        "supplied",
        "delivered to the second",
        "delivered as directed",
        "enclosing",
        "lapsed, escalated",
    }


RACES = [
    # accept against recall, in both orders
    ("Transfer", "recalled", "offer.accepted in time", "transfer.voided", "recalled"),
    ("Transfer", "enclosing", "recall", "refused: TransferNotOpen", "enclosing"),
    # accepted in time, arriving late
    ("Transfer", "lapsed, the next asked", "offer.accepted in time", "transfer.voided", None),
    ("Transfer", "lapsed, escalated", "offer.accepted too late", "transfer.voided", None),
    ("Transfer", "rejected, escalated", "offer.accepted in time", "transfer.voided", None),
    # two accepts
    ("Transfer", "completed", "offer.accepted in time", "ignored, because it is completed", None),
    ("Offer", "accepted", "accept", "refused: OfferAlreadyAnswered", None),
    # a direction against an acceptance, and two directions
    ("Transfer", "completed", "direction.given", "ignored, because it is completed", None),
    ("Transfer", "delivered as directed", "direction.given", None, "delivered as directed"),
    ("Transfer", "delivered as directed", "recall", "refused: DirectedByLaw", None),
    ("Offer", "directed", "reject", "refused: DirectedByLaw", None),
    ("Offer", "directed", "direction.given", "offer.accepted", "accepted"),
    ("Escalation", "directed", "direct", "refused: EscalationNotOpen", None),
    # the second refusal, and silence
    ("Transfer", "delivered to the second", "offer.rejected", None, "rejected, escalated"),
    ("Transfer", "delivered to the second", "deliver_by or answer_by", None, "lapsed, escalated"),
    # withdrawn after the case has gone
    ("Transfer", "completed", "application.withdrawn", "transfer.forwarded", None),
    # removed after the case has gone
    ("Transfer", "completed", "document.removed", "removal.reported", None),
    # help that comes after all
    ("Task", "overdue", "errand.done", "task.done", "done"),
    ("Task", "done", "errand.impossible", "ignored, because it is done", None),
    ("Errand", "done", "task.extended", "ignored, because it is done", None),
]


@pytest.mark.parametrize(("kind", "state", "stimulus", "outcome", "after"), RACES)
def test_a_race_ends_as_it_must(
    kind: str, state: str, stimulus: str, outcome: str | None, after: str | None
) -> None:
    found = cell(kind, state, stimulus)

    if outcome is not None:
        assert found.outcome == outcome
    assert found.after == (after or state)


def test_an_acceptance_in_time_takes_the_escalation_back() -> None:
    found = cell("Transfer", "lapsed, escalated", "offer.accepted in time")

    assert found.said[0] == "transfer.recalled"
    assert found.said[-2:] == ("transfer.completed", "custody.ended")


@pytest.mark.parametrize("state", ["completed", "withdrawn"])
def test_nothing_leads_out_of_an_end(state: str) -> None:
    assert {cell.after for cell in CELLS if cell.kind == "Transfer" and cell.state == state} == {state}
