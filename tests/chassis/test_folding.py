"""A log, folded, is the aggregate that wrote it."""

from chassis.folding import Aggregates, Folding
from schemas.cases import ApplicationSubmitted
from schemas.matters import ClaimRegistered, MatterOpened
from schemas.samples import a
from tests.chassis.toy import TOYS, Toy


def test_the_first_event_begins_an_aggregate_and_the_others_go_on() -> None:
    found: Aggregates = {}
    folding = Folding([TOYS])
    opened, claim = a(MatterOpened, case_id="c"), a(ClaimRegistered, case_id="c", member_id="m", claim_fen=7)
    for event in (opened, claim, claim):
        folding.fold(found, event)
    assert found[Toy, "c"].aggregate == Toy.opened(opened).after(claim).after(claim)
    assert found[Toy, "c"].version == 3


def test_an_event_of_no_aggregate_is_left_alone() -> None:
    found: Aggregates = {}
    Folding([TOYS]).fold(found, a(ApplicationSubmitted))
    assert found == {}
