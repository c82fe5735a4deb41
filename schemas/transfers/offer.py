"""Offer: what we are asked to take."""

from typing import TypeAlias

from schemas.codes import (
    ClarificationCode,
    LegalBasis,
    NoProposalCode,
    OfferEnd,
    RejectionCode,
    Reminded,
    RouteMode,
    RouteReason,
)
from schemas.facts import Asked, CaseFacts, Enclosure, Period
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import (
    AgencyId,
    Count,
    Epoch,
    RuleVersion,
    SiteId,
    TransferId,
)
from schemas.messages import Event, Letter

# --- Custody: who has the case. The aggregate of a case in every jurisdiction that has or had it -----------


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
