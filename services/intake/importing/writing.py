"""Writes one case of a bundle as a case here: who applied, what was noted, and where it stands."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from chassis.unit_of_work import UnitOfWork
from schemas.cases import ApplicationImported, ApplicationSubmitted, PastNoted
from schemas.codes import CaseType, PastActCode
from schemas.facts import Imported
from schemas.fields import Sealed
from schemas.ids import BundleId, CaseNumber, EmployerCode, MemberId
from schemas.past import Past, PastAct, PastAdvance, PastJudgment, PastMoney, PastOrder
from services.intake import repository
from services.intake.bundles.leaving import departures
from services.intake.bundles.running import (
    ADVANCED,
    AGREED,
    ORDERED,
    REFUSED,
    Departure,
    Line,
    Running,
    Told,
)
from services.intake.bundles.speaking import chosen
from services.intake.domain import grouping
from services.intake.domain.case import Case
from services.intake.domain.member import Member
from services.intake.domain.steps.arbitration import PARTLY
from services.intake.domain.steps.ending import WITHDRAWN
from services.intake.importing.facts import facts_of
from services.intake.importing.papers import Stored, add_papers
from services.intake.opponents import employer_key, remember_opponents
from services.intake.repository import CONTACT, Matter
from services.intake.taking_in import join, pseudonym_of


class Writing:
    """One case of a bundle, as it becomes a case here."""

    def __init__(self, case: Running, uow: UnitOfWork, bundle: BundleId) -> None:
        self.case, self.uow = case, uow
        ended = any(act.code == WITHDRAWN for act in case.acts)
        self.imported = Imported(bundle=bundle, at=uow.now, ended=ended or None)
        self.workers = tuple(pseudonym_of(told.body, uow) for told in case.members)
        staying = [who for told, who in zip(case.members, self.workers, strict=True) if told.left is None]
        self.contact = contact_of(case)
        self.employer_code = self._code()
        self.matter = Matter(
            province=uow.province,
            worker=staying[0],
            members=frozenset(staying),
            employer=employer_key(self.employer_code, self.contact, uow),
            case_type=CaseType(case.said["case_type"]),
            at=case.received_at,
        )

    def write(self, number: CaseNumber, papers: Sequence[Stored]) -> None:
        """Say that it came in when it did, who applied, and where it stands."""
        case, uow = self.case, self.uow
        sealed = uow.vault.seal(self.contact)
        uow.vault.keep(CONTACT, sealed)
        begun = uow.begin(Case.begun, self._submitted(number, sealed))
        remember_opponents(begun.facts, self.contact, uow)
        joined = [
            join(told.body, worker, uow, at=case.received_at, past=money_of(told, case), member_id=told.id)
            for told, worker in zip(case.members, self.workers, strict=True)
        ]
        whole = self._grouped(uow.emit(begun, begun.complete(joined, (), at=case.received_at)))
        add_papers(whole, papers, uow)
        noted = [*(self._noted(line) for line in case.history if is_noted(line)), *self._refused()]
        for event in sorted(noted, key=lambda each: each.at):
            repository.keep_past(event, uow)
        imported = uow.emit(whole, [*noted, self._imported()])
        for act in case.acts:
            if act.code == WITHDRAWN and (code := act.withdrawal):
                uow.emit(imported, imported.withdraw(code, by=case.agency, epoch=imported.epoch, at=act.at))

    def _grouped(self, case: Case) -> Case:
        """Members left, and the others chose who speaks for them; of one moment, who leaves is gone first."""
        left = [(left.at, partial(self._left, told, left)) for left, told in departures(self.case)]
        represented = [(at, partial(self._represented, wanted, at)) for at, wanted in chosen(self.case)]
        for _, say in sorted([*left, *represented], key=lambda each: each[0]):
            case = say(case)
        return case

    def _left(self, told: Told, left: Departure, case: Case) -> Case:
        member, members = self.uow.get(Member, told.id), self.uow.all(Member)
        said, of_case = grouping.leave(
            case, member, members, left.because, by=case.agency, epoch=case.epoch, at=left.at
        )
        self.uow.emit(member, [said])
        return self.uow.emit(case, of_case)

    def _represented(self, wanted: Sequence[MemberId], at: datetime, case: Case) -> Case:
        members = self.uow.all(Member)
        said = grouping.represent(case, wanted, members, by=case.agency, epoch=case.epoch, at=at)
        return self.uow.emit(case, said, legal_basis="LDMAL-7")

    def _submitted(self, number: CaseNumber, contact: Sealed) -> ApplicationSubmitted:
        return ApplicationSubmitted(
            case_id=self.uow.case_id,
            at=self.case.received_at,
            facts=facts_of(self.case, self.matter, self.imported, number, self.uow),
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
            past=Past(acts=tuple(self._acts()), clocks=clocks),
        )

    def _acts(self) -> Iterator[PastAct]:
        """What was done, by people whose names are sealed."""
        for line, act in zip(self.case.steps, self.case.acts, strict=True):
            name = line.person_name
            yield act.model_copy(update={"name": self.uow.vault.seal(name)}) if name else act

    def _noted(self, line: Line) -> PastNoted:
        return PastNoted(
            case_id=self.uow.case_id,
            at=line.act.at,
            act=line.act.code,
            by_role=line.by_role,
            by_agency=line.by_agency,
            note=self.uow.vault.seal(note_of(line)) if line.note else None,
        )

    def _refused(self) -> Iterator[PastNoted]:
        """Those who did not consent to an agreement of their group, by name; of one moment together."""
        refused = defaultdict[datetime, list[str]](list)
        for told in self.case.members:
            for number in self.case.answers:
                if at := self.case.refused_at(told, number):
                    refused[at].append(told.body.name)
        for at, names in refused.items():
            note = {"at": at.isoformat(), "act": REFUSED, "text": "、".join(names)}
            yield PastNoted(
                case_id=self.uow.case_id, at=at, act=PastActCode(REFUSED), note=self.uow.vault.seal(note)
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
    first, said = case.staying[0].body, case.said
    contact = {
        "name": said.get("contact_name", first.name),
        "phone": said.get("contact_phone", first.phone),
        "address": first.address,
        "employer_name": said.get("employer_name"),
        "narrative": said.get("narrative"),
    }
    return {name: value for name, value in contact.items() if value is not None}


def money_of(told: Told, case: Running) -> PastMoney | None:
    """What he was due and received; None where there is nothing to say."""
    payments = tuple(sorted(told.payments, key=lambda each: each.received_at))
    if not told.due_fen and not payments and not told.left:
        return None
    judgments = judgments_of(told, case.suit_numbers)
    several = len(judgments) > 1
    once = {kind: fen for (kind, _), fen in told.due_fen.items() if kind != PARTLY}
    orders, advances = sorted(told.fixed_in(ORDERED)), sorted(told.fixed_in(ADVANCED))
    anew = len(case.agreed) > 1
    agreements = tuple(fen for _, fen in sorted(told.fixed_in(AGREED)))
    return PastMoney(
        agreed_fen=None if anew else once.get(AGREED),
        agreements_fen=agreements if anew else (),
        parts_fen=tuple(fen for _, fen in sorted(told.fixed_in(PARTLY))),
        awarded_fen=once.get("awarded"),
        settled_fen=once.get("settled"),
        judged_fen=None if several else once.get("judged"),
        judged_on_appeal_fen=None if several else once.get("judged-on-appeal"),
        judgments=judgments if several else (),
        orders=tuple(PastOrder(inspection=number, ordered_fen=fen) for number, fen in orders),
        advances=tuple(PastAdvance(advance=number, advanced_fen=fen) for number, fen in advances),
        payments=payments,
        left_at=told.left.at if told.left else None,
        consented_at=tuple(sorted(filter(None, (case.consented_at(told, each) for each in case.answers)))),
    )


def judgments_of(told: Told, numbers: Mapping[int | None, int]) -> tuple[PastJudgment, ...]:
    """What each of his judgments gave him, in the order of their suits."""
    judged, on_appeal = dict(told.fixed_in("judged")), dict(told.fixed_in("judged-on-appeal"))
    suits = sorted((numbers.get(line, 1), line) for line in judged.keys() | on_appeal.keys())
    return tuple(
        PastJudgment(suit=number, judged_fen=judged.get(line), judged_on_appeal_fen=on_appeal.get(line))
        for number, line in suits
    )
