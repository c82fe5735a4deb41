"""Papers that a window prints: the application form, and the notice of all that is missing."""

import logging
from collections.abc import Mapping
from typing import Any, Final, Literal

from fastapi import Response

from chassis.agencies import Agencies
from chassis.http import Uow, Who, case_router
from chassis.printing import Forms, Printed, answer_with
from chassis.unit_of_work import UnitOfWork
from schemas.codes import AGENT_AUTHORITIES, MEMBER_ROLES, LegalBasis
from schemas.facts import CaseFacts
from schemas.ids import PROVINCES, AgencyId, CaseId, Division, MemberId, Province
from schemas.words import in_words
from services.intake.api import CLERKS
from services.intake.domain.case import Case
from services.intake.domain.eligibility import MIGRANTS
from services.intake.domain.errors import NothingAskedHere
from services.intake.domain.member import Member
from services.intake.domain.person import ID_KINDS, born_on, sex_of
from services.intake.domain.priority import NOT_MIGRANT
from services.intake.repository import CONTACT, REQUEST_NOTE, vault_name
from services.intake.supplement_api import missing_view, note_of

log = logging.getLogger(__name__)
router = case_router()

PERMISSIONS = {"print_form": CLERKS | {"director"}}

FormName = Literal["application-form", "one-time-notice"]
TITLES: Final[Mapping[FormName, str]] = {
    "application-form": "法律援助申请表",
    "one-time-notice": "补充材料一次性告知书",
}


@router.get("/cases/{case_id}/forms/{form}")
async def print_form(
    case_id: CaseId,
    form: FormName,
    legal_basis: LegalBasis,
    who: Who,
    uow: Uow,
    printed: Printed = Printed.PDF,
) -> Response:
    """A paper, filled from the case. Who printed it, on which legal basis, is logged, not whom it names."""
    case = uow.get(Case, case_id)
    filled = application_form(case, uow) if form == "application-form" else one_time_notice(case, uow)
    said = {"case_id": case_id, "form": form, "legal_basis": legal_basis}
    log.info("form_printed", extra={**said, "actor": who.sub, "agency": who.agency})
    forms = uow.use(Forms)
    return await answer_with(TITLES[form], forms.filled(form, **filled), printed, forms)


def application_form(case: Case, uow: UnitOfWork) -> dict[str, Any]:
    facts, contact = case.facts, opened(CONTACT, uow)
    return {
        **facts_in_words(facts),
        "applicants": [applicant(member, facts, uow) for member in uow.all(Member)],
        "members": facts.members,
        "claim_fen": facts.claim_fen,
        "employer_code": facts.employer,
        "employer_name": contact.get("employer_name"),
        "employer_place": contact.get("employer_place"),
        "project": contact.get("project"),
        "worker": contact.get("worker"),
        "exempt": facts.worker_class != NOT_MIGRANT and facts.case_type in MIGRANTS,
        "narrative": contact.get("narrative"),
    }


def one_time_notice(case: Case, uow: UnitOfWork) -> dict[str, Any]:
    """Raises NothingAskedHere where nobody was told that anything is missing, or the review told them."""
    supplement = case.supplement
    if supplement is None:
        raise NothingAskedHere(number=case.facts.number, case_id=case.case_id)
    names = [person_of(member.member_id, uow).get("name") for member in uow.all(Member)]
    return {
        **facts_in_words(case.facts),
        "names": "、".join(name for name in names if name),
        "employer_name": opened(CONTACT, uow).get("employer_name"),
        "agency": called_agency(case.agency, uow),
        "missing": [missing_view(code, supplement) for code in supplement.missing],
        "note": note_of(REQUEST_NOTE, uow),
        "due_at": supplement.limit.due_at,
        "provisional": supplement.limit.provisional,
        "requested_at": supplement.requested_at,
        # Here it is known of each paper whether it came; a review of mediation knows it of all together.
        "result": None,
        "part_came": False,
    }


def facts_in_words(facts: CaseFacts) -> dict[str, Any]:
    worded = ("case_type", "worker_class", "channel", "evidence", "relation", "language")
    return {
        "number": facts.number,
        "received_at": facts.received_at,
        **{name: in_words(CaseFacts, name, getattr(facts, name), "zh") for name in worded},
    }


def applicant(member: Member, facts: CaseFacts, uow: UnitOfWork) -> dict[str, Any]:
    """A member as the form names him; what is not known is filled in by hand."""
    person = person_of(member.member_id, uow)
    kind, role = ID_KINDS.get(person.get("id_kind", "")), MEMBER_ROLES.get(member.role)
    return {
        "name": person.get("name"),
        "sex": sex_of(person.get("id_kind", ""), person.get("id_number")),
        "born": born(person),
        "home": in_division(member.home or facts.home),
        "nationality": person.get("nationality") or "中国",
        "guarantor": person.get("guarantor"),
        "id_kind": kind.zh if kind else None,
        "id_number": person.get("id_number"),
        "phone": person.get("phone"),
        "address": person.get("address"),
        "agent": agent_of(person),
        "role": role.zh if role else member.role,
        "claim_fen": member.claim_fen,
    }


def agent_of(person: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Who applies for him, if another does."""
    if (agent := person.get("agent")) is None:
        return None
    authority = AGENT_AUTHORITIES.get(agent.get("authority"))
    said = {name: agent.get(name) for name in ("name", "id_number", "phone")}
    return {**said, "authority": authority.zh if authority else None}


def born(person: Mapping[str, Any]) -> str | None:
    """As his paper's number says, else as he said."""
    day = born_on(person.get("id_kind", ""), person.get("id_number")) or person.get("born")
    return str(day) if day else None


def in_division(code: Division) -> str:
    """The province by name; of what is smaller the code, as no register of names is kept."""
    province = PROVINCES.get(Province(code[:2]))
    return f"{province.zh}（{code}）" if province else code


def person_of(member: MemberId, uow: UnitOfWork) -> Mapping[str, Any]:
    return opened(vault_name(member), uow)


def opened(name: str, uow: UnitOfWork) -> Mapping[str, Any]:
    """What is kept under a name; empty where nothing is."""
    sealed = uow.vault.get(name)
    content: Mapping[str, Any] = uow.vault.unseal(sealed) if sealed else {}
    return content


def called_agency(agency: AgencyId, uow: UnitOfWork) -> str:
    called = uow.use(Agencies).names.get(agency)
    return called.zh if called else agency
