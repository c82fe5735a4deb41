"""Arbitrates: an application, its acceptance, refusal or silence, an award, and for whom it is effective."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import EffectiveCause, RefusalGround
from schemas.fields import Sealed
from schemas.ids import AgencyId, ExternalRef, Fen, MemberId, RuleId
from schemas.matters import (
    ArbitrationAccepted,
    ArbitrationAwarded,
    ArbitrationEffective,
    ArbitrationExtended,
    ArbitrationFiled,
    ArbitrationRefused,
    ArbitrationSettled,
    ArbitrationWithdrawn,
    MatterEvent,
)
from services.mediation.domain import lapsing
from services.mediation.domain.acts import Act
from services.mediation.domain.agreement import parties_of
from services.mediation.domain.aided import ARBITRATION, check_aided
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.court_courses import SUE_BY
from services.mediation.domain.errors import ExtendedAlready, NotLabour, NotReceivedYet
from services.mediation.domain.matter import NOT_SUED, Matter
from services.mediation.domain.proceeding import Proceeding
from services.mediation.domain.proceedings import SUIT_WITHDRAWN, Amounts, check_amounts
from services.mediation.domain.remedies import SERVICE, Opener

FINAL_AWARD: Final = EffectiveCause("final-award")
SET_ASIDE: Final = RuleId("set-aside")
"""Counted from the workers' receipt, as the employer's is not known here."""


def file(
    matter: Matter,
    act: Act,
    commission: AgencyId,
    claim_fen: Fen,
    proof: Sealed | None,
    law: Law,
    *,
    unaided: bool = False,
) -> list[MatterEvent]:
    """Labour arbitration is applied for.

    Raises:
        OutOfCourse: if it is under way, or decided.
        NotAided: as `check_aided` does.
        NotLabour: if there is no labour relation.
    """
    matter.check_step(act, ArbitrationFiled)
    alone = check_aided(matter, ARBITRATION, unaided=unaided)
    if matter.facts.relation == SERVICE:
        raise NotLabour(found=matter.facts.relation)
    limit = limit_of(rule_of(ArbitrationFiled), act.at, law)
    return [
        ArbitrationFiled(
            **matter.said(act.at),
            commission=commission,
            claim_fen=claim_fen,
            limit=limit,
            proof=proof,
            unaided=alone,
        )
    ]


def accept(matter: Matter, act: Act, docket: ExternalRef, law: Law) -> list[MatterEvent]:
    """The commission accepts, in time or late. Raises OutOfCourse."""
    matter.check_step(act, ArbitrationAccepted)
    limit = limit_of(rule_of(ArbitrationAccepted), act.at, law)
    return [
        ArbitrationAccepted(
            **matter.said(act.at), commission=under_way(matter)[1], docket=docket, limit=limit
        )
    ]


def extend(matter: Matter, act: Act, law: Law) -> list[MatterEvent]:
    """A complex case has more time, once. Raises OutOfCourse, ExtendedAlready."""
    matter.check_step(act, ArbitrationExtended)
    arbitration, commission = under_way(matter)
    if arbitration.extended:
        raise ExtendedAlready(legal_basis="LDMAL-43")
    assert arbitration.accepted_at is not None, "what is extended was accepted"
    limit = limit_of(rule_of(ArbitrationExtended), arbitration.accepted_at, law)
    return [ArbitrationExtended(**matter.said(act.at), commission=commission, limit=limit)]


def refuse(matter: Matter, act: Act, because: RefusalGround) -> list[MatterEvent]:
    """The commission does not accept: a suit is open. Raises OutOfCourse."""
    matter.check_step(act, ArbitrationRefused)
    return [
        ArbitrationRefused(
            **matter.said(act.at),
            commission=under_way(matter)[1],
            because=because,
            remedies=matter.remedies(Opener.REFUSAL),
        )
    ]


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
    """The commission decided, with an amount for every member whom no agreement binds.

    A final award is effective for everybody when it is made (Arbitration Law Art. 47). After a partial award
    the amounts are what is decided of the rest.

    Raises:
        OutOfCourse: if no arbitration was accepted.
        NotReceivedYet: if the time of receipt lies ahead.
        ClaimsIncomplete, AmountsDoNotFit, SumDisagrees: as `check_amounts` does.
    """
    matter.check_step(act, ArbitrationAwarded)
    if received_at > act.at:
        raise NotReceivedYet(found=received_at, expected=act.at)
    check_amounts(amounts, awarded_fen, claims, matter.facts.members, parties_of(matter.agreement, claims))
    _, commission = under_way(matter)
    parts = matter.proceedings.of(ProceedingKind.PARTIAL_AWARD)
    awarded = ArbitrationAwarded(
        **matter.said(act.at),
        commission=commission,
        docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
        awarded_fen=awarded_fen,
        final=final,
        received_at=received_at,
        limit=limit_of(rule_of(ArbitrationAwarded), received_at, law),
        set_aside=limit_of(SET_ASIDE, received_at, law) if final else None,
        with_parts_fen=awarded_fen + sum(part.awarded_fen for part in parts) if parts else None,
    )
    return [awarded, *(effects(matter, sorted(amounts), FINAL_AWARD, at=act.at) if final else [])]


def settle(
    matter: Matter, act: Act, claims: Sequence[Claim], amounts: Amounts, settled_fen: Fen
) -> list[MatterEvent]:
    """The parties settled before the commission. Raises OutOfCourse, and as `check_amounts` does."""
    matter.check_step(act, ArbitrationSettled)
    check_amounts(amounts, settled_fen, claims, matter.facts.members, parties_of(matter.agreement, claims))
    _, commission = under_way(matter)
    return [
        ArbitrationSettled(
            **matter.said(act.at),
            commission=commission,
            docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
            settled_fen=settled_fen,
            remedies=matter.remedies(Opener.AWARD),
        )
    ]


def withdraw(matter: Matter, act: Act) -> list[MatterEvent]:
    """The application is withdrawn. Raises OutOfCourse."""
    matter.check_step(act, ArbitrationWithdrawn)
    return [ArbitrationWithdrawn(**matter.said(act.at), commission=under_way(matter)[1])]


def pass_suit_limit(matter: Matter, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """The time for a suit passed: the award is effective for each member who did not sue. Never raises."""
    arbitration = matter.proceedings.last(ProceedingKind.ARBITRATION)
    if SUE_BY not in matter.due or arbitration is None:
        return []
    if arbitration.final_award:
        return lapsing.lapse(matter, SUE_BY, at=at)
    suing = sued(matter, arbitration)
    by_award = [claim for claim in registered_of(claims) if claim.determined_by == "award"]
    quiet = [claim.member_id for claim in by_award if claim.member_id not in suing]
    return effects(matter, quiet, NOT_SUED, at=at) or lapsing.lapse(matter, SUE_BY, at=at)


def sued(matter: Matter, arbitration: Proceeding) -> frozenset[MemberId]:
    """Who sued over the award since it was made, and did not withdraw the suit."""
    since = arbitration.since
    suits = [
        suit
        for suit in matter.suits
        if suit.filed_at
        and since
        and suit.filed_at >= since
        and suit.result != SUIT_WITHDRAWN
        and suit.over(arbitration.part)
    ]
    return frozenset(member for suit in suits for member in suit.members or ())


def effects(
    matter: Matter, members: Sequence[MemberId], because: EffectiveCause, *, at: datetime
) -> list[MatterEvent]:
    """One a member, counted on from those for whom the award is effective already."""
    arbitration, commission = under_way(matter)
    return [
        ArbitrationEffective(
            **matter.said(at),
            commission=commission,
            docket=matter.proceedings.number(ProceedingKind.ARBITRATION),
            member_id=member,
            because=because,
            remedies=matter.remedies(Opener.AWARD),
            effective=number,
        )
        for number, member in enumerate(members, start=arbitration.effective + 1)
    ]


def in_all(amounts: Amounts, claims: Sequence[Claim]) -> Amounts:
    """What each is due with what partial awards gave him."""
    parts = {claim.member_id: claim.part_fen or 0 for claim in claims}
    return {member: amount_fen + parts.get(member, 0) for member, amount_fen in amounts.items()}


def under_way(matter: Matter) -> tuple[Proceeding, AgencyId]:
    """The arbitration that has begun, and who has it."""
    found = matter.proceedings.last(ProceedingKind.ARBITRATION)
    assert found is not None, "no arbitration has begun"
    return found, matter.proceedings.body(ProceedingKind.ARBITRATION)
