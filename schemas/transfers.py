"""What routing says: who has a case, who is asked to take it or to help. Topic `transfers`."""

from typing import Annotated, TypeAlias

from pydantic import Field

from schemas.codes import (
    ClarificationCode,
    CustodyEnd,
    EnclosureKind,
    EscalationCause,
    ExtensionCode,
    ForwardedChange,
    ImpossibleCode,
    LapseCause,
    LeavingCode,
    LegalBasis,
    Milestone,
    NoProposalCode,
    OfferEnd,
    Outcome,
    PlacementCause,
    RecallCode,
    RejectionCode,
    Reminded,
    RouteMode,
    RouteReason,
    TaskKind,
    TaskResult,
    WithdrawalCode,
)
from schemas.facts import Asked, Candidate, CaseFacts, Enclosed, Enclosure, Period, RouteInputs, Rung
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import (
    AgencyId,
    CaseNumber,
    Count,
    Epoch,
    Fen,
    MemberId,
    Province,
    Revision,
    RuleVersion,
    SiteId,
    TaskId,
    TransferId,
)
from schemas.messages import Event, Letter, OpeningLetter
from schemas.past import Past

# --- Custody: who has the case. The aggregate of a case in every jurisdiction that has or had it -----------


class CustodyBegun(Event, type="casebridge.custody.begun.v1"):
    """This jurisdiction has the case from now on. Nobody acts on it before it is placed."""

    owner: Public[AgencyId]
    """The agency that owns it."""
    epoch: Public[Epoch]
    """Ownership epoch that begins; 1 at the agency that took the case in."""
    facts: Public[CaseFacts]
    """What is known of the case."""
    asked: Public[Few[Asked]] = ()
    """Agencies that were asked before, in order; they are not asked again unless directed."""
    followers: Public[Few[Province]] = ()
    """Jurisdictions that are told of milestones: those of earlier owners."""
    transfer_id: Public[TransferId | None] = None
    """The transfer that brought it; absent in epoch 1."""
    from_province: Public[Province | None] = None
    """Where it came from; absent in epoch 1."""
    site: Public[SiteId | None] = None
    """The owner's place where the case was taken in; absent if none was stated, or if it came by transfer."""
    contact: Sealed | None = None
    """How the applicants are reached, under this province's key of the case."""


class CustodyAmended(Event, type="casebridge.custody.amended.v1"):
    """Something was added that must travel with the case if it moves."""

    enclosure: Enclosure
    """What it is, under this province's key of the case."""


class CustodyFactsAmended(Event, type="casebridge.custody.facts_amended.v1"):
    """More is known of the case than when it came here; it travels with it if it moves."""

    epoch: Public[Epoch]
    """Ownership epoch in which it became known."""
    facts: Public[CaseFacts]
    """All that is known now."""


class CustodyReduced(Event, type="casebridge.custody.reduced.v1"):
    """Something no longer travels with the case: a member who left, a document that was removed."""

    kind: Public[EnclosureKind]
    """What it is."""
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    """The member's or the document's id."""
    because: Public[LeavingCode | None] = None
    """Of a member: why he left. Intake lets him leave if it does not know of it yet."""


class RouteDecided(Event, type="casebridge.route.decided.v1"):
    """It is decided who is to have the case. The decision can be made again from what it names."""

    mode: Public[RouteMode]
    """What follows."""
    candidates: Public[Annotated[tuple[Candidate, ...], Field(max_length=200)]]
    """Who was considered, in the order in which they are asked."""
    directory_version: Public[Revision]
    """The version of the directory that it was decided with."""
    rules_version: Public[Revision | None] = None
    """The version of the rules that it was decided with."""
    legal_basis: Public[Few[LegalBasis]] = ()
    """The articles that it rests on."""
    inputs: Public[RouteInputs | None] = None
    """What else it was decided from, so that it can be decided again."""


