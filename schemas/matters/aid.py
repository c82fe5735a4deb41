"""Aid: its review, its grant stage by stage, who is assigned, and objections to what was decided."""

from datetime import date
from typing import TypeAlias

from schemas.codes import (
    AdvanceCode,
    AidStage,
    AssigneeRole,
    ConflictCode,
    LegalBasis,
    MeansBasis,
    ObjectedCode,
    ObjectionResult,
    PaperCode,
    RefusalCode,
    ReplacementCode,
    SupplementCode,
    SupplementResult,
    TerminationCode,
)
from schemas.facts import TimeLimit
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import AgencyId, Pseudonym, RuleId, RuleVersion
from schemas.matters.acts import AssignmentNumber, OwnersAct


class ReviewStarted(OwnersAct, type="casebridge.review.started.v1"):
    """The review runs (Legal Aid Law Art. 43: seven days; local rules differ)."""

    rule: Public[RuleId]
    """The rule that sets the deadline."""
    review_by: Public[UtcTime]
    """When it must be decided."""
    version: Public[RuleVersion | None] = None
    """The version of that rule."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""


class AidGranted(OwnersAct, type="casebridge.aid.granted.v1"):
    """Aid is granted for one stage (Legal Aid Law Art. 43)."""

    stage: Public[AidStage]
    """What for; each stage is a grant of its own."""
    means: MeansBasis
    """How the applicants' means were dealt with."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    assign_by: Public[UtcTime | None] = None
    """When somebody must be assigned (Art. 43: three days)."""
    assign_rule: Public[RuleId | None] = None
    """The rule that sets it."""
    version: Public[RuleVersion | None] = None
    """The version of that rule."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""


class AssignmentMade(OwnersAct, type="casebridge.assignment.made.v1"):
    """Somebody was assigned to the case."""

    assignee: Pseudonym
    """Who; a member of staff or a lawyer, never a name."""
    role: Public[AssigneeRole]
    """As what."""
    organisation: Public[AgencyId]
    """The centre, firm or committee that the assignee belongs to."""
    stage: Public[AidStage]
    """The grant that it serves."""
    assignment: Public[AssignmentNumber | None] = None
    """Which one it is."""
    limit: Public[TimeLimit | None] = None
    """By when the engagement must be signed; absent of a mediator, whom nobody engages."""
    name: Sealed | None = None
    """The name of the assignee, as papers show it, under the case's key."""


class ReviewPaused(OwnersAct, type="casebridge.review.paused.v1"):
    """The applicants are told at once all that is missing; the review stands still until they supply it."""

    code: Public[SupplementCode]
    """Why."""
    missing: Public[Few[PaperCode]]
    """What is missing."""
    limit: Public[TimeLimit | None] = None
    """By when they must supply it; else the application is deemed withdrawn (Legal Aid Law Art. 43)."""
    details: Sealed | None = None
    """What exactly, in words."""


class ReviewResumed(OwnersAct, type="casebridge.review.resumed.v1"):
    """The review goes on."""

    result: Public[SupplementResult]
    """What came of the request."""
    limit: Public[TimeLimit | None] = None
    """When the review must be decided: the pause moved its end as the rule allows."""


