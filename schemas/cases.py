"""What intake says: an application, who applies, and where it went. Topic `cases`."""

from typing import Annotated, TypeAlias

from pydantic import Field

from schemas.codes import (
    AgentAuthority,
    AlertSubject,
    Channel,
    ConsultationOutcome,
    ConsultationTopic,
    CustodyEnd,
    DocumentKind,
    DocumentRemoval,
    ErasureCode,
    HandingCode,
    Language,
    LeavingCode,
    LegalBasis,
    LinkCause,
    MemberRole,
    MissingCode,
    PastActCode,
    PastRole,
    WithdrawalCode,
)
from schemas.facts import CaseFacts, OnDuty, TimeLimit
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import (
    AgencyId,
    BundleId,
    CaseId,
    CaseNumber,
    Count,
    Division,
    DocumentId,
    EmployerCode,
    Epoch,
    Fen,
    MemberId,
    Province,
    Pseudonym,
    RuleVersion,
    SiteId,
    TransferId,
)
from schemas.messages import Event
from schemas.past import Past, PastMoney

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
"""The digest of a document as it was handed in, in hexadecimal."""

MediaType = Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+-]+$", max_length=100)]
"""What a document is technically, by its first bytes."""


class ConsultationOpened(Event, type="casebridge.consultation.opened.v1"):
    """Somebody asked for advice. It has no case number; an application under the same id may follow."""

    agency: Public[AgencyId]
    """Who advises."""
    site: Public[SiteId | None] = None
    """The window, station or desk."""
    channel: Public[Channel]
    """How they asked."""
    topics: Public[Few[ConsultationTopic]] = ()
    """What about, as far as it is known yet."""
    language: Language
    """The language that they speak best."""
    contact: Sealed | None = None
    """A JSON object as in an application: who is called and how, the employer, what happened."""


class ConsultationHanded(Event, type="casebridge.consultation.handed.v1"):
    """Who asked for advice was handed to a lawyer: the one on duty, else whoever is on duty next."""

    agency: Public[AgencyId]
    """Who advises."""
    because: Public[HandingCode]
    """Why to him."""
    language: Language
    """The language in which they want advice."""
    to: Public[OnDuty]
    """The lawyer."""
    considered: Public[Few[OnDuty]] = ()
    """Who was on the roster besides, in the order in which they would have been asked."""


class ConsultationClosed(Event, type="casebridge.consultation.closed.v1"):
    """The advice was given, or led to more."""

    agency: Public[AgencyId]
    """Who advised."""
    outcome: Public[ConsultationOutcome]
    """How it ended."""
    topics: Public[Few[ConsultationTopic]]
    """What it was about."""
    minutes: Public[Annotated[int, Field(ge=0, le=1440)]]
    """How long it took."""
    referred_to: Public[AgencyId | None] = None
    """Where they were sent, if they were."""
    note: Sealed | None = None
    """A JSON object, `{"text": …}`: what was advised."""


class ApplicationSubmitted(Event, type="casebridge.application.submitted.v1"):
    """Somebody applied for legal aid: the case begins, and the agency that took it in owns it."""

    facts: Public[CaseFacts]
    """What is known of the case."""
    agency: Public[AgencyId]
    """Who took it in; the first owner."""
    site: Public[SiteId | None] = None
    """The window, station or desk where it was taken in."""
    worker: Pseudonym
    """The worker whose claim it is, or the first of a group."""
    contact: Sealed
    """A JSON object: who is called and how, the employer's name and place, what happened in their words."""
    handed_in_by: Public[AgencyId | None] = None
    """The partner agency whose platform handed it in for the applicants, if one did."""
    consulted_at: Public[UtcTime | None] = None
    """When they asked for advice first; the consultation has the id of this case."""


