"""Lets a review stand still while intake waits for papers, and go on once something came. Reactions."""

from collections.abc import Mapping, Sequence
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.cases import ApplicationInfoRequested, ApplicationSupplied
from schemas.codes import MissingCode, PaperCode, SupplementCode, SupplementResult
from schemas.matters import MatterEvent, ReviewPaused, ReviewResumed
from services.mediation.domain.acts import ACCEPTED, MatterState
from services.mediation.domain.aid import REVIEW
from services.mediation.domain.errors import AskedOftenEnough
from services.mediation.domain.matter import Matter
from services.mediation.domain.review import ReviewState
from services.mediation.domain.reviewing import check_may_pause

# The review runs from the receipt, so papers can be missing before anybody has accepted the application.
REVIEWED: Final = (MatterState.DORMANT, MatterState.TO_ACCEPT, *ACCEPTED)
EXPLANATION: Final = MissingCode("explanation")
OTHER: Final = PaperCode("case-papers")
PAPERS: Final[Mapping[MissingCode, PaperCode]] = {
    MissingCode("identity-paper"): PaperCode("identity"),
    MissingCode("application-form"): PaperCode("application-form"),
    MissingCode("signature"): PaperCode("application-form"),
    MissingCode("means-statement"): PaperCode("means-statement"),
    MissingCode("exemption-proof"): PaperCode("exemption-proof"),
    MissingCode("relation-proof"): PaperCode("labour-papers"),
    MissingCode("agent-authority"): PaperCode("agents-authority"),
}
"""What intake misses, as the review calls it; all else belongs to the matter."""


def note_request(matter: Matter, asked: ApplicationInfoRequested, law: Law) -> list[MatterEvent]:
    """The applicants were told what is missing: the review stands still from then (2012 Regulation Art. 13).

    Intake watches the time that they have, so no second clock runs here.
    """
    if not reviews(matter, asked.epoch, ReviewState.OPEN):
        return []
    try:
        check_may_pause(matter, matter.aid.review, law)
    except AskedOftenEnough:
        return []
    code = SupplementCode("statement" if set(asked.missing) == {EXPLANATION} else "papers")
    return [ReviewPaused(**matter.said(asked.at), code=code, missing=papers_of(asked.missing), limit=None)]


def note_reply(matter: Matter, reply: ApplicationSupplied, law: Law) -> list[MatterEvent]:
    """Something came: the review goes on with what there is, and ends as much later."""
    if not reviews(matter, reply.epoch, ReviewState.PAUSED):
        return []
    pauses = matter.aid.review.resumed(reply.at).pauses
    limit = limit_of(REVIEW, matter.facts.received_at, law, pauses)
    result = SupplementResult("partly-supplied" if reply.outstanding else "supplied")
    return [ReviewResumed(**matter.said(reply.at), result=result, limit=limit)]


def reviews(matter: Matter, epoch: int, state: ReviewState) -> bool:
    """Whether the review of that epoch stands there."""
    return epoch == matter.epoch and matter.state in REVIEWED and matter.aid.review.state is state


def papers_of(missing: Sequence[MissingCode]) -> tuple[PaperCode, ...]:
    """Each once."""
    return tuple(dict.fromkeys(PAPERS.get(code, OTHER) for code in missing if code != EXPLANATION))