class AidRefused(OwnersAct, type="casebridge.aid.refused.v1"):
    """Aid is refused: in writing, with reasons, and open to objection (Legal Aid Law Art. 43, 49)."""

    code: Public[RefusalCode]
    """Why."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    reasons: Sealed
    """The reasons, as they were written."""


class AidTerminated(OwnersAct, type="casebridge.aid.terminated.v1"):
    """Aid ends before the work is done (Legal Aid Law Art. 48). Money that is owed is still followed."""

    code: Public[TerminationCode]
    """Why."""
    legal_basis: Public[LegalBasis]
    """The article that it rests on."""
    reasons: Sealed
    """The reasons, as they were written."""


class AidAdvanced(OwnersAct, type="casebridge.aid.advanced.v1"):
    """Aid is given for a stage before its review is decided (Legal Aid Law Art. 44); papers follow."""

    stage: Public[AidStage]
    """What for."""
    code: Public[AdvanceCode]
    """Why it cannot wait."""
    expires_on: Public[date | None] = None
    """The last day of the time limit that expires, if that is why."""
    limit: Public[TimeLimit | None] = None
    """By when the papers must be handed in."""
    assign_limit: Public[TimeLimit | None] = None
    """By when somebody must be assigned; absent if somebody is."""


class AidRegularised(OwnersAct, type="casebridge.aid.regularised.v1"):
    """The papers for aid that was given in advance are in; the review decides with them."""

    stage: Public[AidStage]
    """What for."""


class AidLapsed(OwnersAct, type="casebridge.aid.lapsed.v1"):
    """The papers for aid in advance were not handed in by the day that was set; the aid ends."""

    stage: Public[AidStage]
    """What for."""


class AssignmentAccepted(OwnersAct, type="casebridge.assignment.accepted.v1"):
    """Who was assigned takes it on."""

    assignment: Public[AssignmentNumber]
    """Which one."""
    stage: Public[AidStage]
    """What for."""
    declared: Public[ConflictCode]
    """What interest in the employer he declared."""


class AssignmentReplaced(OwnersAct, type="casebridge.assignment.replaced.v1"):
    """Somebody else is assigned to a stage; the earlier one stops."""

    ended: Public[AssignmentNumber]
    """Which assignment ends."""
    code: Public[ReplacementCode]
    """Why."""
    assignment: Public[AssignmentNumber]
    """Which one takes its place."""
    assignee: Pseudonym
    """Who is assigned now; never a name."""
    role: Public[AssigneeRole]
    """As what."""
    organisation: Public[AgencyId]
    """The centre, firm or committee that the assignee belongs to."""
    stage: Public[AidStage]
    """What for."""
    limit: Public[TimeLimit | None] = None
    """By when the engagement must be signed; absent of a mediator."""
    name: Sealed | None = None
    """The name of the assignee, as papers show it, under the case's key."""


class EngagementSigned(OwnersAct, type="casebridge.engagement.signed.v1"):
    """The workers engaged who was assigned, and gave him power of attorney (2023 Regulation Art. 27)."""

    assignment: Public[AssignmentNumber]
    """Which one."""
    stage: Public[AidStage]
    """What for."""
    power: Sealed | None = None
    """The power of attorney."""


class ObjectionFiled(OwnersAct, type="casebridge.objection.filed.v1"):
    """The applicants object to a decision of the owner (Legal Aid Law Art. 49)."""

    against: Public[ObjectedCode]
    """Which decision."""
    bureau: Public[AgencyId]
    """The justice bureau that decides."""
    received_at: Public[UtcTime]
    """When the bureau received it; its time runs from there."""
    limit: Public[TimeLimit | None] = None
    """By when it must decide."""
    grounds: Sealed | None = None
    """What the applicants say."""
    undecided: Public[bool | None] = None
    """Of an imported case: true if the bureau has not decided yet. Absent: it has, or it was filed here."""


class ObjectionDecided(OwnersAct, type="casebridge.objection.decided.v1"):
    """The justice bureau decided on an objection; what it corrects is open again."""

    against: Public[ObjectedCode]
    """Which decision."""
    bureau: Public[AgencyId]
    """The justice bureau."""
    result: Public[ObjectionResult]
    """How it decided."""
    reasons: Sealed
    """The reasons, as they were written."""


AidStep: TypeAlias = (
    ReviewPaused
    | ReviewResumed
    | AidAdvanced
    | AidRegularised
    | AidLapsed
    | AidRefused
    | AidTerminated
    | AssignmentAccepted
    | AssignmentReplaced
    | EngagementSigned
    | ObjectionFiled
    | ObjectionDecided
)
