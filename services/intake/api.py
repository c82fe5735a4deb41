"""What anybody with a part in a case sees of who applies, and who may do what in common."""

import logging
from collections.abc import Sequence
from typing import Any

from chassis.errors import NotFound
from chassis.http import Uow, Who, case_router
from schemas.codes import LegalBasis
from schemas.ids import CaseId, MemberId
from services.intake.domain.case import Case
from services.intake.domain.member import Member
from services.intake.repository import vault_name

log = logging.getLogger(__name__)
router = case_router()

CLERKS = frozenset({"intake_clerk", "hotline_clerk", "caseworker"})
STAFF = CLERKS | {"receiver", "sender", "lawyer", "mediator", "director", "operator"}

PERMISSIONS = {
    "list_members": STAFF,
    "open_person": CLERKS | {"lawyer", "mediator", "director"},
}


@router.get("/cases/{case_id}/members")
async def list_members(case_id: CaseId, uow: Uow) -> Sequence[Member]:
    """Who applies, by pseudonym."""
    uow.get(Case, case_id)
    return uow.all(Member)


@router.get("/cases/{case_id}/members/{member_id}/person")
async def open_person(
    case_id: CaseId, member_id: MemberId, legal_basis: LegalBasis, who: Who, uow: Uow
) -> dict[str, Any]:
    """The person behind a member. Who looked, and on which legal basis, is logged; what he saw is not."""
    uow.get(Member, member_id)
    uow.vault.check_readable()
    sealed = uow.vault.get(vault_name(member_id))
    if sealed is None:
        raise NotFound(kind="Person", id=member_id)
    person: dict[str, Any] = uow.vault.unseal(sealed)
    log.info(
        "person_opened",
        extra={
            "case_id": case_id,
            "member_id": member_id,
            "legal_basis": legal_basis,
            "actor": who.sub,
            "agency": who.agency,
        },
    )
    return person
