"""Keeps the data of a case as long as they must be kept, and lets two people together erase them."""

from datetime import datetime
from typing import Final

from law.book import Law
from law.deadlines import SHANGHAI, day_of
from law.limits import limit_of
from schemas.cases import CaseErased, CaseEvent, ErasureRequested, RetentionStarted
from schemas.codes import ErasureCode, LegalBasis
from schemas.facts import TimeLimit
from schemas.ids import AgencyId, Pseudonym, RuleId
from schemas.matters import MatterArchived
from services.intake.domain.case import ApplicationState, Case
from services.intake.domain.errors import (
    ErasedAlready,
    NothingToApprove,
    NotTheOwner,
    RetentionRuns,
    SamePerson,
    StillRuns,
)

KEEP_FILES: Final = RuleId("keep-files")


def kept_until(ended_at: datetime, law: Law) -> TimeLimit:
    """Archives count from the year after: the last day of this one is the start."""
    year_end = datetime(day_of(ended_at).year, 12, 31, 12, tzinfo=SHANGHAI)
    return limit_of(KEEP_FILES, year_end, law)


def retain(case: Case, archived: MatterArchived, law: Law, *, at: datetime) -> list[CaseEvent]:
    """The file is archived. A reaction: of an earlier epoch, or of a case that has ended, nothing is said."""
    if case.ended_at is not None or archived.epoch != case.epoch:
        return []
    limit = kept_until(archived.at, law)
    return [RetentionStarted(case_id=case.case_id, at=at, archived_at=archived.at, limit=limit)]


def request(
    case: Case,
    because: ErasureCode,
    legal_basis: LegalBasis | None,
    law: Law,
    *,
    by: AgencyId | None,
    person: Pseudonym,
    at: datetime,
) -> list[CaseEvent]:
    """Ask that its data be erased. A later request stands for an earlier one.

    Raises:
        NotTheOwner: if the case is another agency's.
        ErasedAlready, StillRuns: if there is nothing left, or the work goes on.
        RetentionRuns: if its data must still be kept, and no article is named that says otherwise.
    """
    check_erasable(case, by=by)
    assert case.ended_at is not None
    limit = kept_until(case.ended_at, law)
    early = at <= limit.due_at
    if early and legal_basis is None:
        raise RetentionRuns(number=case.facts.number, until=limit.due_at, rule=limit.rule)
    return [
        ErasureRequested(
            case_id=case.case_id,
            at=at,
            agency=case.agency,
            because=because,
            requested_by=person,
            limit=limit,
            legal_basis=legal_basis if early else None,
        )
    ]


def approve(case: Case, *, by: AgencyId | None, person: Pseudonym, at: datetime) -> list[CaseEvent]:
    """Erase its data, as somebody else asked.

    Raises:
        NotTheOwner, ErasedAlready, StillRuns: as for a request.
        NothingToApprove: if nobody asked.
        SamePerson: if whoever asked approves it himself.
    """
    check_erasable(case, by=by)
    asked = case.erasure
    if asked is None:
        raise NothingToApprove(number=case.facts.number)
    if asked.requested_by == person:
        raise SamePerson(number=case.facts.number)
    return [
        CaseErased(
            case_id=case.case_id,
            at=at,
            agency=case.agency,
            because=asked.because,
            requested_by=asked.requested_by,
            approved_by=person,
        )
    ]


def check_erasable(case: Case, *, by: AgencyId | None) -> None:
    if by != case.agency:
        raise NotTheOwner(number=case.facts.number, expected=case.agency, found=by or "nobody")
    if case.state is ApplicationState.ERASED:
        raise ErasedAlready(number=case.facts.number)
    if case.ended_at is None:
        raise StillRuns(number=case.facts.number)
