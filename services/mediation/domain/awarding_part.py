"""Awards a part of the claims before the rest, and says for whom that is effective."""

from collections.abc import Sequence
from datetime import datetime

from law.book import Law
from law.limits import limit_of
from schemas.codes import EffectiveCause
from schemas.ids import Fen, MemberId
from schemas.matters import ArbitrationPartEffective, ArbitrationPartlyAwarded, MatterEvent
from services.mediation.domain import lapsing
from services.mediation.domain.acts import Act
from services.mediation.domain.agreement import parties_of
from services.mediation.domain.arbitrating import FINAL_AWARD, sued
from services.mediation.domain.award_courses import PART_SUE_BY
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import NotReceivedYet
from services.mediation.domain.matter import NOT_SUED, Matter
from services.mediation.domain.proceedings import Amounts, check_amounts
from services.mediation.domain.remedies import Opener


def award(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    amounts: Amounts,
    awarded_fen: Fen,
    *,
    final: bool,
    received_at: datetime,
    law: Law,
) -> list[MatterEvent]:
    """The commission decided a part, with an amount for every member whom no agreement binds.

    Raises:
        OutOfCourse: if no arbitration was accepted, or a part was awarded before.
        NotReceivedYet: if the time of receipt lies ahead.
        ClaimsIncomplete, AmountsDoNotFit, SumDisagrees: as `check_amounts` does.
    """
    matter.check_step(act, ArbitrationPartlyAwarded)
    if received_at > act.at:
        raise NotReceivedYet(found=received_at, expected=act.at)
    check_amounts(amounts, awarded_fen, claims, matter.facts.members, parties_of(matter.agreement, claims))
    awarded = ArbitrationPartlyAwarded(
        **matter.said(act.at),
        commission=matter.proceedings.body(ProceedingKind.ARBITRATION),
        docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
        awarded_fen=awarded_fen,
        final=final,
        received_at=received_at,
        limit=limit_of(rule_of(ArbitrationPartlyAwarded), received_at, law),
    )
    return [awarded, *(effects(matter, sorted(amounts), FINAL_AWARD, at=act.at) if final else [])]


def pass_suit_limit(matter: Matter, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """The time for a suit over the part passed: it is effective for each who did not sue. Never raises."""
    part = matter.proceedings.last(ProceedingKind.PARTIAL_AWARD)
    if PART_SUE_BY not in matter.due or part is None:
        return []
    if part.final_award:
        return lapsing.lapse(matter, PART_SUE_BY, at=at)
    suing = sued(matter, part)
    by_part = [claim for claim in registered_of(claims) if claim.part_fen is not None]
    quiet = [claim.member_id for claim in by_part if claim.member_id not in suing]
    return effects(matter, quiet, NOT_SUED, at=at) or lapsing.lapse(matter, PART_SUE_BY, at=at)


def effects(
    matter: Matter, members: Sequence[MemberId], because: EffectiveCause, *, at: datetime
) -> list[MatterEvent]:
    """One a member, counted on from those for whom the part is effective already."""
    part = matter.proceedings.last(ProceedingKind.PARTIAL_AWARD)
    return [
        ArbitrationPartEffective(
            **matter.said(at),
            commission=matter.proceedings.body(ProceedingKind.ARBITRATION),
            docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
            member_id=member,
            because=because,
            remedies=matter.remedies(Opener.AWARD),
            effective=number,
        )
        for number, member in enumerate(members, start=(part.effective if part else 0) + 1)
    ]
