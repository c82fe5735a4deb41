"""Asks, once, for what a file lacks, takes what comes, and ends an application to which nothing came."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.cases import (
    ApplicationDeemedWithdrawn,
    ApplicationInfoRequested,
    ApplicationSupplied,
    CaseEvent,
)
from schemas.codes import MissingCode, WithdrawalCode
from schemas.fields import Sealed
from schemas.ids import AgencyId, RuleId
from services.intake.domain.case import ApplicationState, Case
from services.intake.domain.errors import AskedAlready, NothingAsked, NotMissing

SUPPLEMENT: Final = RuleId("supplement")


def request(
    case: Case,
    missing: Sequence[MissingCode],
    note: Sealed | None,
    law: Law,
    *,
    by: AgencyId | None,
    epoch: int,
    at: datetime,
) -> list[CaseEvent]:
    """Tell the applicants of all that is missing. Raises AskedAlready, NotHere, StaleEpoch, NotTheOwner."""
    case.check_owner(by=by, epoch=epoch)
    if case.supplement:
        raise AskedAlready(
            number=case.facts.number,
            at=case.supplement.requested_at,
            rule=case.supplement.limit.rule,
        )
    return [
        ApplicationInfoRequested(
            case_id=case.case_id,
            at=at,
            agency=case.agency,
            epoch=case.epoch,
            missing=tuple(missing),
            note=note,
            limit=limit_of(SUPPLEMENT, at, law),
        )
    ]


def supply(
    case: Case,
    supplied: Sequence[MissingCode],
    note: Sealed | None,
    *,
    by: AgencyId | None,
    epoch: int,
    at: datetime,
) -> list[CaseEvent]:
    """Take what came of it. Raises NothingAsked, NotMissing, NotHere, StaleEpoch, NotTheOwner."""
    case.check_owner(by=by, epoch=epoch)
    if case.supplement is None:
        raise NothingAsked(number=case.facts.number)
    outstanding = case.supplement.outstanding
    if strange := [code for code in supplied if code not in outstanding]:
        raise NotMissing(
            number=case.facts.number,
            found=", ".join(strange),
            expected=", ".join(outstanding) or "nothing more",
        )
    return [
        ApplicationSupplied(
            case_id=case.case_id,
            at=at,
            agency=case.agency,
            epoch=case.epoch,
            supplied=tuple(supplied),
            outstanding=tuple(code for code in outstanding if code not in supplied),
            note=note,
        )
    ]


def deem_withdrawn(case: Case, *, at: datetime) -> list[CaseEvent]:
    """The time passed and nobody replied. A reaction: none where somebody did, or the case went."""
    if case.state is not ApplicationState.INFO_REQUESTED or case.supplement is None:
        return []
    return [
        ApplicationDeemedWithdrawn(
            case_id=case.case_id,
            at=at,
            agency=case.agency,
            epoch=case.epoch,
            because=WithdrawalCode("not-supplied"),
            outstanding=case.supplement.outstanding,
            limit=case.supplement.limit,
        )
    ]
