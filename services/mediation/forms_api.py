"""Papers that an owner prints: its decisions, the letter of assignment, the agreement, the evaluation."""

import logging
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

from fastapi import Query, Response

from chassis.agencies import Agencies
from chassis.http import Uow, Who, case_router
from chassis.printing import Forms, Printed, answer_with
from chassis.unit_of_work import UnitOfWork
from schemas.codes import (
    AID_STAGES,
    ASSIGNEE_ROLES,
    EVALUATION_GRADES,
    MEANS_BASES,
    OUTCOMES,
    LegalBasis,
)
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, CaseId, Wording
from schemas.words import in_words
from services.mediation.api import OFFICE
from services.mediation.domain.acts import MatterState
from services.mediation.domain.claim import Claim, registered_of, sums_of
from services.mediation.domain.errors import NoAgreement, NoAssignment, OutOfTurn
from services.mediation.domain.matter import Matter
from services.mediation.domain.review import ReviewState
from services.mediation.repository import person_name

log = logging.getLogger(__name__)
router = case_router()

PERMISSIONS = {"print_form": OFFICE}

FormName = Literal[
    "acceptance-decision", "refusal-decision", "assignment-letter", "mediation-agreement", "evaluation-form"
]
REVIEW_BY: Final = "review_by"


@router.get("/cases/{case_id}/forms/{form}")
async def print_form(
    case_id: CaseId,
    form: FormName,
    legal_basis: LegalBasis,
    who: Who,
    uow: Uow,
    printed: Printed = Printed.PDF,
    assignment: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Response:
    """A paper, filled from the case. Who printed it, on which legal basis, is logged; whom it names is not.

    `assignment` says of a letter which assignment it is about, from 1.
    """
    matter = uow.get(Matter, case_id)
    title, fill = FORMS[form]
    filled = {**common(matter, uow), **fill(matter, assignment, uow)}
    said = {"case_id": case_id, "form": form, "legal_basis": legal_basis}
    log.info("form_printed", extra={**said, "actor": who.sub, "agency": who.agency})
    forms = uow.use(Forms)
    return await answer_with(title, forms.filled(form, **filled), printed, forms)


def common(matter: Matter, uow: UnitOfWork) -> dict[str, Any]:
    """What every paper of a case says."""
    facts = matter.facts
    names = [name_of(claim, uow) for claim in registered_of(uow.all(Claim))]
    return {
        "number": facts.number,
        "received_at": facts.received_at,
        "case_type": in_words(CaseFacts, "case_type", facts.case_type, "zh"),
        "members": facts.members,
        "claim_fen": facts.claim_fen,
        "employer_code": facts.employer,
        "agency": called_agency(matter.agency, uow),
        "names": "、".join(name for name in names if name),
        "printed_at": uow.now,
    }


def acceptance_decision(matter: Matter, _: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises OutOfTurn where no aid is granted."""
    if not matter.aid.grants:
        raise OutOfTurn(case_id=matter.case_id, found=matter.state, expected=ReviewState.GRANTED)
    return {
        "decided_at": decided_at(matter),
        "grants": [
            {"stage": worded(grant.stage, AID_STAGES), "means": worded(grant.means, MEANS_BASES)}
            for grant in matter.aid.grants
        ],
    }


def refusal_decision(matter: Matter, _: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises OutOfTurn where aid is not refused."""
    if matter.state is not MatterState.REFUSED:
        raise OutOfTurn(case_id=matter.case_id, found=matter.state, expected=MatterState.REFUSED)
    return {"decided_at": decided_at(matter), "reasons": last_paper("refusal", uow)}


def assignment_letter(matter: Matter, number: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises NoAssignment."""
    assignments = matter.aid.assignments
    if number > len(assignments) or assignments[number - 1].ended:
        raise NoAssignment(found=number, expected="made, and not replaced")
    found = assignments[number - 1]
    return {
        "organisation": called_agency(found.organisation, uow),
        "assignee": found.assignee,
        "role": worded(found.role, ASSIGNEE_ROLES),
        "stage": worded(found.stage, AID_STAGES),
    }


def mediation_agreement(matter: Matter, _: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises NoAgreement."""
    agreement = matter.agreement
    if agreement is None or matter.mediation is None:
        raise NoAgreement(case_id=matter.case_id)
    applicants = [
        {"name": name_of(claim, uow), "due_fen": claim.due_fen or claim.offered_fen}
        for claim in registered_of(uow.all(Claim))
    ]
    return {
        "committee": called_agency(matter.mediation.committee, uow),
        "agreed_at": agreement.agreed_at,
        "agreed_fen": agreement.agreed_fen,
        "instalments": agreement.instalments,
        "terms": last_paper("agreement", uow),
        "applicants": applicants,
        "employer_name": None,
    }


def evaluation_form(matter: Matter, _: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises OutOfTurn before the case is concluded."""
    if matter.outcome is None:
        raise OutOfTurn(case_id=matter.case_id, found=matter.state, expected=MatterState.CONCLUDED)
    sums = sums_of(uow.all(Claim))
    return {
        "stages": "、".join(worded(stage, AID_STAGES) for stage in matter.aid.stages),
        "outcome": worded(matter.outcome, OUTCOMES),
        "grade": worded(matter.grade, EVALUATION_GRADES) if matter.grade else None,
        "claim_fen": sums.claimed_fen,
        "due_fen": sums.due_fen,
        "recovered_fen": sums.recovered_fen,
    }


FORMS: Final[Mapping[FormName, tuple[str, Callable[[Matter, int, UnitOfWork], dict[str, Any]]]]] = {
    "acceptance-decision": ("给予法律援助决定书", acceptance_decision),
    "refusal-decision": ("不予法律援助决定书", refusal_decision),
    "assignment-letter": ("法律援助指派通知书", assignment_letter),
    "mediation-agreement": ("调解协议书", mediation_agreement),
    "evaluation-form": ("法律援助案件质量评估表", evaluation_form),
}


def decided_at(matter: Matter) -> Any:
    """When the review ended, which the decision ends."""
    return next((clock.ended_at for clock in matter.clocks if clock.name == REVIEW_BY), None)


def name_of(claim: Claim, uow: UnitOfWork) -> str | None:
    """None of a case from before mediation was told who its members are: that line is filled in by hand."""
    sealed = uow.vault.get(person_name(claim.member_id))
    return uow.vault.unseal(sealed).get("name") if sealed else None


def last_paper(name: str, uow: UnitOfWork) -> Any:
    """The latest of a name: the second one is `name-2`."""
    found = [each for each in uow.vault.names(name) if each == name or each[len(name) + 1 :].isdigit()]
    sealed = uow.vault.get(max(found, key=lambda each: (len(each), each))) if found else None
    return uow.vault.unseal(sealed) if sealed else None


def worded(code: str, known: Mapping[str, Wording]) -> str:
    called = known.get(code)
    return called.zh if called else code


def called_agency(agency: AgencyId, uow: UnitOfWork) -> str:
    called = uow.use(Agencies).names.get(agency)
    return called.zh if called else agency
