"""Has wages, medical costs, severance pay or damages executed in advance of the award (LDMAL Art. 44)."""

from collections.abc import Sequence

from schemas.codes import AdvanceClaim, AdvanceRefusal
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    AdvanceExecutionApplied,
    AdvanceExecutionOrdered,
    AdvanceExecutionRefused,
    MatterEvent,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import Amounts, check_amounts


def apply(
    matter: Matter, act: Act, claims: Sequence[Claim], amounts: Amounts, of: tuple[AdvanceClaim, ...]
) -> list[MatterEvent]:
    """Members ask for it, each for an amount; they give no security.

    Raises:
        OutOfCourse: if no arbitration was accepted, or it was asked for and not decided.
        ClaimsIncomplete, AmountsDoNotFit: as `check_amounts` does.
    """
    matter.check_step(act, AdvanceExecutionApplied)
    check_amounts(amounts, sum(amounts.values()), claims, matter.facts.members, parties=())
    return [
        AdvanceExecutionApplied(
            **matter.said(act.at),
            commission=commission_of(matter),
            claims=of,
            amount_fen=sum(amounts.values()),
            members=len(amounts),
        )
    ]


def order(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    amounts: Amounts,
    *,
    court: AgencyId,
    docket: ExternalRef,
) -> list[MatterEvent]:
    """The commission orders it, and moves it to the court. Raises OutOfCourse, and as `apply` does."""
    matter.check_step(act, AdvanceExecutionOrdered)
    check_amounts(amounts, sum(amounts.values()), claims, matter.facts.members, parties=())
    return [
        AdvanceExecutionOrdered(
            **matter.said(act.at),
            commission=commission_of(matter),
            docket=docket,
            court=court,
            amount_fen=sum(amounts.values()),
        )
    ]


def refuse(matter: Matter, act: Act, because: AdvanceRefusal) -> list[MatterEvent]:
    """The commission does not order it; it may be asked for again. Raises OutOfCourse."""
    matter.check_step(act, AdvanceExecutionRefused)
    return [AdvanceExecutionRefused(**matter.said(act.at), commission=commission_of(matter), because=because)]


def commission_of(matter: Matter) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.ARBITRATION)