class CustodyPlaced(Event, type="casebridge.custody.placed.v1"):
    """The owner shall act now: nobody else is being asked."""

    owner: Public[AgencyId]
    """The agency that shall act."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    because: Public[PlacementCause]
    """Why."""
    past: Public[Past | None] = None
    """Of an imported case: what was done before it came here, and the time limits that run."""


class CustodyEnded(Event, type="casebridge.custody.ended.v1"):
    """This jurisdiction, or this owner in it, no longer has the case."""

    epoch: Public[Epoch]
    """Ownership epoch that ends."""
    because: Public[CustodyEnd]
    """Why."""
    agency: Public[AgencyId | None] = None
    """The new owner, if it moved."""
    province: Public[Province | None] = None
    """The jurisdiction of the new owner, if it moved."""
    transfer_id: Public[TransferId | None] = None
    """The transfer that took it away, if it moved."""
    withdrawal: Public[WithdrawalCode | None] = None
    """Why it was withdrawn, if another jurisdiction that had it before heard that and told us."""


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


class TransferForwarded(Letter, type="casebridge.transfer.forwarded.v1"):
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


CustodyEvent: TypeAlias = (
    CustodyBegun
    | CustodyAmended
    | CustodyFactsAmended
    | CustodyReduced
    | RouteDecided
    | CustodyPlaced
    | CustodyEnded
    | TransferOffered
    | TransferDelivered
    | TransferAcknowledged
    | TransferClarificationRequested
    | TransferClarificationSupplied
    | TransferReminded
    | TransferRelocated
    | TransferEscalated
    | TransferDirected
    | TransferForwarded
    | TransferRejected
    | TransferRecalled
    | TransferLapsed
    | TransferVoided
    | TransferEnclosed
    | TransferCompleted
    | ProgressReported
)


# --- Offer: what we are asked to take. The aggregate of a transfer at the agency that is asked -------------


class OfferReceived(Letter, type="casebridge.offer.received.v1"):
    """An offer arrived: the technical receipt, from which the clock of the answer runs."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who is asked."""
    site: Public[SiteId | None] = None
    """The place where the case would be taken on."""
    offered_by: Public[AgencyId]
    """Who asks; `to_province` is its jurisdiction."""
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
    asked: Public[Few[Asked]] = ()
    """Agencies that were asked before, in order."""
    answer_by: Public[UtcTime]
    """When the offer lapses if there is no answer, by the calendar of the agency that is asked."""
    answer_rule: Public[RuleVersion | None] = None
    """The version of the rule that it is counted by, as the offer named it."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    answer_within: Public[Period | None] = None
    """The length that it is counted from, so that it can be counted again after a pause."""
    direction: Public[TransferId | None] = None
    """The escalation that the superior's direction answers, where the mode is `directed`."""


class OfferAcknowledged(Letter, type="casebridge.offer.acknowledged.v1"):
    """Somebody of the agency that was asked has taken note. The clock of the answer runs all the same."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who is asked."""
    epoch: Public[Epoch]
    """Ownership epoch of the offer."""


class OfferClarificationRequested(Letter, type="casebridge.offer.clarification_requested.v1"):
    """The agency that was asked wants to know more; the clock of its answer stands still."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who is asked."""
    round: Public[Count]
    """The how-manieth request it is."""
    about: Public[Few[ClarificationCode]]
    """What it is about."""
    supply_by: Public[UtcTime]
    """When the clock runs on even if nothing is supplied."""
    answer_by: Public[UtcTime]
    """When the offer lapses then, by the calendar of the agency that is asked."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    question: Sealed | None = None
    """A JSON object: what exactly is asked, sealed for the addressee province."""


class OfferClarificationReceived(Letter, type="casebridge.offer.clarification_received.v1"):
    """The clarification arrived: the technical receipt, from which the clock of the answer runs on."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who is asked."""
    round: Public[Count]
    """Which request was answered; what was answered is said as `offer.enclosed`."""
    answer_by: Public[UtcTime]
    """When the offer lapses if there is no answer, by the calendar of the agency that is asked."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""


class OfferReminded(Event, type="casebridge.offer.reminded.v1"):
    """The agency that asks has reminded us of the time for our answer."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who is asked."""
    to: Public[Reminded]
    """Whom it goes to."""
    due_at: Public[UtcTime]
    """When the time is over."""


