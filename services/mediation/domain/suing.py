"""Sues: a suit is filed, docketed, judged, appealed; those of other members run beside it."""

from collections.abc import Callable, Mapping, Sequence
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
    SuitNumber,
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
    SeveralSuits,
    SuitRuns,
    SumDisagrees,
    TooLate,
)
from services.mediation.domain.keys import clock_of, part_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import check_suit
from services.mediation.domain.proceedings import (
    MEDIATED_ON_APPEAL,
    SUIT_WITHDRAWN,
    Amounts,
    Suit,
    check_amounts,
)
from services.mediation.domain.remedies import Opener
from services.mediation.domain.suit_clocks import suit_clocks

NOT_APPEALED: Final = FinalCause("not-appealed")
ON_APPEAL: Final = (FinalCause("second-instance"), MEDIATED_ON_APPEAL)
"""How an appeal ends that says anew what each member gets."""

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
    """A suit is filed, by all members or some. Other members sue beside them, or over another award.

    Args:
        against: over which award, and the others stand; over all that were made if it is not said.
        part: of a partial award, which; the first if it is not said.

    Raises:
        NotAided: as `check_aided` does.
        SuitRuns: while another of the same dispute of the same member is not decided (CPL Art. 127).
        NotOpen, ArbitrationFirst: as `check_suit` does.
        NoSuchAward, TooLate: as `check_over` does.
        AmountsDoNotFit: if a stranger sues.
    """
    matter.check_involved(act, *SUING)
    alone = check_aided(matter, FIRST_INSTANCE, unaided=unaided)
    parties = suing(members, claims)
    over = part_of(against, part) if against else None
    check_apart(matter, Suit(court=court, members=parties, against=against, part=over))
    check_suit(matter, without_arbitration)
    if against:
        check_over(matter, act, against, part)
    return [
        LitigationFiled(
            **matter.said(act.at),
            court=court,
            claim_fen=claim_fen,
            without_arbitration=without_arbitration,
            members=parties,
            limit=limit_of(rule_of(LitigationFiled), act.at, law),
            unaided=alone,
            against=against,
            part=over,
            suit=number_of_next(matter),
        )
    ]


def number_of_next(matter: Matter) -> SuitNumber | None:
    """What the suit is called that is filed next; the first bears no number."""
    return len(matter.suits) + 1 if matter.suits else None


def check_apart(matter: Matter, filed: Suit) -> None:
    """No court has the same dispute of the same member before it. Raises SuitRuns."""
    for suit in matter.suits:
        if suit.result is None and suit.meets(filed):
            raise SuitRuns(case_id=matter.case_id, court=suit.court)


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
    which: int | None = None,
) -> list[MatterEvent]:
    """The court registered the suit, and tries it by a procedure. Raises NoSuit, SeveralSuits."""
    matter.check_involved(act, *SUING)
    suit = suit_that(matter, which, lambda each: each.docket is None)
    if suit is None or suit.docket is not None:
        raise NoSuit(case_id=matter.case_id, expected="filed and not docketed")
    rule = TRIALS.get(procedure) if procedure else None
    return [
        LitigationDocketed(
            **matter.said(act.at),
            court=suit.court,
            docket=docket,
            procedure=procedure,
            limit=limit_of(rule, act.at, law) if rule else None,
            suit=suit.number,
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
    which: int | None = None,
) -> list[LitigationJudged]:
    """The court decided, with an amount for every member whom the suit is about.

    Raises NoSuit, SeveralSuits; NotReceivedYet, if it is to be served; and as `check_amounts` does.
    """
    matter.check_involved(act, *SUING)
    served = served_at or act.at
    if served > act.at:
        raise NotReceivedYet(found=served, expected=act.at)
    suit = suit_that(matter, which, lambda each: each.docket is not None and each.result is None)
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
            suit=suit.number,
        )
    ]


def appeal(matter: Matter, act: Act, court: AgencyId, which: int | None = None) -> list[MatterEvent]:
    """The judgment is appealed. Raises OutOfCourse, SeveralSuits; AlreadyFinal, if no appeal is open."""
    suit = suit_that(
        matter, which, lambda each: matter.stands(each) is ProceedingState.JUDGED and not each.final
    )
    matter.check_step(act, LitigationAppealed, suit.key if suit else None)
    assert suit is not None, "the step was checked"
    if suit.final:
        raise AlreadyFinal(court=suit.court)
    return [LitigationAppealed(**matter.said(act.at), court=court, suit=suit.number)]


def decide_appeal(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    amounts: Amounts,
    awarded_fen: Fen,
    because: FinalCause,
    which: int | None = None,
) -> list[LitigationFinal]:
    """The appeal was decided, mediated or withdrawn.

    Raises NoSuit, SeveralSuits, and as `check_amounts` does.
    """
    suit = suit_that(matter, which, lambda each: matter.stands(each) is ProceedingState.APPEALED)
    matter.check_step(act, LitigationFinal, suit.key if suit else None)
    if suit is None or matter.stands(suit) is not ProceedingState.APPEALED:
        raise NoSuit(case_id=matter.case_id, expected="appealed and not decided")
    if because in ON_APPEAL:
        parties = suit.members or parties_of(matter.agreement, claims)
        check_amounts(amounts, awarded_fen, claims, matter.facts.members, parties)
    elif amounts or awarded_fen:
        raise SumDisagrees(found=awarded_fen, expected=0)
    final_fen = awarded_fen if because in ON_APPEAL else suit.awarded_fen
    return [made_final(matter, suit, because, final_fen, at=act.at)]


def suit_that(matter: Matter, which: int | None, fits: Callable[[Suit], bool]) -> Suit | None:
    """The suit that is named, counted from 1; if none is named, the only one that fits, or else the last.

    Raises:
        NoSuit: if there are fewer.
        SeveralSuits: if none is named and several fit.
    """
    if which is not None:
        if which > len(matter.suits):
            raise NoSuit(case_id=matter.case_id, expected=f"no. {which}")
        return matter.suits[which - 1]
    fitting = [number for number, each in enumerate(matter.suits, 1) if fits(each)]
    if len(fitting) > 1:
        raise SeveralSuits(case_id=matter.case_id, found=", ".join(map(str, fitting)))
    return matter.suits[fitting[0] - 1] if fitting else next(reversed(matter.suits), None)


def pass_appeal(matter: Matter, name: str, *, at: datetime) -> list[MatterEvent]:
    """The time for an appeal passed: the judgment is final. A reaction: it never raises."""
    suit = next((each for each in reversed(matter.suits) if clock_of(APPEAL_BY, each.key) == name), None)
    if name not in matter.due or suit is None:
        return []
    return [made_final(matter, suit, NOT_APPEALED, suit.awarded_fen, at=at)]


def made_final(
    matter: Matter, suit: Suit, because: FinalCause, awarded_fen: Fen, *, at: datetime
) -> LitigationFinal:
    last = matter.proceedings.last(ProceedingKind.LITIGATION, suit.key)
    return LitigationFinal(
        **matter.said(at),
        court=last.before if last and last.before else suit.court,
        because=because,
        awarded_fen=awarded_fen,
        remedies=matter.remedies(Opener.JUDGMENT),
        suit=suit.number,
    )
