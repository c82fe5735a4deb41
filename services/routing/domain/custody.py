"""Custody: who has a case, who is asked to take it, and what goes with it when it moves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, Self

from law.book import Law
from law.deadlines import day_of
from schemas.cases import ApplicationAdopted, ApplicationWithdrawn
from schemas.codes import (
    AskedResult,
    CustodyEnd,
    EnclosureKind,
    EscalationCause,
    ForwardedChange,
    PlacementCause,
    RecallCode,
    RouteReason,
    TaskKind,
    WithdrawalCode,
)
from schemas.facts import Asked, Candidate, CaseFacts, Enclosed, Enclosure, Rung
from schemas.fields import Sealed
from schemas.ids import NATIONAL_DESK, AgencyId, CaseId, Province, TaskId, TransferId
from schemas.matters import MatterNotCompetent
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    CustodyPlaced,
    DirectionGiven,
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferReceived,
    OfferRejected,
    ProgressReported,
    RouteDecided,
    TaskRequested,
    TransferCompleted,
    TransferDirected,
    TransferEnclosed,
    TransferEscalated,
    TransferForwarded,
    TransferOffered,
    TransferRecalled,
    TransferReminded,
)
from services.routing.domain.dispute import COMMON_SUPERIOR_DECIDES, Dispute
from services.routing.domain.errors import (
    DirectedByLaw,
    NothingAsked,
    NotTheOwner,
    TransferNotKnown,
    TransferNotOpen,
)
from services.routing.domain.item import (
    CONTACT,
    DOCUMENT,
    MEMBER,
    Item,
    clarification_item,
    contact_item,
    with_item,
)
from services.routing.domain.progress import WITHDRAWN, Progress
from services.routing.domain.route import ESCALATE, STAY, Question, Route, legal_basis_of
from services.routing.domain.times import (
    TO_ANSWER,
    TO_DECIDE,
    TO_DELIVER,
    TO_ENCLOSE,
    TO_HELP,
    TO_SUPPLY,
    TO_SUPPLY_URGENT,
    answer_rule,
    ladder,
)
from services.routing.domain.transfer import DIRECTED, Transfer, TransferState, TransferStep

REFUSALS: Final = 2
"""After so many refusals or silences the common superior decides."""


class CustodyState(StrEnum):
    """Where a custody stands."""

    BEGUN = "begun"
    """The case is here, and nobody acts on it yet."""
    ASKING = "asking"
    """Another agency is asked to take it."""
    ESCALATED = "escalated"
    """The common superior is asked to decide who takes it."""
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
    disputes: tuple[Dispute, ...] = ()
    """What the common superior was asked to decide."""
    moved_by: TransferId | None = None
    """The transfer that took the case away."""

    @classmethod
    def begin(cls, event: CustodyBegun) -> Self:
        custody = cls(case_id=event.case_id, owner=event.owner, epoch=event.epoch, facts=event.facts)
        return custody.after(event)

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        """Of each open offer a deadline: for its delivery, then for its answer, then for what is enclosed.

        Of each dispute that of the superior. And the next reminder before each.
        """
        timers = [timer for each in self.transfers for timer in each.due]
        return dict([*timers, *(timer for each in self.disputes for timer in each.due)])

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

    @property
    def dispute(self) -> Dispute | None:
        """What the common superior is asked now."""
        return next((each for each in self.disputes if each.waiting), None)

    def disputed(self, failing: TransferId | None = None) -> bool:
        """Whether the common superior must decide, once the offer `failing` has come to nothing as well."""
        here = [each for each in self.transfers if each.epoch == self.epoch]
        failed = [each for each in here if each.failed or each.id == failing]
        return len(failed) >= REFUSALS or any(each.directed for each in failed)

    def accepting(self, answer: OfferAccepted) -> Transfer | None:
        """The transfer that the acceptance is good for.

        That of an open offer, however late the letter comes: nothing has happened instead. Also that of an
        offer that lapsed while the letter of an acceptance in time was under way, as long as nobody but the
        superior was asked since. What was asked of the next agency, or placed with the owner, stands.
        """
        found = self.transfer(answer.transfer_id)
        if found is None or found.open:
            return found
        in_time = found.state is TransferState.LAPSED and found.decided_in_time(answer)
        stands = self.state is CustodyState.ESCALATED and found.epoch == self.epoch
        last = self.transfers[-1].id == found.id
        return found if in_time and stands and last else None

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
        chosen, superior = route.chosen, route.superior
        if route.mode == ESCALATE and superior:
            escalated = self.escalated(superior, id, law.in_region(superior.province), here=here, at=at)
            # After two refusals it is not the route that decides, and it would decide otherwise.
            return [escalated] if self.disputed() else [decided, escalated]
        if chosen is None or chosen.mode == STAY:
            stays = chosen is not None and not self.asked
            return [decided, self.placed("route-stays" if stays else "no-candidate-left", at=at)]
        return [decided, self.offered(chosen, route, id, law.in_region(chosen.province), here=here, at=at)]

    def escalated(
        self, superior: Candidate, id: TransferId, law: Law, *, here: Province, at: datetime
    ) -> TransferEscalated:
        """Ask the common superior. The owner stays liable."""
        failed = [each for each in self.transfers if each.epoch == self.epoch and each.failed]
        because = "refused-twice" if len(failed) >= REFUSALS else "nobody-left"
        if any(each.directed for each in failed):
            because = "direction-failed"
        rule, decide_by = law.rule(TO_DECIDE, day_of(at)), law.due(TO_DECIDE, at)
        return TransferEscalated(
            case_id=self.case_id,
            at=at,
            to_province=superior.province,
            sender=here,
            transfer_id=id,
            superior=superior.agency,
            escalated_by=self.owner,
            epoch=self.epoch,
            because=EscalationCause(because),
            facts=self.facts,
            asked=self.asked,
            legal_basis=(COMMON_SUPERIOR_DECIDES,),
            decide_by=decide_by,
            decide_rule=rule.version,
            remind=ladder(rule, at, decide_by, law, after=at),
        )

    def offered(
        self,
        to: Candidate,
        route: Route | None,
        id: TransferId,
        law: Law,
        *,
        direction: TransferId | None = None,
        here: Province,
        at: datetime,
    ) -> TransferOffered:
        """Ask the agency. `law` is that of its province; `route` is None where it was not decided here."""
        return TransferOffered(
            case_id=self.case_id,
            at=at,
            to_province=to.province,
            sender=here,
            transfer_id=id,
            to=to.agency,
            site=to.site,
            offered_by=self.owner,
            mode=to.mode,
            epoch=self.epoch,
            facts=self.facts,
            reasons=to.reasons_for,
            legal_basis=route.legal_basis if route else (COMMON_SUPERIOR_DECIDES,),
            answer_within=to.answer_within or law.period(TO_ANSWER, day_of(at)),
            deliver_by=law.due(TO_DELIVER, at),
            asked=self.asked,
            direction=direction,
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
        self.check_owner(by)
        if (dispute := self.dispute) and dispute.id == id:
            return [dispute.recalled(RecallCode("sender-request"), at=at), self.placed("recalled", at=at)]
        found = self.known(id)
        if not found.open:
            raise TransferNotOpen(transfer=id, found=found.state)
        if found.directed:
            raise DirectedByLaw(transfer=id)
        return [found.recalled(RecallCode("sender-request"), at=at), self.placed("recalled", at=at)]

    def supply(
        self, id: TransferId, content: Sealed, letter: Sealed, *, by: AgencyId | None, at: datetime
    ) -> list[CustodyEvent]:
        """Answer what the agency that is asked wants to know. The answer goes with the case from now on.

        Raises NotTheOwner, TransferNotKnown or NothingAsked.

        Args:
            content: the answer under our key of the case.
            letter: the same, sealed for the addressee.
        """
        self.check_owner(by)
        found = self.known(id)
        if found.state is not TransferState.CLARIFYING:
            raise NothingAsked(transfer=id, found=found.state)
        item = clarification_item(id, found.clarifications)
        return [
            self.amended(item, content, at=at),
            found.clarification_supplied(item.enclosing(letter), at=at),
        ]

    def known(self, id: TransferId) -> Transfer:
        """Raises TransferNotKnown."""
        found = self.transfer(id)
        if found is None:
            raise TransferNotKnown(case=self.case_id, transfer=id)
        return found

    def check_owner(self, found: AgencyId | None) -> None:
        """Raises NotTheOwner."""
        if found != self.owner:
            raise NotTheOwner(case=self.case_id, expected=self.owner, found=found)

    # --- Answers -------------------------------------------------------------------------------------------

    def deliver(self, receipt: OfferReceived, law: Law, *, at: datetime) -> list[CustodyEvent]:
        """Start the clock of the answer; a receipt that comes after the end, or again, changes nothing.

        Args:
            law: as it holds for the addressee.
        """
        found = self.open_transfer(receipt.transfer_id)
        if found is None or found.answer_by:
            return []
        remind = self.reminders(found, receipt.at, receipt.answer_by, law, after=at)
        return [found.delivered(receipt, remind, at=at)]

    def note_acknowledged(self, letter: OfferAcknowledged, *, at: datetime) -> list[CustodyEvent]:
        """Somebody there has it in hand. It moves no clock, so it says nothing after anything later."""
        found = self.open_transfer(letter.transfer_id)
        waiting = found and found.state in (TransferState.OFFERED, TransferState.DELIVERED)
        return [found.acknowledged(letter, at=at)] if found and waiting else []

    def note_question(
        self,
        letter: OfferClarificationRequested,
        question: Sealed | None,
        law: Law,
        *,
        at: datetime,
    ) -> list[CustodyEvent]:
        """The agency asks for more: its clock stands still, as it says; ours runs.

        Args:
            question: sealed again under our key of the case.
            law: as it holds for us.
        """
        found = self.open_transfer(letter.transfer_id)
        if found is None or letter.round <= found.clarifications:
            return []
        rule = law.rule(TO_SUPPLY_URGENT if self.facts.urgent else TO_SUPPLY, day_of(letter.at))
        remind = ladder(rule, letter.at, letter.supply_by, law, after=at)
        return [found.clarification_requested(self.owner, letter, question, remind, at=at)]

    def run_on(self, receipt: OfferClarificationReceived, law: Law, *, at: datetime) -> list[CustodyEvent]:
        """What was asked for has arrived: the clock of the answer runs on, as the addressee counted it.

        Args:
            law: as it holds for the addressee.
        """
        found = self.open_transfer(receipt.transfer_id)
        if found is None or found.state is not TransferState.SUPPLIED:
            return []
        started_at = found.delivered_at or receipt.at
        remind = self.reminders(found, started_at, receipt.answer_by, law, after=at)
        return [found.delivered(receipt, remind, at=at)]

    def reminders(
        self, transfer: Transfer, started_at: datetime, due_at: datetime, law: Law, *, after: datetime
    ) -> tuple[Rung, ...]:
        """The ladder that the rule of the offer states."""
        rule = answer_rule(transfer.answer_rule, law, urgent=self.facts.urgent, on=day_of(started_at))
        return ladder(rule, started_at, due_at, law, after=after)

    def remind(self, id: TransferId, *, here: Province, at: datetime) -> list[CustodyEvent]:
        """A rung of the ladder is reached."""
        if (dispute := self.dispute) and dispute.id == id:
            return [*dispute.reminded(at=at)]
        found = self.open_transfer(id)
        return [*found.reminded(self.owner, here=here, at=at)] if found else []

    def to_enclose(self, answer: OfferAccepted) -> tuple[Item, ...]:
        """What must be sealed for the addressee before `settle`; nothing if the acceptance is void."""
        return self.items if self.accepting(answer) else ()

    def settle(
        self,
        answer: OfferAccepted,
        enclosures: Sequence[Enclosure],
        law: Law,
        *,
        here: Province,
        at: datetime,
    ) -> list[CustodyEvent]:
        """Move the case; or, if the offer has ended meanwhile, void the acceptance.

        Whatever comes to the owner first counts: a recall, a deadline or a direction that it has applied
        voids the acceptance, an acceptance that it has applied makes them come too late.
        """
        found = self.transfer(answer.transfer_id)
        if found is None or found.state in (TransferState.ENCLOSING, TransferState.COMPLETED):
            return []
        if self.accepting(answer) is None:
            return [found.voided(answer, at=at)]
        because = RecallCode("accepted-after-all")
        recalls = [each.recalled(because, at=at) for each in self.disputes if each.waiting]
        by = law.due(TO_ENCLOSE, at)
        return [*recalls, *self.enclose(found, enclosures, by, here=here, at=at)]

    def enclose(
        self,
        transfer: Transfer,
        enclosures: Sequence[Enclosure],
        enclose_by: datetime | None,
        *,
        here: Province,
        at: datetime,
    ) -> list[CustodyEvent]:
        """Send what goes with the case. With the last of the members announced, the case moves.

        There is always something to send at the acceptance: the contact, or what an earlier transfer brought.
        """
        sent: list[CustodyEvent] = [transfer.enclosed(each, enclose_by, at=at) for each in enclosures]
        if self.count(MEMBER) < self.facts.members:
            return sent
        return [*sent, *self.complete(transfer, here=here, at=at)]

    def give_up_enclosing(self, id: TransferId, *, at: datetime) -> list[CustodyEvent]:
        """Members who were announced never came: nothing moves by halves, and the owner acts again."""
        found = self.enclosing
        if found is None or found.id != id:
            return []
        recalled = found.recalled(RecallCode("members-missing"), at=at)
        return [recalled, self.placed("recalled", at=at)]

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

    # --- The common superior -------------------------------------------------------------------------------

    def heed(
        self,
        letter: DirectionGiven,
        next_id: TransferId,
        law: Law,
        *,
        here: Province,
        at: datetime,
    ) -> list[CustodyEvent]:
        """Do what the superior directs: offer the case to who must take it, or act.

        The first direction that answers what is still asked counts. What crossed an acceptance, a recall or
        a withdrawal, or comes from somebody who was not asked, changes nothing.
        """
        dispute = self.dispute
        if dispute is None or letter.transfer_id != dispute.id:
            return []
        if (letter.superior, letter.sender, letter.epoch) != (dispute.superior, dispute.province, self.epoch):
            return []
        directed = dispute.directed(letter, at=at)
        if letter.agency == self.owner:
            return [directed, self.placed("directed", at=at)]
        to = Candidate(
            agency=letter.agency,
            province=letter.province,
            mode=DIRECTED,
            reasons_for=(RouteReason("directed"),),
        )
        law = law.in_region(letter.province)
        offered = self.offered(to, None, next_id, law, direction=dispute.id, here=here, at=at)
        return [directed, offered]

    def press(self, id: TransferId, law: Law, *, at: datetime) -> list[CustodyEvent]:
        """The superior let its time pass: it is told, and everybody sees it, until it decides."""
        dispute = self.dispute
        if dispute is None or dispute.id != id:
            return []
        return [dispute.overdue(law.in_region(dispute.province), at=at)]

    def successor(
        self,
        closed: Mapping[AgencyId, Candidate | None],
        route: Route,
        next_id: TransferId,
        law: Law,
        *,
        here: Province,
        at: datetime,
    ) -> list[CustodyEvent]:
        """An agency that is asked has closed: its successor is asked instead, else whoever is next.

        An acceptance that was decided before counts, as long as it comes first.

        Args:
            closed: those that have closed, with who goes on; None where nobody does.
        """
        found = next((each for each in self.transfers if each.open and each.to in closed), None)
        if found is None:
            return []
        recalled = found.recalled(RecallCode("agency-closed"), at=at)
        asking = self.after(recalled)
        to = closed[found.to]
        # A direction binds the agency that it names, and no other: the superior decides again.
        if to is None or found.directed or to.agency in self.approached or to.agency == self.owner:
            return [recalled, *asking.follow(route, next_id, law, here=here, at=at)]
        to = to.model_copy(update={"mode": found.mode or to.mode})
        law = law.in_region(to.province)
        return [recalled, asking.offered(to, route, next_id, law, here=here, at=at)]

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
        enclosing = self.after(amended)
        return [amended, *enclosing.enclose(transfer, enclosures, transfer.enclose_by, here=here, at=at)]

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
        """The applicants want no aid any more: nobody is asked, and the custody ends.

        Said of an owner that the case has left meanwhile, it goes after the case: to another province, or to
        the owner that has it here now.
        """
        overtaken = withdrawn.epoch < self.epoch
        if self.moved and overtaken:
            return self.forward("withdrawn", withdrawn.at, because=withdrawn.because, at=at)
        if self.state is CustodyState.ENDED or withdrawn.epoch > self.epoch:
            return []
        return self.end(withdrawn.at, withdrawn.because if overtaken else None, here=here, at=at)

    def end(
        self, withdrawn_at: datetime, withdrawal: WithdrawalCode | None, *, here: Province, at: datetime
    ) -> list[CustodyEvent]:
        """Take back whatever is asked of anybody, and tell those who follow."""
        because = RecallCode("application-withdrawn")
        reached = Progress(milestone=WITHDRAWN, epoch=self.epoch, at=withdrawn_at)
        return [
            *(each.recalled(because, at=at) for each in self.transfers if each.running),
            *(each.recalled(because, at=at) for each in self.disputes if each.waiting),
            *self.report(reached, here=here),
            CustodyEnded(
                case_id=self.case_id,
                at=at,
                epoch=self.epoch,
                because=CustodyEnd("withdrawn"),
                withdrawal=withdrawal,
            ),
        ]

    # --- Changes that come too late ------------------------------------------------------------------------

    @property
    def moved(self) -> Transfer | None:
        """The transfer that took the case away, if it is gone."""
        gone = self.state is CustodyState.ENDED and self.moved_by
        return self.transfer(self.moved_by) if gone and self.moved_by else None

    def forward(
        self,
        change: str,
        changed_at: datetime,
        *,
        because: WithdrawalCode | None = None,
        enclosure: Enclosure | None = None,
        at: datetime,
    ) -> list[CustodyEvent]:
        """Tell who has the case now. `enclosure` is sealed for its province."""
        transfer = self.moved
        if transfer is None:
            return []
        return [
            TransferForwarded(
                case_id=self.case_id,
                at=at,
                to_province=transfer.to_province,
                transfer_id=transfer.id,
                epoch=self.epoch,
                change=ForwardedChange(change),
                changed_at=changed_at,
                because=because,
                enclosure=enclosure,
            )
        ]

    def take_change(
        self, letter: TransferForwarded, enclosure: Enclosure | None, *, here: Province, at: datetime
    ) -> list[CustodyEvent]:
        """An earlier owner heard of a change: make it here, or send it on if the case went on.

        Args:
            enclosure: sealed again: under our key of the case, or for the province that has it now.
        """
        if self.moved:
            return self.forward(
                letter.change, letter.changed_at, because=letter.because, enclosure=enclosure, at=at
            )
        if self.state is CustodyState.ENDED:
            return []
        if letter.change == "withdrawn":
            return self.end(letter.changed_at, letter.because, here=here, at=at)
        if enclosure is None:
            return []
        return [CustodyAmended(case_id=self.case_id, at=at, enclosure=enclosure)]

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
        """The owner is not competent: take an open offer back, and follow a route that knows it.

        What the superior directed, or is still to decide, stands.
        """
        if not self.has(declined.epoch) or self.enclosing or self.dispute:
            return []
        if any(each.open and each.directed for each in self.transfers):
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
        if isinstance(event, TransferStep | TransferDirected):
            return self._after_step(event)
        match event:
            case CustodyBegun():
                return self._after_begin(event)
            case CustodyAmended():
                return replace(self, items=with_item(self.items, event.enclosure))
            case CustodyPlaced():
                return replace(self, state=CustodyState.PLACED)
            case CustodyEnded():
                return replace(self, state=CustodyState.ENDED, moved_by=event.transfer_id)
            case TransferOffered():
                transfers = (*self.transfers, Transfer.begin(event))
                return replace(self, state=CustodyState.ASKING, transfers=transfers)
            case TransferEscalated():
                disputes = (*self.disputes, Dispute.begin(event))
                return replace(self, state=CustodyState.ESCALATED, disputes=disputes)
            case RouteDecided() | ProgressReported() | TransferForwarded():
                return self

    def _after_step(self, step: TransferStep | TransferDirected) -> Self:
        """A transfer and a dispute have ids of one kind: a step moves the one that has it."""
        moved = self
        if not isinstance(step, TransferDirected):
            transfers = tuple(
                each.after(step) if each.id == step.transfer_id else each for each in self.transfers
            )
            moved = replace(self, transfers=transfers)
        if isinstance(step, TransferDirected | TransferReminded | TransferRecalled):
            disputes = tuple(
                each.after(step) if each.id == step.transfer_id else each for each in self.disputes
            )
            moved = replace(moved, disputes=disputes)
        if isinstance(step, TransferEnclosed):
            moved = replace(moved, state=CustodyState.ASKING)
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
            moved_by=None,
        )