class OfferRelocated(Event, type="casebridge.offer.relocated.v1"):
    """The site of ours that was asked has closed: another one is asked, or the agency itself."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who is asked, before and after."""
    left: Public[SiteId]
    """The site that has closed."""
    site: Public[SiteId | None] = None
    """The site that goes on with its work; absent if none of the agency does."""


class OfferAccepted(Letter, type="casebridge.offer.accepted.v1"):
    """The agency that was asked takes the case on; ownership moves when the origin completes it."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who accepts."""
    epoch: Public[Epoch]
    """Ownership epoch that the acceptance is good for: the one of the offer."""
    direction: Public[TransferId | None] = None
    """The escalation whose direction accepts for the agency, by law; absent where a person accepts."""


class OfferRejected(Letter, type="casebridge.offer.rejected.v1"):
    """The agency that was asked does not take the case on."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who rejects."""
    epoch: Public[Epoch]
    """Ownership epoch of the offer."""
    code: Public[RejectionCode]
    """Why."""
    legal_basis: Public[LegalBasis]
    """The article that the rejection rests on."""
    proposed: Public[AgencyId | None] = None
    """Who is competent in its view."""
    no_proposal: Public[NoProposalCode | None] = None
    """Why it proposes nobody; stated where `proposed` is absent."""


class OfferEnclosed(Event, type="casebridge.offer.enclosed.v1"):
    """One thing that came with the case arrived."""

    transfer_id: Public[TransferId]
    """The attempt."""
    enclosure: Enclosure
    """What it is, sealed again under this province's key of the case."""


class OfferClosed(Event, type="casebridge.offer.closed.v1"):
    """The offer is over."""

    transfer_id: Public[TransferId]
    """The attempt."""
    because: Public[OfferEnd]
    """How it ended."""
    agency: Public[AgencyId | None] = None
    """Who was asked."""


OfferEvent: TypeAlias = (
    OfferReceived
    | OfferAcknowledged
    | OfferClarificationRequested
    | OfferClarificationReceived
    | OfferReminded
    | OfferRelocated
    | OfferAccepted
    | OfferRejected
    | OfferEnclosed
    | OfferClosed
)


# --- Escalation: what agencies could not agree on, at their common superior --------------------------------


class EscalationReceived(Event, type="casebridge.escalation.received.v1"):
    """A case that no agency took is ours to decide on."""

    transfer_id: Public[TransferId]
    """The escalation."""
    superior: Public[AgencyId]
    """Who is to decide."""
    escalated_by: Public[AgencyId]
    """The owner of the case."""
    from_province: Public[Province]
    """Its jurisdiction; the direction goes there."""
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
    """When the decision is expected, as the owner counted it."""
    decide_rule: Public[RuleVersion | None] = None
    """The version of the rule that sets it."""


class EscalationReminded(Event, type="casebridge.escalation.reminded.v1"):
    """The owner waits for the decision."""

    transfer_id: Public[TransferId]
    """The escalation."""
    superior: Public[AgencyId]
    """Who is to decide."""
    due_at: Public[UtcTime]
    """When the decision is expected."""
    overdue: Public[bool] = False
    """Whether a time has run out already."""


class EscalationClosed(Event, type="casebridge.escalation.closed.v1"):
    """There is nothing to decide any more."""

    transfer_id: Public[TransferId]
    """The escalation."""
    because: Public[RecallCode]
    """Why."""


class DirectionGiven(OpeningLetter, type="casebridge.direction.given.v1"):
    """The common superior directs who takes the case. It goes to the owner, and to who is directed."""

    transfer_id: Public[TransferId]
    """The escalation that it answers."""
    superior: Public[AgencyId]
    """Who directs."""
    owner: Public[AgencyId]
    """Who has the case."""
    owner_province: Public[Province]
    """The jurisdiction of the owner."""
    epoch: Public[Epoch]
    """Ownership epoch that it is good for."""
    agency: Public[AgencyId]
    """Who takes the case; it cannot refuse."""
    province: Public[Province]
    """The jurisdiction of that agency."""
    legal_basis: Public[LegalBasis]
    """What the direction rests on."""


