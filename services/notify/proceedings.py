"""What the applicants hear of review, mediation, commission, court, inspectorate and notary: each step once.

A step of which most is to be said has a line in `STEPS`; those that say more, or are said only at times, have
a function. `docs/proceedings.md` says which steps nobody is told of, and why.
"""

from collections.abc import Mapping
from typing import Final, get_args

from chassis.unit_of_work import UnitOfWork
from chassis.vault import KeyErased
from schemas.codes import Disputant, SessionResult
from schemas.envelope import Event, Sealed
from schemas.matters import (
    AdvanceExecutionOrdered,
    AdvanceExecutionRefused,
    AidAdvanced,
    AidLapsed,
    ArbitrationPartEffective,
    ArbitrationPartlyAwarded,
    ArbitrationRefused,
    ArbitrationReviewConfirmed,
    ArbitrationReviewDismissed,
    ArbitrationSettled,
    ArbitrationWithdrawn,
    ClockBreached,
    ConfirmationDismissed,
    EnforcementEnded,
    EnforcementEndedThisRound,
    EnforcementResumed,
    EnforcementSuspended,
    HearingHeld,
    HearingPostponed,
    HearingPostponementRefused,
    HearingSet,
    InspectionAccepted,
    InspectionDecided,
    InspectionDisobeyed,
    InspectionObeyed,
    InspectionRefused,
    InspectionReported,
    InspectionWithdrawn,
    LitigationAppealed,
    MediationSessionHeld,
    NotarisationExecutionCertified,
    NotarisationIssued,
    NotarisationRefused,
    PartNumber,
    PaymentOrderIssued,
    PaymentOrderLapsed,
    PaymentOrderObjected,
    ReferralAnswered,
    ReviewPaused,
    RightLapsed,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
)
from schemas.words import Language, in_words
from services.notify.telling import tell_staff, tell_worker

STEPS: Final[Mapping[type[Event], str]] = {
    AidAdvanced: "aid-advanced",
    AidLapsed: "aid-lapsed",
    ReferralAnswered: "referral-answered",
    # the agreement
    ConfirmationDismissed: "confirmation-dismissed",
    ArbitrationReviewConfirmed: "reviewed",
    ArbitrationReviewDismissed: "review-dismissed",
    NotarisationIssued: "notarised",
    NotarisationRefused: "notarisation-refused",
    NotarisationExecutionCertified: "execution-certified",
    PaymentOrderIssued: "order-issued",
    PaymentOrderObjected: "order-objected",
    PaymentOrderLapsed: "order-lapsed",
    # labour inspection
    InspectionReported: "inspection-asked",
    InspectionAccepted: "inspection-accepted",
    InspectionRefused: "inspection-refused",
    InspectionDecided: "inspection-decided",
    InspectionObeyed: "inspection-obeyed",
    InspectionDisobeyed: "inspection-disobeyed",
    InspectionWithdrawn: "inspection-withdrawn",
    # the commission
    ArbitrationRefused: "arbitration-refused",
    ArbitrationSettled: "arbitration-settled",
    ArbitrationWithdrawn: "arbitration-withdrawn",
    HearingPostponed: "hearing-postponed",
    HearingPostponementRefused: "hearing-kept",
    ArbitrationPartlyAwarded: "partly-awarded",
    AdvanceExecutionOrdered: "advance-ordered",
    AdvanceExecutionRefused: "advance-refused",
    # the courts
    LitigationAppealed: "appealed",
    EnforcementEndedThisRound: "round-ended",
    EnforcementSuspended: "enforcement-suspended",
    EnforcementResumed: "enforcement-resumed",
    EnforcementEnded: "enforcement-ended",
}
"""What the notice of a step is called."""

CHALLENGES: Final[Mapping[type[Event], str]] = {
    SettingAsideApplied: "setting-aside-asked",
    SettingAsideDismissed: "setting-aside-dismissed",
    SettingAsideWithdrawn: "setting-aside-withdrawn",
    SettingAsideGranted: "set-aside",
}
"""The same of what becomes of one award, while others may stand."""

THE_AWARD: Final[Mapping[Language, str]] = {"zh": "仲裁裁决", "en": "the award"}

LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

BROKEN_OFF: Final = SessionResult("broken-off")
WORKERS: Final = Disputant("worker")
OBJECTION: Final = "object_by"
"""The clock of what the debtor may do against a payment order."""

