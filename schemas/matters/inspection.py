"""What is asked of labour inspection, and what it orders."""

from schemas.codes import (
    InspectionApproach,
    InspectionResult,
    RefusalGround,
)
from schemas.facts import TimeLimit
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import AgencyId, Count, ExternalRef, Fen
from schemas.matters.acts import OwnersAct, Remedy


class InspectionReported(OwnersAct, type="casebridge.inspection.reported.v1"):
    """Labour inspection was asked to act, by a complaint or a report."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    approach: Public[InspectionApproach]
    """By a complaint of one's own rights, or a report."""
    claim_fen: Public[Fen]
    """What the workers say that they are owed, in fen."""
    limit: Public[TimeLimit | None] = None
    """Until when it decides whether it takes it on."""
    paper: Sealed | None = None
    """The complaint."""


class InspectionAccepted(OwnersAct, type="casebridge.inspection.accepted.v1"):
    """It took it on, and opened a case."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    docket: Public[ExternalRef]
    """Its number there."""
    limit: Public[TimeLimit | None] = None
    """Until when the investigation is completed (Regulation on Labour Inspection Art. 17)."""


class InspectionRefused(OwnersAct, type="casebridge.inspection.refused.v1"):
    """It does not take it on."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    because: Public[RefusalGround]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class InspectionExtended(OwnersAct, type="casebridge.inspection.extended.v1"):
    """A complex case has thirty working days more (Regulation on Labour Inspection Art. 17)."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    limit: Public[TimeLimit | None] = None
    """Until when the investigation is completed now."""


class InspectionDecided(OwnersAct, type="casebridge.inspection.decided.v1"):
    """The investigation is over, and this is what the inspectorate did."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    docket: Public[ExternalRef]
    """Its number there."""
    result: Public[InspectionResult]
    """What it did."""
    ordered_fen: Public[Fen]
    """What the employer is ordered to pay the workers, in fen; 0 if nothing."""
    referred_to: Public[AgencyId | None] = None
    """To whom it was referred, if it was."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""
    members: Public[Count | None] = None
    """How many members it names with an amount each, which `claim.determined` says; absent if none."""
    limit: Public[TimeLimit | None] = None
    """Until when the employer is to pay; absent if the order sets no day."""


class InspectionObeyed(OwnersAct, type="casebridge.inspection.obeyed.v1"):
    """All that inspection ordered is paid, in time or late."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    docket: Public[ExternalRef]
    """Its number there."""
    ordered_fen: Public[Fen]
    """What was ordered, in fen."""


class InspectionDisobeyed(OwnersAct, type="casebridge.inspection.disobeyed.v1"):
    """The day that the order set passed, and what has come in does not cover what was ordered."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
    docket: Public[ExternalRef]
    """Its number there."""
    due_at: Public[UtcTime]
    """By when it was to be paid."""
    ordered_fen: Public[Fen]
    """What was ordered, in fen."""
    paid_fen: Public[Fen]
    """What has come in for it, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class InspectionWithdrawn(OwnersAct, type="casebridge.inspection.withdrawn.v1"):
    """The complaint was withdrawn."""

    inspectorate: Public[AgencyId]
    """The inspectorate."""
