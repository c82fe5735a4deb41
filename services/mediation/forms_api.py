"""Papers that an owner prints: what is missing, its decisions, the assignment, agreement and evaluation."""

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
    LEGAL_BASES,
    MEANS_BASES,
    OUTCOMES,
    REFUSALS,
    LegalBasis,
)
from schemas.facts import CaseFacts
from schemas.ids import AgencyId, CaseId, Pseudonym, Wording
from schemas.words import in_words
from services.mediation.api import OFFICE
from services.mediation.domain.acts import MatterState
from services.mediation.domain.bureaus import bureau_over
from services.mediation.domain.claim import Claim, sums_of
from services.mediation.domain.errors import NoAgreement, NoAssignment, OutOfTurn
from services.mediation.domain.limitation import first_end
from services.mediation.domain.matter import Matter
from services.mediation.domain.review import ReviewState
from services.mediation.parties import applicants, opponent
from services.mediation.repository import helper_name, last_paper
from services.mediation.supplement_form import one_time_notice

log = logging.getLogger(__name__)
router = case_router()

PERMISSIONS = {"print_form": OFFICE}

FormName = Literal[
    "one-time-notice",
    "acceptance-decision",
    "refusal-decision",
    "assignment-letter",
    "mediation-agreement",
    "evaluation-form",
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
    people = applicants(uow)
    return {
        **opponent(matter, uow),
        "applicants": people,
        "number": facts.number,
        "received_at": facts.received_at,
        "case_type": in_words(CaseFacts, "case_type", facts.case_type, "zh"),
        "members": facts.members,
        "claim_fen": facts.claim_fen,
        "agency": called_agency(matter.agency, uow),
        "names": "、".join(person["name"] for person in people if person["name"]),
        "printed_at": uow.now,
    }


def acceptance_decision(matter: Matter, _: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises OutOfTurn where no aid is granted."""
    if not matter.aid.grants:
        raise OutOfTurn(case_id=matter.case_id, found=matter.state, expected=ReviewState.GRANTED)
    return {
        "decided_at": decided_at(matter),
        "grants": [
            {
                "stage": worded(grant.stage, AID_STAGES),
                "means": worded(grant.means, MEANS_BASES),
                "legal_basis": grant.legal_basis and worded(grant.legal_basis, LEGAL_BASES),
                "granted_at": grant.granted_at,
            }
            for grant in matter.aid.grants
        ],
    }


def refusal_decision(matter: Matter, _: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises OutOfTurn where aid is not refused."""
    if matter.state is not MatterState.REFUSED:
        raise OutOfTurn(case_id=matter.case_id, found=matter.state, expected=MatterState.REFUSED)
    review, bureau = matter.aid.review, bureau_over(matter.agency, uow.use(Agencies).seats)
    return {
        "decided_at": decided_at(matter),
        "reasons": last_paper("refusal", uow),
        "code": review.refused_for and worded(review.refused_for, REFUSALS),
        "refused_by": review.refused_by and worded(review.refused_by, LEGAL_BASES),
        "bureau": bureau and called_agency(bureau, uow),
    }


def assignment_letter(matter: Matter, number: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises NoAssignment."""
    assignments = matter.aid.assignments
    if number > len(assignments) or assignments[number - 1].ended:
        raise NoAssignment(found=number, expected="made, and not replaced")
    found = assignments[number - 1]
    return {
        "organisation": called_agency(found.organisation, uow),
        "assignee": called_helper(found.assignee, uow),
        "role": worded(found.role, ASSIGNEE_ROLES),
        "stage": worded(found.stage, AID_STAGES),
        "assigned_at": found.made_at,
        "engage_by": found.engage_by,
        "runs_out_at": first.limit.due_at if (first := first_end(matter.clocks)) else None,
    }


def mediation_agreement(matter: Matter, _: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises NoAgreement."""
    agreement = matter.agreement
    if agreement is None or matter.mediation is None:
        raise NoAgreement(case_id=matter.case_id)
    return {
        "committee": called_agency(matter.mediation.committee, uow),
        "agreed_at": agreement.agreed_at,
        "agreed_fen": agreement.agreed_fen,
        "instalments": agreement.instalments,
        "terms": last_paper("agreement", uow),
        "mediator": matter.mediation.mediator and called_helper(matter.mediation.mediator, uow),
        "partners": "、".join(called_agency(each, uow) for each in matter.mediation.partners),
        "by_consent": agreement.by_consent,
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
        "satisfaction": matter.satisfaction and f"{matter.satisfaction}分（满分5分）",
        "decided_at": decided_at(matter),
        "concluded_at": matter.concluded_at,
        "assignments": [
            {
                "assignee": called_helper(each.assignee, uow),
                "role": worded(each.role, ASSIGNEE_ROLES),
                "organisation": called_agency(each.organisation, uow),
                "stage": worded(each.stage, AID_STAGES),
                "assigned_at": each.made_at,
                "ended": each.ended,
            }
            for each in matter.aid.assignments
        ],
        "claim_fen": sums.claimed_fen,
        "due_fen": sums.due_fen,
        "recovered_fen": sums.recovered_fen,
    }


FORMS: Final[Mapping[FormName, tuple[str, Callable[[Matter, int, UnitOfWork], dict[str, Any]]]]] = {
    "one-time-notice": ("补充材料一次性告知书", one_time_notice),
    "acceptance-decision": ("给予法律援助决定书", acceptance_decision),
    "refusal-decision": ("不予法律援助决定书", refusal_decision),
    "assignment-letter": ("法律援助指派通知书", assignment_letter),
    "mediation-agreement": ("调解协议书", mediation_agreement),
    "evaluation-form": ("法律援助案件质量评估表", evaluation_form),
}


def decided_at(matter: Matter) -> Any:
    """When the review ended, which the decision ends."""
    return next((clock.ended_at for clock in matter.clocks if clock.name == REVIEW_BY), None)


def called_helper(helper: Pseudonym, uow: UnitOfWork) -> str:
    """By name, if it was said; else as the agency calls him elsewhere."""
    sealed = uow.vault.get(helper_name(helper))
    return str(uow.vault.unseal(sealed)) if sealed else helper


def worded(code: str, known: Mapping[str, Wording]) -> str:
    called = known.get(code)
    return called.zh if called else code


def called_agency(agency: AgencyId, uow: UnitOfWork) -> str:
    called = uow.use(Agencies).names.get(agency)
    return called.zh if called else agency