class ApplicationImported(Event, type="casebridge.application.imported.v1"):
    """An application that ran in another system goes on here: this is where it stood.

    It is said once all members have joined, and after it the owner acts.
    """

    agency: Public[AgencyId]
    """The owner."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    bundle: Public[BundleId]
    """The import that brought it."""
    past: Public[Past]
    """What was done there, and the time limits that it kept."""


class PastNoted(Event, type="casebridge.past.noted.v1"):
    """One line of the history of an imported case, as the system before recorded it, at its own time."""

    act: Public[PastActCode]
    """What happened."""
    by_role: Public[PastRole | None] = None
    """In what role somebody did it, if that is known."""
    by_agency: Public[AgencyId | None] = None
    """The agency that did it, if that is known."""
    note: Sealed | None = None
    """A JSON object: what else was written there, of what, and when."""


class ApplicationCompleted(Event, type="casebridge.application.completed.v1"):
    """The file is complete: every member that the facts announce has joined (Legal Aid Law Art. 43)."""

    agency: Public[AgencyId]
    """Who found it complete."""
    members: Public[Count]
    """How many members joined."""


class ApplicationInfoRequested(Event, type="casebridge.application.info_requested.v1"):
    """The applicants are told, once, of all that is missing; the review waits (Legal Aid Law Art. 43)."""

    agency: Public[AgencyId]
    """Who asks; the owner."""
    epoch: Public[Epoch]
    """Ownership epoch in which it was asked."""
    missing: Public[Annotated[tuple[MissingCode, ...], Field(min_length=1, max_length=64)]]
    """All that is missing."""
    note: Sealed | None = None
    """A JSON object, `{"text": …}`: what exactly is meant, in the words of who asks."""
    limit: Public[TimeLimit]
    """Until when something must be supplied; afterwards the application is deemed withdrawn."""


class ApplicationSupplied(Event, type="casebridge.application.supplied.v1"):
    """The applicants replied: the review goes on, with what there is now.

    A first reply stops the clock, even if it leaves something out: what is still missing may follow, and the
    review decides on what it has. It can be said again for that.
    """

    agency: Public[AgencyId]
    """Who recorded it; the owner."""
    epoch: Public[Epoch]
    """Ownership epoch in which it came."""
    supplied: Public[Few[MissingCode]]
    """What of it came this time."""
    outstanding: Public[Few[MissingCode]] = ()
    """What is still missing."""
    note: Sealed | None = None
    """A JSON object, `{"text": …}`: what the applicants explained."""


class ApplicationDeemedWithdrawn(Event, type="casebridge.application.deemed_withdrawn.v1"):
    """Nobody replied in time: the application counts as withdrawn (Legal Aid Law Art. 43)."""

    agency: Public[AgencyId]
    """The owner."""
    epoch: Public[Epoch]
    """Ownership epoch that it ends."""
    because: Public[WithdrawalCode]
    """Why, in the words of withdrawals: `not-supplied`."""
    outstanding: Public[Few[MissingCode]]
    """What was missing."""
    limit: Public[TimeLimit]
    """The time that passed."""


class ApplicationLinked(Event, type="casebridge.application.linked.v1"):
    """The same workers applied in the same matter before, and that application ended without a decision."""

    agency: Public[AgencyId]
    """Who took this one in."""
    earlier: Public[CaseId]
    """The earlier case; of several, the first."""
    earlier_number: Public[CaseNumber]
    """Its case number."""
    earlier_received_at: Public[UtcTime]
    """When it was received: relief was sought then already, which may interrupt the limitation (LDMAL 27)."""
    because: Public[LinkCause]
    """How the earlier one ended."""


class EmployerAlerted(Event, type="casebridge.employer.alerted.v1"):
    """Several applications in a short time are against one employer, or come from one project.

    It is said of the application that reached the figure; the others are named in it.
    """

    agency: Public[AgencyId]
    """Who took this one in."""
    about: Public[AlertSubject]
    """What they have in common."""
    employer: Public[EmployerCode | None] = None
    """The employer's code; absent of a project, and where the code is not known."""
    name: Pseudonym | None = None
    """The pseudonym of the name, where there is no code."""
    work: Public[Division]
    """Where the workers of this one worked."""
    since: Public[UtcTime]
    """The time that was looked at: from then to now, and never before the last alert."""
    cases: Public[Count]
    """How many applications were received in it, with this one."""
    workers: Public[Count]
    """How many workers are in them."""
    threshold: Public[RuleVersion]
    """The figures that were reached; no law sets them."""
    others: Few[CaseNumber] = ()
    """The numbers of the other applications, the latest first; of more than 64, these."""


