"""After two refusals the common superior decides, once; and the owner follows."""

from dataclasses import replace
from datetime import timedelta

import pytest

from law.book import load_law
from schemas.codes import LegalBasis, RouteMode, RouteReason
from schemas.facts import Candidate
from schemas.fields import Sealed
from schemas.ids import NATIONAL_DESK, AgencyId, Province, TransferId
from schemas.matters import MatterNotCompetent
from schemas.samples import a, facts
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEvent,
    CustodyPlaced,
    DirectionGiven,
    DirectionReceived,
    EscalationReceived,
    OfferAccepted,
    OfferReceived,
    OfferRejected,
    TransferDelivered,
    TransferDirected,
    TransferEscalated,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRejected,
    TransferReminded,
)
from services.routing.domain import acting, directing, direction, escalation, moving, passing_on, receiving
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.direction import Direction
from services.routing.domain.errors import (
    CannotBeDirected,
    DirectedByLaw,
    EscalationNotOpen,
    NotTheSuperior,
)
from services.routing.domain.escalation import Escalation, EscalationState
from services.routing.domain.offer import Offer
from services.routing.domain.protocol.escalation import CLOSED, LUXIAN
from services.routing.domain.route import ESCALATE, Route
from services.routing.domain.transfer import DIRECTED

LAW = load_law()
HERE = Province("44")
ID, NEXT = TransferId("escalation"), TransferId("next")
DESK = AgencyId("00-national-desk")
T = a(TransferOffered).transfer_id
NOW = a(OfferRejected).at
LETTER = Sealed(key_id="51x1", box="AAAA")
FIRST = a(TransferOffered, transfer_id=TransferId("first"), to=AgencyId("510500-legal-aid"))
REFUSED = a(TransferRejected, transfer_id=FIRST.transfer_id, agency=FIRST.to)


def custody(*events: CustodyEvent) -> Custody:
    found = Custody.begin(a(CustodyBegun, facts=facts(members=1))).after(a(CustodyAmended))
    for event in events:
        found = found.after(event)
    return found


def to_the_desk() -> Route:
    desk = Candidate(agency=DESK, province=NATIONAL_DESK, mode=ESCALATE)
    return Route(
        mode=ESCALATE, candidates=(desk,), directory_version="1", legal_basis=(LegalBasis("LAL-38"),)
    )


ASKING_THE_SECOND = custody(FIRST, REFUSED, a(TransferOffered), a(TransferDelivered))


def escalated() -> Custody:
    said = passing_on.reject(ASKING_THE_SECOND, a(OfferRejected), to_the_desk(), ID, LAW, here=HERE, at=NOW)
    return custody_after(ASKING_THE_SECOND, said)


def custody_after(case: Custody, said: list[CustodyEvent]) -> Custody:
    for event in said:
        case = case.after(event)
    return case


def direct(to: AgencyId = LUXIAN.id, **said: object) -> DirectionGiven:
    return a(DirectionGiven, **{"transfer_id": ID, "agency": to, "province": Province(to[:2]), **said})


def heed(case: Custody, letter: DirectionGiven) -> list[CustodyEvent]:
    return directing.heed(case, letter, NEXT, LAW, here=HERE, at=letter.at)


# --- When -------------------------------------------------------------------------------------------------


def test_one_refusal_is_no_dispute_and_the_second_is() -> None:
    case = custody(FIRST)

    assert not case.disputed(FIRST.transfer_id)
    assert ASKING_THE_SECOND.disputed(T)
    assert not ASKING_THE_SECOND.disputed()


def test_a_recall_is_no_refusal() -> None:
    recalled = a(TransferRecalled, transfer_id=FIRST.transfer_id)

    assert not custody(FIRST, recalled, a(TransferOffered)).disputed(T)


def test_refusals_of_an_earlier_epoch_do_not_count() -> None:
    again = a(CustodyBegun, epoch=3)

    assert not custody(FIRST, REFUSED, again, a(TransferOffered, epoch=3)).disputed(T)


