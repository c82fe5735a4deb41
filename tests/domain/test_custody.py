"""Custody: every race between an offer, its answer, a recall, a deadline and a withdrawal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.book import load_law
from schemas.cases import (
    ApplicationAdopted,
    ApplicationAmended,
    ApplicationDeemedWithdrawn,
    ApplicationWithdrawn,
    MemberJoined,
    MemberLeft,
)
from schemas.codes import LegalBasis, RouteMode, RouteReason, TaskKind
from schemas.facts import Candidate, Enclosure, Period
from schemas.fields import Sealed
from schemas.ids import AgencyId, MemberId, Province, SiteId, TaskId, TransferId
from schemas.matters import (
    AgreementBreached,
    AidRefused,
    AidTerminated,
    ArbitrationAwarded,
    ArbitrationEffective,
    AssignmentReplaced,
    ConfirmationConfirmed,
    EnforcementApplied,
    LitigationFinal,
    MatterArchived,
    MatterNotCompetent,
    MediationAgreed,
    ObjectionDecided,
    RecoveryRecorded,
)
from schemas.samples import a, facts
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    CustodyFactsAmended,
    CustodyPlaced,
    CustodyReduced,
    OfferAccepted,
    OfferReceived,
    OfferRejected,
    ProgressReported,
    RouteDecided,
    TransferCompleted,
    TransferDelivered,
    TransferEnclosed,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRejected,
    TransferVoided,
)
from services.routing.domain import acting, amending, awaiting, ending, moving, passing_on, progress
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.errors import NotHere, NotTheOwner, TransferNotKnown, TransferNotOpen
from services.routing.domain.item import MEMBER, contact_item, member_item, representatives_item
from services.routing.domain.progress import MilestoneEvent, progress_of
from services.routing.domain.route import Route

LAW = load_law()
HERE, THERE = Province("44"), Province("51")
NOW = datetime(2026, 3, 2, 4, tzinfo=UTC)
SECOND = TransferId("second")
ONE = facts(members=1)


def custody(*events: CustodyEvent, **begun: Any) -> Custody:
    found = Custody.begin(a(CustodyBegun, **{"facts": ONE} | begun))
    for event in events:
        found = found.after(event)
    return found


def offered(*events: CustodyEvent) -> Custody:
    """With its one member, and offered to Luxian."""
    return custody(a(CustodyAmended), a(TransferOffered), *events)


def candidate(agency: str, mode: str = "transfer", province: str = "51") -> Candidate:
    return Candidate(
        agency=AgencyId(agency),
        province=Province(province),
        mode=RouteMode(mode),
        reasons_for=(RouteReason("home-province"),),
        answer_within=Period(days=10),
    )


def route(*candidates: Candidate) -> Route:
    return Route(
        mode=candidates[0].mode if candidates else RouteMode("stay"),
        candidates=candidates,
        directory_version="d1",
        legal_basis=(LegalBasis("LAL-38"),),
    )


def enclosures(case: Custody) -> list[Enclosure]:
    """All that goes with it, sealed for the other province."""
    letter = Sealed(key_id="51x1", box="AAAA")
    return [item.enclosing(letter) for item in case.items]


def settle(case: Custody, answer: OfferAccepted | None = None, at: datetime = NOW) -> list[CustodyEvent]:
    return moving.settle(case, answer or a(OfferAccepted), enclosures(case), LAW, here=HERE, at=at)


def kinds(events: list[CustodyEvent]) -> list[type]:
    return [type(event) for event in events]


def test_a_custody_knows_at_which_site_its_owner_took_the_case_in() -> None:
    desk = SiteId("442000-hotline-12348")
    taken_in = custody(site=desk)

    assert taken_in.site == desk
    assert taken_in.after(a(CustodyBegun, epoch=3)).site is None


# --- An offer is accepted ---------------------------------------------------------------------------------


def test_an_acceptance_encloses_everything_completes_the_transfer_and_ends_the_custody() -> None:
    case = offered(a(TransferDelivered))

    events = settle(case)

    assert kinds(events) == [TransferEnclosed, TransferEnclosed, TransferCompleted, CustodyEnded]
    completed = next(e for e in events if isinstance(e, TransferCompleted))
    assert (completed.epoch, completed.owner) == (2, "510521-legal-aid")
    assert (completed.enclosed.members, completed.enclosed.contacts) == (1, 1)
    assert completed.followers == ("44",)
    assert [(asked.agency, asked.result) for asked in completed.asked] == [("510521-legal-aid", "accepted")]


def test_the_custody_that_ended_knows_the_new_owner_and_has_no_timer() -> None:
    case = offered(a(TransferDelivered))
    for event in settle(case):
        case = case.after(event)

    assert (case.state, case.owner, case.epoch) == (CustodyState.ENDED, "510521-legal-aid", 2)
    assert case.due == {}


def test_an_acceptance_after_a_recall_is_voided_with_the_recall_as_evidence() -> None:
    case = offered(a(TransferDelivered), a(TransferRecalled), a(CustodyPlaced))
    answer = a(OfferAccepted)

    events = settle(case, answer, at=a(TransferVoided).at)

    assert events == [a(TransferVoided, because="recalled", ended_at=a(TransferRecalled).at)]


def test_an_acceptance_after_a_lapse_is_voided_with_the_lapse_as_evidence() -> None:
    case = offered(a(TransferDelivered), a(TransferLapsed), a(CustodyPlaced))

    [voided] = settle(case)

    assert isinstance(voided, TransferVoided)
    assert (voided.because, voided.ended_at) == ("lapsed", a(TransferLapsed).at)


def test_an_acceptance_that_was_decided_in_time_and_arrives_late_counts_while_nothing_else_happened() -> None:
    case = offered(a(TransferDelivered))
    late = a(TransferDelivered).answer_by + timedelta(hours=5)

    assert TransferCompleted in kinds(settle(case, at=late))


def test_an_acceptance_that_overtook_its_technical_receipt_counts() -> None:
    assert TransferCompleted in kinds(settle(offered()))


def test_a_second_acceptance_of_a_completed_transfer_changes_nothing() -> None:
    case = offered(a(TransferDelivered), a(TransferCompleted), a(CustodyEnded))

    assert settle(case) == []


def test_an_acceptance_of_a_transfer_that_is_not_known_changes_nothing() -> None:
    assert settle(offered(), a(OfferAccepted, transfer_id=SECOND)) == []


def test_nothing_is_sealed_for_an_acceptance_that_is_void() -> None:
    answer = a(OfferAccepted)

    assert moving.to_enclose(offered(a(TransferRecalled)), answer) == ()
    assert len(moving.to_enclose(offered(), answer)) == 2


# --- Members that come late -------------------------------------------------------------------------------


def test_an_accepted_transfer_waits_for_the_members_that_were_announced() -> None:
    case = custody(a(TransferOffered), a(TransferDelivered))

    events = settle(case)

    assert kinds(events) == [TransferEnclosed]
    waiting = case.after(events[0])
    assert waiting.enclosing
    by = {f"enclose_by/{waiting.enclosing.id}": NOW + timedelta(hours=72)}
    assert waiting.due == by


def test_the_last_announced_member_completes_an_accepted_transfer() -> None:
    waiting = custody(a(TransferOffered), a(TransferEnclosed))
    member = a(MemberJoined)

    events = amending.amend(
        waiting, member_item(member), member.person, Sealed(key_id="51x1", box="AAAA"), here=HERE, at=NOW
    )

    assert kinds(events) == [CustodyAmended, TransferEnclosed, TransferCompleted, CustodyEnded]


def test_a_member_who_is_not_the_last_completes_nothing() -> None:
    waiting = custody(a(TransferOffered), a(TransferEnclosed), facts=facts(members=2))
    member = a(MemberJoined)

    events = amending.amend(
        waiting, member_item(member), member.person, Sealed(key_id="51x1", box="AAAA"), here=HERE, at=NOW
    )

    assert kinds(events) == [CustodyAmended, TransferEnclosed]


def test_an_accepted_transfer_cannot_be_recalled_any_more() -> None:
    waiting = custody(a(TransferOffered), a(TransferEnclosed))

    with pytest.raises(TransferNotOpen):
        acting.recall(waiting, a(TransferOffered).transfer_id, by=waiting.owner, at=NOW)


def test_a_member_joins_a_case_that_stays() -> None:
    member = a(MemberJoined)

    [amended] = amending.amend(custody(), member_item(member), member.person, None, here=HERE, at=member.at)

    assert amended == a(CustodyAmended, said_here=True)
    assert custody(amended).items == (contact_item(), member_item(member))


def test_what_intake_says_of_members_who_came_with_a_case_is_an_echo() -> None:
    arriving = custody(a(CustodyAmended), epoch=2)
    member = a(MemberJoined)

    assert amending.amend(arriving, member_item(member), member.person, None, here=HERE, at=NOW) == []


def test_a_member_who_joins_while_a_case_is_taken_over_within_its_province_goes_with_it() -> None:
    arriving = custody(a(CustodyAmended), epoch=2)
    member = a(MemberJoined, member_id=MemberId("another"))

    [amended] = amending.amend(arriving, member_item(member), member.person, None, here=HERE, at=NOW)

    assert member_item(member) in arriving.after(amended).items


def test_the_echo_of_a_member_who_is_enclosed_within_a_province_encloses_nobody_again() -> None:
    waiting = custody(a(CustodyAmended), a(TransferOffered), a(TransferEnclosed), facts=facts(members=2))
    member, letter = a(MemberJoined), Sealed(key_id="44x1", box="AAAA")

    assert amending.amend(waiting, member_item(member), member.person, letter, here=HERE, at=NOW) == []


def test_who_speaks_for_a_group_is_said_anew_under_the_same_name() -> None:
    spoken_for = custody(a(CustodyPlaced))
    said = Sealed(key_id="44k1", box="AAAA")
    [first] = amending.amend(spoken_for, representatives_item(), said, None, here=HERE, at=NOW)
    spoken_for = spoken_for.after(first)

    [again] = amending.amend(spoken_for, representatives_item(), said, None, here=HERE, at=NOW)

    assert isinstance(again, CustodyAmended)
    assert again.said_here, "intake knows it: taken anew, an older one would go round for ever"
    assert not amending.amended(spoken_for, representatives_item(), said, at=NOW).said_here


# --- Refusals, deadlines, recalls -------------------------------------------------------------------------


def test_a_rejection_asks_the_second_candidate_and_tells_it_who_refused() -> None:
    case = offered(a(TransferDelivered))

    events = passing_on.reject(
        case, a(OfferRejected), route(candidate("510500-legal-aid")), SECOND, LAW, here=HERE, at=NOW
    )

    assert kinds(events) == [TransferRejected, RouteDecided, TransferOffered]
    offer = events[-1]
    assert isinstance(offer, TransferOffered)
    assert (offer.to, offer.transfer_id) == ("510500-legal-aid", SECOND)
    assert [(asked.agency, asked.result) for asked in offer.asked] == [("510521-legal-aid", "rejected")]


def test_a_rejection_with_nobody_left_places_the_case_with_the_owner() -> None:
    events = passing_on.reject(offered(), a(OfferRejected), route(), SECOND, LAW, here=HERE, at=NOW)

    assert events[-1] == a(CustodyPlaced, at=NOW, because="no-candidate-left")


def test_a_rejection_that_crossed_a_recall_changes_nothing() -> None:
    case = offered(a(TransferRecalled), a(CustodyPlaced))

    assert passing_on.reject(case, a(OfferRejected), route(), SECOND, LAW, here=HERE, at=NOW) == []


def test_a_second_rejection_of_one_transfer_changes_nothing() -> None:
    case = offered(a(TransferRejected), a(TransferOffered, transfer_id=SECOND))

    again = passing_on.reject(case, a(OfferRejected), route(), TransferId("third"), LAW, here=HERE, at=NOW)

    assert again == []


def test_a_second_offer_is_not_touched_by_a_late_acceptance_of_the_first() -> None:
    case = offered(a(TransferRejected), a(TransferOffered, transfer_id=SECOND, to="510500-legal-aid"))

    [voided] = settle(case)

    assert isinstance(voided, TransferVoided)
    assert voided.because == "rejected"
    second = case.after(voided).transfer(SECOND)
    assert second
    assert second.open


def test_the_technical_receipt_starts_the_clock_that_the_addressee_stated() -> None:
    receipt = a(OfferReceived)

    [delivered] = awaiting.deliver(offered(), receipt, LAW, at=a(TransferDelivered).at)

    assert isinstance(delivered, TransferDelivered)
    assert delivered == a(TransferDelivered, remind=delivered.remind)
    assert delivered.remind
    due = offered(delivered).due
    assert due == {
        f"answer_by/{receipt.transfer_id}": receipt.answer_by,
        f"remind/{receipt.transfer_id}": delivered.remind[0].at,
    }


def test_before_delivery_the_clock_of_the_delivery_runs() -> None:
    sent = a(TransferOffered)

    assert offered().due == {f"deliver_by/{sent.transfer_id}": sent.deliver_by}


def test_a_technical_receipt_after_the_lapse_changes_nothing() -> None:
    assert awaiting.deliver(offered(a(TransferLapsed)), a(OfferReceived), LAW, at=NOW) == []


def test_a_second_technical_receipt_does_not_move_the_deadline() -> None:
    assert awaiting.deliver(offered(a(TransferDelivered)), a(OfferReceived), LAW, at=NOW) == []


def test_an_offer_without_a_receipt_lapses_as_undelivered_and_the_next_is_asked() -> None:
    sent = a(TransferOffered)

    events = passing_on.lapse(
        offered(), sent.transfer_id, route(candidate("510500-legal-aid")), SECOND, LAW, here=HERE, at=NOW
    )

    assert kinds(events) == [TransferLapsed, RouteDecided, TransferOffered]
    lapsed, offer = events[0], events[-1]
    assert isinstance(lapsed, TransferLapsed)
    assert (lapsed.because, lapsed.due_at) == ("not-delivered", sent.deliver_by)
    assert isinstance(offer, TransferOffered)
    assert [asked.result for asked in offer.asked] == ["undelivered"]


def test_an_offer_without_an_answer_lapses_as_not_answered() -> None:
    case = offered(a(TransferDelivered))

    [lapsed, *_] = passing_on.lapse(
        case, a(TransferOffered).transfer_id, route(), SECOND, LAW, here=HERE, at=NOW
    )

    assert isinstance(lapsed, TransferLapsed)
    assert lapsed.because == "not-answered"


def test_a_deadline_of_a_transfer_that_ended_changes_nothing() -> None:
    case = offered(a(TransferRecalled))

    again = passing_on.lapse(case, a(TransferOffered).transfer_id, route(), SECOND, LAW, here=HERE, at=NOW)

    assert again == []


def test_a_recall_lets_the_owner_act() -> None:
    case = offered()

    events = acting.recall(case, a(TransferOffered).transfer_id, by=case.owner, at=NOW)

    assert kinds(events) == [TransferRecalled, CustodyPlaced]
    assert offered(*events).state is CustodyState.PLACED


def test_only_the_owner_recalls() -> None:
    with pytest.raises(NotTheOwner):
        acting.recall(offered(), a(TransferOffered).transfer_id, by=AgencyId("442000-court"), at=NOW)


def test_a_transfer_is_recalled_once() -> None:
    case = offered(a(TransferRecalled))

    with pytest.raises(TransferNotOpen):
        acting.recall(case, a(TransferOffered).transfer_id, by=case.owner, at=NOW)


def test_a_transfer_that_is_not_known_cannot_be_recalled() -> None:
    with pytest.raises(TransferNotKnown):
        acting.recall(offered(), SECOND, by=offered().owner, at=NOW)


# --- The worker, the owner, the followers -----------------------------------------------------------------


@pytest.mark.parametrize(
    "withdrawn", [a(ApplicationWithdrawn), a(ApplicationDeemedWithdrawn)], ids=["said", "deemed"]
)
def test_a_withdrawal_recalls_the_open_offer_tells_the_followers_and_ends_the_custody(
    withdrawn: ApplicationWithdrawn | ApplicationDeemedWithdrawn,
) -> None:
    events = ending.withdraw(offered(a(TransferDelivered)), withdrawn, here=HERE, at=NOW)

    assert kinds(events) == [TransferRecalled, ProgressReported, CustodyEnded]
    recalled, told, ended = events
    assert isinstance(recalled, TransferRecalled)
    assert recalled.because == "application-withdrawn"
    assert isinstance(told, ProgressReported)
    assert (told.to_province, told.milestone) == ("00", "withdrawn")
    assert isinstance(ended, CustodyEnded)
    assert (ended.because, ended.epoch) == ("withdrawn", 1)


def test_an_acceptance_after_a_withdrawal_is_voided() -> None:
    case = offered()
    for event in ending.withdraw(case, a(ApplicationWithdrawn), here=HERE, at=NOW):
        case = case.after(event)

    assert kinds(settle(case)) == [TransferVoided]


def test_for_a_case_that_was_withdrawn_nobody_is_asked_to_help() -> None:
    case = custody(*ending.withdraw(custody(), a(ApplicationWithdrawn), here=HERE, at=NOW))

    with pytest.raises(NotHere):
        acting.ask_help(
            case,
            candidate("510521-legal-aid", "collaborate"),
            TaskKind("evidence"),
            TaskId("task"),
            None,
            LAW,
            here=HERE,
            at=NOW,
        )


def test_a_withdrawal_recalls_an_accepted_transfer_that_waits_for_members() -> None:
    waiting = custody(a(TransferOffered), a(TransferEnclosed))

    assert kinds(ending.withdraw(waiting, a(ApplicationWithdrawn), here=HERE, at=NOW))[0] is TransferRecalled


def test_a_withdrawal_that_was_said_before_the_case_came_back_ends_it() -> None:
    """It moved within the province, or came back, before routing heard of the withdrawal."""
    withdrawn = a(ApplicationWithdrawn, epoch=1)

    *_, ended = ending.withdraw(custody(epoch=3), withdrawn, here=HERE, at=NOW)

    assert isinstance(ended, CustodyEnded)
    assert (ended.epoch, ended.because, ended.withdrawal) == (3, "withdrawn", withdrawn.because)


def test_a_withdrawal_of_a_case_that_was_withdrawn_or_is_not_here_yet_changes_nothing() -> None:
    gone = custody(a(CustodyEnded, because="withdrawn", transfer_id=None), epoch=1)

    assert ending.withdraw(gone, a(ApplicationWithdrawn, epoch=1), here=HERE, at=NOW) == []
    assert ending.withdraw(custody(epoch=1), a(ApplicationWithdrawn, epoch=2), here=HERE, at=NOW) == []


def test_an_owner_that_is_not_competent_asks_elsewhere() -> None:
    case = custody(a(CustodyPlaced))
    declined = a(MatterNotCompetent, epoch=1)

    events = passing_on.decline(
        case, declined, route(candidate("440000-legal-aid", "forward", "44")), SECOND, LAW, here=HERE, at=NOW
    )

    assert kinds(events) == [RouteDecided, TransferOffered]
    assert custody(*events).state is CustodyState.ASKING


def test_an_owner_that_is_not_competent_takes_an_open_offer_back_first() -> None:
    events = passing_on.decline(
        offered(), a(MatterNotCompetent, epoch=1), route(), SECOND, LAW, here=HERE, at=NOW
    )

    assert kinds(events) == [TransferRecalled, RouteDecided, CustodyPlaced]


def test_a_milestone_goes_to_every_earlier_owner_and_to_the_national_desk() -> None:
    case = custody(a(CustodyPlaced), epoch=3, followers=("44", "33"))

    events = progress.report(case, progress_of(a(MediationAgreed, epoch=3)), here=THERE)

    assert [e.to_province for e in events if isinstance(e, ProgressReported)] == ["44", "33", "00"]


def test_the_national_desk_does_not_write_to_itself() -> None:
    case = custody(a(CustodyPlaced), epoch=2, followers=("44",))

    events = progress.report(case, progress_of(a(MediationAgreed, epoch=2)), here=Province("00"))

    assert [e.to_province for e in events if isinstance(e, ProgressReported)] == ["44"]


def test_a_milestone_of_an_epoch_that_is_over_is_none() -> None:
    assert progress.report(custody(epoch=2), progress_of(a(MediationAgreed, epoch=1)), here=HERE) == []


def test_money_is_reported_as_the_total_of_all_members() -> None:
    paid = a(RecoveryRecorded, epoch=1)

    [told] = progress.report(custody(a(CustodyPlaced)), progress_of(paid), here=HERE)

    assert isinstance(told, ProgressReported)
    assert (told.milestone, told.amount_fen, told.at) == ("recovered", paid.total_fen, paid.at)


@pytest.mark.parametrize(
    ("act", "milestone", "amount_fen"),
    [
        (a(AidRefused), "refused", None),
        (a(AidTerminated), "terminated", None),
        (a(ObjectionDecided), "objection-decided", None),
        (a(AssignmentReplaced), "reassigned", None),
        (a(AgreementBreached), "breached", None),
        (a(ConfirmationConfirmed), "confirmed", None),
        (a(ArbitrationAwarded), "awarded", a(ArbitrationAwarded).awarded_fen),
        (a(ArbitrationEffective), "award-effective", None),
        (a(LitigationFinal), "judgment-final", a(LitigationFinal).awarded_fen),
        (a(EnforcementApplied), "enforcing", a(EnforcementApplied).amount_fen),
        (a(MatterArchived), "archived", a(MatterArchived).recovered_fen),
    ],
    ids=lambda said: said if isinstance(said, str) else "",
)
def test_what_follows_an_agreement_or_a_refusal_is_a_milestone_without_its_reasons(
    act: MilestoneEvent, milestone: str, amount_fen: int | None
) -> None:
    case = custody(a(CustodyPlaced), epoch=act.epoch)

    told = progress.report(case, progress_of(act), here=HERE)

    assert told
    for letter in told:
        assert isinstance(letter, ProgressReported)
        assert (letter.milestone, letter.amount_fen, letter.outcome) == (milestone, amount_fen, None)


def test_an_award_is_a_milestone_once_however_many_workers_it_is_effective_for() -> None:
    case = custody(a(CustodyPlaced), epoch=2)

    first, second = (progress_of(a(ArbitrationEffective, effective=number)) for number in (1, 2))

    assert progress.report(case, first, here=HERE)
    assert progress.report(case, second, here=HERE) == []


# --- A case that arrives, and one that comes back ---------------------------------------------------------


def test_a_case_that_came_is_placed_once_intake_has_adopted_it() -> None:
    arriving = custody(epoch=2)

    [placed] = acting.place(arriving, a(ApplicationAdopted, epoch=2), at=NOW)

    assert isinstance(placed, CustodyPlaced)
    assert placed.because == "adopted"
    assert acting.place(arriving.after(placed), a(ApplicationAdopted, epoch=2), at=NOW) == []


def test_inside_one_province_the_custody_ends_and_begins_again_with_the_next_epoch() -> None:
    case = offered(a(TransferDelivered))
    for event in settle(case):
        case = case.after(event)
    again = case.after(a(CustodyBegun, epoch=2, owner="510521-legal-aid", facts=ONE, asked=case.asked_before))

    assert (again.state, again.epoch, again.owner) == (CustodyState.BEGUN, 2, "510521-legal-aid")
    assert again.due == {}
    assert settle(again) == []


def test_an_agency_of_an_earlier_epoch_is_not_asked_again() -> None:
    case = offered(a(TransferCompleted), a(CustodyEnded), a(CustodyBegun, epoch=2))

    assert "510521-legal-aid" in case.approached


# --- Totality ---------------------------------------------------------------------------------------------

TRANSFERS = st.sampled_from([a(TransferOffered).transfer_id, SECOND, TransferId("third")])
STEPS = st.sampled_from(
    [
        TransferDelivered,
        TransferEnclosed,
        TransferCompleted,
        TransferRejected,
        TransferRecalled,
        TransferLapsed,
        TransferVoided,
    ]
)
EVENTS = st.one_of(
    st.builds(lambda id: a(TransferOffered, transfer_id=id), TRANSFERS),
    st.builds(lambda kind, id: a(kind, transfer_id=id), STEPS, TRANSFERS),
    st.builds(lambda epoch: a(CustodyBegun, epoch=epoch, facts=ONE), st.integers(1, 5)),
    st.sampled_from(
        [
            a(CustodyAmended),
            a(CustodyFactsAmended),
            a(CustodyReduced),
            a(CustodyPlaced),
            a(CustodyEnded),
            a(RouteDecided),
            a(ProgressReported),
        ]
    ),
)


@given(st.lists(EVENTS, max_size=12))
def test_any_order_of_its_own_events_folds(events: list[CustodyEvent]) -> None:
    case = custody(*events)

    deadlines = [name.split("/") for name in case.due]
    waiting = {id for kind, id in deadlines if kind in ("deliver_by", "answer_by")}
    assert waiting == {each.id for each in case.transfers if each.open}


NEXT = st.sampled_from(["510500-legal-aid", "510521-legal-aid", "440000-legal-aid", None])
WISHES = st.sampled_from(["accept", "reject", "lapse", "recall", "receive", "withdraw", "join", "adopt"])


@given(st.lists(st.tuples(WISHES, NEXT, st.integers(0, 3)), max_size=15))
def test_whatever_happens_in_whatever_order_there_is_one_owner_and_nobody_is_asked_twice(
    wishes: list[tuple[str, str | None, int]],
) -> None:
    case, said = offered(), [a(TransferOffered)]
    for number, (wish, to, which) in enumerate(wishes):
        id = case.transfers[min(which, len(case.transfers) - 1)].id
        fresh = to is not None and to not in case.approached
        onward = route(candidate(to)) if fresh and to else route()
        events = react(case, wish, id, onward, TransferId(f"t{number}"))
        for event in events:
            case = case.after(event)
        said += [event for event in events if isinstance(event, TransferOffered)]

        assert sum(each.running for each in case.transfers) <= (case.state is CustodyState.ASKING)
        assert (case.state is CustodyState.ASKING) == any(each.running for each in case.transfers)
        assert len([name for name in case.due if not name.startswith("remind/")]) <= 1
    assert len({offer.to for offer in said}) == len(said)
    assert sum(each.result == "accepted" for each in case.transfers) <= 1


def react(case: Custody, wish: str, id: TransferId, onward: Route, next_id: TransferId) -> list[CustodyEvent]:
    match wish:
        case "accept":
            return settle(case, a(OfferAccepted, transfer_id=id))
        case "reject":
            return passing_on.reject(
                case, a(OfferRejected, transfer_id=id), onward, next_id, LAW, here=HERE, at=NOW
            )
        case "lapse":
            return passing_on.lapse(case, id, onward, next_id, LAW, here=HERE, at=NOW)
        case "receive":
            return awaiting.deliver(case, a(OfferReceived, transfer_id=id), LAW, at=NOW)
        case "withdraw":
            return ending.withdraw(case, a(ApplicationWithdrawn), here=HERE, at=NOW)
        case "adopt":
            return acting.place(case, a(ApplicationAdopted), at=NOW)
        case "join":
            member = a(MemberJoined)
            return amending.amend(case, member_item(member), member.person, None, here=HERE, at=NOW)
        case _:
            try:
                return acting.recall(case, id, by=case.owner, at=NOW)
            except TransferNotOpen:
                return []


def test_a_custody_can_be_hashed_so_that_states_can_be_explored() -> None:
    assert hash(replace(offered(), owner=offered().owner)) == hash(offered())


# --- Members who join and leave -----------------------------------------------------------------------------


def test_who_is_asked_next_is_told_how_many_there_are_now() -> None:
    found = custody(a(CustodyAmended))
    amended = a(ApplicationAmended, facts=facts(members=3))

    said = amending.revise(found, amended, here=HERE, at=NOW)

    assert kinds(said) == [CustodyFactsAmended]
    assert found.after(said[0]).facts.members == 3
    assert amending.revise(found.after(said[0]), amended, here=HERE, at=NOW) == []


def test_who_left_does_not_go_with_the_case() -> None:
    found = custody(a(CustodyAmended))
    member = a(CustodyAmended).enclosure.id

    left = a(MemberLeft, member_id=MemberId(member), epoch=1)

    said = amending.depart(found, left, here=HERE, at=NOW)

    assert found.after(said[0]).count(MEMBER) == 0
    assert amending.depart(found.after(said[0]), left, here=HERE, at=NOW) == []


def test_an_accepted_transfer_does_not_wait_for_a_member_who_left() -> None:
    waiting = custody(a(CustodyAmended), a(TransferOffered), a(TransferEnclosed), facts=facts(members=2))

    said = amending.revise(waiting, a(ApplicationAmended, facts=ONE), here=HERE, at=NOW)

    assert kinds(said) == [CustodyFactsAmended, TransferCompleted, CustodyEnded]
