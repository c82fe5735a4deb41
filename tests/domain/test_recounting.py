"""What was done before an import is said again: at its own time, one act after the other."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from law.limits import limit_of
from schemas.cases import ApplicationWithdrawn
from schemas.facts import Imported
from schemas.ids import BundleId, RuleId
from schemas.matters import (
    AidRefused,
    AidTerminated,
    ArbitrationExtended,
    ArbitrationFiled,
    ArbitrationPartlyAwarded,
    ArbitrationRefused,
    ArbitrationReviewConfirmed,
    ArbitrationSettled,
    AssignmentMade,
    ConfirmationDismissed,
    EnforcementApplied,
    EnforcementEndedThisRound,
    EnforcementResumed,
    EnforcementSuspended,
    LitigationFiled,
    LitigationFinal,
    LitigationJudged,
    MatterActivated,
    MatterClosed,
    MatterEvent,
    MatterOpened,
    MediationProposed,
    NotarisationExecutionCertified,
    ObjectionDecided,
    ObjectionFiled,
    PaymentOrderLapsed,
    SettingAsideAccepted,
)
from schemas.past import Past, PastAct, PastClock, PastMoney
from schemas.samples import a
from services.mediation.domain import opening
from services.mediation.domain.acts import MatterState
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.enforcing import titles_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.recounting.acts import recounted
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.money import fixed_by
from services.mediation.domain.remedies import Opener
from tests.domain.test_matter import LAW, NOW, TERMS, claims, matter

COURT, BUREAU = "442000-court", "442000-justice-bureau"
Done = tuple[str, dict[str, Any]]

ACCEPTED: Done = ("accepted", {})
GRANTED: Sequence[Done] = (ACCEPTED, ("granted", {"stage": "mediation", "means": "exempt-pay"}))
AGREED: Sequence[Done] = (
    *GRANTED,
    ("mediation-proposed", {"kind": "labour", "body": "442000-mediation"}),
    ("agreed", {}),
)
DOCKETED: Sequence[Done] = (
    ("suit-filed", {"body": COURT}),
    ("suit-docketed", {"docket": "（2026）粤2071民初1号", "procedure": "small"}),
)
MONEY = PastMoney(parts_fen=(30, 20), agreed_fen=50, settled_fen=80, judged_fen=100, judged_on_appeal_fen=70)

NOTHING_KEPT = Past()


def with_money() -> list[Claim]:
    return [replace(claim, past=MONEY) for claim in claims()]


def told(acts: Sequence[Done], past: Past = NOTHING_KEPT) -> tuple[Matter, list[MatterEvent]]:
    """The matter after these, one a day, and what was said of the last of them."""
    found, said = matter(a(MatterActivated)), list[MatterEvent]()
    kept = Kept(past, LAW, TERMS)
    for days, (code, fields) in enumerate(acts):
        act = PastAct.model_validate({"code": code, "at": NOW + timedelta(days=days), **fields})
        said = recounted(found, act, with_money(), kept)
        for event in said:
            assert event.at == act.at
            found = found.after(event)
    return found, said


def test_a_judgment_says_what_all_members_get_and_its_appeal_runs_from_the_service() -> None:
    served = NOW + timedelta(days=9)
    found, (judged,) = told([*GRANTED, *DOCKETED, ("judged", {"judgment": "granted", "served_at": served})])

    assert isinstance(judged, LitigationJudged)
    assert (judged.awarded_fen, judged.served_at) == (300, served)
    appeal = found.clocks.running("appeal_by")
    assert appeal is not None
    assert appeal.started_at == served


def test_the_court_of_appeal_says_last_what_they_get_unless_the_appeal_was_withdrawn() -> None:
    acts = [*GRANTED, *DOCKETED, ("judged", {"judgment": "granted"}), ("appealed", {"body": COURT})]
    _, (decided,) = told([*acts, ("appeal-decided", {"cause": "second-instance"})])
    _, (withdrawn,) = told([*acts, ("appeal-decided", {"cause": "appeal-withdrawn"})])

    assert isinstance(decided, LitigationFinal)
    assert isinstance(withdrawn, LitigationFinal)
    assert (decided.awarded_fen, withdrawn.awarded_fen) == (210, 300)


def test_what_the_court_of_appeal_mediated_is_what_they_get_and_is_final() -> None:
    acts = [*GRANTED, *DOCKETED, ("judged", {"judgment": "granted"}), ("appealed", {"body": COURT})]
    found, (mediated,) = told([*acts, ("appeal-decided", {"cause": "mediated-on-appeal"})])

    assert isinstance(mediated, LitigationFinal)
    assert mediated.awarded_fen == 210
    assert [(suit.result, suit.final) for suit in found.suits] == [("mediated", True)]


def test_a_suit_that_was_withdrawn_fixes_nothing_and_another_may_follow() -> None:
    withdrawn = ("judged", {"judgment": "withdrawn", "final": True})
    found, said = told([*GRANTED, *DOCKETED, withdrawn, *DOCKETED])

    assert fixed_by(PastAct.model_validate({"code": withdrawn[0], "at": NOW, **withdrawn[1]})) is None
    assert [suit.result for suit in found.suits] == ["withdrawn", None]
    assert found.clocks.is_open("judge_by/2")
    assert said


def test_a_suit_of_one_member_asks_for_his_claim_and_gives_to_him_alone() -> None:
    one = with_money()[0]
    filed = ("suit-filed", {"body": COURT, "members": (one.member_id,)})
    found, (sued,) = told([*GRANTED, filed])
    _, (judged,) = told([*GRANTED, filed, DOCKETED[1], ("judged", {"judgment": "granted"})])

    assert isinstance(sued, LitigationFiled)
    assert isinstance(judged, LitigationJudged)
    assert (sued.members, sued.claim_fen) == ((one.member_id,), one.claim_fen)
    assert found.suits[-1].members == sued.members
    assert judged.awarded_fen == 100


def beside() -> Sequence[Done]:
    """The first member sues, and the second beside him; the second is judged first."""
    one, other, _ = (claim.member_id for claim in with_money())
    return (
        *GRANTED,
        ("suit-filed", {"body": COURT, "members": (one,), "suit": 1}),
        ("suit-filed", {"body": COURT, "members": (other,), "suit": 2}),
        ("suit-docketed", {"docket": "民初2号", "procedure": "small", "suit": 2}),
        ("suit-docketed", {"docket": "民初1号", "procedure": "ordinary", "suit": 1}),
        ("judged", {"judgment": "granted", "suit": 2}),
        ("judged", {"judgment": "granted", "suit": 1}),
        ("appealed", {"body": "440000-high-court", "suit": 1}),
    )


def test_suits_that_ran_beside_one_another_each_have_their_own_steps_and_clocks() -> None:
    found, _ = told(beside())
    assert [(suit.number, suit.docket, suit.awarded_fen) for suit in found.suits] == [
        (None, "民初1号", 100),
        (2, "民初2号", 100),
    ]
    assert {name for name in found.clocks.ends if "_by/2" in name or name == "appeal_by"} == {"appeal_by/2"}

    ended, (final,) = told([*beside(), ("appeal-decided", {"cause": "second-instance", "suit": 1})])
    assert isinstance(final, LitigationFinal)
    assert (final.suit, final.court, final.awarded_fen) == (None, "440000-high-court", 70)
    assert [suit.final for suit in ended.suits] == [True, False]


def test_each_judgment_of_several_is_enforced_by_itself() -> None:
    won = [
        ("judged", {**said, "final": True}) if code == "judged" else (code, said) for code, said in beside()
    ]
    applied = [("enforcement-applied", {"body": COURT, "title": "judgment", "suit": suit}) for suit in (2, 1)]
    ended = ("enforcement-ended", {"title": "judgment", "suit": 2, "round_end": "no-assets"})
    found, (said,) = told([*won[:-1], *applied, ended])

    states = {each.key: each.state for each in found.proceedings.of(ProceedingKind.ENFORCEMENT)}
    assert states == {
        "judgment-2": ProceedingState.ENDED_THIS_ROUND,
        "judgment": ProceedingState.APPLIED,
    }
    assert isinstance(said, EnforcementEndedThisRound)
    assert said.suit == 2


def test_who_was_assigned_or_mediated_there_is_called_here_as_he_was_there() -> None:
    who: dict[str, Any] = {"person": "helper-1", "name": TERMS, "body": "442000-legal-aid"}
    _, (made,) = told([*GRANTED, ("assigned", {"stage": "mediation", "role": "lawyer", **who})])
    found, (proposed,) = told([*GRANTED, ("mediation-proposed", {"kind": "labour", **who})])
    _, (unknown,) = told([*GRANTED, ("mediation-proposed", {"kind": "labour", **who, "person": None})])

    assert isinstance(made, AssignmentMade)
    assert isinstance(proposed, MediationProposed)
    assert isinstance(unknown, MediationProposed)
    assert (made.assignee, made.name) == ("helper-1", TERMS)
    assert (proposed.mediator, proposed.mediator_name) == ("helper-1", TERMS)
    assert found.mediation
    assert found.mediation.mediator == "helper-1"
    assert (unknown.mediator, unknown.mediator_name) == (None, None)


def test_a_time_limit_ends_when_the_earlier_system_says_so() -> None:
    filed_at = NOW + timedelta(days=len(GRANTED))
    due_at = filed_at + timedelta(days=30)
    kept = PastClock(rule=RuleId("court-docket"), started_at=filed_at, due_at=due_at)
    found, _ = told([*GRANTED, DOCKETED[0]], Past(clocks=(kept,)))

    assert found.clocks.ends["docket_by"] == due_at


@pytest.mark.parametrize(
    ("because", "opens"), [("withdrawn", Opener.BREACH), ("objection", Opener.OBJECTION)]
)
def test_the_end_of_a_payment_order_opens_what_it_opens_here(because: str, opens: Opener) -> None:
    applied = ("order-applied", {"body": COURT, "basis": "LDMAL-16"})
    found, (lapsed,) = told([*AGREED, applied, ("order-lapsed", {"order_end": because})])

    assert isinstance(lapsed, PaymentOrderLapsed)
    assert lapsed.remedies == found.remedies(opens)


def test_a_confirmation_that_was_dismissed_may_be_asked_for_again() -> None:
    asked = ("confirmation-applied", {"body": COURT})
    dismissed = ("confirmation-dismissed", {"ground": "unclear"})
    _, (said,) = told([*AGREED, asked, dismissed])
    found, _ = told([*AGREED, asked, dismissed, asked])

    assert isinstance(said, ConfirmationDismissed)
    assert found.proceedings.state(ProceedingKind.CONFIRMATION) is ProceedingState.APPLIED


def test_a_commission_that_reviews_an_agreement_opens_enforcement_or_may_be_asked_again() -> None:
    asked = ("arbitration-review-applied", {"body": "442000-arbitration"})
    found, (said,) = told([*AGREED, asked, ("arbitration-review-confirmed", {"docket": "中劳人仲调1号"})])
    again, _ = told([*AGREED, asked, ("arbitration-review-dismissed", {"ground": "unclear"}), asked])

    assert isinstance(said, ArbitrationReviewConfirmed)
    assert (said.docket, [each.way for each in said.remedies]) == ("中劳人仲调1号", ["enforcement"])
    assert found.proceedings.state(ProceedingKind.ARBITRATION_REVIEW) is ProceedingState.CONFIRMED
    assert again.proceedings.state(ProceedingKind.ARBITRATION_REVIEW) is ProceedingState.APPLIED


def test_what_was_settled_before_the_commission_says_what_all_get_and_opens_enforcement() -> None:
    filed = ("arbitration-filed", {"body": "442000-arbitration"})
    accepted = ("arbitration-accepted", {"docket": "中劳人仲案〔2026〕1号"})
    found, (settled,) = told([*GRANTED, filed, accepted, ("arbitration-settled", {})])

    assert isinstance(settled, ArbitrationSettled)
    assert settled.settled_fen == 240
    assert [remedy.way for remedy in settled.remedies] == ["enforcement"]
    assert found.proceedings.state(ProceedingKind.ARBITRATION) is ProceedingState.SETTLED


def test_a_partial_award_gives_each_his_part_and_a_final_one_is_effective_at_once() -> None:
    filed = ("arbitration-filed", {"body": "442000-arbitration"})
    accepted = ("arbitration-accepted", {"docket": "中劳人仲案〔2026〕1号"})
    first, second = ("partly-awarded", {"part": 1, "final": True}), ("partly-awarded", {"part": 2})
    _, (made, *effects) = told([*GRANTED, filed, accepted, first])
    found, (next_one,) = told([*GRANTED, filed, accepted, first, second])

    assert isinstance(made, ArbitrationPartlyAwarded)
    assert isinstance(next_one, ArbitrationPartlyAwarded)
    assert len(effects) == 3
    assert (made.awarded_fen, next_one.awarded_fen, next_one.so_far_fen) == (90, 60, 150)
    assert "part_sue_by/2" in found.clocks.ends
    assert titles_of(found).keys() == {"partial-award"}

    asked = ("enforcement-applied", {"body": COURT, "title": "partial-award", "part": 1})
    _, (applied,) = told([*GRANTED, filed, accepted, first, asked])
    assert isinstance(applied, EnforcementApplied)
    assert (applied.part, applied.last_day) == (1, made.at)


def test_what_is_awarded_of_the_rest_is_due_beside_the_parts() -> None:
    claim = with_money()[0]
    said = [("partly-awarded", {"part": 1}), ("partly-awarded", {"part": 2}), ("arbitration-settled", {})]
    due = []
    for code, more in said:
        fixed = fixed_by(PastAct.model_validate({"code": code, "at": NOW, **more}))
        assert fixed is not None
        for event in fixed.determine(claim, epoch=1, at=NOW):
            claim = claim.after(event)
        due.append(claim.due_fen)

    assert due == [30, 50, 130]


def enforced() -> Sequence[Done]:
    """A final award is enforced, and the employer asked a court to set it aside, which took that on."""
    return (
        *GRANTED,
        ("arbitration-filed", {"body": "442000-arbitration"}),
        ("arbitration-accepted", {"docket": "中劳人仲案〔2026〕1号"}),
        ("awarded", {"final": True}),
        ("enforcement-applied", {"body": COURT, "title": "award"}),
        ("set-aside-applied", {"body": "440000-high-court", "challenge": "procedure"}),
        ("set-aside-accepted", {"docket": "民特1号"}),
    )


def test_an_enforcement_stood_still_while_a_court_decided_on_its_award_and_went_on() -> None:
    found, said = told(enforced())
    assert [type(each) for each in said] == [SettingAsideAccepted, EnforcementSuspended]
    assert found.proceedings.state(ProceedingKind.ENFORCEMENT, "award") is ProceedingState.SUSPENDED
    assert "execute_by/award" not in found.due

    for over in (("set-aside-dismissed", {"docket": "民特2号"}), ("set-aside-withdrawn", {})):
        goes_on, (_, resumed) = told([*enforced(), ("note", {}), over])
        assert isinstance(resumed, EnforcementResumed)
        assert goes_on.proceedings.state(ProceedingKind.ENFORCEMENT, "award") is ProceedingState.APPLIED
        # It stood still for two days.
        before, _ = told(enforced()[:-2])
        assert goes_on.due["execute_by/award"] >= before.due["execute_by/award"] + timedelta(days=1)


def test_what_is_enforced_of_an_award_that_is_challenged_stands_still_at_once() -> None:
    applied, *asked = enforced()[-3:]
    found, said = told([*enforced()[:-3], *asked, applied])

    assert [type(each) for each in said] == [EnforcementApplied, EnforcementSuspended]
    assert found.proceedings.state(ProceedingKind.ENFORCEMENT, "award") is ProceedingState.SUSPENDED


def test_what_a_notary_certified_is_what_is_still_owed_of_the_agreement() -> None:
    asked = ("notarisation-applied", {"body": "442000-notary"})
    issued = ("notarisation-issued", {"docket": "证字1号"})
    found, (certified,) = told([*AGREED, asked, issued, ("notarisation-certified", {"docket": "执字1号"})])
    refused, _ = told([*AGREED, asked, ("notarisation-refused", {"ground": "unclear"}), asked])

    assert isinstance(certified, NotarisationExecutionCertified)
    assert certified.amount_fen == 150
    assert found.proceedings.state(ProceedingKind.NOTARISATION) is ProceedingState.CERTIFIED
    assert refused.proceedings.state(ProceedingKind.NOTARISATION) is ProceedingState.APPLIED


def test_a_refusal_that_is_upheld_stands_and_one_that_is_corrected_is_reviewed_anew() -> None:
    refused = ("refused", {"refusal": "means", "basis": "LAL-34"})
    objected = ("objection-filed", {"body": BUREAU})
    _, (said,) = told([ACCEPTED, refused])
    upheld, (decided,) = told([ACCEPTED, refused, objected, ("objection-decided", {"objection": "upheld"})])
    corrected, _ = told([ACCEPTED, refused, objected, ("objection-decided", {"objection": "corrected"})])

    assert isinstance(said, AidRefused)
    assert isinstance(decided, ObjectionDecided)
    assert decided.bureau == BUREAU
    assert (upheld.state, corrected.state) == (MatterState.REFUSED, MatterState.IN_REVIEW)


def test_an_objection_on_which_nobody_has_decided_there_waits_for_the_bureau_here() -> None:
    refused = ("refused", {"refusal": "means", "basis": "LAL-34"})
    objected = ("objection-filed", {"body": BUREAU})
    decided = PastAct.model_validate(
        {"code": "objection-decided", "objection": "upheld", "at": NOW + timedelta(days=5)}
    )

    _, (waits,) = told([ACCEPTED, refused, objected])
    _, (over,) = told([ACCEPTED, refused, objected], Past(acts=(decided,)))

    assert isinstance(waits, ObjectionFiled)
    assert isinstance(over, ObjectionFiled)
    assert (waits.undecided, over.undecided) == (True, None)


def test_aid_that_was_terminated_is_objected_to_as_that_and_goes_on_when_it_is_corrected() -> None:
    terminated = ("terminated", {"termination": "own-lawyer", "basis": "LAL-48"})
    objected = ("objection-filed", {"body": BUREAU})
    over, (said,) = told([*GRANTED, terminated])
    _, (filed,) = told([*GRANTED, terminated, objected])
    going_on, (decided,) = told(
        [*GRANTED, terminated, objected, ("objection-decided", {"objection": "corrected"})]
    )

    assert isinstance(said, AidTerminated)
    assert isinstance(filed, ObjectionFiled)
    assert isinstance(decided, ObjectionDecided)
    assert (said.code, filed.against, decided.against) == ("own-lawyer", "termination", "termination")
    assert (over.state, going_on.state) == (MatterState.TERMINATED, MatterState.TO_ASSIGN)


def test_a_case_that_was_withdrawn_is_closed_by_its_past_and_not_before_it_comes() -> None:
    imported = Imported(bundle=BundleId("9f86d081884c7d65"), at=NOW + timedelta(days=9))
    facts = a(MatterOpened).facts.model_copy(update={"imported": imported})
    waiting = Matter.opened(a(MatterOpened, facts=facts))
    before = a(ApplicationWithdrawn, at=NOW, epoch=waiting.epoch)
    since = a(ApplicationWithdrawn, at=NOW + timedelta(days=10), epoch=waiting.epoch)
    found, (said,) = told([ACCEPTED, ("withdrawn", {"withdrawal": "applicant-request"})])

    assert opening.close(waiting, before, at=NOW) == []
    assert [each.because for each in opening.close(waiting, since, at=since.at)] == ["withdrawn"]
    assert isinstance(said, MatterClosed)
    assert found.state is MatterState.CLOSED


def test_an_arbitration_that_was_withdrawn_is_applied_for_anew() -> None:
    filed = ("arbitration-filed", {"body": "442000-arbitration"})
    found, (said,) = told([*GRANTED, filed, ("arbitration-withdrawn", {}), filed])

    assert isinstance(said, ArbitrationFiled)
    assert found.proceedings.state(ProceedingKind.ARBITRATION) is ProceedingState.FILED


def test_more_time_for_an_award_is_counted_from_the_acceptance_or_ends_as_the_earlier_system_says() -> None:
    filed = ("arbitration-filed", {"body": "442000-arbitration"})
    accepted = ("arbitration-accepted", {"docket": "中劳人仲案〔2026〕1号"})
    acts = [*GRANTED, filed, accepted, ("arbitration-extended", {})]
    accepted_at = NOW + timedelta(days=3)
    end = PastClock(
        rule=RuleId("award-extended"), started_at=accepted_at, due_at=accepted_at + timedelta(days=70)
    )
    found, (said,) = told(acts)
    elsewhere, _ = told(acts, Past(clocks=(end,)))

    assert isinstance(said, ArbitrationExtended)
    assert said.limit == limit_of(RuleId("award-extended"), accepted_at, LAW)
    assert found.clocks.ends["award_by"] == said.limit.due_at
    assert elsewhere.clocks.ends["award_by"] == end.due_at


def test_a_commission_that_refuses_opens_a_suit_and_may_be_asked_anew() -> None:
    filed = ("arbitration-filed", {"body": "442000-arbitration"})
    refused = ("arbitration-refused", {"ground": "not-competent"})
    found, (said,) = told([*GRANTED, filed, refused])
    anew, _ = told([*GRANTED, filed, refused, filed])

    assert isinstance(said, ArbitrationRefused)
    assert (said.because, [each.way for each in said.remedies]) == ("not-competent", ["suit"])
    assert found.proceedings.state(ProceedingKind.ARBITRATION) is ProceedingState.REFUSED
    assert not found.clocks.is_open("arbitration_accept_by")
    assert anew.proceedings.state(ProceedingKind.ARBITRATION) is ProceedingState.FILED


@pytest.mark.parametrize(
    "code",
    [
        *("suit-filed", "suit-docketed", "judged", "appealed", "appeal-decided"),
        *("order-applied", "order-accepted", "order-issued", "order-objected", "order-lapsed"),
        *(
            "confirmation-applied",
            "confirmation-accepted",
            "confirmation-confirmed",
            "confirmation-dismissed",
        ),
        *("enforcement-applied", "enforcement-ended", "enforcement-resumed"),
        *("arbitration-settled", "arbitration-refused", "arbitration-withdrawn", "performed"),
        "arbitration-extended",
        *("terminated", "withdrawn"),
        *("arbitration-review-applied", "arbitration-review-confirmed", "arbitration-review-dismissed"),
        *("notarisation-applied", "notarisation-issued", "notarisation-refused", "notarisation-certified"),
        *("inspection-reported", "inspection-accepted", "inspection-refused", "inspection-extended"),
        *("inspection-decided", "inspection-withdrawn"),
        *("advance-execution-applied", "advance-execution-ordered", "advance-execution-refused"),
        *("refused", "objection-filed", "objection-decided", "what-a-later-release-knows"),
    ],
)
def test_what_says_too_little_of_itself_says_nothing(code: str) -> None:
    _, said = told([*GRANTED, (code, {})])

    assert said == []
