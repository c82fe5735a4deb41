"""Intake's HTTP API: applying, looking at an application, withdrawing it."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import Response
from pydantic import AfterValidator, BaseModel, Field
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NotAStandardNumber

from chassis.auth import Caller, NotPermitted
from chassis.errors import NotFound
from chassis.http import MyTurn, Uow, Who, case_router
from chassis.rounds import Turn
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.deadlines import day_of
from law.limits import law_for
from law.threshold import Threshold, Thresholds
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.codes import (
    CASE_TYPES,
    CHANNELS,
    EVIDENCE,
    LANGUAGES,
    LIMITATION_ACTS,
    RELATIONS,
    WITHDRAWALS,
    WORKER_CLASSES,
    CaseType,
    Channel,
    EvidenceCode,
    Language,
    LegalBasis,
    LimitationActCode,
    Relation,
    WithdrawalCode,
    WorkerClass,
)
from schemas.entered import entered
from schemas.facts import CaseFacts, ExternalNumber, KeyDates, LimitationAct
from schemas.ids import (
    PROVINCES,
    AgencyId,
    CaseId,
    CaseNumber,
    Division,
    EmployerCode,
    Epoch,
    ExternalRef,
    MemberId,
    Pseudonym,
    SiteId,
)
from schemas.past import PastMoney
from services.intake import repository
from services.intake.domain.alerting import Received, alert
from services.intake.domain.capacity import FOR_A_MINOR, needs_agent
from services.intake.domain.case import Case
from services.intake.domain.consultation import taken_over
from services.intake.domain.errors import NeedsAnAgent, NobodyTakesItIn, NotTheIssuer
from services.intake.domain.external import written_number
from services.intake.domain.limitation import first_end
from services.intake.domain.linking import link
from services.intake.domain.member import Member
from services.intake.domain.priority import priority_of
from services.intake.opponents import (
    Question,
    count_before,
    employer_key,
    known_opponents,
    remember_alert,
    remember_opponents,
)
from services.intake.persons import Body, Line, MemberBody, PersonBody
from services.intake.repository import CONSULTED, CONTACT, Found, HandedIn, Matter, vault_name

log = logging.getLogger(__name__)
router = case_router()

CLERKS = frozenset({"intake_clerk", "hotline_clerk", "caseworker"})
STAFF = CLERKS | {"receiver", "sender", "lawyer", "mediator", "director", "operator"}

PERMISSIONS = {
    "submit_application": CLERKS | {"applicant", "partner"},
    "list_members": STAFF,
    "open_person": CLERKS | {"lawyer", "mediator", "director"},
    "withdraw_application": CLERKS | {"director"},
}


# --- What is entered ---------------------------------------------------------------------------------------


def place_of_work(code: str) -> str:
    """A place of work lies in a province that can own the case; which county it is, is not checked."""
    if code[:2] not in PROVINCES or code[:2] == "00":
        raise ValueError("the first two digits name no province")
    return code


def employer_code(code: str) -> str:
    """GB 32100, with its check digit."""
    try:
        return str(uscc.validate(code))
    except NotAStandardNumber:
        raise ValueError("found no unified social credit code; a digit may be wrong") from None


class ContactBody(Body):
    """Who is called, and how, if it is not the first representative or member."""

    name: Line
    phone: Line | None = None
    address: Line | None = None


class EmployerBody(Body):
    """Whom the application is against."""

    code: Annotated[EmployerCode, AfterValidator(employer_code)] | None = None
    """Unified social credit code, if it is known."""
    name: Line | None = None
    place: Line | None = None
    project: Line | None = None
    """The project that they worked on; its subcontractors are employers of their own."""


class ExternalNumberBody(Body):
    """The number under which another authority or platform keeps the same case."""

    issuer: AgencyId
    number: Annotated[ExternalRef, AfterValidator(written_number)]


class KeyDatesBody(Body):
    """The days that time limits run from, as far as they are known."""

    employment_ended_on: date | None = None
    pay_due_on: date | None = None
    known_on: date | None = None
    """When they knew, or should have known, that a right was harmed."""
    injured_on: date | None = None
    award_received_on: date | None = None
    performance_due_on: date | None = None
    """The last day of performance of what can be enforced already."""


class LimitationActBody(Body):
    """What interrupted a time limit, or suspended it."""

    code: Annotated[LimitationActCode, entered(LIMITATION_ACTS)]
    on: date
    until: date | None = None
    """Of what suspends: the day on which it was over."""


class ApplicationBody(Body):
    """An application for legal aid, by one worker or a group."""

    channel: Annotated[Channel, entered(CHANNELS)]
    site: SiteId | None = None
    """The window, station or desk where it was taken in."""
    agency: AgencyId | None = None
    """Who takes it in, where the caller belongs to no agency."""
    home: Division
    work: Annotated[Division, AfterValidator(place_of_work)]
    case_type: Annotated[CaseType, entered(CASE_TYPES)]
    worker_class: Annotated[WorkerClass, entered(WORKER_CLASSES)] = WorkerClass("migrant-worker")
    relation: Annotated[Relation, entered(RELATIONS)] = Relation("unknown")
    employer: EmployerBody = EmployerBody()
    language: Annotated[Language, entered(LANGUAGES)] = Language("zh")
    evidence: Annotated[tuple[Annotated[EvidenceCode, entered(EVIDENCE)], ...], Field(max_length=64)] = ()
    narrative: Annotated[str, Field(max_length=20_000)] = ""
    """What happened, in their words; sealed."""
    limitation_on: date | None = None
    """The day on which the first time limit expires, if they know it; `dates` are counted as well."""
    dates: KeyDatesBody | None = None
    """The days that time limits run from."""
    acts: Annotated[tuple[LimitationActBody, ...], Field(max_length=32)] = ()
    """What interrupted or suspended these: claims, promises, what kept them from acting."""
    priority_by_policy: bool = False
    """The centre takes it first though the law does not say so."""
    members: Annotated[tuple[MemberBody, ...], Field(min_length=1, max_length=1000)]
    representatives: Annotated[tuple[int, ...], Field(max_length=64)] = ()
    """Places in `members`, from 0, of those who speak for a group."""
    contact: ContactBody | None = None
    worker: PersonBody | None = None
    """The worker himself, where he is no member: heirs apply for him."""
    external_refs: Annotated[tuple[ExternalNumberBody, ...], Field(max_length=8)] = ()
    """The numbers that others gave the case. A partner agency gives its own alone."""

    def contact_to_seal(self) -> dict[str, Any]:
        """How the applicants are reached, the employer's name and place, what happened."""
        chosen = [place for place in self.representatives if 0 <= place < len(self.members)]
        speaker = self.contact or self.members[chosen[0] if chosen else 0]
        said = {
            "name": speaker.name,
            "phone": speaker.phone,
            "address": speaker.address,
            "employer_name": self.employer.name,
            "employer_place": self.employer.place,
            "project": self.employer.project,
            "narrative": self.narrative or None,
            "worker": self.worker.sealable() if self.worker else None,
        }
        return {name: value for name, value in said.items() if value is not None}


