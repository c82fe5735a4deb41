"""Applying, and wanting aid no longer."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Annotated

from fastapi import Response
from pydantic import BaseModel

from chassis.auth import Caller, NotPermitted
from chassis.http import MyTurn, Uow, Who, case_router
from chassis.rounds import Turn
from chassis.unit_of_work import UnitOfWork
from law.deadlines import day_of
from schemas.codes import WITHDRAWALS, WithdrawalCode
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, CaseNumber, Epoch
from services.intake import repository
from services.intake.api import CLERKS
from services.intake.applications import ApplicationBody
from services.intake.domain.capacity import FOR_A_MINOR, needs_agent
from services.intake.domain.case import Case
from services.intake.domain.errors import NeedsAnAgent, NobodyTakesItIn, NotTheIssuer
from services.intake.domain.linking import link
from services.intake.opponents import employer_key
from services.intake.persons import Body, MemberBody
from services.intake.repository import Found, HandedIn, Matter
from services.intake.taking_in import contact_of, pseudonym_of, raise_alerts, take_in

router = case_router()

PERMISSIONS = {
    "submit_application": CLERKS | {"applicant", "partner"},
    "withdraw_application": CLERKS | {"director"},
}


class WithdrawalBody(Body):
    """Why an application is withdrawn."""

    because: Annotated[WithdrawalCode, entered(WITHDRAWALS)]
    epoch: Epoch


class Receipt(BaseModel):
    """What the applicant takes home: the number can be read out over the phone."""

    case_id: CaseId
    number: CaseNumber
    repeated: bool = False
    """Whether the case was there already."""


@router.post("/applications", status_code=201)
async def submit_application(
    body: ApplicationBody, who: Who, uow: Uow, turn: MyTurn, response: Response
) -> Receipt:
    """Take an application in. One that repeats another is answered with the case that exists, and 200."""
    return await submit(body, who, uow, turn, response)


@router.post("/cases/{case_id}/withdrawal", status_code=201)
async def withdraw_application(case_id: CaseId, body: WithdrawalBody, who: Who, uow: Uow) -> Case:
    """The applicants no longer want aid."""
    case = uow.expect(Case, case_id)
    return uow.emit(case, case.withdraw(body.because, by=who.agency, epoch=body.epoch, at=uow.now))


# --- Submitting, step by step ------------------------------------------------------------------------------


async def submit(
    body: ApplicationBody,
    who: Caller,
    uow: UnitOfWork,
    turn: Turn,
    response: Response,
    *,
    consulted_at: datetime | None = None,
) -> Receipt:
    """Take an application in, unless it repeats another. Raises NobodyTakesItIn, NotTheIssuer."""
    partner = partner_of(who)
    # A partner agency hands a case in; it never owns one.
    agency = body.agency if partner else who.agency or body.agency
    if agency is None:
        raise NobodyTakesItIn
    if case := uow.find(Case, uow.case_id):
        return repeated(Found(case_id=case.case_id, number=case.facts.number), response)
    if partner:
        check_issuers(body, partner)
    check_capacity(body.members, day_of(uow.now))
    workers = tuple(pseudonym_of(member, uow) for member in body.members)
    contact = contact_of(body, uow)
    matter = Matter(
        province=uow.province,
        worker=pseudonym_of(body.worker, uow) if body.worker else workers[0],
        members=frozenset(workers),
        employer=employer_key(body.employer.code, contact, uow),
        case_type=body.case_type,
        at=uow.now,
    )
    numbers = tuple(ref.number for ref in body.external_refs) if partner else ()
    # All names in one go: two who wait for one another's would never get past.
    await turn.guard({*workers, matter.worker, *(f"{partner} {number}" for number in numbers)})
    if numbers and partner:
        handed_in = HandedIn(uow.province, partner, numbers)
        if found := await turn.ask(repository.find_handed_in, handed_in):
            return repeated(found, response)
    same = await turn.ask(repository.find_repeated, matter)
    if isinstance(same, Found):
        return repeated(same, response)
    number = await turn.ask(repository.next_case_numbers, (uow.province, day_of(uow.now).year))
    case = take_in(
        body, number, agency, matter, contact, workers, uow, partner=partner, consulted_at=consulted_at
    )
    if same:
        case = uow.emit(case, link(case, same, at=uow.now))
    await raise_alerts(case, contact, uow, turn)
    return Receipt(case_id=uow.case_id, number=number)


def partner_of(who: Caller) -> AgencyId | None:
    """The partner agency whose platform calls; None for everybody else. Raises NotPermitted."""
    if who.roles & (CLERKS | {"applicant"}):
        return None
    if who.agency is None:
        raise NotPermitted("a partner of no agency", "a partner whose token names its agency")
    return who.agency


def check_issuers(body: ApplicationBody, partner: AgencyId) -> None:
    """Nobody hands in a case under the number of another. Raises NotTheIssuer."""
    for ref in body.external_refs:
        if ref.issuer != partner:
            raise NotTheIssuer(found=ref.issuer, expected=partner)


def check_capacity(members: Sequence[MemberBody], on: date) -> None:
    """Somebody applies for each minor (Legal Aid Law Art. 40). Raises NeedsAnAgent."""
    for place, member in enumerate(members):
        authority = member.agent.authority if member.agent else None
        if needs_agent(member.role, member.born_on, on=on) and authority not in FOR_A_MINOR:
            raise NeedsAnAgent(
                place=place, found=authority or "nobody", expected=", ".join(sorted(FOR_A_MINOR))
            )


def repeated(found: Found, response: Response) -> Receipt:
    response.status_code = 200
    return Receipt(case_id=found.case_id, number=found.number, repeated=True)
