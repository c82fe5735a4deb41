"""Any way through a case: whatever comes next has an answer, and its events make the same case again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from casebridge.answers import Kind, Source, kinds
from casebridge.answers.matter import TIMERS
from law.book import load_law
from schemas.messages import Event
from schemas.refusals import Refusal
from services.intake.domain.case import Case
from services.mediation.domain.acts import MatterState
from services.mediation.domain.matter import Matter
from services.routing.domain.protocol.kind import Stimulus
from tests.stateful.heard_again import read_again

CASES, MATTERS = kinds(load_law())
BEGIN: Final = {CASES.name: "submitted", MATTERS.name: "dormant"}
OVER: Final = (MatterState.CLOSED, MatterState.ARCHIVED)


@dataclass(frozen=True, slots=True)
class Gone:
    """Where somebody is on a way, and what was said on it."""

    start: Any
    now: Any
    said: tuple[Event, ...] = ()

    def on(self, said: Sequence[Event]) -> "Gone":
        now = self.now
        for event in said:
            now = now.after(event)
        return Gone(self.start, now, (*self.said, *said))


def answered(gone: Gone, stimulus: Stimulus) -> Sequence[Event]:
    """What it says to that; nothing if it refuses, which only a command is met with."""
    try:
        return stimulus.give(gone.now)
    except Refusal:
        assert stimulus.source is Source.COMMAND
        return []


class AnyWay(RuleBasedStateMachine):
    """One thing after another; more often one that is answered than one that is not."""

    kind: Kind

    @initialize()
    def begin(self) -> None:
        start = self.kind.states[BEGIN[self.kind.name]]
        self.gone = Gone(start, start)

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        ways = [stimulus for stimulus in self.kind.stimuli if answered(self.gone, stimulus)]
        chosen = data.draw(st.sampled_from(ways or list(self.kind.stimuli)), label="given")
        self.gone = self.gone.on(answered(self.gone, chosen))

    @rule(data=st.data())
    def give_anything(self, data: st.DataObject) -> None:
        chosen = data.draw(st.sampled_from(list(self.kind.stimuli)), label="given")
        self.gone = self.gone.on(answered(self.gone, chosen))

    @invariant()
    def its_events_make_it_again(self) -> None:
        again = self.gone.start
        for event in self.gone.said:
            again = again.after(read_again(event))
        assert again == self.gone.now


class AnyWayOfACase(AnyWay):
    kind = CASES

    @invariant()
    def it_waits_for_papers_only_while_it_is_asked_for(self) -> None:
        case: Case = self.gone.now
        assert bool(case.due) == (case.state == "info-requested")


class AnyWayOfAMatter(AnyWay):
    kind = MATTERS

    @invariant()
    def of_each_clock_one_is_open_and_somebody_waits_for_it(self) -> None:
        matter: Matter = self.gone.now
        names = [clock.name for clock in matter.clocks if clock.open]
        assert len(set(names)) == len(names)
        assert {name.partition("/")[0] for name in matter.due} <= set(TIMERS)

    @invariant()
    def nothing_runs_in_a_matter_that_is_over(self) -> None:
        matter: Matter = self.gone.now
        assert not (matter.state in OVER and matter.due)

    @invariant()
    def an_agreement_binds_no_more_than_was_agreed(self) -> None:
        agreement = self.gone.now.agreement
        if agreement:
            dues = [agreement.due_fen(n) for n in range(len(agreement.instalments) + 1)]
            assert 0 <= agreement.bound_fen <= agreement.agreed_fen
            assert dues == sorted(dues)
            assert not agreement.instalments or dues[-1] == agreement.bound_fen


@pytest.mark.parametrize("way", [AnyWayOfACase, AnyWayOfAMatter])
def test_any_way_has_answers_and_can_be_heard_again(way: type[AnyWay]) -> None:
    run_state_machine_as_test(way, settings=settings(max_examples=25, stateful_step_count=25, deadline=None))
