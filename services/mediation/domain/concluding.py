"""Refers a part to another authority, concludes the aid, evaluates the work."""

from collections.abc import Sequence
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import AgencyKind, EvaluationGrade, JudgmentResult, LegalBasis, Outcome, ReferralCode
from schemas.fields import Sealed
from schemas.ids import AgencyId
from schemas.matters import EvaluationCompleted, MatterConcluded, MatterEvent, ReferralMade
from services.mediation.domain.acts import GRANTED, RECOVERING, Act, MatterState
from services.mediation.domain.claim import Claim, sums_of
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import Objected, OnlyAdvanced, OutcomeNotReached
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import SUIT_WITHDRAWN

TERMINATED: Final = Outcome("terminated")


def refer(
    matter: Matter,
    act: Act,
    *,
    to: AgencyId,
    kind: AgencyKind,
    subject_matter: ReferralCode,
    legal_basis: LegalBasis,
    details: Sealed | None,
) -> list[MatterEvent]:
    """A part of the matter goes to the authority that is competent for it."""
    matter.check_owner(act, *RECOVERING)
    return [
        ReferralMade(
            **matter.said(act.at),
            to=to,
            kind=kind,
            subject_matter=subject_matter,
            legal_basis=legal_basis,
            details=details,
        )
    ]


def conclude(
    matter: Matter, act: Act, outcome: Outcome, claims: Sequence[Claim], law: Law
) -> list[MatterEvent]:
    """The aid is done; the file is to be handed in. Raises OnlyAdvanced, Objected, OutcomeNotReached."""
    matter.check_owner(act, *GRANTED, MatterState.TERMINATED)
    if not matter.aid.grants:
        raise OnlyAdvanced(case_id=matter.case_id)
    if matter.aid.objection and matter.aid.objection.open:
        raise Objected(case_id=matter.case_id, bureau=matter.aid.objection.bureau)
    if not reached(matter, outcome):
        raise OutcomeNotReached(case_id=matter.case_id, found=outcome)
    sums = sums_of(claims)
    return [
        MatterConcluded(
            **matter.said(act.at),
            outcome=outcome,
            claimed_fen=sums.claimed_fen,
            determined_fen=sums.due_fen,
            recovered_fen=sums.recovered_fen,
            hand_in=limit_of(rule_of(MatterConcluded), act.at, law),
        )
    ]


def evaluate(matter: Matter, act: Act, grade: EvaluationGrade, satisfaction: int | None) -> list[MatterEvent]:
    """The work is evaluated, once it is concluded."""
    matter.check_owner(act, MatterState.CONCLUDED)
    return [EvaluationCompleted(**matter.said(act.at), grade=grade, satisfaction=satisfaction)]


def reached(matter: Matter, outcome: Outcome) -> bool:
    results = {suit.result for suit in matter.suits}
    mediated = JudgmentResult("mediated")
    terminated = matter.state is MatterState.TERMINATED
    if terminated or outcome == TERMINATED:
        return terminated and outcome == TERMINATED
    match outcome:
        case "agreement":
            agreement = matter.mediation.agreement if matter.mediation else None
            return agreement is not None and agreement.binds
        case "judgment":
            return bool(results - {None, mediated, SUIT_WITHDRAWN})
        case "court-mediation":
            return mediated in results
        case "award":
            return matter.proceedings.state(ProceedingKind.ARBITRATION) is ProceedingState.AWARDED
        case "arbitration-settlement":
            return matter.proceedings.state(ProceedingKind.ARBITRATION) is ProceedingState.SETTLED
        case _:  # an open list: others leave no trace in a matter
            return True