EscalationEvent: TypeAlias = EscalationReceived | EscalationReminded | EscalationClosed | DirectionGiven


# --- Direction: what our common superior directed one of our agencies to take ------------------------------


class DirectionReceived(Event, type="casebridge.direction.received.v1"):
    """One of our agencies must take a case; its owner offers it, and the offer counts as accepted."""

    transfer_id: Public[TransferId]
    """The escalation that it answers."""
    superior: Public[AgencyId]
    """Who directs."""
    from_province: Public[Province]
    """The jurisdiction of the superior, whose signature the letter bears."""
    owner: Public[AgencyId]
    """Who has the case."""
    owner_province: Public[Province]
    """The jurisdiction of the owner."""
    epoch: Public[Epoch]
    """Ownership epoch that it is good for."""
    agency: Public[AgencyId]
    """Who takes the case."""
    legal_basis: Public[LegalBasis]
    """What the direction rests on."""


# One member, and still the union that the direction folds.
DirectionEvent: TypeAlias = DirectionReceived


# --- Task and Errand: help asked and given -----------------------------------------------------------------


class TaskRequested(OpeningLetter, type="casebridge.task.requested.v1"):
    """Another agency is asked for help; ownership stays (2012 Regulation Art. 28: facts, task, limit)."""

    task_id: Public[TaskId]
    """The task."""
    to: Public[AgencyId]
    """Who is asked."""
    asked_by: Public[AgencyId]
    """Who asks; the owner."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    kind: Public[TaskKind]
    """What is asked for."""
    facts: Public[CaseFacts]
    """What is known of the case."""
    due_by: Public[UtcTime]
    """When the answer is expected."""
    due_rule: Public[RuleVersion | None] = None
    """The version of the rule that sets it."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    legal_basis: Public[LegalBasis | None] = None
    """The article or agreement that it rests on."""
    remind: Few[Rung] | None = None
    """Who is reminded when, before the answer is due."""
    details: Sealed | None = None
    """A JSON object: whom and what it is about; sealed for the addressee province."""


class TaskDone(Event, type="casebridge.task.done.v1"):
    """The help that was asked for is given."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helped."""
    result: Public[TaskResult]
    """How it ended."""
    done_at: Public[UtcTime]
    """When it was done there."""
    asked_by: Public[AgencyId | None] = None
    """Who asked."""
    papers: Sealed | None = None
    """What was found out, under this province's key of the case."""


class TaskAcknowledged(Event, type="casebridge.task.acknowledged.v1"):
    """The agency that was asked for help has taken note."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helps."""
    acknowledged_at: Public[UtcTime]
    """When."""
    wants_until: Public[UtcTime | None] = None
    """How long it would need, if the time that it has does not suffice."""


class TaskImpossible(Event, type="casebridge.task.impossible.v1"):
    """The help cannot be given (2012 Regulation Art. 28: a written reason)."""

    task_id: Public[TaskId]
    """The task."""
    asked_by: Public[AgencyId]
    """Who asked."""
    agency: Public[AgencyId]
    """Who was asked."""
    because: Public[ImpossibleCode]
    """Why."""
    said_at: Public[UtcTime]
    """When it was found there."""
    reason: Sealed | None = None
    """The written reason, a JSON object, under this province's key of the case."""


class TaskExtended(Letter, type="casebridge.task.extended.v1"):
    """The agency that asked gives more time."""

    task_id: Public[TaskId]
    """The task."""
    to: Public[AgencyId]
    """Who helps."""
    because: Public[ExtensionCode]
    """Why."""
    due_by: Public[UtcTime]
    """When the answer is expected now: later than before."""
    remind: Few[Rung] = ()
    """Who is reminded when, before that."""


class TaskReminded(Letter, type="casebridge.task.reminded.v1"):
    """Somebody is told that the time for help is running out."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Whose help is awaited; `to_province` is its jurisdiction."""
    to: Public[Reminded]
    """Whom it goes to."""
    due_at: Public[UtcTime]
    """When the time is over."""


