"""How what is owed is enforced, and which ways are open to the workers now."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import ENFORCEMENT_TITLES, ROUND_ENDS, EnforcementTitle, RoundEnd
from schemas.entered import entered
from schemas.fields import UtcTime
from schemas.ids import AgencyId, CaseId
from schemas.matters import Remedy
from services.mediation.api import HELPERS, STAFF, Command, act
from services.mediation.domain import enforcing
from services.mediation.domain.claim import Claim
from services.mediation.domain.keys import title_key
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import open_ways
from services.mediation.saying import say

router = case_router()

PERMISSIONS = {
    "list_open_ways": STAFF,
    "apply_for_enforcement": HELPERS,
    "record_end_of_round": HELPERS,
    "resume_enforcement": HELPERS,
}


class EnforcementBody(Command):
    """Which court is asked, and what is enforced."""

    court: AgencyId
    title: Annotated[EnforcementTitle, entered(ENFORCEMENT_TITLES)]
    last_day: UtcTime | None = None
    """The last day of performance, if the title fixes one."""
    unaided: bool = False
    """Whether the workers apply for themselves, without aid for the enforcement."""
    part: Annotated[int, Field(ge=1, le=64)] | None = None
    """Of a partial award, which, from 1; the first if it is not said."""
    suit: Annotated[int, Field(ge=1, le=10_000)] | None = None
    """Of a judgment, by which suit it was given, from 1; the first if it is not said."""


class Which(BaseModel):
    """Which enforcement it is, if not the last."""

    title: Annotated[EnforcementTitle, entered(ENFORCEMENT_TITLES)] | None = None
    part: Annotated[int, Field(ge=1, le=64)] | None = None
    suit: Annotated[int, Field(ge=1, le=10_000)] | None = None

    @property
    def key(self) -> str | None:
        return title_key(self.title, self.part, self.suit) if self.title else None


class RoundBody(Command, Which):
    """Why the court ends this round."""

    because: Annotated[RoundEnd, entered(ROUND_ENDS)]


class ResumptionBody(Command, Which):
    """Which enforcement goes on, if not the last."""


@router.get("/cases/{case_id}/open-ways")
async def list_open_ways(case_id: CaseId, uow: Uow) -> Sequence[Remedy]:
    """The ways that are open to the workers now, each with its article."""
    return open_ways(uow.get(Matter, case_id))


@router.post("/cases/{case_id}/enforcement", status_code=201)
async def apply_for_enforcement(case_id: CaseId, body: EnforcementBody, who: Who, uow: Uow) -> Matter:
    """Apply for enforcement, within two years from the last day of performance."""
    matter = uow.expect(Matter, case_id)
    applied = enforcing.apply(
        matter,
        act(body, who, uow),
        uow.all(Claim),
        body.court,
        body.title,
        last_day=body.last_day,
        unaided=body.unaided,
        part=body.part,
        suit=body.suit,
        law=law_for(matter.facts, uow.province, uow.use(Law)),
    )
    return say(matter, applied, uow, legal_basis="CPL-250")


@router.post("/cases/{case_id}/enforcement/end-of-round", status_code=201)
async def record_end_of_round(case_id: CaseId, body: RoundBody, who: Who, uow: Uow) -> Matter:
    """Record that the court ends this round; recovery goes on beside it."""
    matter = uow.expect(Matter, case_id)
    ended = enforcing.end_round(matter, act(body, who, uow), body.because, uow.all(Claim), body.key)
    return uow.emit(matter, ended)


@router.post("/cases/{case_id}/enforcement/resumption", status_code=201)
async def resume_enforcement(case_id: CaseId, body: ResumptionBody, who: Who, uow: Uow) -> Matter:
    """Record that the enforcement goes on, as assets were found."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    return uow.emit(matter, enforcing.resume(matter, act(body, who, uow), law, body.key))
