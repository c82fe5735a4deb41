"""What several events say alike: the facts of a case, who was asked, what travels sealed, lengths of time."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field

from schemas.codes import (
    AlertSubject,
    AskedResult,
    CaseType,
    Channel,
    DocumentRemoval,
    DutyReason,
    EnclosureKind,
    EvidenceCode,
    Language,
    LimitationActCode,
    MemberRole,
    PriorityReason,
    Relation,
    Reminded,
    RouteMode,
    RouteReason,
    TaskKind,
    WorkerClass,
)
from schemas.fields import Few, Public, Sealed, UtcTime, Value
from schemas.ids import (
    AgencyId,
    AgreementId,
    BundleId,
    CaseNumber,
    Count,
    Division,
    EmployerCode,
    Epoch,
    ExternalRef,
    Fen,
    Province,
    Pseudonym,
    Revision,
    RuleId,
    RuleVersion,
    SiteId,
)


class ExternalNumber(Value):
    """The number under which another authority or platform keeps the same case."""

    issuer: Public[AgencyId]
    """Whose number it is."""
    number: Public[ExternalRef]
    """The number, as its issuer writes it."""


class Imported(Value):
    """That a case ran in another system before it was imported from it."""

    bundle: Public[BundleId]
    """The import that brought it."""
    at: Public[UtcTime]
    """When: what happened earlier is told as that system recorded it, and nobody is alarmed by it."""
    ended: Public[bool | None] = None
    """Whether it had been withdrawn there, and only its history came along."""


class KeyDates(Value):
    """The days that time limits of the claim run from, as far as they are known."""

    employment_ended_on: date | None = None
    """The end of the employment: a claim for pay is arbitrated within a year from it (LDMAL Art. 27)."""
    pay_due_on: date | None = None
    """When the pay was due, where there is no employment whose end counts."""
    known_on: date | None = None
    """When the applicants knew, or should have known, that a right was harmed, and by whom."""
    injured_on: date | None = None
    """The accident, or when an occupational disease was found (Work Injury Regulation Art. 17)."""
    award_received_on: date | None = None
    """When an award was received that they may still sue against (LDMAL Art. 48, 50)."""
    performance_due_on: date | None = None
    """The last day of performance of what can be enforced already (Civil Procedure Law Art. 250)."""


class LimitationAct(Value):
    """What interrupted a time limit of the claim, so that it began anew; or suspended it."""

    code: LimitationActCode
    """What it was."""
    on: date
    """When; of what suspends, the day on which it began."""
    until: date | None = None
    """Of what suspends: the day on which it was over; absent while it lasts."""


class OnDuty(Value):
    """A lawyer of the duty roster, and what spoke for or against him."""

    lawyer: Pseudonym
    """Who; never a name."""
    site: Public[SiteId | None] = None
    """Where he is on duty; absent: for all of the agency."""
    answers_at: Public[UtcTime]
    """From when he answers: at once, or when his time on duty begins."""
    until: Public[UtcTime | None] = None
    """When that ends; absent of somebody who is not on the roster."""
    reasons: Public[Few[DutyReason]]
    """As codes, in the order of their weight."""
    advising: Public[Count]
    """Consultations that he has and that are not closed."""


class CaseFacts(Value):
    """What an agency needs to know of a case to say whether it is competent. It names nobody."""

    number: Public[CaseNumber]
    """The case number; the first intake makes it, and it never changes."""
    received_at: Public[UtcTime]
    """When the application was first received; the review runs from it (Legal Aid Law Art. 43)."""
    home: Division
    """Division of the household register of the worker, or of the first of a group."""
    work: Public[Division]
    """Division where the work was done or the matter arose (Legal Aid Law Art. 38)."""
    case_type: Public[CaseType]
    """What is claimed."""
    worker_class: Public[WorkerClass]
    """What kind of worker applies."""
    relation: Public[Relation]
    """The relation to the employer: it decides between arbitration and court."""
    employer: Public[EmployerCode | None] = None
    """The employer's unified social credit code; absent if he has none or it is not known."""
    claim_fen: Public[Fen]
    """The sum of what all members claim, in fen; 0 if it is not known yet."""
    members: Public[Annotated[int, Field(ge=1, le=100_000)]]
    """How many workers, heirs or co-applicants the case has: 10 or more are a group."""
    language: Language
    """The language that the applicants speak best."""
    evidence: Few[EvidenceCode] = ()
    """What evidence is at hand."""
    channel: Public[Channel]
    """Where the application came in."""
    priority: Public[Few[PriorityReason]] = ()
    """Why the case goes first; empty if it does not."""
    limitation_on: Public[date | None] = None
    """The day on which the first time limit of the claim expires, if it is known."""
    external_refs: Public[Few[ExternalNumber] | None] = None
    """The numbers that others gave the case before it came here; absent if there are none."""
    dates: KeyDates | None = None
    """The days that its time limits run from; absent if none is known."""
    acts: Few[LimitationAct] | None = None
    """What interrupted or suspended these time limits, in order; absent if nothing did."""
    imported: Public[Imported | None] = None
    """Where it ran before; absent unless it was imported from another system."""

    def with_members_of(self, other: Self) -> Self:
        """These facts with the members of others: how many they are, what they claim, what makes that urgent.

        Each service learns other things of a case first, so none takes all that another says.
        """
        priority = (*self.priority, *(reason for reason in other.priority if reason not in self.priority))
        changed = {"members": other.members, "claim_fen": other.claim_fen, "priority": priority}
        return self.model_copy(update=changed)

    @property
    def urgent(self) -> bool:
        """Whether the case goes first."""
        return bool(self.priority)

    @property
    def home_province(self) -> Province:
        """The province of the household register."""
        return Province(self.home[:2])

    @property
    def work_province(self) -> Province:
        """The province where the work was done."""
        return Province(self.work[:2])


