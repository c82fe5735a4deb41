"""Awards a part of the claims before the rest, and says for whom that is effective."""

from collections.abc import Sequence
from datetime import datetime

from law.book import Law
from law.limits import limit_of
from schemas.codes import EffectiveCause
from schemas.ids import Fen, MemberId
from schemas.matters import (
    ArbitrationPartEffective,
    ArbitrationPartlyAwarded,
    MatterEvent,
    PartNumber,
)
from services.mediation.domain import lapsing
from services.mediation.domain.acts import Act
from services.mediation.domain.agreement import parties_of
from services.mediation.domain.arbitrating import FINAL_AWARD, SET_ASIDE, sued
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import NotReceivedYet
from services.mediation.domain.keys import FIRST
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
    """The commission decided a part, or another one, with an amount for every member whom no agreement binds.

    Raises:
        OutOfCourse: if no arbitration was accepted, or all of it is decided.
        NotReceivedYet: if the time of receipt lies ahead.
        ClaimsIncomplete, AmountsDoNotFit, SumDisagrees: as `check_amounts` does.
    """
    matter.check_step(act, ArbitrationPartlyAwarded)
    if received_at > act.at:
        raise NotReceivedYet(found=received_at, expected=act.at)
    check_amounts(amounts, awarded_fen, claims, matter.facts.members, parties_of(matter.agreement, claims))
    before = matter.proceedings.of(ProceedingKind.PARTIAL_AWARD)
    part = len(before) + 1
    set_aside = limit_of(SET_ASIDE, received_at, law) if final else None
    awarded = ArbitrationPartlyAwarded(
        **matter.said(act.at),
        commission=matter.proceedings.body(ProceedingKind.ARBITRATION),
        docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
        awarded_fen=awarded_fen,
        final=final,
        received_at=received_at,
        limit=limit_of(rule_of(ArbitrationPartlyAwarded), received_at, law),
        part=part,
        so_far_fen=awarded_fen + sum(each.awarded_fen for each in before),
        set_aside=set_aside,
    )
    return [awarded, *(effects(matter, part, sorted(amounts), FINAL_AWARD, at=act.at) if final else [])]


def pass_suit_limit(matter: Matter, name: str, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """The time for a suit over a part passed: it is effective for each who did not sue. Never raises."""
    key = name.partition("/")[2] or str(FIRST)
    part = matter.proceedings.last(ProceedingKind.PARTIAL_AWARD, key)
    if name not in matter.due or part is None:
        return []
    if part.final_award:
        return lapsing.lapse(matter, name, at=at)
    suing, number = sued(matter, part), part.part or FIRST
    given = [claim.member_id for claim in registered_of(claims) if claim.decided_in(number)]
    quiet = [member for member in given if member not in suing]
    return effects(matter, number, quiet, NOT_SUED, at=at) or lapsing.lapse(matter, name, at=at)


def effects(
    matter: Matter,
    part: PartNumber,
    members: Sequence[MemberId],
    because: EffectiveCause,
    *,
    at: datetime,
) -> list[MatterEvent]:
    """One a member, counted on from those for whom that part is effective already."""
    known = matter.proceedings.last(ProceedingKind.PARTIAL_AWARD, str(part))
    return [
        ArbitrationPartEffective(
            **matter.said(at),
            commission=matter.proceedings.body(ProceedingKind.ARBITRATION),
            docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
            member_id=member,
            because=because,
            remedies=matter.remedies(Opener.AWARD),
            effective=number,
            part=part,
        )
        for number, member in enumerate(members, start=(known.effective if known else 0) + 1)
    ]