class ApplicationAmended(Event, type="casebridge.application.amended.v1"):
    """What is known of the case has changed, such as how many members it has. Nothing is overwritten."""

    agency: Public[AgencyId]
    """The owner."""
    epoch: Public[Epoch]
    """Ownership epoch in which it changed."""
    facts: Public[CaseFacts]
    """What is known of the case from now on."""


class ApplicationWithdrawn(Event, type="casebridge.application.withdrawn.v1"):
    """The applicants no longer want aid, or never applied."""

    agency: Public[AgencyId]
    """Who recorded it; the owner."""
    because: Public[WithdrawalCode]
    """Why."""
    epoch: Public[Epoch]
    """Ownership epoch in which it was said."""


class ApplicationAdopted(Event, type="casebridge.application.adopted.v1"):
    """The case came from another agency: this jurisdiction's intake keeps its data from now on."""

    facts: Public[CaseFacts]
    """What is known of the case, with the number that the first intake gave it."""
    agency: Public[AgencyId]
    """The new owner."""
    epoch: Public[Epoch]
    """Ownership epoch that began."""
    transfer_id: Public[TransferId]
    """The transfer that brought it."""
    from_province: Public[Province]
    """Where it came from."""
    contact: Sealed | None = None
    """How the applicants are reached, under this province's key of the case."""


class ApplicationHandedOver(Event, type="casebridge.application.handed_over.v1"):
    """The case went to another agency, or ended here; its data stay for the record only."""

    because: Public[CustodyEnd]
    """Why."""
    epoch: Public[Epoch]
    """Ownership epoch that ended."""
    agency: Public[AgencyId | None] = None
    """The new owner, if it moved."""
    province: Public[Province | None] = None
    """The jurisdiction of the new owner, if it moved."""
    transfer_id: Public[TransferId | None] = None
    """The transfer that took it away, if it moved."""


class RepresentativesSet(Event, type="casebridge.representatives.set.v1"):
    """The members of a group chose who speaks for them (LDMAL Art. 7: 3 to 5; in court 2 to 5)."""

    members: Few[MemberId]
    """The representatives, all of them members."""


class MemberJoined(Event, type="casebridge.member.joined.v1"):
    """One worker, heir or co-applicant is part of the case. A member is an aggregate of its own."""

    member_id: Public[MemberId]
    """The member."""
    role: Public[MemberRole]
    """In what capacity he claims."""
    worker: Pseudonym
    """The person, as this province knows him."""
    person: Sealed
    """A JSON object: name, ID number, phone, address, bank account; who applies or vouches for him."""
    claim_fen: Public[Fen]
    """What he claims, in fen; 0 if it is not known yet."""
    home: Division | None = None
    """Division of his household register, where it differs from the case's."""
    agent: Public[AgentAuthority | None] = None
    """By what authority another applies for him, if one does; who that is lies with his data."""
    past: Public[PastMoney | None] = None
    """What he was due and had received before the case was imported; absent if it was not."""
    transfer_id: Public[TransferId | None] = None
    """The transfer that he came with; absent if he joined here, or came after it."""


class MemberLeft(Event, type="casebridge.member.left.v1"):
    """One member is no longer part of the case. What he received stays recorded."""

    member_id: Public[MemberId]
    """The member."""
    agency: Public[AgencyId]
    """Who recorded it; the owner."""
    epoch: Public[Epoch]
    """Ownership epoch in which he left."""
    because: Public[LeavingCode]
    """Why."""


class DocumentAdded(Event, type="casebridge.document.added.v1"):
    """A document belongs to the case. Its bytes lie encrypted at the province, and are in no event.

    A document is an aggregate of its own.
    """

    document_id: Public[DocumentId]
    """The document."""
    agency: Public[AgencyId]
    """Who recorded it; the owner."""
    epoch: Public[Epoch]
    """Ownership epoch in which it came."""
    kind: Public[DocumentKind]
    """What it is."""
    media_type: Public[MediaType]
    """What it is technically."""
    size_bytes: Public[Annotated[int, Field(ge=1)]]
    """How long it is."""
    sha256: Sha256
    """Its digest: whoever has the document can prove that it is the one, and who has none learns nothing."""
    member_id: Public[MemberId | None] = None
    """Whose it is, if it is one member's."""
    about: Sealed
    """A JSON object: its file name, and the key of its bytes once they are here."""
    from_province: Public[Province | None] = None
    """Where its bytes are fetched from, if it came with the case."""


