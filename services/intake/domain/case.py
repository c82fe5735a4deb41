"""Case: the application and where it stands. Who applies are its members; their data lie in the vault."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from schemas.cases import (
    ApplicationAdopted,
    ApplicationAmended,
    ApplicationCompleted,
    ApplicationConcluded,
    ApplicationDeemedWithdrawn,
    ApplicationHandedOver,
    ApplicationImported,
    ApplicationInfoRequested,
    ApplicationLinked,
    ApplicationSubmitted,
    ApplicationSupplied,
    ApplicationWithdrawn,
    CaseErased,
    CaseEvent,
    EmployerAlerted,
    ErasureRequested,
    PastNoted,
    RepresentativesSet,
    RetentionStarted,
)
from schemas.codes import WithdrawalCode
from schemas.facts import CaseFacts
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, MemberId, Province, Pseudonym, SiteId
from schemas.matters import MatterConcluded
from schemas.transfers import CustodyBegun, CustodyEnded
from services.intake.domain.errors import (
    AidConcluded,
    NotARepresentative,
    NotHere,
    NotSubmitted,
    NotTheOwner,
    StaleEpoch,
)
from services.intake.domain.supplement import Supplement

MOST_REPRESENTATIVES = 5
"""Arbitration Law Art. 7 and the rules of court say up to 5. One may speak for a group until then."""


SUPPLY_BY = "supply_by"
"""Name of the timer after which an application to which nothing was supplied is deemed withdrawn."""


class ApplicationState(StrEnum):
    """Where an application stands in this jurisdiction."""

    SUBMITTED = "submitted"
    COMPLETE = "complete"
    INFO_REQUESTED = "info-requested"
    """The applicants were told what is missing, and nobody has replied yet."""
    WITHDRAWN = "withdrawn"
    DEEMED_WITHDRAWN = "deemed-withdrawn"
    HANDED_OVER = "handed-over"
    ERASED = "erased"
    """Nobody can read any more who applied and for what."""


HERE = frozenset({ApplicationState.SUBMITTED, ApplicationState.COMPLETE, ApplicationState.INFO_REQUESTED})
ENDED = frozenset({ApplicationState.WITHDRAWN, ApplicationState.DEEMED_WITHDRAWN})
"""The applicants want no aid any more, or count as such: they may apply again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """An application for legal aid, as intake knows it."""

    case_id: CaseId
    facts: CaseFacts
    agency: AgencyId
    epoch: int = 1
    state: ApplicationState = ApplicationState.SUBMITTED
    site: SiteId | None = None
    worker: Pseudonym | None = None
    """The worker whose claim it is; not known here of a case that came from elsewhere."""
    representatives: tuple[MemberId, ...] = ()
    handed_in_by: AgencyId | None = None
    """The partner agency whose platform handed it in."""
    supplement: Supplement | None = None
    """What the applicants were told is missing."""
    came_from: Province | None = None
    """The province that handed it over to this one, which has the bytes of its documents."""
    handed_to: Province | None = None
    """The province that it was handed over to, which may fetch them."""
    concluded_at: datetime | None = None
    """When the aid was concluded: then nobody joins any more."""
    ended_at: datetime | None = None
    """When it was archived, withdrawn or handed over: its data are kept from the end of that year."""
    erasure: ErasureRequested | None = None
    """That somebody asked for its data to be erased, and why."""
    earlier: CaseId | None = None
    """An application in the same matter that ended without a decision."""

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        waits = self.state is ApplicationState.INFO_REQUESTED
        return {SUPPLY_BY: self.supplement.limit.due_at} if waits and self.supplement else {}

    def check_owner(self, *, by: AgencyId | None, epoch: int) -> None:
        """The owner acts, now, on an application that is here. Raises NotHere, StaleEpoch, NotTheOwner."""
        if self.state not in HERE:
            raise NotHere(number=self.facts.number, found=self.state)
        if epoch != self.epoch:
            raise StaleEpoch(number=self.facts.number, expected=self.epoch, found=epoch)
        if by != self.agency:
            raise NotTheOwner(number=self.facts.number, expected=self.agency, found=by or "nobody")

    def check_open(self) -> None:
        """Whoever joins is helped, too. Raises AidConcluded."""
        if ended := self.concluded_at or self.ended_at:
            raise AidConcluded(number=self.facts.number, at=ended)

    # --- Decisions -----------------------------------------------------------------------------------------

    def complete(
        self, members: Sequence[MemberId], representatives: Sequence[int], *, at: datetime
    ) -> list[CaseEvent]:
        """The file is whole: all members joined, and a group said who speaks for it.

        Args:
            members: everybody who joined, in the order of the application.
            representatives: places in `members`, from 0; empty if nobody was chosen.

        Raises:
            NotSubmitted: if it is whole already, was withdrawn, or is not here.
            NotARepresentative: if a place is no member's, comes twice, or there are too many.
        """
        if self.state is not ApplicationState.SUBMITTED:
            raise NotSubmitted(number=self.facts.number, found=self.state)
        known = {place for place in representatives if 0 <= place < len(members)}
        if len(known) != len(representatives) or len(known) > MOST_REPRESENTATIVES:
            raise NotARepresentative(
                found=", ".join(map(str, representatives)),
                members=len(members),
                expected=MOST_REPRESENTATIVES,
            )
        completed = ApplicationCompleted(
            case_id=self.case_id, at=at, agency=self.agency, members=len(members)
        )
        if not representatives:
            return [completed]
        chosen = tuple(members[place] for place in representatives)
        return [RepresentativesSet(case_id=self.case_id, at=at, members=chosen), completed]

    def withdraw(
        self, because: WithdrawalCode, *, by: AgencyId | None, epoch: int, at: datetime
    ) -> list[CaseEvent]:
        """The applicants no longer want aid. Raises NotHere, StaleEpoch, NotTheOwner."""
        self.check_owner(by=by, epoch=epoch)
        return [
            ApplicationWithdrawn(
                case_id=self.case_id, at=at, agency=self.agency, because=because, epoch=self.epoch
            )
        ]

    def conclude(self, concluded: MatterConcluded, *, at: datetime) -> list[CaseEvent]:
        """The owner concluded the aid. A reaction: of an earlier epoch nothing is said, and nothing twice."""
        if self.state not in HERE or concluded.epoch != self.epoch or self.concluded_at is not None:
            return []
        return [
            ApplicationConcluded(
                case_id=self.case_id,
                at=at,
                agency=self.agency,
                epoch=self.epoch,
                concluded_at=concluded.at,
            )
        ]

    def adopt_again(
        self, begun: CustodyBegun, contact: Sealed | None, *, at: datetime
    ) -> ApplicationAdopted | None:
        """The case came back, with a later epoch. What is not later was heard before."""
        return adopt(begun, contact, at=at) if begun.epoch > self.epoch else None

    def represented_by(
        self, chosen: Sequence[MemberId], members: Collection[str], *, at: datetime
    ) -> list[CaseEvent]:
        """Who spoke for the group before it came here goes on doing so; a stranger among them does not."""
        known = tuple(member for member in chosen if member in members)[:MOST_REPRESENTATIVES]
        if not known or known == self.representatives:
            return []
        return [RepresentativesSet(case_id=self.case_id, at=at, members=known)]

    def hand_over(self, ended: CustodyEnded, *, at: datetime) -> list[CaseEvent]:
        """Custody ended: what a withdrawal ended was said when it was withdrawn."""
        withdrawn = self.state in ENDED and ended.because == "withdrawn"
        gone = self.state in (ApplicationState.HANDED_OVER, ApplicationState.ERASED)
        if withdrawn or gone or ended.epoch < self.epoch:
            return []
        if ended.withdrawal:  # An earlier owner was told, when the case had moved already.
            return [
                ApplicationWithdrawn(
                    case_id=self.case_id,
                    at=at,
                    agency=self.agency,
                    because=ended.withdrawal,
                    epoch=self.epoch,
                )
            ]
        return [
            ApplicationHandedOver(
                case_id=self.case_id,
                at=at,
                because=ended.because,
                epoch=ended.epoch,
                agency=ended.agency,
                province=ended.province,
                transfer_id=ended.transfer_id,
            )
        ]

    # --- Folding -------------------------------------------------------------------------------------------

    @classmethod
    def begun(cls, event: ApplicationSubmitted | ApplicationAdopted) -> Self:
        """A case begins here where somebody applied, or where it came to."""
        match event:
            case ApplicationSubmitted():
                return cls(
                    case_id=event.case_id,
                    facts=event.facts,
                    agency=event.agency,
                    site=event.site,
                    worker=event.worker,
                    handed_in_by=event.handed_in_by,
                )
            case ApplicationAdopted():
                return cls(
                    case_id=event.case_id,
                    facts=event.facts,
                    agency=event.agency,
                    epoch=event.epoch,
                    state=ApplicationState.COMPLETE,
                    came_from=event.from_province,
                )

    def after(self, event: CaseEvent) -> Self:
        """This case once the event has happened."""
        match event:
            case ApplicationSubmitted():
                return self.begun(event)
            case ApplicationAdopted(facts=facts, agency=agency, epoch=epoch):
                return replace(
                    self,
                    facts=facts,
                    agency=agency,
                    epoch=epoch,
                    state=ApplicationState.COMPLETE,
                    came_from=event.from_province,
                    handed_to=None,
                    concluded_at=None,
                    ended_at=None,
                    erasure=None,
                )
            case ApplicationCompleted():
                return replace(self, state=ApplicationState.COMPLETE)
            case ApplicationImported() | PastNoted() | EmployerAlerted():
                return self
            case ApplicationAmended(facts=facts):
                return replace(self, facts=facts)
            case ApplicationInfoRequested():
                asked = Supplement.requested(event)
                return replace(self, supplement=asked, state=ApplicationState.INFO_REQUESTED)
            case ApplicationSupplied():
                supplement = self.supplement and self.supplement.after(event)
                return replace(self, supplement=supplement, state=ApplicationState.COMPLETE)
            case ApplicationDeemedWithdrawn(at=at):
                return replace(self, state=ApplicationState.DEEMED_WITHDRAWN, ended_at=at)
            case ApplicationLinked(earlier=earlier):
                return replace(self, earlier=earlier)
            case ApplicationWithdrawn(at=at):
                return replace(self, state=ApplicationState.WITHDRAWN, ended_at=at)
            case ApplicationHandedOver(at=at, province=province):
                gone = ApplicationState.HANDED_OVER
                return replace(self, state=gone, ended_at=at, handed_to=province)
            case RepresentativesSet(members=members):
                return replace(self, representatives=members)
            case ApplicationConcluded(concluded_at=at):
                return replace(self, concluded_at=at)
            case RetentionStarted(archived_at=at):
                return replace(self, ended_at=at)
            case ErasureRequested():
                return replace(self, erasure=event)
            case CaseErased():
                return replace(self, state=ApplicationState.ERASED)


def adopt(begun: CustodyBegun, contact: Sealed | None, *, at: datetime) -> ApplicationAdopted | None:
    """A case came from another agency. Nothing to adopt of one that began here."""
    if begun.transfer_id is None or begun.from_province is None:
        return None
    return ApplicationAdopted(
        case_id=begun.case_id,
        at=at,
        facts=begun.facts,
        agency=begun.owner,
        epoch=begun.epoch,
        transfer_id=begun.transfer_id,
        from_province=begun.from_province,
        contact=contact,
    )
