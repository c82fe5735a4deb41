"""What routing says: who has a case, who is asked to take it or to help. Topic `transfers`."""

from typing import Annotated, TypeAlias

from pydantic import Field

from schemas.codes import (
    CustodyEnd,
    LapseCause,
    LegalBasis,
    Milestone,
    OfferEnd,
    Outcome,
    PlacementCause,
    RecallCode,
    RejectionCode,
    RouteMode,
    RouteReason,
    TaskKind,
    TaskResult,
)
from schemas.facts import Asked, Candidate, CaseFacts, Enclosed, Enclosure, Period, RouteInputs
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import (
    AgencyId,
    CaseNumber,
    Epoch,
    Fen,
    Province,
    RuleVersion,
    SiteId,
    TaskId,
    TransferId,
)
from schemas.messages import Event, Letter, OpeningLetter

Revision = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]


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
    contact: Sealed | None = None
    """How the applicants are reached, under this province's key of the case."""


class CustodyAmended(Event, type="casebridge.custody.amended.v1"):
    """Something was added that must travel with the case if it moves."""

    enclosure: Enclosure
    """What it is, under this province's key of the case."""


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


class TransferDelivered(Event, type="casebridge.transfer.delivered.v1"):
    """The technical receipt came: the clock of the answer runs."""

    transfer_id: Public[TransferId]
    """The attempt."""
    delivered_at: Public[UtcTime]
    """When the addressee's system received the offer."""
    answer_by: Public[UtcTime]
    """When the offer lapses if no answer came; as the addressee stated it."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""


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
    | RouteDecided
    | CustodyPlaced
    | CustodyEnded
    | TransferOffered
    | TransferDelivered
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


class OfferAccepted(Letter, type="casebridge.offer.accepted.v1"):
    """The agency that was asked takes the case on; ownership moves when the origin completes it."""

    transfer_id: Public[TransferId]
    """The attempt."""
    agency: Public[AgencyId]
    """Who accepts."""
    epoch: Public[Epoch]
    """Ownership epoch that the acceptance is good for: the one of the offer."""


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


OfferEvent: TypeAlias = OfferReceived | OfferAccepted | OfferRejected | OfferEnclosed | OfferClosed


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
    papers: Sealed | None = None
    """What was found out, under this province's key of the case."""


TaskEvent: TypeAlias = TaskRequested | TaskDone


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


ErrandEvent: TypeAlias = ErrandReceived | ErrandDone


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
