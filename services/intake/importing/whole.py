"""Imports the cases of a bundle: checked as a whole, then all of them become cases here, or none does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.ids import derived_id
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.deadlines import day_of
from law.limits import law_for
from schemas.cases import ApplicationImported, ApplicationSubmitted, PastNoted
from schemas.codes import CaseType, Channel, Language, WorkerClass
from schemas.facts import CaseFacts, ExternalNumber, Imported, KeyDates
from schemas.fields import Sealed
from schemas.ids import (
    AgencyId,
    BundleId,
    CaseId,
    CaseNumber,
    Count,
    Division,
    EmployerCode,
    ExternalRef,
    Fen,
    Province,
)
from schemas.past import Past, PastMoney
from services.intake import repository
from services.intake.api import join, pseudonym_of
from services.intake.bundles.fitting import Outlook
from services.intake.bundles.reading import Bundle, Line, Running, Told
from services.intake.domain.case import Case
from services.intake.domain.errors import IntakeError
from services.intake.domain.limitation import first_end
from services.intake.domain.priority import priority_of
from services.intake.domain.standing import STAGES
from services.intake.opponents import employer_key, remember_opponents
from services.intake.repository import CONTACT, Matter

CLOCKS: Final = ("employment_ended_on", "pay_due_on", "known_on", "injured_on")


@dataclass(eq=False)
class ImportedAlready(IntakeError):
    """All {cases} cases of this bundle are here: import {bundle} brought them at {at}. Nothing to do."""

    zh: ClassVar[str] = "该导入包的 {cases} 个案件已于 {at} 由导入 {bundle} 全部导入，无需再次导入。"
    bundle: BundleId
    at: datetime
    cases: int


class NewCase(BaseModel):
    """A case that an import makes, or would make."""

    issuer: AgencyId
    external: ExternalRef
    """Its number in the earlier system."""
    number: CaseNumber | None
    """Its number here; none yet where nothing was imported."""
    stage: str
    members: Count


class Report(BaseModel):
    """What an import did, or would do."""

    bundle: BundleId
    imported: bool
    """False where it was only asked what would happen."""
    cases: Sequence[NewCase]
    stages: dict[str, Count]
    """How many cases stand where."""
    members: Count
    claimed_fen: Fen
    recovered_fen: Fen
    due_soon: Count
    """Duties whose time ends within seven days."""
    breached: Count
    """Duties whose time has passed; they stay so, and nobody is alarmed anew."""
    warnings: Sequence[str]


def case_id_of(province: Province, case: Running) -> CaseId:
    """The same number of the same issuer is always the same case."""
    return CaseId(derived_id(province, "imported", case.issuer, case.number))


async def import_bundle(
    bundle: Bundle, outlook: Outlook, connection: AsyncConnection, units: Sequence[UnitOfWork], *, keep: bool
) -> Report:
    """Begin all cases of the bundle. Raises ImportedAlready, BundleRefused."""
    pairs = list(zip(bundle.cases.values(), units, strict=True))
    check_new(bundle, pairs)
    bundle.wrong.check()
    writings = [Writing(case, uow, bundle.id) for case, uow in pairs]
    await note_repeated(writings, outlook, connection)
    numbers: Sequence[CaseNumber | None] = [None] * len(writings)
    if keep:
        years = [(uow.province, day_of(case.received_at).year) for case, uow in pairs]
        numbers = given = await repository.next_case_numbers(connection, years)
        for writing, number in zip(writings, given, strict=True):
            writing.write(number)
    return report_of(bundle, outlook, numbers, keep=keep)


def check_new(bundle: Bundle, pairs: Sequence[tuple[Running, UnitOfWork]]) -> None:
    """Nothing is imported twice. Raises ImportedAlready."""
    known = [(case, found) for case, uow in pairs if (found := uow.find(Case, uow.case_id))]
    origins = [found.facts.imported for _, found in known]
    first = origins[0] if origins else None
    if first and len(known) == len(pairs) and all(each == first for each in origins):
        raise ImportedAlready(bundle=first.bundle, at=first.at, cases=len(known))
    for case, found in known:
        origin = found.facts.imported
        by = f"import {origin.bundle} brought it as" if origin else "it is"
        expected = f"a case that is not here yet; {by} {found.facts.number}"
        bundle.wrong.note("cases.csv", case.line, "number", case.number, expected)


async def note_repeated(writings: Sequence["Writing"], outlook: Outlook, connection: AsyncConnection) -> None:
    """Warn of cases here that may be the same, and of two of the bundle that may be."""
    found = await repository.find_repeated(connection, [writing.matter for writing in writings])
    first: dict[tuple[str, str, str], ExternalRef] = {}
    for writing, known in zip(writings, found, strict=True):
        case, matter = writing.case, writing.matter
        if known:
            outlook.warnings.append(
                f"cases.csv line {case.line}: {case.number} may be the case {known.number}, which is here."
            )
        key = (matter.worker, matter.employer, matter.case_type)
        other = first.setdefault(key, case.number)
        if other != case.number:
            outlook.warnings.append(
                f"cases.csv line {case.line}: {case.number} may be the same case as {other}."
            )


class Writing:
    """One case of a bundle, as it becomes a case here."""

    def __init__(self, case: Running, uow: UnitOfWork, bundle: BundleId) -> None:
        self.case, self.uow = case, uow
        self.imported = Imported(bundle=bundle, at=uow.now)
        self.workers = tuple(pseudonym_of(told.body, uow) for told in case.members)
        self.contact = contact_of(case)
        self.employer_code = self._code()
        self.matter = Matter(
            province=uow.province,
            worker=self.workers[0],
            members=frozenset(self.workers),
            employer=employer_key(self.employer_code, self.contact, uow),
            case_type=CaseType(case.said["case_type"]),
            at=case.received_at,
        )

    def write(self, number: CaseNumber) -> None:
        """Say that it came in when it did, who applied, and where it stands."""
        case, uow = self.case, self.uow
        sealed = uow.vault.seal(self.contact)
        uow.vault.keep(CONTACT, sealed)
        begun = uow.begin(Case.begun, self._submitted(number, sealed))
        remember_opponents(begun.facts, self.contact, uow)
        joined = [
            join(told.body, worker, uow, at=case.received_at, past=money_of(told))
            for told, worker in zip(case.members, self.workers, strict=True)
        ]
        whole = uow.emit(begun, begun.complete(joined, (), at=case.received_at))
        noted = [self._noted(line) for line in case.history if is_noted(line)]
        for event in noted:
            repository.keep_past(event, uow)
        uow.emit(whole, [*noted, self._imported()])

    def _submitted(self, number: CaseNumber, contact: Sealed) -> ApplicationSubmitted:
        return ApplicationSubmitted(
            case_id=self.uow.case_id,
            at=self.case.received_at,
            facts=self._facts(number),
            agency=self.case.agency,
            worker=self.matter.worker,
            contact=contact,
        )

    def _imported(self) -> ApplicationImported:
        clocks = tuple(clock for _, clock, _ in self.case.clocks)
        return ApplicationImported(
            case_id=self.uow.case_id,
            at=self.uow.now,
            agency=self.case.agency,
            epoch=1,
            bundle=self.imported.bundle,
            past=Past(acts=tuple(self.case.acts), clocks=clocks),
        )

    def _noted(self, line: Line) -> PastNoted:
        return PastNoted(
            case_id=self.uow.case_id,
            at=line.act.at,
            act=line.act.code,
            by_role=line.by_role,
            by_agency=line.by_agency,
            note=self.uow.vault.seal(note_of(line)) if line.note else None,
        )

    def _facts(self, number: CaseNumber) -> CaseFacts:
        stated = self._stated(number)
        law = law_for(stated, self.uow.province, self.uow.use(Law))
        limitation_on = first_end(stated, None, law, at=self.uow.now)
        priority = priority_of(
            case_type=stated.case_type,
            worker_class=stated.worker_class,
            members=stated.members,
            received_on=day_of(self.case.received_at),
            limitation_on=limitation_on,
        )
        return stated.model_copy(update={"limitation_on": limitation_on, "priority": priority})

    def _stated(self, number: CaseNumber) -> CaseFacts:
        case, said = self.case, self.case.said
        dates: dict[str, Any] = {name: said[name] for name in CLOCKS if name in said}
        return CaseFacts(
            number=number,
            received_at=case.received_at,
            home=Division(said["home"]),
            work=Division(said["work"]),
            case_type=self.matter.case_type,
            worker_class=WorkerClass(said.get("worker_class", "migrant-worker")),
            relation=case.relation,
            employer=self.employer_code,
            claim_fen=sum(told.body.claim_fen for told in case.members),
            members=len(case.members),
            language=Language(said.get("language", "zh")),
            channel=Channel(said["channel"]),
            external_refs=(ExternalNumber(issuer=case.issuer, number=case.number),),
            dates=KeyDates.model_validate(dates) if dates else None,
            imported=self.imported,
        )

    def _code(self) -> EmployerCode | None:
        code = self.case.said.get("employer_code")
        return EmployerCode(code) if code else None


def is_noted(line: Line) -> bool:
    """What the act itself does not say again is kept as it was recorded."""
    return line.act.code == "note" or bool(line.by_role or line.by_agency or line.note)


def note_of(line: Line) -> dict[str, str]:
    return {"at": line.act.at.isoformat(), "act": line.act.code, "text": line.note or ""}


def contact_of(case: Running) -> dict[str, Any]:
    """How the applicants are reached, the employer's name, what happened."""
    first, said = case.members[0].body, case.said
    contact = {
        "name": said.get("contact_name", first.name),
        "phone": said.get("contact_phone", first.phone),
        "address": first.address,
        "employer_name": said.get("employer_name"),
        "narrative": said.get("narrative"),
    }
    return {name: value for name, value in contact.items() if value is not None}


def money_of(told: Told) -> PastMoney | None:
    """What he was due and received; None where there is nothing to say."""
    payments = tuple(sorted(told.payments, key=lambda each: each.received_at))
    if told.agreed_fen is None and told.awarded_fen is None and not payments:
        return None
    return PastMoney(agreed_fen=told.agreed_fen, awarded_fen=told.awarded_fen, payments=payments)


def report_of(
    bundle: Bundle, outlook: Outlook, numbers: Sequence[CaseNumber | None], *, keep: bool
) -> Report:
    cases = list(bundle.cases.values())
    members = [told for case in cases for told in case.members]
    return Report(
        bundle=bundle.id,
        imported=keep,
        cases=[
            NewCase(
                issuer=case.issuer,
                external=case.number,
                number=number,
                stage=case.said["stage"],
                members=len(case.members),
            )
            for case, number in zip(cases, numbers, strict=True)
        ],
        stages={stage: outlook.stages[stage] for stage in STAGES},
        members=len(members),
        claimed_fen=sum(told.body.claim_fen for told in members),
        recovered_fen=sum(each.amount_fen for told in members for each in told.payments),
        due_soon=outlook.due_soon,
        breached=outlook.breached,
        warnings=outlook.warnings,
    )