class WithdrawalBody(Body):
    """Why an application is withdrawn."""

    because: Annotated[WithdrawalCode, entered(WITHDRAWALS)]
    epoch: Epoch


# --- What is answered --------------------------------------------------------------------------------------


class Receipt(BaseModel):
    """What the applicant takes home: the number can be read out over the phone."""

    case_id: CaseId
    number: CaseNumber
    repeated: bool = False
    """Whether the case was there already."""


# --- Endpoints ---------------------------------------------------------------------------------------------


@router.post("/applications", status_code=201)
async def submit_application(
    body: ApplicationBody, who: Who, uow: Uow, turn: MyTurn, response: Response
) -> Receipt:
    """Take an application in. One that repeats another is answered with the case that exists, and 200."""
    return await submit(body, who, uow, turn, response)


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


def pseudonym_of(person: PersonBody, uow: UnitOfWork) -> Pseudonym:
    return uow.vault.pseudonym(person.identity)


def repeated(found: Found, response: Response) -> Receipt:
    response.status_code = 200
    return Receipt(case_id=found.case_id, number=found.number, repeated=True)


def facts_of(body: ApplicationBody, number: CaseNumber, uow: UnitOfWork) -> CaseFacts:
    stated = stated_facts(body, number, uow)
    law = law_for(stated, uow.province, uow.use(Law))
    limitation_on = first_end(stated, body.limitation_on, law, at=uow.now)
    return stated.model_copy(
        update={
            "limitation_on": limitation_on,
            "priority": priority_of(
                case_type=body.case_type,
                worker_class=body.worker_class,
                members=len(body.members),
                received_on=day_of(uow.now),
                limitation_on=limitation_on,
                by_policy=body.priority_by_policy,
            ),
        }
    )


