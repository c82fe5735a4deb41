"""How aid ends before its time, and how the applicants object to that or to a refusal."""

from typing import Annotated

from chassis.agencies import Agencies
from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import OBJECTION_RESULTS, TERMINATIONS, LegalBasis, ObjectionResult, TerminationCode
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId
from services.mediation.api import BUREAU, OFFICE, Command, Prose, act, keep, seal
from services.mediation.domain import objecting, terminating
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "terminate_aid": OFFICE,
    "file_objection": OFFICE | BUREAU,
    "decide_objection": BUREAU,
}


class TerminationBody(Command):
    """Why aid ends. The reasons go to the applicants, with the way to object."""

    code: Annotated[TerminationCode, entered(TERMINATIONS)]
    legal_basis: LegalBasis = LegalBasis("LAL-48")
    reasons: Prose


class ObjectionBody(Command):
    """To whom the applicants objected, and when it was received there."""

    bureau: AgencyId
    received_at: UtcTime | None = None
    """Now if it is not said."""
    grounds: Prose | None = None


class ObjectionDecisionBody(Command):
    """What the justice bureau decides."""

    result: Annotated[ObjectionResult, entered(OBJECTION_RESULTS)]
    reasons: Prose


@router.post("/cases/{case_id}/termination", status_code=201)
async def terminate_aid(case_id: CaseId, body: TerminationBody, who: Who, uow: Uow) -> Matter:
    """Terminate aid; the applicants may object, and money that is owed is still recorded."""
    matter = uow.expect(Matter, case_id)
    reasons = seal("termination", body.reasons, uow)
    ended = terminating.terminate(matter, act(body, who, uow), body.code, body.legal_basis, reasons)
    return uow.emit(matter, ended, legal_basis=body.legal_basis)


@router.post("/cases/{case_id}/objection", status_code=201)
async def file_objection(case_id: CaseId, body: ObjectionBody, who: Who, uow: Uow) -> Matter:
    """Enter that the applicants object to the refusal or the termination."""
    matter = uow.expect(Matter, case_id)
    filed = objecting.file(
        matter,
        act(body, who, uow),
        body.bureau,
        received_at=body.received_at or uow.now,
        grounds=keep("objection", body.grounds, uow),
        seats=uow.use(Agencies).seats,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    return uow.emit(matter, filed, legal_basis="LAL-49")


@router.post("/cases/{case_id}/objection/decision", status_code=201)
async def decide_objection(case_id: CaseId, body: ObjectionDecisionBody, who: Who, uow: Uow) -> Matter:
    """Decide on an objection, as the justice bureau over the agency that decided before."""
    matter = uow.expect(Matter, case_id)
    reasons = seal("objection-decision", body.reasons, uow)
    seats = uow.use(Agencies).seats
    decided = objecting.decide(matter, act(body, who, uow), body.result, reasons, seats)
    return uow.emit(matter, decided, legal_basis="LAL-49")
