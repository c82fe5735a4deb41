"""Claim: what one member claims, is due and has received, in integer fen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from schemas.cases import MemberJoined
from schemas.codes import ClaimEnd, Determination, EnforcementTitle, MemberRole, Payer, PaymentForm
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Epoch, Fen, MemberId, Pseudonym
from schemas.matters import (
    ClaimAdvanced,
    ClaimClosed,
    ClaimDetermined,
    ClaimEvent,
    ClaimOffered,
    ClaimRegistered,
    ClaimReopened,
    PartNumber,
    RecoveryRecorded,
)
from schemas.past import PastMoney
from services.mediation.domain.errors import ClaimOver, MoreThanDue, NotReceivedYet
from services.mediation.domain.keys import FIRST, part_of
from services.mediation.domain.part_due import JUDGMENT, PARTLY, PartDue, PartsDue

PAID = ClaimEnd("paid")
DISMISSED = ClaimEnd("dismissed")
GIVEN_UP = ClaimEnd("given-up")
LEFT = ClaimEnd("left")
ORDER = Determination("inspection-order")
BESIDE_PARTS = frozenset({None, PARTLY, Determination("award"), Determination("arbitration-settlement")})
"""What fixes the amount, and leaves what partial awards gave before."""
GONE = frozenset({ClaimEnd("moved"), ClaimEnd("withdrawn"), LEFT})
"""Ends of a claim that is not the owner's any more; a case or a member that comes back brings it back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """Money that a member received, as it was entered."""

    amount_fen: Fen
    payer: Payer
    form: PaymentForm
    received_at: datetime
    receipt: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One member's money."""

    case_id: CaseId
    member_id: MemberId
    role: MemberRole
    worker: Pseudonym
    claim_fen: Fen
    offered_fen: Fen | None = None
    """What the agreement of his group gives him, if he consents."""
    due_fen: Fen | None = None
    """What he is due; None until it is agreed or judged."""
    determined_by: Determination | None = None
    more_to_decide: bool = False
    """Whether that is only a part of what he claims."""
    part_fen: Fen | None = None
    """What all partial awards that stand give him; what is decided of the rest comes on top."""
    parts: tuple[PartDue, ...] = ()
    """What each of them gave him, in order."""
    judged_apart: bool = False
    """Whether a judgment over the award of the rest fixed the amount, and the parts stand beside it."""
    ordered_fen: Fen | None = None
    """What labour inspection ordered that he be paid, whatever fixed the amount since."""
    ordered_at: datetime | None = None
    advanced_fen: Fen = 0
    """What he is to get in advance of an award; it counts towards what he is due in the end."""
    recovered_fen: Fen = 0
    ended: ClaimEnd | None = None
    past: PastMoney | None = None
    """What he was due and had received when the case was imported; it counts once its past is told."""

    @property
    def id(self) -> str:
        return self.member_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return {}

    @property
    def registered(self) -> bool:
        """Whether it counts among the claims of the case."""
        return self.ended not in GONE

    @property
    def by_parts(self) -> PartsDue:
        """What each part gives him. Earlier releases kept no more than the sum of one."""
        if self.parts or self.part_fen is None:
            return PartsDue(self.parts)
        return PartsDue((PartDue(part=FIRST, due_fen=self.part_fen),))

    @property
    def beside_parts(self) -> bool:
        """Whether what partial awards give him is among what he is due, and not replaced by it."""
        return self.judged_apart or self.determined_by in BESIDE_PARTS

    def decided_in(self, part: PartNumber) -> bool:
        """Whether a partial award gives him an amount."""
        return self.by_parts.standing(part) is not None

    # --- Decisions -----------------------------------------------------------------------------------------

    def register_again(self, member: MemberJoined, *, at: datetime) -> list[ClaimEvent]:
        """The member came back with his case, or what he claims has changed."""
        registered = register(member, at=at)
        return [] if self.registered and self.after(registered) == self else [registered]

    def determine_part(
        self, amount_fen: Fen, *, epoch: Epoch, at: datetime, part: PartNumber = 1
    ) -> list[ClaimEvent]:
        """A part gives him so much beside the parts before; the claim stays open, whatever was paid."""
        return [
            ClaimDetermined(
                case_id=self.case_id,
                at=at,
                member_id=self.member_id,
                epoch=epoch,
                by=PARTLY,
                due_fen=(self.part_fen or 0) + amount_fen,
                more_to_decide=True,
                part=part,
            )
        ]

    def advance(self, advanced_fen: Fen, *, epoch: Epoch, at: datetime) -> list[ClaimEvent]:
        """He is to get so much before it is fixed what he is due."""
        return [
            ClaimAdvanced(
                case_id=self.case_id,
                at=at,
                member_id=self.member_id,
                epoch=epoch,
                advanced_fen=advanced_fen,
            )
        ]

    def reopen(
        self, *, by: Determination, epoch: Epoch, at: datetime, part: PartNumber | None = None
    ) -> list[ClaimEvent]:
        """What had fixed the amount fell, or a part; a claim that something else fixed stays as it is."""
        found = self.by_parts.standing(part) if part else None
        stands = self.determined_by == by if part is None else self.beside_parts and found and found.by == by
        if not self.registered or not stands:
            return []
        reopened = ClaimReopened(
            case_id=self.case_id, at=at, member_id=self.member_id, epoch=epoch, by=by, part=part
        )
        return [reopened.model_copy(update={"due_fen": self.after(reopened).due_fen})]

    def determine(
        self, due_fen: Fen, by: Determination, *, epoch: Epoch, at: datetime, final: bool = False
    ) -> list[ClaimEvent]:
        """It is fixed what he is due. What was paid before counts; a final dismissal ends the claim."""
        # What fell of an earlier part is not decided by the award of the rest.
        more = by in BESIDE_PARTS and self.by_parts.fell()
        determined = ClaimDetermined(
            case_id=self.case_id,
            at=at,
            member_id=self.member_id,
            epoch=epoch,
            by=by,
            due_fen=due_fen,
            more_to_decide=more or None,
        )
        return self._fixed(determined, final=final)

    def judge_over(
        self,
        against: EnforcementTitle,
        part: PartNumber | None,
        amount_fen: Fen,
        *,
        epoch: Epoch,
        at: datetime,
        final: bool = False,
    ) -> list[ClaimEvent]:
        """A court decided over one award: he is due that in its place, beside what the others give him."""
        if not self.beside_parts:
            return self.determine(amount_fen, JUDGMENT, epoch=epoch, at=at, final=final)
        number, parts = part_of(against, part), self.by_parts
        others_fen = (self.due_fen or 0) - parts.due_by(number) if number else parts.due_fen or 0
        rest_open = number is not None and self.determined_by in {None, PARTLY}
        determined = ClaimDetermined(
            case_id=self.case_id,
            at=at,
            member_id=self.member_id,
            epoch=epoch,
            by=JUDGMENT,
            due_fen=others_fen + amount_fen,
            more_to_decide=(rest_open or parts.fell(but=number)) or None,
            part=number,
            against=against,
        )
        return self._fixed(determined, final=final)

    def _fixed(self, determined: ClaimDetermined, *, final: bool) -> list[ClaimEvent]:
        """That, and the end of the claim if nothing is left of it to decide or to pay."""
        now = self.after(determined)
        if now.more_to_decide:
            return [determined]
        if now.due_fen == 0:
            return [determined, *(now.close(DISMISSED, at=determined.at) if final else [])]
        paid = now.recovered_fen >= (now.due_fen or 0)
        return [determined, *(now.close(PAID, at=determined.at) if paid else [])]

    def offer(self, offered_fen: Fen, *, epoch: Epoch, at: datetime) -> list[ClaimEvent]:
        """The agreement of his group names an amount for him."""
        return [
            ClaimOffered(
                case_id=self.case_id, at=at, member_id=self.member_id, epoch=epoch, offered_fen=offered_fen
            )
        ]

    def give_up(self, *, at: datetime) -> list[ClaimEvent]:
        """He does not pursue the rest. Raises ClaimOver."""
        if self.ended is not None:
            raise ClaimOver(member=self.member_id, found=self.ended)
        return self.close(GIVEN_UP, at=at)

    def receive(
        self, payment: Payment, others_fen: Fen, *, by: AgencyId, epoch: Epoch, at: datetime
    ) -> list[ClaimEvent]:
        """Money came. The claim ends with the last fen that is due.

        Args:
            payment: what came.
            others_fen: what all other members of the case have received.
            by: who records it.
            epoch: ownership epoch.
            at: when it is recorded.

        Raises:
            ClaimOver: if he is paid, or the claim has ended otherwise.
            MoreThanDue: if he would have more than he is due.
            NotReceivedYet: if the time of receipt lies ahead.
        """
        total_fen = self.recovered_fen + payment.amount_fen
        if self.ended is not None:
            raise ClaimOver(member=self.member_id, found=self.ended)
        if self.due_fen is not None and not self.more_to_decide and total_fen > self.due_fen:
            raise MoreThanDue(member=self.member_id, found=total_fen, expected=self.due_fen)
        if payment.received_at > at:
            raise NotReceivedYet(found=payment.received_at, expected=at)
        recorded = RecoveryRecorded(
            case_id=self.case_id,
            at=at,
            member_id=self.member_id,
            epoch=epoch,
            agency=by,
            amount_fen=payment.amount_fen,
            payer=payment.payer,
            form=payment.form,
            received_at=payment.received_at,
            total_fen=others_fen + total_fen,
            receipt=payment.receipt,
        )
        paid = self.due_fen == total_fen and not self.more_to_decide
        return [recorded, *(self.after(recorded).close(PAID, at=at) if paid else [])]

    def close(self, because: ClaimEnd, *, at: datetime) -> list[ClaimEvent]:
        """The claim is over. One that has ended stays as it ended."""
        if self.ended is not None:
            return []
        return [
            ClaimClosed(
                case_id=self.case_id,
                at=at,
                member_id=self.member_id,
                because=because,
                recovered_fen=self.recovered_fen,
            )
        ]

    def leave(self, *, at: datetime) -> list[ClaimEvent]:
        """Its member left the case: it counts no longer, even if it was paid; what came stays recorded."""
        if not self.registered:
            return []
        return [
            ClaimClosed(
                case_id=self.case_id,
                at=at,
                member_id=self.member_id,
                because=LEFT,
                recovered_fen=self.recovered_fen,
            )
        ]

    # --- Folding -------------------------------------------------------------------------------------------

    @classmethod
    def begun(cls, event: ClaimRegistered) -> Self:
        return cls(
            case_id=event.case_id,
            member_id=event.member_id,
            role=event.role,
            worker=event.worker,
            claim_fen=event.claim_fen,
            past=event.past,
        )

    def after(self, event: ClaimEvent) -> Self:
        """This claim once the event has happened."""
        match event:
            case ClaimRegistered(role=role, worker=worker, claim_fen=claim_fen):
                ended = self.ended if self.registered else None
                return replace(self, role=role, worker=worker, claim_fen=claim_fen, ended=ended)
            case ClaimOffered(offered_fen=offered_fen):
                # To another agreement he must consent anew; until then he is due what he was.
                by = None if self.determined_by == "agreement" else self.determined_by
                return replace(self, offered_fen=offered_fen, determined_by=by)
            case ClaimDetermined(more_to_decide=more):
                return replace(self._determined(event), more_to_decide=bool(more), ended=None)
            case ClaimAdvanced(advanced_fen=advanced_fen):
                return replace(self, advanced_fen=self.advanced_fen + advanced_fen)
            case ClaimReopened(part=part):
                return self._without(part) if part else self._open_again()
            case RecoveryRecorded(amount_fen=amount_fen):
                return replace(self, recovered_fen=self.recovered_fen + amount_fen)
            case ClaimClosed(because=because):
                return replace(self, ended=because)

    def _determined(self, event: ClaimDetermined) -> Self:
        """What he is due, and which part of it by what."""
        number = part_of(event.against, event.part) if event.against else None
        if number:
            judged = self.by_parts.due_by(number) + event.due_fen - (self.due_fen or 0)
            parts = self.by_parts.with_part(PartDue(part=number, due_fen=judged, by=JUDGMENT))
            by = self.determined_by or PARTLY
            return replace(self._with(parts), due_fen=event.due_fen, determined_by=by)
        fixed = replace(
            self, due_fen=event.due_fen, determined_by=event.by, judged_apart=event.against is not None
        )
        if event.by == ORDER:
            return replace(fixed, ordered_fen=event.due_fen, ordered_at=event.at)
        if event.by != PARTLY:
            return fixed
        more = PartDue(part=event.part or FIRST, due_fen=event.due_fen - (self.part_fen or 0))
        return fixed._with(self.by_parts.with_part(more))

    def _with(self, parts: PartsDue) -> Self:
        return replace(self, parts=parts.all, part_fen=parts.due_fen)

    def _without(self, part: PartNumber) -> Self:
        """One part fell; the others stand, and so does what was decided of the rest."""
        left = self._with(self.by_parts.without(part))
        if self.determined_by == PARTLY:
            return left._open_again()
        due_fen = (self.due_fen or 0) - self.by_parts.due_by(part)
        return replace(left, due_fen=due_fen, more_to_decide=True, ended=self._not_over)

    def _open_again(self) -> Self:
        """What fixed the amount fell, but not what was decided in part before it."""
        partly = self.part_fen is not None
        by = PARTLY if partly else None
        fell = replace(self, due_fen=self.part_fen, determined_by=by, more_to_decide=partly)
        return replace(fell, judged_apart=False, ended=self._not_over)

    @property
    def _not_over(self) -> ClaimEnd | None:
        """Whoever gave up, or left, did so whatever was awarded."""
        return None if self.ended in {PAID, DISMISSED} else self.ended


