"""Rules of mediation that stand against what a person wants."""

from dataclasses import dataclass
from datetime import date, datetime

from schemas.refusals import Refusal


class MediationError(Refusal):
    """Mediation refuses."""


# --- Who acts, and when ------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotPlaced(MediationError):
    """Case {case_id} is not placed: another agency is asked to take it; nobody acts until that is decided."""

    case_id: str


@dataclass(eq=False)
class StaleEpoch(MediationError):
    """Case {case_id} is in ownership epoch {expected}, found {found}. Read it again and repeat."""

    case_id: str
    expected: int
    found: int


@dataclass(eq=False)
class NotTheOwner(MediationError):
    """Case {case_id} belongs to {expected}, found {found}."""

    case_id: str
    expected: str
    found: str


@dataclass(eq=False)
class NotInvolved(MediationError):
    """Case {case_id} is in the hands of {expected}, found {found}."""

    case_id: str
    expected: str
    found: str


@dataclass(eq=False)
class OutOfTurn(MediationError):
    """Case {case_id} is {found}; this is done when it is {expected}."""

    case_id: str
    found: str
    expected: str


# --- Aid ---------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotExempt(MediationError):
    """Found a claim of type {found} by {worker_class}; {means} is for {expected} (Legal Aid Law Art. 42)."""

    found: str
    worker_class: str
    means: str
    expected: str


@dataclass(eq=False)
class AlreadyGranted(MediationError):
    """Aid for {stage} is granted already; each other stage is a grant of its own."""

    stage: str


@dataclass(eq=False)
class NotGranted(MediationError):
    """No aid is granted for {found}, expected one of: {expected}."""

    found: str
    expected: str


@dataclass(eq=False)
class NotAided(MediationError):
    """Aid covers {expected}, found {found}; each stage is a grant of its own (Legal Aid Law Art. 43). If the
    workers act for themselves, say that they are unaided."""

    found: str
    expected: str


@dataclass(eq=False)
class NoAdvance(MediationError):
    """No aid in advance for {found} waits for its papers, expected one of: {expected}."""

    found: str
    expected: str


@dataclass(eq=False)
class NotUrgent(MediationError):
    """Found {found} as the last day of the time limit, expected one in fewer than {expected} days."""

    found: str
    expected: int


@dataclass(eq=False)
class DayPassed(MediationError):
    """Found {found} as the day for the papers, expected {expected} or later."""

    found: date
    expected: date


@dataclass(eq=False)
class NotDueYet(MediationError):
    """The time for the papers runs until {expected}, found {found}."""

    found: datetime
    expected: datetime


@dataclass(eq=False)
class OnlyAdvanced(MediationError):
    """Aid in case {case_id} is given in advance alone: grant it, refuse it, or let it lapse."""

    case_id: str


@dataclass(eq=False)
class BothSides(MediationError):
    """{found} stands for the workers and mediates too; nobody does both in one case."""

    found: str


# --- Review ------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class ReviewDecided(MediationError):
    """The review of case {case_id} is decided: {found}."""

    case_id: str
    found: str


@dataclass(eq=False)
class ReviewStandsStill(MediationError):
    """The review of case {case_id} stands still while papers are missing; resume it first."""

    case_id: str


@dataclass(eq=False)
class ReviewGoesOn(MediationError):
    """The review of case {case_id} does not stand still."""

    case_id: str


@dataclass(eq=False)
class AskedOftenEnough(MediationError):
    """Found {found} requests to supplement case {case_id}, expected {expected}: all is asked for at once."""

    case_id: str
    found: int
    expected: int


@dataclass(eq=False)
class NothingMissing(MediationError):
    """Nothing is said to be missing from case {case_id}, expected papers or details."""

    case_id: str


# --- Assignment ----------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoAssignment(MediationError):
    """Found assignment {found}, expected one that is {expected}."""

    found: int
    expected: str


@dataclass(eq=False)
class ConflictDeclared(MediationError):
    """Found the interest {found}; assignment {number} is to be replaced, nobody takes it on so."""

    found: str
    number: int


@dataclass(eq=False)
class NotEngaged(MediationError):
    """Assignment {number} is a mediator's, whom nobody engages."""

    number: int


@dataclass(eq=False)
class SameAssignee(MediationError):
    """{found} has this assignment already, expected somebody else."""

    found: str


# --- Objection -----------------------------------------------------------------------------------------


@dataclass(eq=False)
class NotTheBureau(MediationError):
    """Found {found}, expected a justice bureau that the directory lists over {agency}."""

    found: str
    agency: str


@dataclass(eq=False)
class AlreadyObjected(MediationError):
    """The {found} of aid in case {case_id} was objected to already; then review or a suit is open."""

    case_id: str
    found: str


@dataclass(eq=False)
class NoObjection(MediationError):
    """Case {case_id} has no objection that waits for a decision."""

    case_id: str


@dataclass(eq=False)
class Objected(MediationError):
    """Case {case_id} waits for the decision of {bureau} on an objection."""

    case_id: str
    bureau: str


