"""Claim: the aggregate of one member's money."""

from typing import Annotated, TypeAlias

from pydantic import Field

from schemas.codes import (
    ClaimEnd,
    Determination,
    EnforcementTitle,
    MemberRole,
    Payer,
    PaymentForm,
)
from schemas.fields import Public, Sealed, UtcTime
from schemas.ids import AgencyId, Epoch, Fen, MemberId, Pseudonym
from schemas.matters.acts import PartNumber
from schemas.messages import Event
from schemas.past import PastMoney


class ClaimRegistered(Event, type="casebridge.claim.registered.v1"):
    """A member's claim is part of the matter."""

    member_id: Public[MemberId]
    """The member; the claim's id too."""
    role: Public[MemberRole]
    """In what capacity he claims."""
    worker: Pseudonym
    """The person, as this province knows him."""
    claim_fen: Public[Fen]
    """What he claims, in fen."""
    person: Sealed | None = None
    """Who he is, as he joined, under the case's key: for the papers that name him."""
    past: Public[PastMoney | None] = None
    """What he was due and had received before the case was imported; absent if it was not."""


class ClaimOffered(Event, type="casebridge.claim.offered.v1"):
    """The agreement of a group offers a member an amount; he is due it once he consents."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    offered_fen: Public[Fen]
    """How much, in fen."""


class ClaimDetermined(Event, type="casebridge.claim.determined.v1"):
    """It is fixed what a member is due."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    by: Public[Determination]
    """What fixed it; a later one replaces it."""
    due_fen: Public[Fen]
    """How much, in fen; by a partial award, with all parts that were decided before."""
    more_to_decide: Public[bool | None] = None
    """True if only a part of the claim is decided: the rest is open, and the claim with it."""
    part: Public[PartNumber | None] = None
    """Which partial award fixed it, or was judged over, from 1; absent: the first, or something else."""
    against: Public[EnforcementTitle | None] = None
    """Of a judgment over one award alone, which; `due_fen` is with what the others give him."""


class ClaimAdvanced(Event, type="casebridge.claim.advanced.v1"):
    """A member is to get an amount in advance of the award; it counts towards what he is due in the end."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    advanced_fen: Public[Fen]
    """How much, in fen."""


class ClaimReopened(Event, type="casebridge.claim.reopened.v1"):
    """What fixed the amount that is due to a member fell: it is open again."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    by: Public[Determination]
    """What had fixed it."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1, if one fell."""
    due_fen: Public[Fen | None] = None
    """What he is due by what still stands, in fen; absent: nothing, or an earlier release did not say."""


class RecoveryRecorded(Event, type="casebridge.recovery.recorded.v1"):
    """A member received money: the only place where that is said."""

    member_id: Public[MemberId]
    """The member."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    agency: Public[AgencyId]
    """Who recorded it."""
    amount_fen: Public[Annotated[Fen, Field(gt=0)]]
    """How much, in fen; in kind: what it is worth."""
    payer: Public[Payer]
    """Who paid."""
    form: Public[PaymentForm]
    """In what form."""
    received_at: Public[UtcTime]
    """When it was received."""
    total_fen: Public[Fen]
    """What all members of the case have received with it, in fen."""
    receipt: Sealed | None = None
    """The proof of payment."""


class ClaimClosed(Event, type="casebridge.claim.closed.v1"):
    """A claim is over."""

    member_id: Public[MemberId]
    """The member."""
    because: Public[ClaimEnd]
    """Why."""
    recovered_fen: Public[Fen]
    """What he received in all, in fen."""


ClaimEvent: TypeAlias = (
    ClaimRegistered
    | ClaimOffered
    | ClaimDetermined
    | ClaimAdvanced
    | ClaimReopened
    | RecoveryRecorded
    | ClaimClosed
)