def register(member: MemberJoined, *, at: datetime) -> ClaimRegistered:
    """A member's claim is part of the matter."""
    return ClaimRegistered(
        case_id=member.case_id,
        at=at,
        member_id=member.member_id,
        role=member.role,
        worker=member.worker,
        claim_fen=member.claim_fen,
        person=member.person,
        past=member.past,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sums:
    """The money of all registered claims of a case."""

    claimed_fen: Fen
    due_fen: Fen
    recovered_fen: Fen


def registered_of(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims that count."""
    return tuple(claim for claim in claims if claim.registered)


def sums_of(claims: Sequence[Claim]) -> Sums:
    """What all members claim, are due and have received. Of who left, no more than what he received."""
    counted = registered_of(claims)
    kept_fen = sum(claim.recovered_fen for claim in claims if claim.ended == LEFT)
    return Sums(
        claimed_fen=kept_fen + sum(claim.claim_fen for claim in counted),
        due_fen=kept_fen + sum(claim.due_fen or 0 for claim in counted),
        recovered_fen=kept_fen + sum(claim.recovered_fen for claim in counted),
    )


def owed_fen(claims: Sequence[Claim]) -> int:
    """What is still due to those who have not ended."""
    open_claims = [claim for claim in registered_of(claims) if claim.ended is None]
    return sum(max(0, (claim.due_fen or 0) - claim.recovered_fen) for claim in open_claims)
