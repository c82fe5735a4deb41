"""Writes down that an application came in: who applies, what for, and against whom there are many."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from chassis.rounds import Turn
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.deadlines import day_of
from law.limits import law_for
from law.threshold import Threshold, Thresholds
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.facts import CaseFacts, ExternalNumber, KeyDates, LimitationAct
from schemas.ids import AgencyId, CaseNumber, MemberId, Pseudonym
from schemas.past import PastMoney
from services.intake.applications import ApplicationBody
from services.intake.domain.alerting import Received, alert
from services.intake.domain.case import Case
from services.intake.domain.consultation import taken_over
from services.intake.domain.limitation import first_end
from services.intake.domain.member import Member
from services.intake.domain.priority import priority_of
from services.intake.opponents import (
    Question,
    count_before,
    known_opponents,
    remember_alert,
    remember_opponents,
)
from services.intake.persons import MemberBody, PersonBody
from services.intake.repository import CONSULTED, CONTACT, Matter, vault_name


def pseudonym_of(person: PersonBody, uow: UnitOfWork) -> Pseudonym:
    return uow.vault.pseudonym(person.identity)


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
