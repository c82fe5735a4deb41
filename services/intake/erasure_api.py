"""Erasing the data of a case: one person asks, another approves, and nobody can read them any more."""

import logging
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import ERASURES, ErasureCode, LegalBasis
from schemas.entered import entered
from schemas.facts import TimeLimit
from schemas.ids import CaseId
from services.intake.api import CLERKS, STAFF
from services.intake.domain import erasing
from services.intake.domain.case import ApplicationState, Case
from services.intake.persons import Body
from services.intake.repository import shred

log = logging.getLogger(__name__)
router: APIRouter = case_router()

PERMISSIONS = {
    "read_retention": STAFF,
    "request_erasure": CLERKS | {"director"},
    "approve_erasure": frozenset({"director"}),
}


class ErasureBody(Body):
    """Why the data are to be erased."""

    because: Annotated[ErasureCode, entered(ERASURES)]
    legal_basis: LegalBasis | None = None
    """The article that allows it while they would still be kept."""


class Retention(BaseModel):
    """How long the data of a case are kept, and whether somebody asked for them to be erased."""

    ended_at: datetime | None
    limit: TimeLimit | None
    requested: ErasureCode | None
    erased: bool


@router.get("/cases/{case_id}/erasure")
async def read_retention(case_id: CaseId, uow: Uow) -> Retention:
    """Until when the data of the case are kept."""
    return retention_of(uow.get(Case, case_id), law_of(uow.get(Case, case_id), uow))


@router.post("/cases/{case_id}/erasure", status_code=201)
async def request_erasure(case_id: CaseId, body: ErasureBody, who: Who, uow: Uow) -> Retention:
    """Ask for the data of a case to be erased; somebody else must approve it."""
    case = uow.expect(Case, case_id)
    law = law_of(case, uow)
    said = erasing.request(
        case, body.because, body.legal_basis, law, by=who.agency, person=who.sub, at=uow.now
    )
    return retention_of(uow.emit(case, said, legal_basis=body.legal_basis), law)


@router.post("/cases/{case_id}/erasure/approval", status_code=201)
async def approve_erasure(case_id: CaseId, who: Who, uow: Uow) -> Retention:
    """Erase the data of a case: its key everywhere in the province, the vaults' rows, its documents."""
    case = uow.expect(Case, case_id)
    said = erasing.approve(case, by=who.agency, person=who.sub, at=uow.now)
    asked = case.erasure
    assert asked is not None
    erased = uow.emit(case, said, legal_basis=asked.legal_basis or "PIPL-47")
    uow.say(uow.vault.erase(asked.because, uow.now))
    shred(uow)
    log.warning("case_erased", extra={"case_id": case_id, "actor": who.sub, "agency": who.agency})
    return retention_of(erased, law_of(case, uow))


def law_of(case: Case, uow: Uow) -> Law:
    return law_for(case.facts, uow.province, uow.use(Law))


def retention_of(case: Case, law: Law) -> Retention:
    return Retention(
        ended_at=case.ended_at,
        limit=erasing.kept_until(case.ended_at, law) if case.ended_at else None,
        requested=case.erasure.because if case.erasure else None,
        erased=case.state is ApplicationState.ERASED,
    )
