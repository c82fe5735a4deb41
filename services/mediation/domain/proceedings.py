"""Mediation and suit as parts of a matter."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self, TypeAlias

from schemas.codes import EnforcementTitle, FinalCause, JudgmentResult, MediationKind, Relation, SessionResult
from schemas.facts import CaseFacts, TimeLimit
from schemas.ids import AgencyId, ExternalRef, Fen, MemberId, Pseudonym, RuleId, RuleVersion
from schemas.matters import (
    AgreementConsented,
    AgreementPerformed,
    AgreementReduced,
    LitigationDocketed,
    LitigationFiled,
    LitigationFinal,
    LitigationJudged,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
    PartNumber,
    SuitNumber,
)
from services.mediation.domain.agreement import Agreement, agreement_of
from services.mediation.domain.agreement_courses import CONFIRM_BY
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.clocks import Clocks
from services.mediation.domain.errors import AmountsDoNotFit, ClaimsIncomplete, SumDisagrees
from services.mediation.domain.keys import part_of, suit_key

LABOUR_RULE: Final = RuleId("mediation-labour")
PEOPLES_RULE: Final = RuleId("mediation-peoples")
MEDIATE_BY: Final = "mediate_by"
BROKEN_OFF: Final = SessionResult("broken-off")
PARTY_ABSENT: Final = SessionResult("party-absent")
SUIT_WITHDRAWN: Final = JudgmentResult("withdrawn")
SUIT_MEDIATED: Final = JudgmentResult("mediated")
MEDIATED_ON_APPEAL: Final = FinalCause("mediated-on-appeal")

MediationEvent: TypeAlias = MediationProposed | MediationSessionHeld | MediationAgreed | AgreementPerformed
SuitEvent: TypeAlias = LitigationFiled | LitigationDocketed | LitigationJudged

Amounts: TypeAlias = Mapping[MemberId, Fen]
"""What each member is to get."""


def rule_of(kind: MediationKind, facts: CaseFacts) -> RuleId:
    """A labour dispute has fifteen days, whoever mediates it (Arbitration Law Art. 14); all else a month."""
    labour = kind == MediationKind("labour") or facts.relation == Relation("labour")
    return LABOUR_RULE if labour else PEOPLES_RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class Mediation:
    """A mediation that was proposed, and what came of it."""

    kind: MediationKind
    committee: AgencyId
    mediator: Pseudonym | None
    partners: tuple[AgencyId, ...]
    sessions: int = 0
    broken_off: bool = False
    party_absent: bool = False
    """Whether somebody did not come to the last session."""
    agreed_fen: Fen | None = None
    performed: bool = False
    agreement: Agreement | None = None
    """The one that stands: that of an earlier mediation, until this one leads to another."""

    @property
    def runs(self) -> bool:
        """Whether an agreement may still come of it."""
        return self.agreed_fen is None and not self.broken_off and not self.performed

    def after(
        self,
        event: MediationSessionHeld
        | MediationAgreed
        | AgreementConsented
        | AgreementReduced
        | AgreementPerformed,
    ) -> Self:
        """This mediation once the event has happened."""
        match event:
            case MediationSessionHeld(session=session, result=result):
                absent = result == PARTY_ABSENT
                return replace(self, sessions=session, broken_off=result == BROKEN_OFF, party_absent=absent)
            case MediationAgreed(agreed_fen=agreed_fen):
                return replace(self, agreed_fen=agreed_fen, agreement=agreement_of(event))
            case AgreementConsented() | AgreementReduced():
                return replace(self, agreement=self.agreement and self.agreement.after(event))
            case AgreementPerformed():
                return replace(self, performed=True)


def proposed(event: MediationProposed, agreement: Agreement | None) -> Mediation:
    """The mediation that an event proposes, beside the agreement that stands."""
    return Mediation(
        kind=event.kind,
        committee=event.committee,
        mediator=event.mediator,
        partners=event.partners,
        agreement=agreement,
    )


def clocked_mediation(clocks: Clocks, event: MediationEvent, facts: CaseFacts) -> Clocks:
    """What becomes of the clock of a mediation."""
    match event:
        case MediationProposed(end_by=end_by, at=at):
            if end_by is None:
                return clocks
            rule = event.version or RuleVersion(event.end_rule or rule_of(event.kind, facts))
            limit = TimeLimit(rule=rule, due_at=end_by, provisional=event.provisional)
            return clocks.start(MEDIATE_BY, limit, at)
        case MediationSessionHeld(result=result, at=at):
            return clocks.meet(MEDIATE_BY, at) if result == BROKEN_OFF else clocks
        case MediationAgreed(at=at, limit=limit):
            agreed = clocks.meet(MEDIATE_BY, at)
            return agreed.start(CONFIRM_BY, limit, at) if limit else agreed
        case AgreementPerformed(at=at):
            return clocks.meet(MEDIATE_BY, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suit:
    """A suit, from filing to judgment."""

    court: AgencyId
    docket: ExternalRef | None = None
    result: JudgmentResult | None = None
    awarded_fen: Fen = 0
    final: bool = False
    filed_at: datetime | None = None
    members: tuple[MemberId, ...] | None = None
    """Whom it is about; None: all."""
    against: EnforcementTitle | None = None
    """Which award it is over; None: all, if there are any."""
    part: PartNumber | None = None
    """Of a partial award, which."""
    number: SuitNumber | None = None
    """Which it is in the case, from 2; None: the first, or one of an earlier release."""

    @property
    def key(self) -> str:
        """What its proceeding is called, and its clocks."""
        return suit_key(self.number)

    @property
    def won(self) -> bool:
        """Whether its judgment is final, and gives something."""
        return self.final and self.awarded_fen > 0

    def meets(self, other: Self) -> bool:
        """Whether both are about the same dispute of the same member."""
        same = None in (self.members, other.members) or set(self.members or ()) & set(other.members or ())
        apart = self.against and other.against and not other.over(part_of(self.against, self.part))
        return bool(same) and not apart

    def over(self, part: PartNumber | None) -> bool:
        """Whether it is over a partial award, or the award itself."""
        return self.against is None or part_of(self.against, self.part) == part

    def after(self, event: SuitEvent) -> Self:
        """This suit once the event has happened."""
        match event:
            case LitigationFiled(court=court):
                return replace(self, court=court)
            case LitigationDocketed(docket=docket):
                return replace(self, docket=docket)
            case LitigationJudged(result=result, awarded_fen=awarded_fen, final=final, docket=docket):
                return replace(self, docket=docket, result=result, awarded_fen=awarded_fen, final=final)

    def ended(self, event: LitigationFinal) -> Self:
        """This suit once its judgment is final.

        What the court above mediates takes its place: it counts as set aside (CPL Art. 179; number to be
        confirmed by a legal office).
        """
        result = SUIT_MEDIATED if event.because == MEDIATED_ON_APPEAL else self.result
        return replace(self, result=result, awarded_fen=event.awarded_fen, final=True)


def check_amounts(
    amounts: Amounts,
    total_fen: Fen,
    claims: Sequence[Claim],
    announced: int,
    parties: Collection[MemberId] | None = None,
) -> tuple[Claim, ...]:
    """Every member gets an amount, and the amounts come to the total. Returns the claims that count.

    Args:
        amounts: what each is to get.
        total_fen: the sum, as it is stated.
        claims: all claims of the case.
        announced: how many members the facts announce.
        parties: who must get an amount, if that is not every member.

    Raises:
        ClaimsIncomplete: while not all announced members have a claim: nobody is settled over his head.
        AmountsDoNotFit: if a member has none, or a stranger has one.
        SumDisagrees: if the total is another.
    """
    counted = registered_of(claims)
    if len(counted) != announced:
        raise ClaimsIncomplete(found=len(counted), expected=announced)
    known = {claim.member_id for claim in counted}
    needed = known if parties is None else set(parties)
    if not needed <= set(amounts) <= known:
        strange = len(set(amounts) - known)
        raise AmountsDoNotFit(found=len(amounts), strange=strange, expected=len(needed))
    if sum(amounts.values()) != total_fen:
        raise SumDisagrees(found=total_fen, expected=sum(amounts.values()))
    return counted
