"""How an agreement is kept: each member of a group consents, and what comes in pays for instalments."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from chassis.http import Uow, Who, case_router
from chassis.unit_of_work import UnitOfWork
from schemas.ids import CaseId, MemberId
from schemas.matters import AgreementConsented
from services.mediation.api import HELPERS, Command, act
from services.mediation.domain import performing
from services.mediation.domain.acts import Act
from services.mediation.domain.agreement import BY_AGREEMENT
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {"consent_to_agreement": HELPERS}

Consenting = Annotated[tuple[MemberId, ...], Field(max_length=100_000)]


class ConsentBody(Command):
    """The members who consent."""

    members: Annotated[Consenting, Field(min_length=1)]


@router.post("/cases/{case_id}/agreement/consents", status_code=201)
async def consent_to_agreement(case_id: CaseId, body: ConsentBody, who: Who, uow: Uow) -> Matter:
    """Record that members of a group consent: the agreement binds them, and nobody else."""
    matter = uow.expect(Matter, case_id)
    return note_payments(bind(matter, act(body, who, uow), body.members, uow), uow)


def bind(matter: Matter, by: Act, members: Sequence[MemberId], uow: UnitOfWork) -> Matter:
    """Say each consent, and fix on each claim what its member is due by it."""
    consented = performing.consent(matter, by, uow.all(Claim), members)
    bound = uow.emit(matter, consented, legal_basis="CPL-56")
    for said in consented:
        assert isinstance(said, AgreementConsented)
        claim = uow.get(Claim, said.member_id)
        uow.emit(claim, claim.determine(said.amount_fen, BY_AGREEMENT, epoch=matter.epoch, at=uow.now))
    return bound


def note_payments(matter: Matter, uow: UnitOfWork) -> Matter:
    """Say which instalments are covered by what has come in."""
    return uow.emit(matter, performing.note_payments(matter, uow.all(Claim), at=uow.now))
