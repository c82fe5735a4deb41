"""Sues: a suit is filed, docketed, judged; one after the other."""

from collections.abc import Sequence

from schemas.codes import JudgmentResult, LegalBasis
from schemas.ids import AgencyId, ExternalRef, Fen
from schemas.matters import LitigationDocketed, LitigationFiled, LitigationJudged, MatterEvent
from services.mediation.domain.acts import GRANTED, Act
from services.mediation.domain.claim import Claim
from services.mediation.domain.errors import NoSuit, SuitRuns, SumDisagrees
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceedings import SUIT_WITHDRAWN, Amounts, check_amounts


def file(
    matter: Matter, act: Act, court: AgencyId, claim_fen: Fen, without_arbitration: LegalBasis | None
) -> list[MatterEvent]:
    """A suit is filed; one after the other. Raises SuitRuns."""
    matter.check_involved(act, *GRANTED)
    if matter.suits and matter.suits[-1].result is None:
        raise SuitRuns(case_id=matter.case_id, court=matter.suits[-1].court)
    return [
        LitigationFiled(
            **matter.said(act.at),
            court=court,
            claim_fen=claim_fen,
            without_arbitration=without_arbitration,
        )
    ]


def docket(matter: Matter, act: Act, docket: ExternalRef) -> list[MatterEvent]:
    """The court registered the suit. Raises NoSuit."""
    matter.check_involved(act, *GRANTED)
    if not matter.suits or matter.suits[-1].docket is not None:
        raise NoSuit(case_id=matter.case_id, expected="filed and not docketed")
    return [LitigationDocketed(**matter.said(act.at), court=matter.suits[-1].court, docket=docket)]


def judge(
    matter: Matter,
    act: Act,
    claims: Sequence[Claim],
    amounts: Amounts,
    awarded_fen: Fen,
    *,
    result: JudgmentResult,
    final: bool,
) -> list[MatterEvent]:
    """The court decided, with an amount for every member. Raises NoSuit, and as `check_amounts` does."""
    matter.check_involved(act, *GRANTED)
    suit = matter.suits[-1] if matter.suits else None
    if suit is None or suit.docket is None or suit.result is not None:
        raise NoSuit(case_id=matter.case_id, expected="docketed and not decided")
    if result != SUIT_WITHDRAWN:
        check_amounts(amounts, awarded_fen, claims, matter.facts.members)
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
        )
    ]
