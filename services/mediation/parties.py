"""The parties of a case as its papers name them: each applicant, and whom the application is against."""

from collections.abc import Mapping
from typing import Any

from chassis.unit_of_work import UnitOfWork
from schemas.codes import MEMBER_ROLES
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.matter import Matter
from services.mediation.repository import CONTACT, person_name


def applicants(uow: UnitOfWork) -> list[dict[str, Any]]:
    """Each with what a paper says of him. What is not known is filled in by hand."""
    return [applicant(claim, person_of(claim, uow)) for claim in registered_of(uow.all(Claim))]


def applicant(claim: Claim, person: Mapping[str, Any]) -> dict[str, Any]:
    role = MEMBER_ROLES.get(claim.role)
    return {
        **{name: person.get(name) for name in ("name", "id_number", "phone", "address")},
        "role": role.zh if role else claim.role,
        "claim_fen": claim.claim_fen,
        "due_fen": claim.due_fen if claim.due_fen is not None else claim.offered_fen,
        "recovered_fen": claim.recovered_fen,
    }


def opponent(matter: Matter, uow: UnitOfWork) -> dict[str, Any]:
    """Whom it is against, and what happened; of a matter from before mediation was told, the code alone."""
    contact = opened(CONTACT, uow)
    said = {name: contact.get(name) for name in ("employer_name", "employer_place", "project", "narrative")}
    return {**said, "employer_code": matter.facts.employer}


def person_of(claim: Claim, uow: UnitOfWork) -> Mapping[str, Any]:
    """Nothing of a case from before mediation was told who its members are."""
    return opened(person_name(claim.member_id), uow)


def opened(name: str, uow: UnitOfWork) -> Mapping[str, Any]:
    sealed = uow.vault.get(name)
    found = uow.vault.unseal(sealed) if sealed else None
    return found if isinstance(found, Mapping) else {}
