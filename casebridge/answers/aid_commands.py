"""Every command of the aid: from the acceptance of an application to the archived file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from casebridge.answers.sample_claims import claims_of
from law.book import Law
from schemas.codes import (
    AdvanceCode,
    AgencyKind,
    AidStage,
    AssigneeRole,
    ConflictCode,
    EvaluationGrade,
    FileDefect,
    LegalBasis,
    MeansBasis,
    ObjectionResult,
    Outcome,
    PaperCode,
    ReferralCode,
    RefusalCode,
    RejectionCode,
    ReplacementCode,
    SupplementCode,
    SupplementResult,
    TerminationCode,
)
from schemas.ids import AgencyId, Division, Pseudonym, Seat
from schemas.matters import AidRefused, MatterOpened
from schemas.messages import Event
from schemas.samples import a
from services.mediation.domain import (
    advancing,
    archiving,
    assigning,
    concluding,
    granting,
    objecting,
    reviewing,
    terminating,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.matter import Matter

OWNER: Final = a(MatterOpened).agency
BUREAU: Final = AgencyId("510521-justice")
FIRM: Final = AgencyId("442000-law-firm")
SEATS: Final[Mapping[AgencyId, Seat]] = {
    OWNER: Seat("legal-aid-centre", Division("510521")),
    BUREAU: Seat("justice-bureau", Division("510521")),
}
AT: Final = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
HERE: Final = Act(by=OWNER, epoch=a(MatterOpened).epoch, at=AT)
LATER: Final = replace(HERE, at=AT + timedelta(days=60))
STRANGER: Final = replace(HERE, by=AgencyId("another"))
EARLIER: Final = replace(HERE, epoch=HERE.epoch - 1)
STAGE: Final = AidStage("mediation")
LAWYER, COLLEAGUE = Pseudonym("lawyer-1"), Pseudonym("lawyer-2")
REASONS: Final = a(AidRefused).reasons

Give = Callable[[Matter], Sequence[Event]]


def aid_commands(law: Law) -> dict[str, Give]:
    """By the module of the decision and its name."""
    return {**granted(law), **reviewed(law), **assigned(law), **objected(law), **ended(law)}


def grant(m: Matter, act: Act, law: Law, stage: AidStage = STAGE) -> Sequence[Event]:
    return granting.grant(m, act, stage, MeansBasis("exempt-pay"), LegalBasis("LAL-42-3"), law)


def granted(law: Law) -> dict[str, Give]:
    code, basis = RejectionCode("not-competent"), LegalBasis("LAL-38")
    return {
        "granting: accept": lambda m: granting.accept(m, HERE),
        "granting: find_not_competent": lambda m: granting.find_not_competent(m, HERE, code, basis, None),
        "granting: grant": lambda m: grant(m, HERE, law),
        "granting: grant (for the arbitration)": lambda m: grant(m, HERE, law, AidStage("arbitration")),
        "granting: grant (by a stranger)": lambda m: grant(m, STRANGER, law),
        "granting: grant (in an earlier epoch)": lambda m: grant(m, EARLIER, law),
        "advancing: advance": lambda m: advancing.advance(
            m, HERE, STAGE, AdvanceCode("other"), expires_on=None, papers_on=None, law=law
        ),
        "advancing: regularise": lambda m: advancing.regularise(m, HERE, STAGE),
        "advancing: lapse": lambda m: advancing.lapse(m, LATER, STAGE),
    }


def reviewed(law: Law) -> dict[str, Give]:
    missing, supplied = (PaperCode("identity"),), SupplementResult("supplied")
    code, basis = RefusalCode("means"), LegalBasis("LAL-34")
    return {
        "reviewing: pause": lambda m: reviewing.pause(
            m, HERE, SupplementCode("papers"), missing, details=None, law=law
        ),
        "reviewing: resume": lambda m: reviewing.resume(m, HERE, supplied, law),
        "reviewing: refuse": lambda m: reviewing.refuse(m, HERE, code, basis, REASONS),
    }


def assigned(law: Law) -> dict[str, Give]:
    role, no = AssigneeRole("lawyer"), ConflictCode("none")
    return {
        "assigning: assign": lambda m: assigning.assign(
            m, HERE, assignee=LAWYER, role=role, organisation=FIRM, stage=STAGE, law=law
        ),
        "assigning: accept": lambda m: assigning.accept(m, HERE, 1, no),
        "assigning: sign": lambda m: assigning.sign(m, HERE, 1, None),
        "assigning: reassign": lambda m: assigning.reassign(
            m,
            HERE,
            1,
            ReplacementCode("unable"),
            assignee=COLLEAGUE,
            role=role,
            organisation=FIRM,
            law=law,
        ),
    }


def objected(law: Law) -> dict[str, Give]:
    at_bureau, upheld = replace(HERE, by=BUREAU), ObjectionResult("upheld")
    corrected = ObjectionResult("corrected")
    return {
        "objecting: file": lambda m: objecting.file(
            m, HERE, BUREAU, received_at=AT, grounds=None, seats=SEATS, law=law
        ),
        "objecting: decide (upheld)": lambda m: objecting.decide(m, at_bureau, upheld, REASONS, SEATS),
        "objecting: decide (corrected)": lambda m: objecting.decide(m, at_bureau, corrected, REASONS, SEATS),
        "objecting: decide (by the owner)": lambda m: objecting.decide(m, HERE, corrected, REASONS, SEATS),
    }


def ended(law: Law) -> dict[str, Give]:
    code, basis = TerminationCode("own-lawyer"), LegalBasis("LAL-48")
    return {
        "terminating: terminate": lambda m: terminating.terminate(m, HERE, code, basis, REASONS),
        "concluding: refer": lambda m: concluding.refer(
            m,
            HERE,
            to=AgencyId("442000-labour-inspection"),
            kind=AgencyKind("labour-inspection"),
            subject_matter=ReferralCode("wage-inspection"),
            legal_basis=LegalBasis("LAL-42-3"),
            details=None,
        ),
        **{
            f"concluding: conclude ({outcome})": conclude_with(Outcome(outcome), law)
            for outcome in (
                "agreement",
                "award",
                "arbitration-settlement",
                "judgment",
                "terminated",
                "no-result",
            )
        },
        "concluding: evaluate": lambda m: concluding.evaluate(m, HERE, EvaluationGrade("good"), None),
        "archiving: submit": lambda m: archiving.submit(m, HERE, law),
        "archiving: give_back": lambda m: archiving.give_back(m, HERE, (FileDefect("unsigned"),), None, law),
        "archiving: approve": lambda m: archiving.approve(m, HERE),
        "archiving: archive (all paid)": lambda m: archiving.archive(m, HERE, claims_of(m, ended="paid")),
        "archiving: archive (money is owed)": lambda m: archiving.archive(m, HERE, claims_of(m)),
    }


def conclude_with(outcome: Outcome, law: Law) -> Give:
    return lambda m: concluding.conclude(m, HERE, outcome, claims_of(m), law)
