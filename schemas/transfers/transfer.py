"""A transfer as its sender sees it, from the offer to its end; and what he hears of the case afterwards."""

from schemas.codes import (
    ClarificationCode,
    EscalationCause,
    ForwardedChange,
    LapseCause,
    LeavingCode,
    LegalBasis,
    Milestone,
    NoProposalCode,
    OfferEnd,
    Outcome,
    RecallCode,
    RejectionCode,
    Reminded,
    RouteMode,
    RouteReason,
    WithdrawalCode,
)
from schemas.facts import Asked, CaseFacts, Enclosed, Enclosure, Period, Removal, Rung
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import (
    AgencyId,
    CaseNumber,
    Count,
    DocumentId,
    Epoch,
    Fen,
    MemberId,
    Province,
    RuleVersion,
    SiteId,
    TransferId,
)
from schemas.messages import Event, Letter, OpeningLetter

# --- Custody: who has the case. The aggregate of a case in every jurisdiction that has or had it -----------


class TransferOffered(OpeningLetter, type="casebridge.transfer.offered.v1"):
    """An agency is asked to take the case on; it carries what is needed for deciding."""

    transfer_id: Public[TransferId]
    """The attempt."""
    to: Public[AgencyId]
    """Who is asked."""
    site: Public[SiteId | None] = None
    """The place where the case would be taken on, if the route names one."""
    offered_by: Public[AgencyId]
    """Who asks; the owner, and liable until the transfer is completed."""
    mode: Public[RouteMode]
    """`transfer` or `forward`."""
    epoch: Public[Epoch]
    """Ownership epoch at the owner."""
    facts: Public[CaseFacts]
    """What is known of the case."""
    reasons: Public[Few[RouteReason]] = ()
    """Why this agency."""
    legal_basis: Public[Few[LegalBasis]] = ()
    """The articles or the agreement that it rests on."""
    answer_within: Public[Period]
    """How long the agency has for its answer, counted from delivery."""
    deliver_by: Public[UtcTime]
    """When the offer lapses if no technical receipt came."""
    asked: Public[Few[Asked]] = ()
    """Agencies that were asked before, in order."""
    direction: Public[TransferId | None] = None
    """The escalation that the superior's direction answers, where the mode is `directed`."""


class TransferDelivered(Event, type="casebridge.transfer.delivered.v1"):
    """The technical receipt came, of the offer or of a clarification: the clock of the answer runs."""

    transfer_id: Public[TransferId]
    """The attempt."""
    delivered_at: Public[UtcTime]
    """When the addressee's system received the offer."""
    answer_by: Public[UtcTime]
    """When the offer lapses if no answer came; as the addressee stated it."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    clarification: Public[Count | None] = None
    """Which clarification was received; absent for the offer itself."""
    remind: Few[Rung] | None = None
    """Who is reminded when, before the answer is due."""


class TransferAcknowledged(Event, type="casebridge.transfer.acknowledged.v1"):
    """The agency that was asked has taken note of the offer. It changes no clock."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who is asked."""
    acknowledged_at: Public[UtcTime]
    """When somebody there took note."""


class TransferClarificationRequested(Event, type="casebridge.transfer.clarification_requested.v1"):
    """The agency that was asked wants to know more: the clock of its answer stands still."""

    transfer_id: Public[TransferId]
    """The attempt."""
    owner: Public[AgencyId]
    """Who must supply it."""
    agency: Public[AgencyId]
    """Who is asked."""
    round: Public[Count]
    """The how-manieth request it is."""
    about: Public[Few[ClarificationCode]]
    """What it is about."""
    requested_at: Public[UtcTime]
    """When it was asked: the clock stands still from then on."""
    supply_by: Public[UtcTime]
    """When the clock runs on even if nothing is supplied."""
    answer_by: Public[UtcTime]
    """When the offer lapses then; as the addressee stated it."""
    remind: Few[Rung] = ()
    """Who is reminded when, before it is to be supplied."""
    question: Sealed | None = None
    """A JSON object: what exactly is asked, under this province's key of the case."""


class TransferClarificationSupplied(Letter, type="casebridge.transfer.clarification_supplied.v1"):
    """What the agency that was asked wants to know; its clock runs on when this arrives."""

    transfer_id: Public[TransferId]
    """The attempt."""
    round: Public[Count]
    """Which request it answers."""
    enclosure: Enclosure
    """The answer, sealed for the addressee province."""


class TransferReminded(Letter, type="casebridge.transfer.reminded.v1"):
    """Somebody is told that a time limit is running out, or has run out."""

    transfer_id: Public[TransferId]
    """The attempt, or the escalation."""
    agency: Public[AgencyId]
    """Whose act is awaited; `to_province` is its jurisdiction."""
    to: Public[Reminded]
    """Whom it goes to."""
    due_at: Public[UtcTime]
    """When the time is over. A superior that has let it pass gets the same length again."""
    overdue: Public[bool] = False
    """Whether a time has run out already."""


class TransferRelocated(Letter, type="casebridge.transfer.relocated.v1"):
    """The site that an offer asks has closed: another one of the agency is asked, or the agency itself.

    It is the same offer, and its clock runs on.
    """

    transfer_id: Public[TransferId]
    """The attempt."""
    to: Public[AgencyId]
    """Who is asked, before and after."""
    left: Public[SiteId]
    """The site that has closed."""
    site: Public[SiteId | None] = None
    """The site that goes on with its work; absent if none of the agency does."""