class Period(Value):
    """A length of time; the first day is not counted (Civil Procedure Law Art. 85)."""

    days: Public[Annotated[int, Field(ge=0, le=3660)]]
    """How many days."""
    working: Public[bool] = False
    """Whether working days are counted instead of calendar days."""
    rule: Public[RuleVersion | None] = None
    """The version of the rule that it is taken from, so that both sides can explain it."""


class TimeLimit(Value):
    """Until when something must be done, and the rule that says so."""

    rule: Public[RuleVersion]
    """The version of the rule that it was counted by; it stays, whatever the rule becomes."""
    due_at: Public[UtcTime]
    """The last moment."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    risk_at: Public[Few[UtcTime] | None] = None
    """When it is said that it runs out, in order; absent where its rule names no such days."""

    @property
    def rule_id(self) -> RuleId:
        """The rule, whatever its version."""
        return RuleId(self.rule.partition(":")[0])


class AlertFigures(Value):
    """What an alert says of an employer or a project to those who act on it: no case, and nobody's name."""

    taken_in_by: Public[AgencyId]
    """Who took in the application that reached the figure, and can be asked."""
    about: Public[AlertSubject]
    """What the applications have in common."""
    employer: Public[EmployerCode | None] = None
    """The employer's code; absent of a project, and where the code is not known."""
    work: Public[Division]
    """Where their workers worked, as the last of them says."""
    since: Public[UtcTime]
    """The time that was looked at: from then to `until`, and never before the last alert."""
    until: Public[UtcTime]
    """When the figure was reached."""
    cases: Public[Count]
    """How many applications were received in it."""
    workers: Public[Count]
    """How many workers are in them."""
    threshold: Public[RuleVersion]
    """The figures that were reached; no law sets them."""


class Rung(Value):
    """One rung of the ladder of reminders that runs beside a deadline."""

    at: Public[UtcTime]
    """When."""
    to: Public[Reminded]
    """To whom."""


class Asked(Value):
    """An agency that was asked to take the case on; it is not asked again unless directed."""

    agency: Public[AgencyId]
    """The agency."""
    province: Public[Province]
    """The jurisdiction that it acts for."""
    result: Public[AskedResult]
    """How asking it ended."""


