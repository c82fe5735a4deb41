"""Asks labour inspection to act: it takes the complaint on or not, investigates, orders, punishes, refers."""

from collections.abc import Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import InspectionApproach, InspectionResult, RefusalGround
from schemas.facts import TimeLimit
from schemas.fields import Sealed
from schemas.ids import AgencyId, ExternalRef, Fen, RuleVersion
from schemas.matters import (
    InspectionAccepted,
    InspectionDecided,
    InspectionExtended,
    InspectionRefused,
    InspectionReported,
    InspectionWithdrawn,
    MatterEvent,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import ExtendedAlready, ResultUnclear
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceeding import Proceeding
from services.mediation.domain.proceedings import Amounts, check_amounts
from services.mediation.domain.remedies import Opener

PAYMENT_ORDERED: Final = InspectionResult("payment-ordered")
REFERRED: Final = InspectionResult("referred")
ORDERED_TERMS: Final = RuleVersion("inspection-order")
"""What the employer's time goes by: no rule, but what the order says."""
NOBODY: Final[Amounts] = MappingProxyType({})


def report(
    matter: Matter,
    act: Act,
    inspectorate: AgencyId,
    approach: InspectionApproach,
    claim_fen: Fen,
    paper: Sealed | None,
    law: Law,
) -> list[MatterEvent]:
    """Inspection is asked to act.

    Raises:
        OutOfCourse: if it was asked, and has not decided.
        DisputeElsewhere: if arbitration or a court has the dispute.
    """
    matter.check_step(act, InspectionReported)
    return [
        InspectionReported(
            **matter.said(act.at),
            inspectorate=inspectorate,
            approach=approach,
            claim_fen=claim_fen,
            limit=limit_of(rule_of(InspectionReported), act.at, law),
            paper=paper,
        )
    ]


def accept(matter: Matter, act: Act, docket: ExternalRef, law: Law) -> list[MatterEvent]:
    """It takes it on, in time or late. Raises OutOfCourse."""
    matter.check_step(act, InspectionAccepted)
    limit = limit_of(rule_of(InspectionAccepted), act.at, law)
    return [
        InspectionAccepted(
            **matter.said(act.at), inspectorate=under_way(matter)[1], docket=docket, limit=limit
        )
    ]


def refuse(matter: Matter, act: Act, because: RefusalGround) -> list[MatterEvent]:
    """It does not take it on. Raises OutOfCourse."""
    matter.check_step(act, InspectionRefused)
    return [
        InspectionRefused(
            **matter.said(act.at),
            inspectorate=under_way(matter)[1],
            because=because,
            remedies=matter.remedies(Opener.INSPECTED),
        )
    ]


def extend(matter: Matter, act: Act, law: Law) -> list[MatterEvent]:
    """A complex case has more time, once. Raises OutOfCourse, ExtendedAlready."""
    matter.check_step(act, InspectionExtended)
    inspection, inspectorate = under_way(matter)
    if inspection.extended:
        raise ExtendedAlready(legal_basis="LABOUR-INSPECTION-17")
    assert inspection.accepted_at is not None, "what is extended was accepted"
    limit = limit_of(rule_of(InspectionExtended), inspection.accepted_at, law)
    return [InspectionExtended(**matter.said(act.at), inspectorate=inspectorate, limit=limit)]


def decide(
    matter: Matter,
    act: Act,
    result: InspectionResult,
    *,
    ordered_fen: Fen,
    referred_to: AgencyId | None,
    claims: Sequence[Claim] = (),
    amounts: Amounts = NOBODY,
    pay_by: datetime | None = None,
) -> list[MatterEvent]:
    """It ordered the payment, punished, referred, or found nothing.

    Args:
        amounts: what the members are to get whom the order names; it may state a sum alone.
        pay_by: the day that it set.

    Raises:
        OutOfCourse: if it does not investigate.
        ResultUnclear: if the result does not fit what is said of it.
        ClaimsIncomplete, AmountsDoNotFit, SumDisagrees: as `check_amounts` does.
    """
    matter.check_step(act, InspectionDecided)
    if (result == PAYMENT_ORDERED) != (ordered_fen > 0):
        raise ResultUnclear(found=result, expected="a sum if a payment is ordered, and none otherwise")
    if (result == REFERRED) != (referred_to is not None):
        raise ResultUnclear(found=result, expected="to whom if it is referred, and nobody otherwise")
    if pay_by and not ordered_fen:
        raise ResultUnclear(found=result, expected="a day to pay by only if a payment is ordered")
    if amounts:
        check_amounts(amounts, ordered_fen, claims, matter.facts.members, parties=())
    return [
        InspectionDecided(
            **matter.said(act.at),
            inspectorate=under_way(matter)[1],
            docket=matter.proceedings.number(ProceedingKind.INSPECTION),
            result=result,
            ordered_fen=ordered_fen,
            referred_to=referred_to,
            remedies=matter.remedies(Opener.INSPECTED),
            members=len(amounts) or None,
            limit=TimeLimit(rule=ORDERED_TERMS, due_at=pay_by) if pay_by else None,
        )
    ]


def withdraw(matter: Matter, act: Act) -> list[MatterEvent]:
    """The complaint is withdrawn. Raises OutOfCourse."""
    matter.check_step(act, InspectionWithdrawn)
    return [InspectionWithdrawn(**matter.said(act.at), inspectorate=under_way(matter)[1])]


def under_way(matter: Matter) -> tuple[Proceeding, AgencyId]:
    """What inspection was asked for last, and who has it."""
    found = matter.proceedings.last(ProceedingKind.INSPECTION)
    assert found is not None, "inspection was not asked"
    return found, matter.proceedings.body(ProceedingKind.INSPECTION)
