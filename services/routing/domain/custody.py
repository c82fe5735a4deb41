"""Custody: who has a case, who is asked to take it, and what goes with it when it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from law.book import Law
from law.deadlines import day_of
from schemas.cases import ApplicationAdopted, ApplicationWithdrawn
from schemas.codes import AskedResult, CustodyEnd, EnclosureKind, PlacementCause, RecallCode, TaskKind
from schemas.facts import Asked, Candidate, CaseFacts, Enclosed, Enclosure
from schemas.fields import Sealed
from schemas.ids import NATIONAL_DESK, AgencyId, CaseId, Province, TaskId, TransferId
from schemas.matters import MatterNotCompetent
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    CustodyPlaced,
    OfferAccepted,
    OfferReceived,
    OfferRejected,
    ProgressReported,
    RouteDecided,
    TaskRequested,
    TransferCompleted,
    TransferOffered,
)
from services.routing.domain.errors import NotTheOwner, TransferNotKnown, TransferNotOpen
from services.routing.domain.item import CONTACT, DOCUMENT, MEMBER, Item, contact_item, with_item
from services.routing.domain.progress import WITHDRAWN, Progress
from services.routing.domain.route import STAY, Question, Route, legal_basis_of
from services.routing.domain.times import TO_ANSWER, TO_DELIVER, TO_HELP
from services.routing.domain.transfer import Transfer, TransferState, TransferStep


class CustodyState(StrEnum):
    """Where a custody stands."""

    BEGUN = "begun"
    """The case is here, and nobody acts on it yet."""
    ASKING = "asking"
    """Another agency is asked to take it."""
    PLACED = "placed"
    """The owner shall act."""
    ENDED = "ended"
    """The case moved, or was withdrawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Custody:
    """Who has the case, and who has been asked to take it. One per case in every jurisdiction that had it."""

    case_id: CaseId
    owner: AgencyId
    epoch: int
    facts: CaseFacts
    state: CustodyState = CustodyState.BEGUN
    asked_before: tuple[Asked, ...] = ()
    """Who was asked before the case came here."""
    followers: tuple[Province, ...] = ()
    items: tuple[Item, ...] = ()
    """What goes with the case when it moves; its content lies in the vault."""
    transfers: tuple[Transfer, ...] = ()

    @classmethod
    def begin(cls, event: CustodyBegun) -> Self:
        custody = cls(case_id=event.case_id, owner=event.owner, epoch=event.epoch, facts=event.facts)
        return custody.after(event)

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """One deadline for each open offer: for its delivery, and from then on for its answer."""
        return {each.timer: each.lapses_at for each in self.transfers if each.open}

    @property
    def asked(self) -> tuple[Asked, ...]:
        """Everybody who was asked and how it ended, in order; nobody of them is asked again."""
        here = (t.asked(t.result) for t in self.transfers if t.epoch == self.epoch and t.result)
        return (*self.asked_before, *here)

    @property
    def approached(self) -> frozenset[AgencyId]:
        """Everybody who was asked or is being asked."""
        return frozenset(each.agency for each in self.asked_before) | {each.to for each in self.transfers}

    @property
    def enclosing(self) -> Transfer | None:
        """The accepted transfer that waits for members who were announced and have not joined yet."""
        return next((each for each in self.transfers if each.state is TransferState.ENCLOSING), None)

    def transfer(self, id: TransferId) -> Transfer | None:
        return next((each for each in self.transfers if each.id == id), None)

    def open_transfer(self, id: TransferId) -> Transfer | None:
        """The transfer, if it can still be answered. Late letters find none."""
        found = self.transfer(id)
        return found if found and found.open else None

    def province_of(self, id: TransferId) -> Province:
        """Who is to open what goes with the case under that transfer."""
        return next(each.to_province for each in self.transfers if each.id == id)

    def has(self, epoch: int) -> bool:
        """Whether the case is here, in that epoch."""
        return self.state is not CustodyState.ENDED and epoch == self.epoch

    def count(self, kind: EnclosureKind) -> int:
        return sum(item.kind == kind for item in self.items)

    def question(self, on: date, *, proposed: AgencyId | None = None, declined: bool = False) -> Question:
        """What is asked of the directory about this case."""
        return Question(
            intake=self.owner,
            home=self.facts.home,
            work=self.facts.work,
            case_type=self.facts.case_type,
            on=on,
            urgent=self.facts.urgent,
            asked=self.approached,
            proposed=proposed,
            declined=declined,
        )

    # --- Asking --------------------------------------------------------------------------------------------

    def follow(
        self, route: Route, id: TransferId, law: Law, *, here: Province, at: datetime
    ) -> list[CustodyEvent]:
        """Do what the route says: ask its first candidate under the transfer `id`, or let the owner act."""
        chosen = route.chosen
        decided = RouteDecided(
            case_id=self.case_id,
            at=at,
            mode=route.mode,
            candidates=route.candidates,
            directory_version=route.directory_version,
            rules_version=route.rules_version,
            legal_basis=route.legal_basis,
            inputs=route.inputs,
        )
        if chosen is None or chosen.mode == STAY:
            stays = chosen is not None and not self.asked
            return [decided, self.placed("route-stays" if stays else "no-candidate-left", at=at)]
        return [decided, self.offered(chosen, route, id, law.in_region(chosen.province), here=here, at=at)]

    def offered(
        self, to: Candidate, route: Route, id: TransferId, law: Law, *, here: Province, at: datetime
    ) -> TransferOffered:
        return TransferOffered(
            case_id=self.case_id,
            at=at,
            to_province=to.province,
            sender=here,
            transfer_id=id,
            to=to.agency,
            site=route.site,
            offered_by=self.owner,
            mode=to.mode,
            epoch=self.epoch,
            facts=self.facts,
            reasons=to.reasons_for,
            legal_basis=route.legal_basis,
            answer_within=to.answer_within or law.period(TO_ANSWER, day_of(at)),
            deliver_by=law.due(TO_DELIVER, at),
            asked=self.asked,
        )

    def placed(self, because: str, *, at: datetime) -> CustodyPlaced:
        return CustodyPlaced(
            case_id=self.case_id,
            at=at,
            owner=self.owner,
            epoch=self.epoch,
            because=PlacementCause(because),
        )

    def ask_help(
        self,
        helper: Candidate,
        kind: TaskKind,
        id: TaskId,
        details: Sealed | None,
        law: Law,
        *,
        here: Province,
        at: datetime,
    ) -> TaskRequested:
        """Ask for help; ownership stays.

        Args:
            details: sealed for the helper's province.
            law: as it holds for the helper.
        """
        within = helper.answer_within or law.period(TO_HELP, day_of(at))
        counting = law.count_period(within, at)
        return TaskRequested(
            case_id=self.case_id,
            at=at,
            to_province=helper.province,
            sender=here,
            task_id=id,
            to=helper.agency,
            asked_by=self.owner,
            epoch=self.epoch,
            kind=kind,
            facts=self.facts,
            due_by=counting.due,
            due_rule=within.rule,
            provisional=counting.provisional or None,
            legal_basis=legal_basis_of(kind),
            details=details,
        )

    def recall(self, id: TransferId, *, by: AgencyId | None, at: datetime) -> list[CustodyEvent]:
        """Take an offer back, to act oneself. Raises NotTheOwner, TransferNotKnown or TransferNotOpen."""
        found = self.transfer(id)
        if found is None:
            raise TransferNotKnown(case=self.case_id, transfer=id)
        if by != self.owner:
            raise NotTheOwner(case=self.case_id, expected=self.owner, found=by)
        if not found.open:
            raise TransferNotOpen(transfer=id, found=found.state)
        return [found.recalled(RecallCode("sender-request"), at=at), self.placed("recalled", at=at)]

    # --- Answers -------------------------------------------------------------------------------------------

    def deliver(self, receipt: OfferReceived, *, at: datetime) -> list[CustodyEvent]:
        """Start the clock of the answer; a receipt that comes after the end, or again, changes nothing."""
        found = self.open_transfer(receipt.transfer_id)
        return [found.delivered(receipt, at=at)] if found and not found.answer_by else []

    def to_enclose(self, answer: OfferAccepted) -> tuple[Item, ...]:
        """What must be sealed for the addressee before `settle`; nothing if the acceptance is void."""
        return self.items if self.open_transfer(answer.transfer_id) else ()

    def settle(
        self, answer: OfferAccepted, enclosures: Sequence[Enclosure], *, here: Province, at: datetime
    ) -> list[CustodyEvent]:
        """Move the case; or, if the offer has ended meanwhile, void the acceptance.

        An acceptance that arrives late counts while the offer is open: nothing has happened instead. What
        ended an offer has in the same moment asked the next agency, or let the owner act.
        """
        found = self.transfer(answer.transfer_id)
        if found is None or found.state in (TransferState.ENCLOSING, TransferState.COMPLETED):
            return []
        if not found.open:
            return [found.voided(answer, at=at)]
        return self.enclose(found, enclosures, here=here, at=at)

    def enclose(
        self, transfer: Transfer, enclosures: Sequence[Enclosure], *, here: Province, at: datetime
    ) -> list[CustodyEvent]:
        """Send what goes with the case. With the last of the members announced, the case moves.

        There is always something to send at the acceptance: the contact, or what an earlier transfer brought.
        """
        sent: list[CustodyEvent] = [transfer.enclosed(enclosure, at=at) for enclosure in enclosures]
        if self.count(MEMBER) < self.facts.members:
            return sent
        return [*sent, *self.complete(transfer, here=here, at=at)]

    def complete(self, transfer: Transfer, *, here: Province, at: datetime) -> list[CustodyEvent]:
        """The case is the other agency's from now on. Only the owner of this epoch can say so."""
        return [
            TransferCompleted(
                case_id=self.case_id,
                at=at,
                to_province=transfer.to_province,
                transfer_id=transfer.id,
                owner=transfer.to,
                epoch=self.epoch + 1,
                facts=self.facts,
                enclosed=Enclosed(
                    members=self.count(MEMBER),
                    documents=self.count(DOCUMENT),
                    contacts=self.count(CONTACT),
                ),
                asked=(*self.asked, transfer.asked(AskedResult("accepted"))),
                followers=tuple(dict.fromkeys((*self.followers, here))),
            ),
            CustodyEnded(
                case_id=self.case_id,
                at=at,
                epoch=self.epoch,
                because=CustodyEnd("transferred"),
                agency=transfer.to,
                province=transfer.to_province,
                transfer_id=transfer.id,
            ),
        ]

    def reject(
        self,
        answer: OfferRejected,
        route: Route,
        next_id: TransferId,
        law: Law,
        *,
        here: Province,
        at: datetime,
    ) -> list[CustodyEvent]:
        """Ask the next agency, or let the owner act; a refusal of an offer that is over changes nothing."""
        found = self.open_transfer(answer.transfer_id)
        if found is None:
            return []
        rejected = found.rejected(answer, at=at)
        return [rejected, *self.after(rejected).follow(route, next_id, law, here=here, at=at)]

    def lapse(
        self, id: TransferId, route: Route, next_id: TransferId, law: Law, *, here: Province, at: datetime
    ) -> list[CustodyEvent]:
        """A deadline of an offer has passed: ask the next agency, or let the owner act."""
        found = self.open_transfer(id)
        if found is None:
            return []
        lapsed = found.lapsed(at=at)
        return [lapsed, *self.after(lapsed).follow(route, next_id, law, here=here, at=at)]

    # --- What intake and mediation say ---------------------------------------------------------------------

    def amend(
        self, item: Item, content: Sealed, letter: Sealed | None, *, here: Province, at: datetime
    ) -> list[CustodyEvent]:
        """Note what goes with the case. `letter`: the same sealed for the addressee, while one is enclosing.

        What goes with a case that is being taken over came with it: what intake says here is its echo.
        """
        taking_over = self.state is CustodyState.BEGUN and self.epoch > 1
        if self.state is CustodyState.ENDED or taking_over:
            return []
        amended = self.amended(item, content, at=at)
        transfer = self.enclosing
        if transfer is None or letter is None:
            return [amended]
        enclosures = [item.enclosing(letter)]
        return [amended, *self.after(amended).enclose(transfer, enclosures, here=here, at=at)]

    def amended(self, item: Item, content: Sealed, *, at: datetime) -> CustodyAmended:
        return CustodyAmended(case_id=self.case_id, at=at, enclosure=item.enclosing(content))

    def place(self, adopted: ApplicationAdopted, *, at: datetime) -> list[CustodyEvent]:
        """The data of a case that came to us are there: the owner shall act."""
        if self.state is not CustodyState.BEGUN or adopted.epoch != self.epoch:
            return []
        return [self.placed("adopted", at=at)]

    def withdraw(
        self, withdrawn: ApplicationWithdrawn, *, here: Province, at: datetime
    ) -> list[CustodyEvent]:
        """The applicants want no aid any more: nobody is asked, and the custody ends."""
        if not self.has(withdrawn.epoch):
            return []
        because = RecallCode("application-withdrawn")
        reached = Progress(milestone=WITHDRAWN, epoch=self.epoch, at=withdrawn.at)
        return [
            *(each.recalled(because, at=at) for each in self.transfers if each.running),
            *self.report(reached, here=here),
            CustodyEnded(case_id=self.case_id, at=at, epoch=self.epoch, because=CustodyEnd("withdrawn")),
        ]

    def decline(
        self,
        declined: MatterNotCompetent,
        route: Route,
        next_id: TransferId,
        law: Law,
        *,
        here: Province,
        at: datetime,
    ) -> list[CustodyEvent]:
        """The owner is not competent: take an open offer back, and follow a route that knows it."""
        if not self.has(declined.epoch) or self.enclosing:
            return []
        because = RecallCode("not-competent")
        recalls = [each.recalled(because, at=at) for each in self.transfers if each.open]
        custody = self
        for recalled in recalls:
            custody = custody.after(recalled)
        return [*recalls, *custody.follow(route, next_id, law, here=here, at=at)]

    def report(self, progress: Progress, *, here: Province) -> list[CustodyEvent]:
        """Tell every follower, and always the national desk; an act of another epoch does not count."""
        if not self.has(progress.epoch):
            return []
        return [
            ProgressReported(
                case_id=self.case_id,
                at=progress.at,
                to_province=follower,
                sender=here,
                milestone=progress.milestone,
                number=self.facts.number,
                owner=self.owner,
                epoch=self.epoch,
                amount_fen=progress.amount_fen,
                outcome=progress.outcome,
            )
            for follower in dict.fromkeys((*self.followers, NATIONAL_DESK))
            if follower != here
        ]

    # --- Folding -------------------------------------------------------------------------------------------

    def after(self, event: CustodyEvent) -> Self:
        """This custody once the event has happened. Total; a forgotten event is a type error."""
        if isinstance(event, TransferStep):
            return self._after_step(event)
        match event:
            case CustodyBegun():
                return self._after_begin(event)
            case CustodyAmended():
                return replace(self, items=with_item(self.items, event.enclosure))
            case CustodyPlaced():
                return replace(self, state=CustodyState.PLACED)
            case CustodyEnded():
                return replace(self, state=CustodyState.ENDED)
            case TransferOffered():
                transfers = (*self.transfers, Transfer.begin(event))
                return replace(self, state=CustodyState.ASKING, transfers=transfers)
            case RouteDecided() | ProgressReported():
                return self

    def _after_step(self, step: TransferStep) -> Self:
        transfers = tuple(
            each.after(step) if each.id == step.transfer_id else each for each in self.transfers
        )
        moved = replace(self, transfers=transfers)
        if isinstance(step, TransferCompleted):
            return replace(moved, owner=step.owner, epoch=step.epoch)
        return moved

    def _after_begin(self, event: CustodyBegun) -> Self:
        """A case may come back: the transfers of before stay, for letters about them that come late."""
        return replace(
            self,
            owner=event.owner,
            epoch=event.epoch,
            facts=event.facts,
            state=CustodyState.BEGUN,
            asked_before=event.asked,
            followers=event.followers,
            items=(contact_item(),) if event.contact else (),
        )