def test_the_second_refusal_asks_the_common_superior_with_all_that_was_tried() -> None:
    said = passing_on.reject(ASKING_THE_SECOND, a(OfferRejected), to_the_desk(), ID, LAW, here=HERE, at=NOW)

    rejected, asked = said
    assert isinstance(rejected, TransferRejected)
    assert isinstance(asked, TransferEscalated)
    assert (asked.superior, asked.to_province, asked.because) == (DESK, "00", "refused-twice")
    assert [each.result for each in asked.asked] == ["rejected", "rejected"]
    case = custody_after(ASKING_THE_SECOND, said)
    assert case.state is CustodyState.ESCALATED
    assert case.due == {f"decide_by/{ID}": asked.decide_by, f"remind/{ID}": asked.remind[0].at}


def test_a_superior_that_lets_its_time_pass_is_pressed_until_it_decides() -> None:
    case, moments = escalated(), []
    for _ in range(3):
        at = case.due[f"decide_by/{ID}"]
        [pressed] = directing.press(case, ID, LAW, at=at)
        assert isinstance(pressed, TransferReminded)
        assert pressed.overdue
        case = case.after(pressed)
        moments.append(case.due[f"decide_by/{ID}"])

    assert moments == sorted(set(moments))


# --- What the owner does -----------------------------------------------------------------------------------


def test_the_owner_offers_the_case_to_who_must_take_it_although_it_was_asked_before() -> None:
    said = heed(escalated(), direct(LUXIAN.id))

    directed, offered = said
    assert isinstance(directed, TransferDirected)
    assert isinstance(offered, TransferOffered)
    assert (offered.to, offered.mode, offered.direction) == (LUXIAN.id, DIRECTED, ID)
    assert offered.reasons == (RouteReason("directed"),)
    assert custody_after(escalated(), said).epoch == 1


def test_an_owner_that_is_directed_to_act_acts() -> None:
    case = escalated()

    said = heed(case, direct(case.owner))

    assert [type(event) for event in said] == [TransferDirected, CustodyPlaced]


@pytest.mark.parametrize(
    "letter",
    [
        direct(transfer_id=TransferId("another")),
        direct(superior=AgencyId("110000-bureau")),
        direct(sender=Province("11")),
        direct(epoch=2),
    ],
    ids=["of another escalation", "by another agency", "from another province", "for another epoch"],
)
def test_a_direction_that_was_not_asked_for_changes_nothing(letter: DirectionGiven) -> None:
    assert heed(escalated(), letter) == []


def test_of_two_directions_the_first_counts() -> None:
    case = custody_after(escalated(), heed(escalated(), direct()))

    assert heed(case, direct(case.owner)) == []


def test_an_acceptance_in_time_that_comes_before_the_direction_wins() -> None:
    lapsed = custody(FIRST, REFUSED, a(TransferOffered), a(TransferDelivered), a(TransferLapsed))
    case = lapsed.after(a(TransferEscalated, transfer_id=ID))
    answer = a(OfferAccepted)
    enclosures = [item.enclosing(LETTER) for item in moving.to_enclose(case, answer)]

    said = moving.settle(case, answer, enclosures, LAW, here=HERE, at=answer.at + timedelta(days=30))

    assert isinstance(said[0], TransferRecalled)
    assert (said[0].transfer_id, said[0].because) == (ID, "accepted-after-all")
    moved = custody_after(case, said)
    assert (moved.state, moved.epoch) == (CustodyState.ENDED, 2)
    assert heed(moved, direct()) == []


def test_an_acceptance_after_the_direction_is_void() -> None:
    lapsed = custody(FIRST, REFUSED, a(TransferOffered), a(TransferDelivered), a(TransferLapsed))
    case = lapsed.after(a(TransferEscalated, transfer_id=ID))
    case = custody_after(case, heed(case, direct(AgencyId("442000-other"))))

    assert moving.to_enclose(case, a(OfferAccepted)) == ()
    assert case.known(NEXT).open


def test_what_is_directed_cannot_be_recalled_and_not_declined() -> None:
    case = custody_after(escalated(), heed(escalated(), direct()))

    with pytest.raises(DirectedByLaw):
        acting.recall(case, NEXT, by=case.owner, at=NOW)
    declined = a(MatterNotCompetent, epoch=1)
    assert passing_on.decline(case, declined, to_the_desk(), ID, LAW, here=HERE, at=NOW) == []


