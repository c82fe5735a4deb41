"""Reviews an application: lets the review stand still while papers are missing and go on, or refuses aid."""

from law.book import Law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.codes import LegalBasis, PaperCode, RefusalCode, SupplementCode, SupplementResult
from schemas.fields import Sealed
from schemas.ids import RuleId
from schemas.matters import AidRefused, MatterEvent, ReviewPaused, ReviewResumed
from services.mediation.domain.acts import ACCEPTED, Act
from services.mediation.domain.aid import REVIEW
from services.mediation.domain.errors import (
    AskedOftenEnough,
    NothingMissing,
    ReviewDecided,
    ReviewGoesOn,
    ReviewStandsStill,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.review import Review, ReviewState

SUPPLEMENT = RuleId("supplement")


def pause(
    matter: Matter,
    act: Act,
    code: SupplementCode,
    missing: tuple[PaperCode, ...],
    *,
    details: Sealed | None,
    law: Law,
) -> list[MatterEvent]:
    """The applicants are told all that is missing.

    Raises:
        ReviewDecided, ReviewStandsStill: if there is nothing that could stand still.
        NothingMissing: if it is not said what.
        AskedOftenEnough: as `check_may_pause` does.
    """
    matter.check_owner(act, *ACCEPTED)
    review = running(matter)
    if not missing and details is None:
        raise NothingMissing(case_id=matter.case_id)
    check_may_pause(matter, review, law)
    limit = limit_of(SUPPLEMENT, act.at, law)
    return [ReviewPaused(**matter.said(act.at), code=code, missing=missing, limit=limit, details=details)]


def resume(matter: Matter, act: Act, result: SupplementResult, law: Law) -> list[MatterEvent]:
    """The review goes on, and ends as much later as the rule lets it. Raises ReviewDecided, ReviewGoesOn."""
    matter.check_owner(act, *ACCEPTED)
    review = undecided(matter)
    if review.state is not ReviewState.PAUSED:
        raise ReviewGoesOn(case_id=matter.case_id)
    pauses = review.resumed(act.at).pauses
    limit = limit_of(REVIEW, matter.facts.received_at, law, pauses)
    return [ReviewResumed(**matter.said(act.at), result=result, limit=limit)]


def refuse(
    matter: Matter, act: Act, code: RefusalCode, legal_basis: LegalBasis, reasons: Sealed
) -> list[MatterEvent]:
    """No aid is given. Raises ReviewDecided, ReviewStandsStill."""
    matter.check_owner(act, *ACCEPTED)
    running(matter)
    return [AidRefused(**matter.said(act.at), code=code, legal_basis=legal_basis, reasons=reasons)]


def undecided(matter: Matter) -> Review:
    """Raises ReviewDecided."""
    if matter.aid.review.decided:
        raise ReviewDecided(case_id=matter.case_id, found=matter.aid.review.state)
    return matter.aid.review


def running(matter: Matter) -> Review:
    """Raises ReviewDecided, ReviewStandsStill."""
    review = undecided(matter)
    if review.state is ReviewState.PAUSED:
        raise ReviewStandsStill(case_id=matter.case_id)
    return review


def check_may_pause(matter: Matter, review: Review, law: Law) -> None:
    """All that is missing is told at once, so the rule says how often. Raises AskedOftenEnough."""
    terms = law.rule(REVIEW, day_of(matter.facts.received_at)).pause
    allowed = terms.at_most if terms else 0
    if allowed is not None and len(review.pauses) >= allowed:
        raise AskedOftenEnough(case_id=matter.case_id, found=len(review.pauses), expected=allowed)
