"""Custody: who has the case, and how it was decided who should."""

from typing import Annotated

from pydantic import Field

from schemas.codes import (
    CustodyEnd,
    EnclosureKind,
    LeavingCode,
    LegalBasis,
    PlacementCause,
    RouteMode,
    WithdrawalCode,
)
from schemas.facts import Asked, Candidate, CaseFacts, Enclosure, Removal, RouteInputs
from schemas.fields import Few, Public, Sealed
from schemas.ids import (
    AgencyId,
    Epoch,
    Province,
    Revision,
    SiteId,
    TransferId,
)
from schemas.messages import Event
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
    said_here: Public[bool | None] = None
    """True of what intake here said and knows; absent of what came from elsewhere, or in earlier releases."""


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
    removal: Public[Removal | None] = None
    """Of a document: who removed it, where and why. Intake destroys its copy, if it did not say so itself."""


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
