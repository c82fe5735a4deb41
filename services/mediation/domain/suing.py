"""Sues: a suit is filed, docketed, judged; one after the other."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from law.book import Law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.codes import EnforcementTitle, FinalCause, JudgmentResult, LegalBasis, TrialProcedure
from schemas.ids import AgencyId, ExternalRef, Fen, MemberId, RuleId
from schemas.matters import (
    LitigationAppealed,
    LitigationDocketed,
    LitigationFiled,
    LitigationFinal,
    LitigationJudged,
    MatterEvent,
    PartNumber,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.agreement import parties_of
from services.mediation.domain.aided import FIRST_INSTANCE, check_aided
from services.mediation.domain.awards import award_called
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.courses import rule_of
from services.mediation.domain.court_courses import APPEAL_BY, SUING
from services.mediation.domain.errors import (
    AlreadyFinal,
    AmountsDoNotFit,
    NoSuit,
    NotReceivedYet,
    SuitRuns,
    SumDisagrees,
    TooLate,
)
from services.mediation.domain.keys import part_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import check_suit
from services.mediation.domain.proceedings import SUIT_WITHDRAWN, Amounts, check_amounts
from services.mediation.domain.remedies import Opener
from services.mediation.domain.suit_clocks import suit_clocks

NOT_APPEALED: Final = FinalCause("not-appealed")
SECOND_INSTANCE: Final = FinalCause("second-instance")

TRIALS: Final[Mapping[TrialProcedure, RuleId]] = {
    TrialProcedure("ordinary"): RuleId("trial-ordinary"),
    TrialProcedure("simple"): RuleId("trial-simple"),
    TrialProcedure("small"): RuleId("trial-small"),
}
"""How long each procedure may take, from the docketing."""


def file(
    matter: Matter,
    act: Act,
    court: AgencyId,
    claim_fen: Fen,
    without_arbitration: LegalBasis | None,
    *,
    law: Law,
    members: tuple[MemberId, ...] | None = None,
    claims: Sequence[Claim] = (),
    unaided: bool = False,
    against: EnforcementTitle | None = None,
    part: PartNumber | None = None,
) -> list[MatterEvent]:
    """A suit is filed, by all members or some; one after the other.

    Args:
        against: over which award, and the others stand; over all that were made if it is not said.
        part: of a partial award, which; the first if it is not said.

    Raises:
        NotAided: as `check_aided` does.
        SuitRuns: while another is not decided.
        NotOpen, ArbitrationFirst: as `check_suit` does.
        NoSuchAward, TooLate: as `check_over` does.
        AmountsDoNotFit: if a stranger sues.
    """
    matter.check_involved(act, *SUING)
    alone = check_aided(matter, FIRST_INSTANCE, unaided=unaided)
    if matter.suits and matter.suits[-1].result is None:
        raise SuitRuns(case_id=matter.case_id, court=matter.suits[-1].court)
    check_suit(matter, without_arbitration)
    if against:
        check_over(matter, act, against, part)
    return [
        LitigationFiled(
            **matter.said(act.at),
            court=court,
            claim_fen=claim_fen,
            without_arbitration=without_arbitration,
            members=suing(members, claims),
            limit=limit_of(rule_of(LitigationFiled), act.at, law),
            unaided=alone,
            against=against,
            part=part_of(against, part) if against else None,
        )
    ]


def check_over(matter: Matter, act: Act, against: EnforcementTitle, part: PartNumber | None) -> None:
    """Whether that award was made, and may be sued over today. Raises NoSuchAward, TooLate."""
    award_called(matter, against, part)
    names = suit_clocks(part_of(against, part))
    # Once it is set aside another time runs.
    for clock in [each for each in matter.clocks if each.name in names][-1:]:
        if act.at > clock.limit.due_at:
            raise TooLate(rule=clock.limit.rule, found=day_of(act.at), expected=day_of(clock.limit.due_at))


def suing(members: tuple[MemberId, ...] | None, claims: Sequence[Claim]) -> tuple[MemberId, ...] | None:
    """Who sues, in one order; None if all do. Raises AmountsDoNotFit."""
    if members is None:
        return None
    known = {claim.member_id for claim in registered_of(claims)}
    strange = set(members) - known
    if strange or not members:
        raise AmountsDoNotFit(found=len(members), strange=len(strange), expected=len(known))
    return None if set(members) == known else tuple(sorted(set(members)))


def docket(
    matter: Matter,
    act: Act,
    docket: ExternalRef,
    *,
    law: Law,
    procedure: TrialProcedure | None = None,
) -> list[MatterEvent]:
    """The court registered the suit, and tries it by a procedure. Raises NoSuit."""
    matter.check_involved(act, *SUING)
    if not matter.suits or matter.suits[-1].docket is not None:
        raise NoSuit(case_id=matter.case_id, expected="filed and not docketed")
    rule = TRIALS.get(procedure) if procedure else None
    return [
        LitigationDocketed(
            **matter.said(act.at),
            court=matter.suits[-1].court,
            docket=docket,
            procedure=procedure,
            limit=limit_of(rule, act.at, law) if rule else None,
        )
    ]


def judge(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    amounts: Amounts,
    awarded_fen: Fen,
    *,
    result: JudgmentResult,
    final: bool,
    law: Law,
    served_at: datetime | None = None,
) -> list[MatterEvent]:
    """The court decided, with an amount for every member whom the suit is about.

    Raises NoSuit; NotReceivedYet, if it is to be served; and as `check_amounts` does.
    """
    matter.check_involved(act, *SUING)
    served = served_at or act.at
    if served > act.at:
        raise NotReceivedYet(found=served, expected=act.at)
    suit = matter.suits[-1] if matter.suits else None
    if suit is None or suit.docket is None or suit.result is not None:
        raise NoSuit(case_id=matter.case_id, expected="docketed and not decided")
    if result != SUIT_WITHDRAWN:
        parties = suit.members or parties_of(matter.agreement, claims)
        check_amounts(amounts, awarded_fen, claims, matter.facts.members, parties)
    elif amounts or awarded_fen:
        raise SumDisagrees(found=awarded_fen, expected=0)
    return [
        LitigationJudged(
            **matter.said(act.at),
            court=suit.court,
            docket=suit.docket,
            result=result,
            awarded_fen=awarded_fen,
            final=final,
            served_at=served,
            limit=None if final else limit_of(rule_of(LitigationJudged), served, law),
        )
    ]


def appeal(matter: Matter, act: Act, court: AgencyId) -> list[MatterEvent]:
    """The judgment is appealed. Raises OutOfCourse; AlreadyFinal, if no appeal is open."""
    matter.check_step(act, LitigationAppealed)
    if matter.suits[-1].final:
        raise AlreadyFinal(court=matter.suits[-1].court)
    return [LitigationAppealed(**matter.said(act.at), court=court)]


def decide_appeal(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    amounts: Amounts,
    awarded_fen: Fen,
    because: FinalCause,
) -> list[MatterEvent]:
    """The appeal was decided, or withdrawn. Raises NoSuit, OutOfCourse, and as `check_amounts` does."""
    matter.check_step(act, LitigationFinal)
    if matter.proceedings.state(ProceedingKind.LITIGATION) is not ProceedingState.APPEALED:
        raise NoSuit(case_id=matter.case_id, expected="appealed and not decided")
    if because == SECOND_INSTANCE:
        parties = matter.suits[-1].members or parties_of(matter.agreement, claims)
        check_amounts(amounts, awarded_fen, claims, matter.facts.members, parties)
    elif amounts or awarded_fen:
        raise SumDisagrees(found=awarded_fen, expected=0)
    final_fen = awarded_fen if because == SECOND_INSTANCE else matter.suits[-1].awarded_fen
    return [made_final(matter, because, final_fen, at=act.at)]


def pass_appeal(matter: Matter, *, at: datetime) -> list[MatterEvent]:
    """The time for an appeal passed: the judgment is final. A reaction: it never raises."""
    if APPEAL_BY not in matter.due or not matter.suits:
        return []
    return [made_final(matter, NOT_APPEALED, matter.suits[-1].awarded_fen, at=at)]


def made_final(matter: Matter, because: FinalCause, awarded_fen: Fen, *, at: datetime) -> LitigationFinal:
    last = matter.proceedings.last(ProceedingKind.LITIGATION)
    return LitigationFinal(
        **matter.said(at),
        court=last.before if last and last.before else matter.suits[-1].court,
        because=because,
        awarded_fen=awarded_fen,
        remedies=matter.remedies(Opener.JUDGMENT),
    )