class TransferEscalated(OpeningLetter, type="casebridge.transfer.escalated.v1"):
    """No agency took the case: the common superior is asked to direct who does."""

    transfer_id: Public[TransferId]
    """The escalation."""
    superior: Public[AgencyId]
    """Who is to decide; `to_province` is its jurisdiction."""
    escalated_by: Public[AgencyId]
    """The owner, and liable meanwhile."""
    epoch: Public[Epoch]
    """Ownership epoch at the owner."""
    because: Public[EscalationCause]
    """Why."""
    facts: Public[CaseFacts]
    """What is known of the case."""
    asked: Public[Few[Asked]] = ()
    """Everybody who was asked, in order."""
    legal_basis: Public[Few[LegalBasis]] = ()
    """The articles that it rests on."""
    decide_by: Public[UtcTime]
    """When the decision is expected."""
    decide_rule: Public[RuleVersion | None] = None
    """The version of the rule that sets it."""
    remind: Few[Rung] = ()
    """When the superior is reminded."""


class TransferDirected(Event, type="casebridge.transfer.directed.v1"):
    """The common superior has directed who takes the case; the owner follows."""

    transfer_id: Public[TransferId]
    """The escalation."""
    superior: Public[AgencyId]
    """Who directed it."""
    agency: Public[AgencyId]
    """Who takes the case: it is offered to it, or placed with it if it is the owner."""
    province: Public[Province]
    """The jurisdiction of that agency."""
    directed_at: Public[UtcTime]
    """When."""
    legal_basis: Public[LegalBasis]
    """What the direction rests on."""


class TransferForwarded(OpeningLetter, type="casebridge.transfer.forwarded.v1"):
    """A change that reached us after the case had moved: the new owner is told."""

    transfer_id: Public[TransferId]
    """The transfer that took the case away."""
    epoch: Public[Epoch]
    """Ownership epoch that the transfer began."""
    change: Public[ForwardedChange]
    """What it is."""
    changed_at: Public[UtcTime]
    """When it happened here."""
    because: Public[WithdrawalCode | None] = None
    """Of a withdrawal: why."""
    enclosure: Enclosure | None = None
    """Of what was added: that, sealed for the addressee province."""
    member_id: Public[MemberId | None] = None
    """Of a member who left: who."""
    left: Public[LeavingCode | None] = None
    """Why he left."""


class TransferRejected(Event, type="casebridge.transfer.rejected.v1"):
    """The agency that was asked does not take the case on."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who rejects."""
    code: Public[RejectionCode]
    """Why."""
    legal_basis: Public[LegalBasis]
    """The article that the rejection rests on."""
    proposed: Public[AgencyId | None] = None
    """Who is competent in its view."""
    no_proposal: Public[NoProposalCode | None] = None
    """Why it proposes nobody; stated where `proposed` is absent."""


class TransferRecalled(Letter, type="casebridge.transfer.recalled.v1"):
    """The offer is taken back."""

    transfer_id: Public[TransferId]
    """The attempt."""
    to: Public[AgencyId]
    """Who had been asked."""
    epoch: Public[Epoch]
    """Ownership epoch at the owner."""
    because: Public[RecallCode]
    """Why."""


class TransferLapsed(Letter, type="casebridge.transfer.lapsed.v1"):
    """A deadline of the offer passed."""

    transfer_id: Public[TransferId]
    """The attempt."""
    to: Public[AgencyId]
    """Who had been asked."""
    because: Public[LapseCause]
    """Which deadline."""
    due_at: Public[UtcTime]
    """When it passed."""


class TransferVoided(Letter, type="casebridge.transfer.voided.v1"):
    """An acceptance came after the offer had ended; it is void, and this is the evidence."""

    transfer_id: Public[TransferId]
    """The attempt."""
    to: Public[AgencyId]
    """Who accepted."""
    because: Public[OfferEnd]
    """How the offer had ended."""
    ended_at: Public[UtcTime]
    """When the offer had ended."""
    accepted_at: Public[UtcTime]
    """When it was accepted."""


class TransferEnclosed(Letter, type="casebridge.transfer.enclosed.v1"):
    """One thing that moves with the case: a member, a document or the contact."""

    transfer_id: Public[TransferId]
    """The attempt."""
    enclosure: Enclosure
    """What it is, sealed for the addressee province."""
    enclose_by: UtcTime | None = None
    """When the transfer ends if not all that was announced has been enclosed."""


class TransferCompleted(Letter, type="casebridge.transfer.completed.v1"):
    """The case moves: the agency that accepted owns it from now on. Only the epoch's owner can say so."""

    transfer_id: Public[TransferId]
    """The attempt."""
    owner: Public[AgencyId]
    """The new owner."""
    epoch: Public[Epoch]
    """Ownership epoch that begins: one more than before."""
    facts: Public[CaseFacts]
    """What is known of the case at this moment."""
    enclosed: Public[Enclosed]
    """How much was enclosed."""
    asked: Public[Few[Asked]] = ()
    """Everybody who was asked, in order, the new owner last."""
    followers: Public[Few[Province]] = ()
    """Jurisdictions that are told of milestones: those of earlier owners, this one included."""


class ProgressReported(OpeningLetter, type="casebridge.progress.reported.v1"):
    """A follower of the case is told of a milestone, reduced to what followers may see."""

    milestone: Public[Milestone]
    """What was reached; `at` says when."""
    number: Public[CaseNumber]
    """The case number."""
    owner: Public[AgencyId]
    """Who owns the case."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    amount_fen: Public[Fen | None] = None
    """Agreed, judged or recovered in total so far, in fen, where the milestone is about money."""
    outcome: Public[Outcome | None] = None
    """What the aid led to, when it is concluded."""


class RemovalReported(OpeningLetter, type="casebridge.removal.reported.v1"):
    """A document of the case was removed: who had the case before, or took it on, has a copy and is told."""

    document_id: Public[DocumentId]
    """The document."""
    removal: Public[Removal]
    """Where, by whom, why, and when."""