class Weighed(Value):
    """What decided the order among agencies of the same rank, as it was when the route was decided."""

    open: Public[bool]
    """Whether the site is open on that day."""
    load: Public[Count]
    """Open offers and matters there."""
    capacity: Public[Count | None] = None
    """How many it can have at a time; absent where the directory does not say."""
    distance_m: Public[Annotated[int, Field(ge=0, le=20_000_000)] | None] = None
    """Metres from where the matter arose, to the next hundred; absent where a coordinate is missing."""
    language: bool = False
    """Whether the language of the applicants is spoken there."""
    special: Public[bool] = False
    """Whether it is a desk for this class of worker, or names this type of case."""


class KnownLoad(Value):
    """What an agency or one of its sites had to do when a route was decided."""

    agency: Public[AgencyId]
    """The agency."""
    site: Public[SiteId | None] = None
    """Its site; absent for the agency as a whole."""
    open: Public[Count]
    """Open offers and matters."""


class RouteInputs(Value):
    """What a route was decided from, beside the facts of the case and the version of the directory."""

    on: Public[date]
    """The day, in China."""
    asked_by: Public[AgencyId]
    """Who had the case."""
    asked: Public[Few[AgencyId]] = ()
    """Who had been asked before, by id."""
    proposed: Public[AgencyId | None] = None
    """Who is competent in the view of an agency that refused."""
    declined: Public[bool] = False
    """Whether the agency that had the case found itself not competent."""
    loads: Public[Annotated[tuple[KnownLoad, ...], Field(max_length=400)]] = ()
    """The loads that were weighed; who is not here had nothing to do."""
    law_version: Public[Revision | None] = None
    """The exact content of the time limits and calendars that it was decided with."""


class Candidate(Value):
    """An agency that a route considers, with the reasons."""

    agency: Public[AgencyId]
    """The agency."""
    province: Public[Province]
    """The jurisdiction that it acts for."""
    mode: Public[RouteMode]
    """What it is, or would be, asked for."""
    reasons_for: Public[Few[RouteReason]] = ()
    """What speaks for it."""
    reasons_against: Public[Few[RouteReason]] = ()
    """What speaks against it; a candidate with any is not asked."""
    answer_within: Public[Period | None] = None
    """How long it has for its answer, counted from delivery; absent where nothing is asked."""
    task: Public[TaskKind | None] = None
    """The help that it is asked for, where the mode is `collaborate`."""
    site: Public[SiteId | None] = None
    """Where it would take the case on."""
    agreement: Public[AgreementId | None] = None
    """The agreement between provinces that it would be asked under."""
    weighed: Public[Weighed | None] = None
    """What decided its place among those of the same rank."""


class Enclosure(Value):
    """What travels sealed with a case: a member's data, a document, how the applicants are reached."""

    kind: EnclosureKind
    """What it is."""
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    """The member's id, the document's id, or `contact`; a later enclosure of that kind and id replaces it."""
    content: Sealed
    """A JSON object: name, ID number, phone, address of a person; title, form, bytes of a document; text."""
    role: MemberRole | None = None
    """Of a member: in what capacity he claims."""
    claim_fen: Fen | None = None
    """Of a member: what he claims, in fen."""


class Removal(Value):
    """That a document was taken out of a case, as another province that has a copy of it must know it."""

    province: Public[Province]
    """Where it was removed."""
    agency: Public[AgencyId]
    """Who recorded it; the owner then."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    because: Public[DocumentRemoval]
    """Why."""
    at: Public[UtcTime]
    """When."""


class Enclosed(Value):
    """How much was enclosed, so that the receiver can see that nothing is missing."""

    members: Public[Count]
    """Members, each in a letter of its own."""
    documents: Public[Count] = 0
    """Documents, each in a letter of its own."""
    contacts: Public[Count] = 0
    """1 if a contact was enclosed."""
