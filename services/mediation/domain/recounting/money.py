"""What a member was due, by what fixed it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from schemas.codes import Determination
from schemas.ids import Epoch, Fen, MemberId
from schemas.matters import ClaimEvent, PartNumber, SuitNumber
from schemas.past import PastAct, PastJudgment, PastMoney
from services.mediation.domain.agreement import BY_AGREEMENT, parties_of
from services.mediation.domain.claim import ORDER, Claim, registered_of
from services.mediation.domain.keys import FIRST
from services.mediation.domain.matter import Matter
from services.mediation.domain.part_due import PARTLY
from services.mediation.domain.proceedings import SUIT_WITHDRAWN, Suit
from services.mediation.domain.suing import ON_APPEAL

BY_AWARD: Final = Determination("award")
BY_SETTLEMENT: Final = Determination("arbitration-settlement")
BY_JUDGMENT: Final = Determination("judgment")
IN_A_SUIT: Final = ("judged", "appeal-decided")


class Fixed(NamedTuple):
    """What an act fixed."""

    money: str
    """The amount of a member's past."""
    by: Determination
    final: bool = False
    """Whether a claim that gets nothing is over."""
    part: PartNumber | None = None
    """Of a partial award: which."""
    agreement: int | None = None
    """Of several agreements: which."""
    suit: Suit | None = None
    """Of a judgment: the suit in which it was given."""
    inspection: int | None = None
    """Of an order of labour inspection: of which asking."""
    which: SuitNumber | None = None
    """The number of that, if there are several."""
    offered: bool = False
    """Of an agreement: whether he is due it only once he consents."""

    def due_fen(self, claim: Claim) -> int:
        """What a member gets by it."""
        if claim.past is None:
            return 0
        if self.inspection:
            return self.ordered_fen(claim) or 0
        if self.part:
            return next(iter(claim.past.parts_fen[self.part - 1 :]), 0)
        if self.agreement:
            return next(iter(claim.past.agreements_fen[self.agreement - 1 :]), 0)
        found: int | None = getattr(self.told_of(claim), self.money, None)
        return found or 0

    def ordered_fen(self, claim: Claim) -> Fen | None:
        """What the order gives a member; None if it does not name him."""
        orders = claim.past.orders if claim.past else ()
        return next((each.ordered_fen for each in orders if each.inspection == self.inspection), None)

    def told_of(self, claim: Claim) -> PastMoney | PastJudgment | None:
        """Where it stands what he gets: of several judgments, in that of the suit."""
        judgments = claim.past.judgments if claim.past and self.which else ()
        return next((each for each in judgments if each.suit == self.which), claim.past)

    def determine(self, claim: Claim, *, epoch: Epoch, at: datetime) -> list[ClaimEvent]:
        """What is said of his claim: the award of the rest comes on top of the parts."""
        due_fen, suit = self.due_fen(claim), self.suit
        if self.offered:
            return claim.offer(due_fen, epoch=epoch, at=at)
        if self.part:
            return claim.determine_part(due_fen, epoch=epoch, at=at, part=self.part)
        if suit and suit.against:
            return claim.judge_over(suit.against, suit.part, due_fen, epoch=epoch, at=at, final=self.final)
        beside_fen = claim.part_fen or 0 if self.by in (BY_AWARD, BY_SETTLEMENT) else 0
        return claim.determine(due_fen + beside_fen, self.by, epoch=epoch, at=at, final=self.final)


def fixed_by(done: PastAct, suit: Suit | None = None) -> Fixed | None:
    """None where an act says nothing of what is due.

    Args:
        suit: in which it was done.
    """
    match done.code:
        case "agreed":
            return Fixed("agreed_fen", BY_AGREEMENT, agreement=done.agreement, offered=bool(done.by_consent))
        case "arbitration-settled":
            return Fixed("settled_fen", BY_SETTLEMENT)
        case "awarded":
            return Fixed("awarded_fen", BY_AWARD)
        case "inspection-decided" if done.ordered_fen:
            return Fixed("orders", ORDER, inspection=done.inspection or FIRST)
        case "partly-awarded":
            return Fixed("parts_fen", PARTLY, part=done.part or FIRST)
        case "judged" if done.judgment != SUIT_WITHDRAWN:
            return Fixed("judged_fen", BY_JUDGMENT, bool(done.final), suit=suit, which=done.suit)
        case "appeal-decided" if done.cause in ON_APPEAL:
            return Fixed("judged_on_appeal_fen", BY_JUDGMENT, final=True, suit=suit, which=done.suit)
        case _:
            return None


def reopened(claim: Claim, done: PastAct, *, epoch: Epoch) -> list[ClaimEvent]:
    """What is said of a claim when a court set an award aside: what it gave is not due any more."""
    by = PARTLY if done.part else BY_AWARD
    return claim.reopen(by=by, part=done.part, epoch=epoch, at=done.at)


def advanced(claim: Claim, done: PastAct, *, epoch: Epoch) -> list[ClaimEvent]:
    """What is said of a claim when something was ordered in advance of the award."""
    fen = advanced_fen(claim, done)
    return [] if fen is None else claim.advance(fen, epoch=epoch, at=done.at)


def advanced_fen(claim: Claim, done: PastAct) -> Fen | None:
    """What an order of execution in advance gives a member; None if it is not for him."""
    advances = claim.past.advances if claim.past else ()
    return next((each.advanced_fen for each in advances if each.advance == (done.advance or FIRST)), None)


def concerned(matter: Matter, done: PastAct, claims: Sequence[Claim]) -> Sequence[Claim]:
    """Those whom an act gives something, or nothing: a suit of some says nothing of the others.

    Whom the agreement of his group binds is no party to what the others are awarded. An order of labour
    inspection is about those whom it names.
    """
    counted = registered_of(claims)
    if done.code == "agreed":
        return counted
    order = fixed_by(done) if done.code == "inspection-decided" else None
    if order:
        return [claim for claim in counted if order.ordered_fen(claim) is not None]
    suit = suit_of(matter, done) if done.code in IN_A_SUIT else None
    return among((suit.members if suit else None) or parties_of(matter.agreement, claims), counted)


def suit_of(matter: Matter, done: PastAct) -> Suit | None:
    """The suit that it is about, by its number; one alone bears none."""
    return next(iter(matter.suits[(done.suit or 0) - 1 :]), None)


def among(members: Iterable[MemberId], claims: Sequence[Claim]) -> Sequence[Claim]:
    """The claims of some."""
    some = frozenset(members)
    return [claim for claim in claims if claim.member_id in some]


def total_fen(done: PastAct, claims: Sequence[Claim]) -> int:
    """What all members get by an act."""
    fixed = fixed_by(done)
    return sum(fixed.due_fen(claim) for claim in registered_of(claims)) if fixed else 0