def stated_facts(body: ApplicationBody, number: CaseNumber, uow: UnitOfWork) -> CaseFacts:
    """What they say, before anything is counted from it."""
    return CaseFacts(
        number=number,
        received_at=uow.now,
        home=body.home,
        work=body.work,
        case_type=body.case_type,
        worker_class=body.worker_class,
        relation=body.relation,
        employer=body.employer.code,
        claim_fen=sum(member.claim_fen for member in body.members),
        members=len(body.members),
        language=body.language,
        evidence=body.evidence,
        channel=body.channel,
        external_refs=tuple(
            ExternalNumber(issuer=ref.issuer, number=ref.number) for ref in body.external_refs
        )
        or None,
        dates=KeyDates(**body.dates.model_dump()) if body.dates else None,
        acts=tuple(LimitationAct(**each.model_dump()) for each in body.acts) or None,
    )


def take_in(
    body: ApplicationBody,
    number: CaseNumber,
    agency: AgencyId,
    matter: Matter,
    contact: Mapping[str, Any],
    workers: Sequence[Pseudonym],
    uow: UnitOfWork,
    *,
    partner: AgencyId | None,
    consulted_at: datetime | None,
) -> Case:
    """Say that an application came in, who applies, who speaks for them, and that the file is whole."""
    sealed = uow.vault.seal(contact)
    uow.vault.keep(CONTACT, sealed)
    case = uow.begin(
        Case.begun,
        ApplicationSubmitted(
            case_id=uow.case_id,
            at=uow.now,
            facts=facts_of(body, number, uow),
            agency=agency,
            site=body.site,
            worker=matter.worker,
            contact=sealed,
            handed_in_by=partner,
            consulted_at=consulted_at,
        ),
    )
    remember_opponents(case.facts, contact, uow)
    joined = [join(member, worker, uow) for member, worker in zip(body.members, workers, strict=True)]
    return uow.emit(case, case.complete(joined, body.representatives, at=uow.now))


async def raise_alerts(case: Case, contact: Mapping[str, Any], uow: UnitOfWork, turn: Turn) -> None:
    """Say that many are against the same employer, or come from the same project."""
    threshold = threshold_of(case, uow)
    came = Received(number=case.facts.number, at=uow.now, workers=case.facts.members)
    questions = [
        Question(province=uow.province, against=against, came=came, threshold=threshold)
        for against in known_opponents(case.facts, contact, uow)
    ]
    found = await turn.ask(count_before, questions) if questions else ()
    for question, before in zip(questions, found, strict=True):
        said = alert(case, question.against, before, threshold, at=uow.now) if before else []
        case = uow.emit(case, said)
        for event in said:
            remember_alert(event, uow)


def threshold_of(case: Case, uow: UnitOfWork) -> Threshold:
    """That of the place of work, if it lies in this province."""
    work = case.facts.work
    return uow.use(Thresholds).of(work if work.startswith(uow.province) else uow.province, day_of(uow.now))


def contact_of(body: ApplicationBody, uow: UnitOfWork) -> dict[str, Any]:
    """What is said of the applicants, with what they told when they were advised."""
    told = uow.vault.get(CONSULTED)
    said = body.contact_to_seal()
    if told is None:
        return said
    return taken_over(uow.vault.unseal(told), said, names_contact=body.contact is not None)


def join(
    body: MemberBody,
    worker: Pseudonym,
    uow: UnitOfWork,
    *,
    at: datetime | None = None,
    past: PastMoney | None = None,
    member_id: MemberId | None = None,
) -> MemberId:
    """Let a member join, and keep his data. `at`, `past`, an id: of one who joined in another system."""
    member_id = member_id or MemberId(uow.new_id())
    person = uow.vault.seal(body.sealable())
    uow.vault.keep(vault_name(member_id), person)
    uow.begin(
        Member.joined,
        MemberJoined(
            case_id=uow.case_id,
            at=at or uow.now,
            member_id=member_id,
            role=body.role,
            worker=worker,
            person=person,
            claim_fen=body.claim_fen,
            home=body.home,
            agent=body.agent.authority if body.agent else None,
            past=past,
        ),
    )
    return member_id