def test_a_directed_offer_that_comes_to_nothing_goes_back_to_the_superior() -> None:
    case = custody_after(escalated(), heed(escalated(), direct()))
    assert case.disputed(NEXT)

    again = TransferId("again")
    said = passing_on.lapse(case, NEXT, to_the_desk(), again, LAW, here=HERE, at=case.known(NEXT).deliver_by)

    asked = said[-1]
    assert isinstance(asked, TransferEscalated)
    assert (asked.transfer_id, asked.because) == (again, "direction-failed")


# --- At the superior ---------------------------------------------------------------------------------------


def at_the_desk() -> Escalation:
    letter = a(TransferEscalated)
    return Escalation.begin(escalation.received(letter, at=letter.at + timedelta(seconds=1)))


def test_what_arrives_at_the_superior_says_all_that_the_letter_said() -> None:
    received = escalation.received(a(TransferEscalated), at=a(EscalationReceived).at)

    assert received == a(EscalationReceived)


def test_it_directs_once_and_tells_both() -> None:
    it = at_the_desk()
    basis = LegalBasis("LOCAL-ACCEPTANCE-DISPUTE")

    said = it.direct(LUXIAN, by=DESK, legal_basis=basis, here=NATIONAL_DESK, at=NOW)

    assert [event.to_province for event in said if isinstance(event, DirectionGiven)] == ["44", "51"]
    for event in said:
        it = it.after(event)
    assert (it.state, it.agency) == (EscalationState.DIRECTED, LUXIAN.id)
    with pytest.raises(EscalationNotOpen):
        it.direct(LUXIAN, by=DESK, legal_basis=basis, here=NATIONAL_DESK, at=NOW)


def test_inside_one_province_one_letter_tells_both() -> None:
    here = replace(LUXIAN, id=AgencyId("440300-legal-aid"), province=Province("44"))

    said = at_the_desk().direct(here, by=DESK, legal_basis=LegalBasis("LAL-38"), here=NATIONAL_DESK, at=NOW)

    assert len(said) == 1


def test_only_the_superior_directs_and_only_to_who_can_take_it() -> None:
    basis = LegalBasis("LAL-38")

    with pytest.raises(NotTheSuperior):
        at_the_desk().direct(LUXIAN, by=LUXIAN.id, legal_basis=basis, here=NATIONAL_DESK, at=NOW)
    with pytest.raises(CannotBeDirected):
        at_the_desk().direct(CLOSED, by=DESK, legal_basis=basis, here=NATIONAL_DESK, at=NOW)


# --- At who is directed ------------------------------------------------------------------------------------


def test_a_directed_offer_counts_as_accepted_once_the_direction_is_known() -> None:
    letter = a(DirectionGiven, agency=a(OfferReceived).agency)
    kept = Direction.begin(direction.received(letter, at=letter.at))
    offer = Offer.begin(a(OfferReceived, mode=DIRECTED, direction=kept.id))

    assert receiving.heed(offer, None, at=NOW) == []
    [accepted] = receiving.heed(offer, kept, at=NOW)

    assert isinstance(accepted, OfferAccepted)
    assert accepted.direction == kept.id
    assert receiving.heed(offer.after(accepted), kept, at=NOW) == []


@pytest.mark.parametrize(
    "said",
    [
        {"direction": TransferId("another")},
        {"direction": None},
        {"agency": AgencyId("510500-legal-aid")},
        {"epoch": 3},
        {"offered_by": AgencyId("420900-legal-aid")},
        {"to_province": Province("42")},
        {"mode": RouteMode("transfer")},
    ],
    ids=lambda said: next(iter(said)),
)
def test_a_direction_accepts_nothing_else(said: dict[str, object]) -> None:
    kept = Direction.begin(a(DirectionReceived))
    offered = {"mode": DIRECTED, "direction": kept.id, **said}

    assert receiving.heed(Offer.begin(a(OfferReceived, **offered)), kept, at=NOW) == []
