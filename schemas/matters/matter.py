"""The matter itself: opened, placed, closed; what is asked of others; its end, its evaluation, its file."""

from datetime import date
from typing import Annotated

from pydantic import Field

from schemas.codes import (
    AgencyKind,
    EvaluationGrade,
    FileDefect,
    FollowUpMeans,
    FollowUpOutcome,
    FollowUpQuestion,
    FollowUpReply,
    LegalBasis,
    MatterEnd,
    Outcome,
    ReferralCode,
    ReferralResult,
    RejectionCode,
)
from schemas.facts import CaseFacts, TimeLimit
from schemas.fields import Few, Public, Sealed, Value
from schemas.ids import AgencyId, Count, ExternalRef, Fen, MemberId
from schemas.matters.acts import OwnersAct


class MatterOpened(OwnersAct, type="casebridge.matter.opened.v1"):
    """The jurisdiction has the case: its clocks run, and it waits to be placed."""

    facts: Public[CaseFacts]
    """What is known of the case; the claims registered must equal its members before an agreement."""
    contact: Sealed | None = None
    """A JSON object: the employer's name and place, what happened; for the papers that name him."""


class MatterAmended(OwnersAct, type="casebridge.matter.amended.v1"):
    """What is known of the case has changed: members joined or left."""

    facts: Public[CaseFacts]
    """What is known of the case from now on; its members are those that an agreement must cover."""


class MatterActivated(OwnersAct, type="casebridge.matter.activated.v1"):
    """The owner shall act now."""


class MatterAccepted(OwnersAct, type="casebridge.matter.accepted.v1"):
    """The owner accepts the application (Legal Aid Law Art. 43)."""


class MatterNotCompetent(OwnersAct, type="casebridge.matter.not_competent.v1"):
    """The owner finds that it is not competent (Legal Aid Law Art. 38)."""

    code: Public[RejectionCode]
    """Why."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    proposed: Public[AgencyId | None] = None
    """Who is competent in its view."""


class ReferralMade(OwnersAct, type="casebridge.referral.made.v1"):
    """A part of the matter goes to the authority that is competent for it."""

    to: Public[AgencyId]
    """Which authority."""
    kind: Public[AgencyKind]
    """What it is."""
    subject_matter: Public[ReferralCode]
    """What is referred."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    details: Sealed | None = None
    """What it is about, under the case's key."""


class FollowUpReplied(Value):
    """One question, and what was replied."""

    question: Public[FollowUpQuestion]
    """What was asked."""
    reply: Public[FollowUpReply]
    """What they said."""


class FollowUpRecorded(OwnersAct, type="casebridge.follow_up.recorded.v1"):
    """After money came, the applicants were asked how it went and what is still open."""

    means: Public[FollowUpMeans]
    """How they were asked."""
    on: Public[date]
    """When."""
    member_id: Public[MemberId | None] = None
    """Who was asked, where it was one member."""
    replies: Public[Few[FollowUpReplied]] = ()
    """What they were asked, and replied."""
    outcome: Public[FollowUpOutcome]
    """What it led to."""
    note: Sealed | None = None
    """What they said, under the case's key."""


class ReferralAnswered(OwnersAct, type="casebridge.referral.answered.v1"):
    """The authority that something was referred to answered; it may answer again, such as with a result."""

    referral: Public[Annotated[int, Field(ge=1, le=1000)]]
    """Which referral of the owner, from 1."""
    subject_matter: Public[ReferralCode]
    """What was referred."""
    result: Public[ReferralResult]
    """What it answered."""
    on: Public[date]
    """The day of the answer."""
    number: Public[ExternalRef | None] = None
    """The number under which the authority keeps it."""
    note: Sealed | None = None
    """The answer itself, under the case's key."""


class MatterConcluded(OwnersAct, type="casebridge.matter.concluded.v1"):
    """The aid is done: by agreement, award or judgment, not by payment (2012 Regulation Art. 34)."""

    outcome: Public[Outcome]
    """What it led to."""
    claimed_fen: Public[Fen]
    """What all members claimed, in fen."""
    determined_fen: Public[Fen]
    """What all members are due, in fen."""
    recovered_fen: Public[Fen]
    """What they have received so far, in fen; recovery goes on beside it."""
    hand_in: Public[TimeLimit | None] = None
    """Until when the file is to be handed in."""


class EvaluationCompleted(OwnersAct, type="casebridge.evaluation.completed.v1"):
    """The work was evaluated, as every migrant worker's case is."""

    grade: Public[EvaluationGrade]
    """The result."""
    satisfaction: Public[Annotated[int, Field(ge=1, le=5)] | None] = None
    """What the workers said, from 1 to 5, if they were reached."""


class MatterClosed(OwnersAct, type="casebridge.matter.closed.v1"):
    """The owner stops working on the case."""

    because: Public[MatterEnd]
    """Why."""


class FileSubmitted(OwnersAct, type="casebridge.file.submitted.v1"):
    """The file of the concluded case was handed in."""

    by: Public[AgencyId]
    """Who handed it in."""
    submission: Public[Annotated[int, Field(ge=1, le=1000)]]
    """The how-manieth time, from 1."""
    limit: Public[TimeLimit | None] = None
    """Until when it is reviewed."""


class FileReturned(OwnersAct, type="casebridge.file.returned.v1"):
    """The file was returned, to be completed."""

    defects: Public[Few[FileDefect]]
    """What is wrong with it."""
    limit: Public[TimeLimit | None] = None
    """Until when it is handed in again."""
    remarks: Sealed | None = None
    """What exactly is to be done."""


class FileApproved(OwnersAct, type="casebridge.file.approved.v1"):
    """The file is complete and in order."""


class MatterArchived(OwnersAct, type="casebridge.matter.archived.v1"):
    """The case rests: its file is approved, its recovery ended, the work evaluated."""

    claimed_fen: Public[Fen]
    """What all members claimed, in fen."""
    determined_fen: Public[Fen]
    """What all members were due, in fen."""
    recovered_fen: Public[Fen]
    """What they received, in fen."""
    given_up: Public[Count]
    """How many members gave the rest up."""
