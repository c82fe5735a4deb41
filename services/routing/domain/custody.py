"""Custody: who has a case, who is asked to take it, and what goes with it when it moves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from schemas.codes import EnclosureKind
from schemas.facts import Asked, CaseFacts
from schemas.ids import AgencyId, CaseId, Province, SiteId, TransferId
from schemas.transfers import (
    CustodyAmended,
    CustodyBegun,
    CustodyEnded,
    CustodyEvent,
    CustodyFactsAmended,
    CustodyPlaced,
    CustodyReduced,
    ProgressReported,
    RemovalReported,
    RouteDecided,
    TransferCompleted,
    TransferDirected,
    TransferEnclosed,
    TransferEscalated,
    TransferForwarded,
    TransferOffered,
    TransferRecalled,
    TransferReminded,
)
from services.routing.domain.dispute import Dispute
from services.routing.domain.errors import NotTheOwner, TransferNotKnown
from services.routing.domain.item import (
    MEMBER,
    ONE_OF_A_KIND,
    Departed,
    Item,
    contact_item,
    with_item,
    without_item,
)
from services.routing.domain.transfer import Transfer, TransferState, TransferStep

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
    site: SiteId | None = None
    """Where the owner took the case in, if that was stated."""
    state: CustodyState = CustodyState.BEGUN
    asked_before: tuple[Asked, ...] = ()
    """Who was asked before the case came here."""
    followers: tuple[Province, ...] = ()
    """Every other province that had the case before: each passes on those it knows of, and itself."""
    items: tuple[Item, ...] = ()
    """What goes with the case when it moves; its content lies in the vault."""
    departed: tuple[Departed, ...] = ()
    """What left when it was on its way already: who takes the case on is told afterwards."""
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

    def carries(self, item: Item) -> bool:
        """Whether this very item goes with the case already. What is one of a kind may say something else."""
        return item.kind not in ONE_OF_A_KIND and item in self.items

    def asks(self, id: TransferId, province: Province) -> bool:
        """Whether that transfer asks, or asked, an agency of that province: nobody else can answer it."""
        found = self.transfer(id)
        return found is not None and found.to_province == province

    def was_with(self, province: Province, *, here: Province) -> bool:
        """Whether an agency of that province had the case before: one of ours may have, of any case."""
        return province in (here, *self.followers)

    def had_by(self, epoch: int, *, here: Province) -> Province | None:
        """Whose agency had the case in that epoch, as far as it is known here."""
        given = {each.epoch + 1: each.to_province for each in self.transfers if each.completed}
        own = {each.epoch for each in self.transfers} | ({self.epoch} if self.moved is None else set())
        return given.get(epoch, here if epoch in own else None)

    def may_be_with(self, province: Province, epoch: int, *, here: Province) -> bool:
        """Whether nothing that is known here speaks against its having had the case in that epoch.

        Of owners after the one who took it from us nothing is known, nor of those while it was away.
        """
        known = self.had_by(epoch, here=here)
        if known is not None:
            return known == province
        return epoch < self.epoch or self.moved is not None

    def takes_along(self, kind: EnclosureKind, id: str) -> bool:
        """Whether it goes with the case if that moves. What moved with it is gone already."""
        known = any((item.kind, item.id) == (kind, id) for item in self.items)
        return self.state is not CustodyState.ENDED and known

    def count(self, kind: EnclosureKind) -> int:
        return sum(item.kind == kind for item in self.items)

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

    @property
    def moved(self) -> Transfer | None:
        """The transfer that took the case away, if it is gone."""
        gone = self.state is CustodyState.ENDED and self.moved_by
        return self.transfer(self.moved_by) if gone and self.moved_by else None

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
            case CustodyReduced():
                return self._after_reduction(event)
            case CustodyFactsAmended(facts=facts):
                return replace(self, facts=facts)
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
            case RouteDecided() | ProgressReported() | TransferForwarded() | RemovalReported():
                return self

    def _after_reduction(self, event: CustodyReduced) -> Self:
        left = replace(self, items=without_item(self.items, event.kind, event.id))
        sent = self.enclosing
        if sent is None or not (event.kind == MEMBER or event.removal):
            return left
        departed = (
            Departed(transfer=sent.id, item=item, because=event.because, at=event.at, removal=event.removal)
            for item in self.items
            if (item.kind, item.id) == (event.kind, event.id)
        )
        return replace(left, departed=(*self.departed, *departed))

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
            site=event.site,
            state=CustodyState.BEGUN,
            asked_before=event.asked,
            followers=event.followers,
            items=(contact_item(),) if event.contact else (),
            moved_by=None,
        )
