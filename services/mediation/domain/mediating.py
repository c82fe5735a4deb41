"""Mediates: a proposal, sessions, an agreement and its performance."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import MediationKind, SessionResult
from schemas.fields import Sealed
from schemas.ids import AgencyId, Fen, Pseudonym
from schemas.matters import (
    AgreementPerformed,
    Instalment,
    MatterEvent,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
)
from services.mediation.domain.acts import ACCEPTED, MEDIATED_AGAIN, RECOVERING, Act, MatterState
from services.mediation.domain.agreement import as_it_binds, needs_consent, paid_fen
from services.mediation.domain.claim import Claim
from services.mediation.domain.confirming import CONFIRMATION
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.errors import (
    AgreementStands,
    BindsNobody,
    BothSides,
    MediationRuns,
    NoMediation,
    NotPaidYet,
    SumDisagrees,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import not_confirmed
from services.mediation.domain.performing import to_perform
from services.mediation.domain.proceedings import Amounts, Mediation, check_amounts, rule_of

CONFIRMING: Final = (
    ProceedingKind.CONFIRMATION,
    ProceedingKind.ARBITRATION_REVIEW,
    ProceedingKind.NOTARISATION,
)
"""By a court, by a commission, or by a notary."""


def propose(
    matter: Matter,
    act: Act,
    *,
    kind: MediationKind,
    committee: AgencyId,
    mediator: Pseudonym | None,
    partners: tuple[AgencyId, ...],
    law: Law,
    mediator_name: Sealed | None = None,
) -> list[MatterEvent]:
    """The parties are asked to mediate, or once more. Raises MediationRuns, AgreementStands, BothSides."""
    matter.check_owner(act, *mediable(matter))
    if matter.mediation and matter.mediation.runs:
        raise MediationRuns(case_id=matter.case_id, committee=matter.mediation.committee)
    check_came_to_nothing(matter)
    if mediator in matter.aid.representatives:
        raise BothSides(found=mediator or "nobody")
    limit = limit_of(rule_of(kind, matter.facts), act.at, law)
    return [
        MediationProposed(
            **matter.said(act.at),
            kind=kind,
            committee=committee,
            mediator=mediator,
            partners=partners,
            end_by=limit.due_at,
            end_rule=limit.rule_id,
            version=limit.rule,
            provisional=limit.provisional,
            mediator_name=mediator_name,
        )
    ]


def hold_session(
    matter: Matter, act: Act, result: SessionResult, *, next_at: datetime | None, minutes: Sealed | None
) -> list[MatterEvent]:
    """The parties met. Raises NoMediation."""
    matter.check_involved(act, *mediable(matter))
    mediation = running(matter)
    return [
        MediationSessionHeld(
            **matter.said(act.at),
            session=mediation.sessions + 1,
            result=result,
            next_at=next_at,
            minutes=minutes,
        )
    ]


def agree(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    amounts: Amounts,
    agreed_fen: Fen,
    *,
    instalments: tuple[Instalment, ...],
    terms: Sealed,
    law: Law,
) -> list[MatterEvent]:
    """The parties agreed, on an amount for every member.

    Raises:
        NoMediation: if none runs.
        ClaimsIncomplete, AmountsDoNotFit, SumDisagrees: as `check_amounts` does; the latter also if the
            instalments come to another sum.
    """
    matter.check_involved(act, *mediable(matter))
    running(matter)
    counted = check_amounts(amounts, agreed_fen, claims, matter.facts.members)
    in_parts_fen = sum(instalment.amount_fen for instalment in instalments)
    if instalments and in_parts_fen != agreed_fen:
        raise SumDisagrees(found=in_parts_fen, expected=agreed_fen)
    return [
        MediationAgreed(
            **matter.said(act.at),
            agreed_fen=agreed_fen,
            members=len(counted),
            instalments=instalments,
            by_consent=needs_consent(matter.facts) or None,
            limit=limit_of(CONFIRMATION, act.at, law),
            terms=terms,
        )
    ]


def perform(matter: Matter, act: Act, claims: Sequence[Claim]) -> list[MatterEvent]:
    """The employer did all that was agreed. Raises NoAgreement, BindsNobody, NotPaidYet."""
    matter.check_involved(act, *RECOVERING)
    agreement = as_it_binds(to_perform(matter), claims)
    if not agreement.binds:
        raise BindsNobody(case_id=matter.case_id)
    recovered_fen = paid_fen(agreement, claims)
    if recovered_fen < agreement.bound_fen:
        raise NotPaidYet(found=recovered_fen, expected=agreement.bound_fen)
    return [AgreementPerformed(**matter.said(act.at), recovered_fen=recovered_fen)]


def mediable(matter: Matter) -> tuple[MatterState, ...]:
    """When the parties may mediate."""
    return MEDIATED_AGAIN if matter.agreement else ACCEPTED


def check_came_to_nothing(matter: Matter) -> None:
    """The agreement that stands, if there is one, is not worth standing. Raises AgreementStands."""
    if matter.agreement is None or not_confirmed(matter):
        return
    agreement = matter.proceedings.state(ProceedingKind.AGREEMENT)
    asked = [matter.proceedings.state(kind) for kind in CONFIRMING]
    free = (ProceedingState.NOTHING, ProceedingState.DISMISSED, ProceedingState.REFUSED)
    if agreement is not ProceedingState.BREACHED or any(state not in free for state in asked):
        raise AgreementStands(case_id=matter.case_id, found=agreement, confirmation=", ".join(asked))


def running(matter: Matter) -> Mediation:
    """Raises NoMediation."""
    if matter.mediation is None or not matter.mediation.runs:
        raise NoMediation(case_id=matter.case_id)
    return matter.mediation
