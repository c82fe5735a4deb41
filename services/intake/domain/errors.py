"""Rules of intake that stand against what a person wants."""

from dataclasses import dataclass
from datetime import datetime

from schemas.ids import CaseId, CaseNumber, DocumentId, MemberId, RuleVersion
from schemas.refusals import Refusal


class IntakeError(Refusal):
    """Intake refuses."""


@dataclass(eq=False)
class AskedAlready(IntakeError):
    """Case {number}: the applicants were told at {at}. All that is missing is told once (LAL-43; {rule})."""

    number: CaseNumber
    at: datetime
    rule: RuleVersion


@dataclass(eq=False)
class ConsultationOver(IntakeError):
    """The consultation {case_id} has ended: {found}."""

    case_id: CaseId
    found: str


@dataclass(eq=False)
class NotTheAdviser(IntakeError):
    """The consultation {case_id} is that of {expected}, found {found}."""

    case_id: CaseId
    expected: str
    found: str


@dataclass(eq=False)
class DocumentGone(IntakeError):
    """The document {document} was removed."""

    document: DocumentId


@dataclass(eq=False)
class DocumentUnderWay(IntakeError):
    """The document {document} came with the case, and its bytes are still being fetched. Ask again later."""

    document: DocumentId


@dataclass(eq=False)
class ErasedAlready(IntakeError):
    """The data of case {number} are erased."""

    number: CaseNumber


@dataclass(eq=False)
class StillRuns(IntakeError):
    """Case {number} is neither archived nor withdrawn nor handed over: its data are needed."""

    number: CaseNumber


@dataclass(eq=False)
class RetentionRuns(IntakeError):
    """The data of case {number} are kept until {until} ({rule}). Name the article that allows it before."""

    number: CaseNumber
    until: datetime
    rule: RuleVersion


@dataclass(eq=False)
class NothingToApprove(IntakeError):
    """Case {number}: nobody asked for its data to be erased."""

    number: CaseNumber


@dataclass(eq=False)
class SamePerson(IntakeError):
    """Case {number}: whoever asked for the erasure cannot approve it; it takes somebody else."""

    number: CaseNumber


@dataclass(eq=False)
class NotHandedOver(IntakeError):
    """Case {number} was not handed over to {found}; its documents go where the case goes."""

    number: CaseNumber
    found: str


@dataclass(eq=False)
class LastMember(IntakeError):
    """Case {number} has no other member: if he wants no aid any more, withdraw the application."""

    number: CaseNumber


@dataclass(eq=False)
class MemberAlready(IntakeError):
    """Case {number} has this person already, as the member {member}."""

    number: CaseNumber
    member: MemberId


@dataclass(eq=False)
class LeftAlready(IntakeError):
    """The member {member} has left already: {found}."""

    member: MemberId
    found: str


@dataclass(eq=False)
class NeedsAnAgent(IntakeError):
    """Member {place} is a minor: found {found} who applies for him, expected {expected} (LAL-40)."""

    place: int
    found: str
    expected: str


@dataclass(eq=False)
class NobodyTakesItIn(IntakeError):
    """An application needs an agency that takes it in: the caller's own, or one named in `agency`."""


@dataclass(eq=False)
class NoGroup(IntakeError):
    """Case {number} has {found} member, who speaks for himself; representatives need {expected} or more."""

    number: CaseNumber
    found: int
    expected: int


@dataclass(eq=False)
class NotARepresentative(IntakeError):
    """Found {found} as representatives of {members} members, expected up to {expected} different ones."""

    found: str
    members: int
    expected: int


@dataclass(eq=False)
class NotHere(IntakeError):
    """Case {number} is {found}; its application can be changed only where the case is."""

    number: CaseNumber
    found: str


@dataclass(eq=False)
class NothingAsked(IntakeError):
    """Case {number}: nobody told the applicants that anything is missing."""

    number: CaseNumber


@dataclass(eq=False)
class NotMissing(IntakeError):
    """Case {number}: found {found}, expected of what is missing: {expected}."""

    number: CaseNumber
    found: str
    expected: str


@dataclass(eq=False)
class NotTheIssuer(IntakeError):
    """A partner agency hands cases in under its own numbers: found {found}, expected {expected}."""

    found: str
    expected: str


@dataclass(eq=False)
class NotTheOwner(IntakeError):
    """Case {number} belongs to {expected}, found {found}."""

    number: CaseNumber
    expected: str
    found: str


@dataclass(eq=False)
class StaleEpoch(IntakeError):
    """Case {number} is in ownership epoch {expected}, found {found}. Read it again and repeat."""

    number: CaseNumber
    expected: int
    found: int