class DocumentFetched(Event, type="casebridge.document.fetched.v1"):
    """The bytes of a document that came with the case are here; they have the digest that was announced."""

    document_id: Public[DocumentId]
    """The document."""
    from_province: Public[Province]
    """Where they were fetched from."""
    about: Sealed
    """As before, with the key that its bytes have here."""


class DocumentErased(Event, type="casebridge.document.erased.v1"):
    """The bytes of a document that came with the case will never come: they were erased before.

    It is no longer asked for. What was announced of it stays known.
    """

    document_id: Public[DocumentId]
    """The document."""
    province: Public[Province]
    """Where it was erased, with the data of the case: where it was to come from, or here."""


class DocumentMissed(Event, type="casebridge.document.missed.v1"):
    """The case had left again before the bytes of a document that came with it were here.

    They are where the case is, and no longer asked for. If the case comes again, the document is added again.
    """

    document_id: Public[DocumentId]
    """The document."""
    province: Public[Province]
    """Which has them, or awaits them: it got the case later."""


class DocumentRemoved(Event, type="casebridge.document.removed.v1"):
    """A document is no longer part of the case, and its bytes are destroyed."""

    document_id: Public[DocumentId]
    """The document."""
    agency: Public[AgencyId]
    """Who recorded it; the owner."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    because: Public[DocumentRemoval]
    """Why."""
    province: Public[Province | None] = None
    """Where it was removed, if the case had gone to another province; absent if it was here."""
    removed_at: Public[UtcTime | None] = None
    """When it was removed there; `at` is when it was known here."""


class ApplicationConcluded(Event, type="casebridge.application.concluded.v1"):
    """The aid is done: nobody joins this case any more; whoever else was not paid applies himself."""

    agency: Public[AgencyId]
    """Whose case it is."""
    epoch: Public[Epoch]
    """Ownership epoch."""
    concluded_at: Public[UtcTime]
    """When the owner concluded the aid."""


class RetentionStarted(Event, type="casebridge.retention.started.v1"):
    """The file of the case was archived: its data are kept for so long, and may be erased afterwards."""

    archived_at: Public[UtcTime]
    """When it was archived."""
    limit: Public[TimeLimit]
    """Until when its data are kept; it counts from the end of that year."""


class ErasureRequested(Event, type="casebridge.erasure.requested.v1"):
    """Somebody asks that the data of the case be erased; somebody else must approve it."""

    agency: Public[AgencyId]
    """Whose case it is."""
    because: Public[ErasureCode]
    """Why."""
    requested_by: Pseudonym
    """Who asks."""
    limit: Public[TimeLimit]
    """Until when its data would be kept otherwise."""
    legal_basis: Public[LegalBasis | None] = None
    """The article that allows it before then; absent once that time is over."""


class CaseErased(Event, type="casebridge.case.erased.v1"):
    """The key of the case and its documents are destroyed: what was sealed can be read by nobody any more.

    The events stay, and can be verified; they name nobody.
    """

    agency: Public[AgencyId]
    """Whose case it was."""
    because: Public[ErasureCode]
    """Why."""
    requested_by: Pseudonym
    """Who asked for it."""
    approved_by: Pseudonym
    """Who approved it; somebody else."""


CaseEvent: TypeAlias = (
    ApplicationSubmitted
    | ApplicationImported
    | PastNoted
    | ApplicationCompleted
    | ApplicationAmended
    | ApplicationWithdrawn
    | ApplicationAdopted
    | ApplicationHandedOver
    | ApplicationInfoRequested
    | ApplicationSupplied
    | ApplicationDeemedWithdrawn
    | ApplicationLinked
    | EmployerAlerted
    | RepresentativesSet
    | ApplicationConcluded
    | RetentionStarted
    | ErasureRequested
    | CaseErased
)
ConsultationEvent: TypeAlias = ConsultationOpened | ConsultationHanded | ConsultationClosed
MemberEvent: TypeAlias = MemberJoined | MemberLeft
DocumentEvent: TypeAlias = DocumentAdded | DocumentFetched | DocumentErased | DocumentMissed | DocumentRemoved
