"""Hearings before an arbitration commission: set, postponed, held."""

from typing import Annotated

from pydantic import Field

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import DISPUTANTS, POSTPONEMENT_GROUNDS, Disputant, PostponementGround
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import CaseId
from services.mediation.api import HELPERS, Command, act, keep
from services.mediation.domain import hearing
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "set_hearing": HELPERS,
    "ask_for_postponement": HELPERS,
    "record_postponement": HELPERS,
    "record_postponement_refusal": HELPERS,
    "record_hearing": HELPERS,
}


class HearingBody(Command):
    """When and where the hearing is, and when the workers were told."""

    hearing_at: UtcTime
    noticed_at: UtcTime | None = None
    """Now if it is not said."""
    place: Annotated[str, Field(min_length=1, max_length=400)] | None = None
    """The room, the address, how to join from afar: the workers are told."""


class PostponementBody(Command):
    """Who asks that it be postponed, and why."""

    by: Annotated[Disputant, entered(DISPUTANTS)]
    because: Annotated[PostponementGround, entered(POSTPONEMENT_GROUNDS)]


class HeldBody(Command):
    """Which side did not come, if one did not."""

    absent: Annotated[Disputant, entered(DISPUTANTS)] | None = None


@router.post("/cases/{case_id}/arbitration/hearing", status_code=201)
async def set_hearing(case_id: CaseId, body: HearingBody, who: Who, uow: Uow) -> Matter:
    """Record the day of a hearing, and whether the workers were told of it in time."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    noticed_at = body.noticed_at or uow.now
    said = hearing.set_day(
        matter,
        act(body, who, uow),
        body.hearing_at,
        noticed_at=noticed_at,
        law=law,
        place=keep("hearing-place", body.place, uow),
    )
    return uow.emit(matter, said, legal_basis="LDMAL-35")


@router.post("/cases/{case_id}/arbitration/hearing/postponement", status_code=201)
async def ask_for_postponement(case_id: CaseId, body: PostponementBody, who: Who, uow: Uow) -> Matter:
    """Record that a party asks for another day."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    asked = hearing.ask_for_another(matter, act(body, who, uow), body.by, body.because, law)
    return uow.emit(matter, asked, legal_basis="LDMAL-35")


@router.post("/cases/{case_id}/arbitration/hearing/postponement/grant", status_code=201)
async def record_postponement(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Record that the commission postpones it."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, hearing.postpone(matter, act(body, who, uow)), legal_basis="LDMAL-35")


@router.post("/cases/{case_id}/arbitration/hearing/postponement/refusal", status_code=201)
async def record_postponement_refusal(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Record that the commission does not postpone it."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, hearing.keep_day(matter, act(body, who, uow)), legal_basis="LDMAL-35")


@router.post("/cases/{case_id}/arbitration/hearing/record", status_code=201)
async def record_hearing(case_id: CaseId, body: HeldBody, who: Who, uow: Uow) -> Matter:
    """Record that the hearing took place."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, hearing.hold(matter, act(body, who, uow), body.absent), legal_basis="LDMAL-36")