# --- Mediation and suit ------------------------------------------------------------------------------------


@dataclass(eq=False)
class NoMediation(MediationError):
    """Case {case_id} has no mediation that runs; propose one first."""

    case_id: str


@dataclass(eq=False)
class MediationRuns(MediationError):
    """Case {case_id} is mediated by {committee} already."""

    case_id: str
    committee: str


@dataclass(eq=False)
class AgreementStands(MediationError):
    """Case {case_id}: found the agreement {found}, its confirmation {confirmation}; expected it breached, or
    not confirmed by a court (Mediation Law Art. 33)."""

    case_id: str
    found: str
    confirmation: str


@dataclass(eq=False)
class ClaimsIncomplete(MediationError):
    """Found {found} registered claims, expected {expected}, as many as the case has members."""

    found: int
    expected: int


@dataclass(eq=False)
class AmountsDoNotFit(MediationError):
    """Found amounts for {found} members, {strange} of them strange; expected one for each of {expected}."""

    found: int
    strange: int
    expected: int


@dataclass(eq=False)
class SumDisagrees(MediationError):
    """Found {found} fen, expected {expected} fen as the amounts of the members come to."""

    found: int
    expected: int


@dataclass(eq=False)
class NoAgreement(MediationError):
    """Case {case_id} has no agreement that is still to be performed."""

    case_id: str


@dataclass(eq=False)
class NotPaidYet(MediationError):
    """Found {found} fen received, expected {expected} fen as agreed."""

    found: int
    expected: int


@dataclass(eq=False)
class SuitRuns(MediationError):
    """Case {case_id} has a suit at {court} that is not decided."""

    case_id: str
    court: str


@dataclass(eq=False)
class NoSuit(MediationError):
    """Case {case_id} has no suit that is {expected}."""

    case_id: str
    expected: str


@dataclass(eq=False)
class OutcomeNotReached(MediationError):
    """Nothing in case {case_id} led to the outcome {found}."""

    case_id: str
    found: str


# --- Proceedings -------------------------------------------------------------------------------------------


@dataclass(eq=False)
class OutOfCourse(MediationError):
    """The {proceeding} stands at {found}; this is done when it stands at {expected}."""

    proceeding: str
    found: str
    expected: str


@dataclass(eq=False)
class TooLate(MediationError):
    """Found {found} as the day, expected no later than {expected} ({rule})."""

    rule: str
    found: date
    expected: date


@dataclass(eq=False)
class NoConsentNeeded(MediationError):
    """Case {case_id} has {found} members, who sign for themselves; only those of a group consent."""

    case_id: str
    found: int


@dataclass(eq=False)
class NothingOffered(MediationError):
    """The agreement offers member {member} nothing."""

    member: str


@dataclass(eq=False)
class ConsentedAlready(MediationError):
    """Member {member} has consented already."""

    member: str


@dataclass(eq=False)
class BindsNobody(MediationError):
    """No member of case {case_id} has consented to its agreement yet."""

    case_id: str


@dataclass(eq=False)
class NotJoint(MediationError):
    """Found one party that applies, expected both ({legal_basis})."""

    legal_basis: str


@dataclass(eq=False)
class NotLabour(MediationError):
    """Found {found} as the relation; labour arbitration is for a labour relation."""

    found: str


@dataclass(eq=False)
class ExtendedAlready(MediationError):
    """The time for the award was extended already; that is done once ({legal_basis})."""

    legal_basis: str


@dataclass(eq=False)
class NotOpen(MediationError):
    """Found {way} by {found}, which is not open; open are: {expected}."""

    way: str
    found: str
    expected: str


@dataclass(eq=False)
class ArbitrationFirst(MediationError):
    """A labour dispute is arbitrated first ({legal_basis}); a suit without that is open by: {expected}."""

    legal_basis: str
    expected: str


@dataclass(eq=False)
class AlreadyFinal(MediationError):
    """The judgment of {court} is final."""

    court: str


@dataclass(eq=False)
class NothingToEnforce(MediationError):
    """Found nothing that can be enforced as {found}; there is: {expected}."""

    found: str
    expected: str


@dataclass(eq=False)
class RecoveryOpen(MediationError):
    """Found {found} claims that are neither paid nor given up, expected none."""

    found: int


@dataclass(eq=False)
class NotEvaluated(MediationError):
    """Case {case_id} is not evaluated; no case is archived without that."""

    case_id: str


# --- Money -------------------------------------------------------------------------------------------------


@dataclass(eq=False)
class ClaimOver(MediationError):
    """The claim of member {member} is over ({found})."""

    member: str
    found: str


@dataclass(eq=False)
class MoreThanDue(MediationError):
    """Member {member} would have received {found} fen, expected at most {expected} fen that he is due."""

    member: str
    found: int
    expected: int


@dataclass(eq=False)
class NotReceivedYet(MediationError):
    """Found {found} as the time of receipt, expected no later than {expected}."""

    found: datetime
    expected: datetime