WHERE_IT_SAYS: Final[Mapping[Language, str]] = {
    "zh": "见仲裁机构的开庭通知书",
    "en": "as the commission's notice says",
}
"""The place of a hearing, if nobody stated it, or its key is destroyed."""

LONGEST: Final = 200
"""Characters in which a text message says what exactly is missing; of more, the agency tells them itself."""

AS_IT_TELLS: Final[Mapping[Language, str]] = {
    "zh": "承办机构将向您说明的材料",
    "en": "what the agency will explain to you",
}


def tell_of_step(event: Event, uow: UnitOfWork) -> None:
    tell_worker(STEPS[type(event)], event, uow)


def tell_of_challenge(
    event: SettingAsideApplied | SettingAsideDismissed | SettingAsideWithdrawn | SettingAsideGranted,
    uow: UnitOfWork,
) -> None:
    """Which award it is, as those that are not named stand."""
    tell_worker(CHALLENGES[type(event)], event, uow, award=award_in_words(event.part))


def award_in_words(part: PartNumber | None) -> Mapping[Language, str]:
    return {"zh": f"第{part}份先行裁决", "en": f"partial award no. {part}"} if part else THE_AWARD


def tell_of_pause(event: ReviewPaused, uow: UnitOfWork) -> None:
    """What their review waits for (Legal Aid Law Art. 43).

    Of what intake asks for it has told them itself: then no time runs here, and nothing is said again.
    """
    if event.limit:
        tell_worker("info-requested", event, uow, missing=missing_in_words(event, uow))


def missing_in_words(event: ReviewPaused, uow: UnitOfWork) -> Mapping[Language, str]:
    """The papers by their codes, and what was written beside them if it is short."""
    details = opened(event.details, uow) or ""
    exactly = details if len(details) <= LONGEST else ""
    if not event.missing:
        return {"zh": exactly, "en": exactly} if exactly else AS_IT_TELLS
    papers = {language: in_words(ReviewPaused, "missing", event.missing, language) for language in LANGUAGES}
    around: Mapping[Language, str] = {"zh": "（{}）", "en": " ({})"}
    return {name: said + (around[name].format(exactly) if exactly else "") for name, said in papers.items()}


def tell_of_hearing(event: HearingSet, uow: UnitOfWork) -> None:
    """When and where; whoever applied and does not come may be taken to withdraw (LDMAL Art. 36)."""
    place = opened(event.place, uow)
    where: Mapping[Language, str] = {"zh": place, "en": place} if place else WHERE_IT_SAYS
    tell_worker("hearing-set", event, uow, place=where)


def opened(prose: Sealed | None, uow: UnitOfWork) -> str | None:
    try:
        found = uow.vault.unseal(prose) if prose else None
    except KeyErased:
        return None
    return found if isinstance(found, str) else None


def tell_of_absence(event: HearingHeld, uow: UnitOfWork) -> None:
    """They were there, or must say at once why not."""
    if event.absent == WORKERS:
        tell_worker("hearing-missed", event, uow)


def tell_of_part_effect(event: ArbitrationPartEffective, uow: UnitOfWork) -> None:
    """It is said once a member; who is reached for all of them hears of it with the first."""
    if event.effective == 1:
        tell_worker("part-effective", event, uow)


def tell_of_session(event: MediationSessionHeld, uow: UnitOfWork) -> None:
    """When they meet again; or that other ways are open (People's Mediation Law Art. 26)."""
    if event.result == BROKEN_OFF:
        tell_worker("mediation-failed", event, uow)
    elif event.next_at:
        tell_worker("next-session", event, uow)


def tell_of_silence(event: ClockBreached, uow: UnitOfWork) -> None:
    """An authority is late, and that opens a way: to those who act for themselves nobody else says it."""
    if event.remedies:
        tell_worker("way-opened", event, uow)


def tell_of_lapse(event: RightLapsed, uow: UnitOfWork) -> None:
    """What somebody did not do in time opens a way: to enforce an order that nobody objected to."""
    if event.clock == OBJECTION:
        tell_worker("order-unopposed", event, uow)
        tell_staff("way-opened", event, uow, event.agency)
    elif event.remedies:
        tell_worker("way-opened", event, uow)
