"""Every command of the aid: from the acceptance of an application to the archived file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from casebridge.answers.sample_claims import claims_of
from law.book import Law
from law.deadlines import day_of
from schemas.codes import (
    AdvanceCode,
    AgencyKind,
    AidStage,
    AssigneeRole,
    ConflictCode,
    EvaluationGrade,
    FileDefect,
    FollowUpMeans,
    FollowUpOutcome,
    LegalBasis,
    MeansBasis,
    ObjectionResult,
    Outcome,
    PaperCode,
    ReferralCode,
    ReferralResult,
    RefusalCode,
    RejectionCode,
    ReplacementCode,
    SupplementCode,
    SupplementResult,
    TerminationCode,
)
from schemas.ids import AgencyId, Division, Pseudonym, Seat
from schemas.matters import AidRefused, MatterEvent, MatterOpened, ReferralMade
from schemas.messages import Event
from schemas.samples import a
from services.mediation.domain import (
    advancing,
    archiving,
    assigning,
    concluding,
    following_up,
    granting,
    objecting,
    referring,
    reviewing,
    terminating,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter

OWNER: Final = a(MatterOpened).agency
BUREAU: Final = AgencyId("510521-justice")
FIRM: Final = AgencyId("442000-law-firm")
SEATS: Final[Mapping[AgencyId, Seat]] = {
    OWNER: Seat("legal-aid-centre", Division("510521")),
    BUREAU: Seat("justice-bureau", Division("510521")),
}
AT: Final = datetime(2026, 3, 6, 8, 0, tzinfo=UTC)
STRANGER: Final = AgencyId("another")
STAGE: Final = AidStage("mediation")
LAWYER, COLLEAGUE = Pseudonym("lawyer-1"), Pseudonym("lawyer-2")
REASONS: Final = a(AidRefused).reasons

Give = Callable[[Matter], Sequence[Event]]


def here(matter: Matter, by: AgencyId = OWNER) -> Act:
    """Somebody acts, who knows in which epoch the case is."""
    return Act(by=by, epoch=matter.epoch, at=AT)


def earlier(matter: Matter) -> Act:
    return replace(here(matter), epoch=matter.epoch - 1)


def later(matter: Matter) -> Act:
    """When the time for papers is over."""
    return replace(here(matter), at=AT + timedelta(days=60))


def aid_commands(law: Law) -> dict[str, Give]:
    """By the module of the decision and its name."""
    return {**granted(law), **reviewed(law), **assigned(law), **objected(law), **ended(law)}


def grant(m: Matter, act: Act, law: Law, stage: AidStage = STAGE) -> Sequence[Event]:
    return granting.grant(m, act, stage, MeansBasis("exempt-pay"), LegalBasis("LAL-42-3"), law)


def grant_for(stage: AidStage, law: Law) -> Give:
    return lambda m: grant(m, here(m), law, stage)


def granted(law: Law) -> dict[str, Give]:
    code, basis = RejectionCode("not-competent"), LegalBasis("LAL-38")
    return {
        "granting: accept": lambda m: granting.accept(m, here(m)),
        "granting: find_not_competent": lambda m: granting.find_not_competent(m, here(m), code, basis, None),
        "granting: grant": lambda m: grant(m, here(m), law),
        **{
            f"granting: grant (for {stage})": grant_for(AidStage(stage), law)
            for stage in ("arbitration", "first-instance", "enforcement")
        },
        "granting: grant (by a stranger)": lambda m: grant(m, here(m, STRANGER), law),
        "granting: grant (in an earlier epoch)": lambda m: grant(m, earlier(m), law),
        "advancing: advance": lambda m: advancing.advance(
            m, here(m), STAGE, AdvanceCode("other"), expires_on=None, papers_on=None, law=law
        ),
        "advancing: regularise": lambda m: advancing.regularise(m, here(m), STAGE),
        "advancing: lapse": lambda m: advancing.lapse(m, later(m), STAGE),
    }


def reviewed(law: Law) -> dict[str, Give]:
    missing, supplied = (PaperCode("identity"),), SupplementResult("supplied")
    code, basis = RefusalCode("means"), LegalBasis("LAL-34")
    return {
        "reviewing: pause": lambda m: reviewing.pause(
            m, here(m), SupplementCode("papers"), missing, details=None, law=law
        ),
        "reviewing: resume": lambda m: reviewing.resume(m, here(m), supplied, law),
        "reviewing: refuse": lambda m: reviewing.refuse(m, here(m), code, basis, REASONS),
    }


def assigned(law: Law) -> dict[str, Give]:
    role, no = AssigneeRole("lawyer"), ConflictCode("none")
    return {
        "assigning: assign": lambda m: assigning.assign(
            m, here(m), assignee=LAWYER, role=role, organisation=FIRM, stage=STAGE, law=law
        ),
        "assigning: accept": lambda m: assigning.accept(m, here(m), 1, no),
        "assigning: sign": lambda m: assigning.sign(m, here(m), 1, None),
        "assigning: reassign": lambda m: assigning.reassign(
            m,
            here(m),
            1,
            ReplacementCode("unable"),
            assignee=COLLEAGUE,
            role=role,
            organisation=FIRM,
            law=law,
        ),
    }


def objected(law: Law) -> dict[str, Give]:
    upheld, corrected = ObjectionResult("upheld"), ObjectionResult("corrected")
    return {
        "objecting: file": lambda m: objecting.file(
            m, here(m), BUREAU, received_at=AT, grounds=None, seats=SEATS, law=law
        ),
        "objecting: decide (upheld)": lambda m: objecting.decide(m, here(m, BUREAU), upheld, REASONS, SEATS),
        "objecting: decide (corrected)": lambda m: objecting.decide(
            m, here(m, BUREAU), corrected, REASONS, SEATS
        ),
        "objecting: decide (by the owner)": lambda m: objecting.decide(m, here(m), corrected, REASONS, SEATS),
    }


def ended(law: Law) -> dict[str, Give]:
    code, basis = TerminationCode("own-lawyer"), LegalBasis("LAL-48")
    taken_on = ReferralResult("accepted")
    return {
        "terminating: terminate": lambda m: terminating.terminate(m, here(m), code, basis, REASONS),
        "concluding: refer": lambda m: concluding.refer(
            m,
            here(m),
            to=AgencyId("442000-labour-inspection"),
            kind=AgencyKind("labour-inspection"),
            subject_matter=ReferralCode("wage-inspection"),
            legal_basis=LegalBasis("LAL-42-3"),
            details=None,
        ),
        "following_up: record": lambda m: follow_up(m, *claims_of(m, paid=True)),
        "following_up: record (nobody was paid)": lambda m: follow_up(m),
        "referring: answer": lambda m: referring.answer(
            m.after(a(ReferralMade)), here(m), 1, taken_on, day_of(AT), number=None, note=None
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
        "concluding: evaluate": lambda m: concluding.evaluate(m, here(m), EvaluationGrade("good"), None),
        "archiving: submit": lambda m: archiving.submit(m, here(m), law),
        "archiving: give_back": lambda m: archiving.give_back(
            m, here(m), (FileDefect("unsigned"),), None, law
        ),
        "archiving: approve": lambda m: archiving.approve(m, here(m)),
        "archiving: archive (all paid)": lambda m: archiving.archive(m, here(m), claims_of(m, ended="paid")),
        "archiving: archive (money is owed)": lambda m: archiving.archive(m, here(m), claims_of(m)),
    }


def follow_up(matter: Matter, *claims: Claim) -> Sequence[MatterEvent]:
    return following_up.record(
        matter,
        here(matter),
        claims,
        means=FollowUpMeans("call"),
        on=day_of(AT),
        member=None,
        replies=(),
        outcome=FollowUpOutcome("nothing-open"),
        note=None,
    )


def conclude_with(outcome: Outcome, law: Law) -> Give:
    return lambda m: concluding.conclude(m, here(m), outcome, claims_of(m), law)