class TaskOverdue(Event, type="casebridge.task.overdue.v1"):
    """The time for the help has passed. It may still come, and counts."""

    task_id: Public[TaskId]
    """The task."""
    to: Public[AgencyId]
    """Who was asked."""
    asked_by: Public[AgencyId]
    """Who waits."""
    due_at: Public[UtcTime]
    """When the time was over."""


class TaskRecalled(Letter, type="casebridge.task.recalled.v1"):
    """The help is not needed any more; who helps need not go on."""

    task_id: Public[TaskId]
    """The task."""
    to: Public[AgencyId]
    """Who was asked; `to_province` is its jurisdiction."""
    because: Public[RecallCode]
    """Why."""


TaskEvent: TypeAlias = (
    TaskRequested
    | TaskAcknowledged
    | TaskDone
    | TaskImpossible
    | TaskExtended
    | TaskReminded
    | TaskOverdue
    | TaskRecalled
)


class ErrandReceived(Event, type="casebridge.errand.received.v1"):
    """An agency elsewhere asks for our help."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who is asked."""
    asked_by: Public[AgencyId]
    """Who asks."""
    from_province: Public[Province]
    """The jurisdiction of the agency that asks; the answer goes there."""
    epoch: Public[Epoch]
    """Ownership epoch at the agency that asks."""
    kind: Public[TaskKind]
    """What is asked for."""
    facts: Public[CaseFacts]
    """What is known of the case."""
    due_by: Public[UtcTime]
    """When the answer is expected."""
    due_rule: Public[RuleVersion | None] = None
    """The version of the rule that sets it."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    legal_basis: Public[LegalBasis | None] = None
    """The article or agreement that it rests on."""
    details: Sealed | None = None
    """Whom and what it is about, sealed again under this province's key of the case."""


class ErrandDone(Letter, type="casebridge.errand.done.v1"):
    """We gave the help that was asked for."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helped."""
    result: Public[TaskResult]
    """How it ended."""
    papers: Sealed | None = None
    """What was found out, sealed for the addressee province."""


class ErrandAcknowledged(Letter, type="casebridge.errand.acknowledged.v1"):
    """Somebody of ours has taken note that help is asked."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helps."""
    wants_until: Public[UtcTime | None] = None
    """How long it would need, if the time that it has does not suffice."""


class ErrandImpossible(Letter, type="casebridge.errand.impossible.v1"):
    """We cannot give the help (2012 Regulation Art. 28: a written reason)."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who was asked."""
    because: Public[ImpossibleCode]
    """Why."""
    reason: Sealed
    """The written reason, a JSON object, sealed for the addressee province."""


class ErrandExtended(Event, type="casebridge.errand.extended.v1"):
    """The agency that asks gives us more time."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helps."""
    due_by: Public[UtcTime]
    """When the answer is expected now."""


class ErrandReminded(Event, type="casebridge.errand.reminded.v1"):
    """The agency that asks has reminded us of the time for our help."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who helps."""
    to: Public[Reminded]
    """Whom it goes to."""
    due_at: Public[UtcTime]
    """When the time is over."""


class ErrandClosed(Event, type="casebridge.errand.closed.v1"):
    """Our help is not needed any more."""

    task_id: Public[TaskId]
    """The task."""
    agency: Public[AgencyId]
    """Who was asked."""
    because: Public[RecallCode]
    """Why."""


ErrandEvent: TypeAlias = (
    ErrandReceived
    | ErrandAcknowledged
    | ErrandDone
    | ErrandImpossible
    | ErrandExtended
    | ErrandReminded
    | ErrandClosed
)


# --- Following: what an earlier owner, and the national desk, hear of a case -------------------------------


class ProgressReceived(Event, type="casebridge.progress.received.v1"):
    """The owner of a case told us of a milestone."""

    from_province: Public[Province]
    """The jurisdiction of the owner."""
    milestone: Public[Milestone]
    """What was reached."""
    reached_at: Public[UtcTime]
    """When."""
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


FollowingEvent: TypeAlias = ProgressReceived
