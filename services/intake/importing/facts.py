"""The facts of an imported case, as an application would have told them."""

from datetime import date
from typing import Final

from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.deadlines import day_of
from law.limits import law_for
from schemas.codes import Channel, Language, WorkerClass
from schemas.facts import CaseFacts, ExternalNumber, Imported, KeyDates
from schemas.ids import CaseNumber, Division, EmployerCode
from services.intake.bundles.running import Running
from services.intake.domain.limitation import first_end
from services.intake.domain.priority import priority_of
from services.intake.repository import Matter

DATES: Final = ("employment_ended_on", "pay_due_on", "known_on", "injured_on")


def facts_of(
    case: Running, matter: Matter, imported: Imported, number: CaseNumber, uow: UnitOfWork
) -> CaseFacts:
    """With what follows from them: which right ends first, and how urgent the case is."""
    stated = stated_in(case, matter, imported, number)
    law = law_for(stated, uow.province, uow.use(Law))
    limitation_on = first_end(stated, None, law, at=uow.now)
    priority = priority_of(
        case_type=stated.case_type,
        worker_class=stated.worker_class,
        members=stated.members,
        received_on=day_of(case.received_at),
        limitation_on=limitation_on,
    )
    return stated.model_copy(update={"limitation_on": limitation_on, "priority": priority})


def stated_in(case: Running, matter: Matter, imported: Imported, number: CaseNumber) -> CaseFacts:
    """What the bundle says."""
    said, code = case.said, case.said.get("employer_code")
    dates = {name: date.fromisoformat(said[name]) for name in DATES if name in said}
    return CaseFacts(
        number=number,
        received_at=case.received_at,
        home=Division(said["home"]),
        work=Division(said["work"]),
        case_type=matter.case_type,
        worker_class=WorkerClass(said.get("worker_class", "migrant-worker")),
        relation=case.relation,
        employer=EmployerCode(code) if code else None,
        claim_fen=sum(told.body.claim_fen for told in case.members),
        members=len(case.members),
        language=Language(said.get("language", "zh")),
        channel=Channel(said["channel"]),
        external_refs=(ExternalNumber(issuer=case.issuer, number=case.number),),
        dates=KeyDates(**dates) if dates else None,
        acts=tuple(case.limitation_acts) or None,
        imported=imported,
    )
