"""What anybody with a part in a case sees of the work on it, and what all that act on it have in common."""

import logging
from collections.abc import Sequence
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from chassis.auth import Caller
from chassis.errors import NotFound
from chassis.http import Uow, Who, case_router
from chassis.unit_of_work import UnitOfWork
from schemas.codes import Determination, LegalBasis
from schemas.fields import Sealed
from schemas.ids import CaseId, Epoch, MemberId, Pseudonym
from services.mediation import repository
from services.mediation.domain.acts import Act
from services.mediation.domain.claim import Claim, registered_of, sums_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import Amounts

log = logging.getLogger(__name__)
router = case_router()

OFFICE = frozenset({"caseworker", "director"})
HELPERS = OFFICE | {"lawyer", "mediator"}
BUREAU = frozenset({"coordinator"})
"""Who decides on objections, at the justice bureau over the owner."""
STAFF = HELPERS | BUREAU | {"intake_clerk", "hotline_clerk", "receiver", "sender", "operator"}

PERMISSIONS = {
    "list_claims": STAFF,
    "read_claim": STAFF,
    "list_papers": HELPERS | BUREAU,
    "open_paper": HELPERS | BUREAU,
}


class Command(BaseModel):
    """A request body. It states the ownership epoch, so that nobody acts on a case that moved meanwhile."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    epoch: Epoch


AmountFen = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000_000_000)]
Prose = Annotated[str, Field(min_length=1, max_length=20_000)]
HelperName = Annotated[str, Field(min_length=1, max_length=64)]
"""What somebody is called who works on the case, as papers show it. It is sealed under the case's key."""


class Claims(BaseModel):
    """The claims of a case, and their sums."""

    items: Sequence[Claim]
    registered: int
    announced: int | None
    """Members that the facts announce; null while no matter is open."""
    claimed_fen: int
    due_fen: int
    recovered_fen: int


@router.get("/cases/{case_id}/claims")
async def list_claims(case_id: CaseId, uow: Uow) -> Claims:
    """Every member's money, and the sums."""
    return claims_of(case_id, uow)


@router.get("/cases/{case_id}/claims/{member_id}")
async def read_claim(case_id: CaseId, member_id: MemberId, uow: Uow) -> Claim:
    """One member's money."""
    return uow.get(Claim, member_id)


@router.get("/cases/{case_id}/papers")
async def list_papers(case_id: CaseId, uow: Uow) -> Sequence[str]:
    """The names of agreements, minutes, receipts and letters of referral of a case."""
    uow.get(Matter, case_id)
    return repository.papers_of(uow)


@router.get("/cases/{case_id}/papers/{name}")
async def open_paper(case_id: CaseId, name: str, legal_basis: LegalBasis, who: Who, uow: Uow) -> Any:
    """One paper. Who looked, and on which legal basis, is logged; what he saw is not."""
    sealed = uow.vault.get(name)
    if sealed is None:
        raise NotFound(kind="Paper", id=name)
    opened = uow.vault.unseal(sealed)
    said = {"case_id": case_id, "paper": name, "legal_basis": legal_basis}
    log.info("paper_opened", extra={**said, "actor": who.sub, "agency": who.agency})
    return opened


def claims_of(case_id: CaseId, uow: UnitOfWork) -> Claims:
    claims = uow.all(Claim)
    matter, sums = uow.find(Matter, case_id), sums_of(claims)
    return Claims(
        items=claims,
        registered=len(registered_of(claims)),
        announced=matter.facts.members if matter else None,
        claimed_fen=sums.claimed_fen,
        due_fen=sums.due_fen,
        recovered_fen=sums.recovered_fen,
    )


# --- What those that act have in common ---------------------------------------------------------------------


def act(body: Command, who: Caller, uow: UnitOfWork) -> Act:
    """Who acts, for which epoch, when."""
    return Act(by=who.agency, epoch=body.epoch, at=uow.now)


def seal(name: str, paper: str, uow: UnitOfWork) -> Sealed:
    """Seal a paper and keep it; the second of a name is `name-2`."""
    sealed = uow.vault.seal(paper)
    repository.keep_paper(name, sealed, uow)
    return sealed


def keep(name: str, paper: str | None, uow: UnitOfWork) -> Sealed | None:
    """The same for a paper that need not be there."""
    return seal(name, paper, uow) if paper else None


def named(helper: Pseudonym | None, name: str | None, uow: UnitOfWork) -> Sealed | None:
    """Seal and keep what a helper is called; who is named again is called so from now on."""
    if helper is None or name is None:
        return None
    sealed = uow.vault.seal(name)
    uow.vault.keep(repository.helper_name(helper), sealed)
    return sealed


def determine(
    amounts: Amounts, by: Determination, epoch: int, uow: UnitOfWork, *, final: bool = False
) -> None:
    """Fix on each claim what its member is due; a claim that nothing is said about stays as it stands."""
    for claim in registered_of(uow.all(Claim)):
        if claim.member_id not in amounts:
            continue
        fixed = claim.determine(amounts[claim.member_id], by, epoch=epoch, at=uow.now, final=final)
        uow.emit(claim, fixed)
