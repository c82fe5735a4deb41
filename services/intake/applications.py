"""An application as it is entered: by whom, against whom, what about, since when."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, Field
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NotAStandardNumber

from schemas.codes import (
    CASE_TYPES,
    CHANNELS,
    EVIDENCE,
    LANGUAGES,
    LIMITATION_ACTS,
    RELATIONS,
    WORKER_CLASSES,
    CaseType,
    Channel,
    EvidenceCode,
    Language,
    LimitationActCode,
    Relation,
    WorkerClass,
)
from schemas.entered import entered
from schemas.ids import PROVINCES, AgencyId, Division, EmployerCode, ExternalRef, SiteId
from services.intake.domain.external import written_number
from services.intake.persons import Body, Line, MemberBody, PersonBody


def place_of_work(code: str) -> str:
    """A place of work lies in a province that can own the case; which county it is, is not checked."""
    if code[:2] not in PROVINCES or code[:2] == "00":
        raise ValueError("the first two digits name no province")
    return code


def employer_code(code: str) -> str:
    """GB 32100, with its check digit."""
    try:
        return str(uscc.validate(code))
    except NotAStandardNumber:
        raise ValueError("found no unified social credit code; a digit may be wrong") from None


class ContactBody(Body):
    """Who is called, and how, if it is not the first representative or member."""

    name: Line
    phone: Line | None = None
    address: Line | None = None


class EmployerBody(Body):
    """Whom the application is against."""

    code: Annotated[EmployerCode, AfterValidator(employer_code)] | None = None
    """Unified social credit code, if it is known."""
    name: Line | None = None
    place: Line | None = None
    project: Line | None = None
    """The project that they worked on; its subcontractors are employers of their own."""


class ExternalNumberBody(Body):
    """The number under which another authority or platform keeps the same case."""

    issuer: AgencyId
    number: Annotated[ExternalRef, AfterValidator(written_number)]


class KeyDatesBody(Body):
    """The days that time limits run from, as far as they are known."""

    employment_ended_on: date | None = None
    pay_due_on: date | None = None
    known_on: date | None = None
    """When they knew, or should have known, that a right was harmed."""
    injured_on: date | None = None
    award_received_on: date | None = None
    performance_due_on: date | None = None
    """The last day of performance of what can be enforced already."""


class LimitationActBody(Body):
    """What interrupted a time limit, or suspended it."""

    code: Annotated[LimitationActCode, entered(LIMITATION_ACTS)]
    on: date
    until: date | None = None
    """Of what suspends: the day on which it was over."""


class ApplicationBody(Body):
    """An application for legal aid, by one worker or a group."""

    channel: Annotated[Channel, entered(CHANNELS)]
    site: SiteId | None = None
    """The window, station or desk where it was taken in."""
    agency: AgencyId | None = None
    """Who takes it in, where the caller belongs to no agency."""
    home: Division
    work: Annotated[Division, AfterValidator(place_of_work)]
    case_type: Annotated[CaseType, entered(CASE_TYPES)]
    worker_class: Annotated[WorkerClass, entered(WORKER_CLASSES)] = WorkerClass("migrant-worker")
    relation: Annotated[Relation, entered(RELATIONS)] = Relation("unknown")
    employer: EmployerBody = EmployerBody()
    language: Annotated[Language, entered(LANGUAGES)] = Language("zh")
    evidence: Annotated[tuple[Annotated[EvidenceCode, entered(EVIDENCE)], ...], Field(max_length=64)] = ()
    narrative: Annotated[str, Field(max_length=20_000)] = ""
    """What happened, in their words; sealed."""
    limitation_on: date | None = None
    """The day on which the first time limit expires, if they know it; `dates` are counted as well."""
    dates: KeyDatesBody | None = None
    """The days that time limits run from."""
    acts: Annotated[tuple[LimitationActBody, ...], Field(max_length=32)] = ()
    """What interrupted or suspended these: claims, promises, what kept them from acting."""
    priority_by_policy: bool = False
    """The centre takes it first though the law does not say so."""
    members: Annotated[tuple[MemberBody, ...], Field(min_length=1, max_length=1000)]
    representatives: Annotated[tuple[int, ...], Field(max_length=64)] = ()
    """Places in `members`, from 0, of those who speak for a group."""
    contact: ContactBody | None = None
    worker: PersonBody | None = None
    """The worker himself, where he is no member: heirs apply for him."""
    external_refs: Annotated[tuple[ExternalNumberBody, ...], Field(max_length=8)] = ()
    """The numbers that others gave the case. A partner agency gives its own alone."""

    def contact_to_seal(self) -> dict[str, Any]:
        """How the applicants are reached, the employer's name and place, what happened."""
        chosen = [place for place in self.representatives if 0 <= place < len(self.members)]
        speaker = self.contact or self.members[chosen[0] if chosen else 0]
        said = {
            "name": speaker.name,
            "phone": speaker.phone,
            "address": speaker.address,
            "employer_name": self.employer.name,
            "employer_place": self.employer.place,
            "project": self.employer.project,
            "narrative": self.narrative or None,
            "worker": self.worker.sealable() if self.worker else None,
        }
        return {name: value for name, value in said.items() if value is not None}
