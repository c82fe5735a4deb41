"""Everything that a transfer can meet at its owner."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from law.book import Law
from schemas.cases import ApplicationAdopted, ApplicationWithdrawn, DocumentRemoved
from schemas.codes import LegalBasis, RouteMode
from schemas.facts import Candidate, Period
from schemas.fields import Sealed
from schemas.ids import AgencyId, Province, TransferId
from schemas.matters import MatterAccepted, MatterNotCompetent
from schemas.messages import Event
from schemas.samples import a
from schemas.transfers import (
    DirectionGiven,
    OfferAccepted,
    OfferAcknowledged,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferReceived,
    OfferRejected,
    RemovalReported,
    TransferDelivered,
    TransferEscalated,
    TransferForwarded,
    TransferOffered,
)
from services.routing.domain import (
    acting,
    amending,
    awaiting,
    clarifying,
    directing,
    ending,
    moving,
    passing_on,
    progress,
    relocating,
    removing,
)
from services.routing.domain.custody import Custody
from services.routing.domain.item import DOCUMENT, MEMBER, Item
from services.routing.domain.progress import progress_of
from services.routing.domain.protocol.kind import Source, Stimulus
from services.routing.domain.route import ESCALATE, TRANSFER, Route

T: Final = a(TransferOffered).transfer_id
NEXT: Final = TransferId("next")
HERE: Final = Province("44")
OWNER: Final = a(TransferOffered).offered_by
ANSWER_BY: Final = a(TransferDelivered).answer_by
ESCALATED: Final = a(TransferEscalated)
LETTER: Final = Sealed(key_id="51x1", box="AAAA")
AT: Final = a(OfferAccepted).at


def asks(agency: str, mode: RouteMode = TRANSFER) -> Candidate:
    return Candidate(
        agency=AgencyId(agency),
        province=Province(agency[:2]),
        mode=mode,
        answer_within=Period(days=10, working=True),
    )


def onward(case: Custody, failing: TransferId | None) -> Route:
    """As a handler finds it: the next agency, or after two refusals the common superior."""
    disputed = case.disputed(failing)
    first = asks("00-national-desk", ESCALATE) if disputed else asks("440000-legal-aid")
    return Route(
        mode=first.mode, candidates=(first,), directory_version="1", legal_basis=(LegalBasis("LAL-38"),)
    )


def settle(case: Custody, decided_at: datetime, law: Law) -> Sequence[Event]:
    """An acceptance arrives, whenever it was decided."""
    answer = a(OfferAccepted, at=decided_at)
    enclosures = [item.enclosing(LETTER) for item in moving.to_enclose(case, answer)]
    return moving.settle(case, answer, enclosures, law, here=HERE, at=ANSWER_BY + timedelta(days=1))


def reject(case: Custody, law: Law) -> Sequence[Event]:
    return passing_on.reject(case, a(OfferRejected), onward(case, T), NEXT, law, here=HERE, at=AT)


def lapse(case: Custody, law: Law) -> Sequence[Event]:
    return passing_on.lapse(case, T, onward(case, T), NEXT, law, here=HERE, at=ANSWER_BY)


def close_agency(case: Custody, law: Law) -> Sequence[Event]:
    closed = {a(TransferOffered).to: asks("510500-successor")}
    directed = next((each.id for each in case.transfers if each.open and each.directed), None)
    return passing_on.successor(case, closed, onward(case, directed), NEXT, law, here=HERE, at=AT)


def close_site(case: Custody, law: Law, going_on: Candidate | None) -> Sequence[Event]:
    closed = {site: going_on for site in (a(TransferOffered).site,) if site}
    return relocating.relocate(case, closed, onward(case, None), NEXT, law, here=HERE, at=AT)


def direct(case: Custody, letter: DirectionGiven, law: Law) -> Sequence[Event]:
    return directing.heed(case, letter, NEXT, law, here=HERE, at=letter.at)


def decline(case: Custody, law: Law) -> Sequence[Event]:
    declined = a(MatterNotCompetent, epoch=1)
    return passing_on.decline(case, declined, onward(case, None), NEXT, law, here=HERE, at=AT)


def join(case: Custody) -> Sequence[Event]:
    """Of three members announced the last two are one: the transfer waits for him alone."""
    items = [Item(kind=MEMBER, id=f"member-{number}") for number in (2, 3)]
    said: list[Event] = []
    for item in items:
        events = amending.amend(case, item, LETTER, LETTER, here=HERE, at=AT)
        said += events
        for event in events:
            case = case.after(event)
    return said


def remove(case: Custody) -> Sequence[Event]:
    """A document that came with the case is removed."""
    paper = Item(kind=DOCUMENT, id=a(DocumentRemoved).document_id)
    carrying = case.after(amending.amended(case, paper, LETTER, at=AT))
    return removing.remove(carrying, a(DocumentRemoved, epoch=1, province=None), here=HERE, at=AT)


def hear_of_removal(case: Custody) -> Sequence[Event]:
    """Who had the case before removed a document."""
    before = a(RemovalReported).removal.model_copy(update={"epoch": case.epoch})
    letter = a(RemovalReported, sender="33", removal=before)
    came = replace(case, epoch=case.epoch + 1, followers=(letter.sender,))
    return removing.take_removal(came, letter, here=HERE, at=AT)


def stimuli(law: Law) -> list[Stimulus]:
    return [*letters(law), *commands(), *timers(law), *facts_heard(law)]


def letters(law: Law) -> list[Stimulus]:
    receipt, question = a(OfferReceived), a(OfferClarificationRequested)
    received, direction = a(OfferClarificationReceived), a(DirectionGiven)
    late, change = ANSWER_BY + timedelta(hours=1), a(TransferForwarded, enclosure=None)
    left = a(TransferForwarded, change="member-left", because=None, enclosure=None)
    unheard = a(TransferForwarded, sender="42", enclosure=None)
    strange = a(DirectionGiven, transfer_id=TransferId("another"))
    given: dict[str, Callable[[Custody], Sequence[Event]]] = {
        "offer.received": lambda c: awaiting.deliver(c, receipt, law, at=AT),
        "offer.acknowledged": lambda c: awaiting.note_acknowledged(c, a(OfferAcknowledged), at=AT),
        "offer.clarification_requested": lambda c: clarifying.note_question(c, question, None, law, at=AT),
        "offer.clarification_received": lambda c: clarifying.run_on(c, received, law, at=AT),
        "offer.accepted in time": lambda c: settle(c, AT, law),
        "offer.accepted too late": lambda c: settle(c, late, law),
        "offer.rejected": lambda c: reject(c, law),
        "direction.given": lambda c: direct(c, direction, law),
        "direction.given in another matter": lambda c: direct(c, strange, law),
        "transfer.forwarded (member left)": lambda c: amending.take_change(c, left, None, here=HERE, at=AT),
        "transfer.forwarded (withdrawn)": lambda c: amending.take_change(c, change, None, here=HERE, at=AT),
        "transfer.forwarded by who never had it": lambda c: amending.take_change(
            c, unheard, None, here=HERE, at=AT
        ),
        "removal.reported": lambda c: removing.take_removal(c, a(RemovalReported), here=HERE, at=AT),
        "removal.reported by an earlier owner": hear_of_removal,
    }
    return [Stimulus(Source.LETTER, name, give) for name, give in given.items()]


def commands() -> list[Stimulus]:
    given: dict[str, Callable[[Custody], Sequence[Event]]] = {
        "recall": lambda c: acting.recall(c, T, by=OWNER, at=AT),
        "recall by another agency": lambda c: acting.recall(c, T, by=AgencyId("another"), at=AT),
        "recall the escalation": lambda c: acting.recall(c, ESCALATED.transfer_id, by=OWNER, at=AT),
        "supply the clarification": lambda c: clarifying.supply(c, T, LETTER, LETTER, by=OWNER, at=AT),
    }
    return [Stimulus(Source.COMMAND, name, give) for name, give in given.items()]


def timers(law: Law) -> list[Stimulus]:
    given: dict[str, Callable[[Custody], Sequence[Event]]] = {
        "deliver_by or answer_by": lambda c: lapse(c, law),
        "remind": lambda c: awaiting.remind(c, T, here=HERE, at=ANSWER_BY),
        "enclose_by": lambda c: moving.give_up_enclosing(c, T, at=ANSWER_BY),
        "decide_by": lambda c: directing.press(c, ESCALATED.transfer_id, law, at=ESCALATED.decide_by),
    }
    return [Stimulus(Source.TIMER, name, give) for name, give in given.items()]


def facts_heard(law: Law) -> list[Stimulus]:
    withdrawn, adopted = a(ApplicationWithdrawn, epoch=1), a(ApplicationAdopted, epoch=1)
    reached = progress_of(a(MatterAccepted, epoch=1))
    given: dict[str, Callable[[Custody], Sequence[Event]]] = {
        "application.withdrawn": lambda c: ending.withdraw(c, withdrawn, here=HERE, at=AT),
        "application.adopted": lambda c: acting.place(c, adopted, at=AT),
        "member.joined (the last)": join,
        "document.removed": remove,
        "matter.not_competent": lambda c: decline(c, law),
        "matter.accepted": lambda c: progress.report(c, reached, here=HERE),
        "the agency that is asked has closed": lambda c: close_agency(c, law),
        "the site that is asked has closed": lambda c: close_site(c, law, None),
        "the site that is asked has closed (another agency goes on)": lambda c: close_site(
            c, law, asks("510500-successor")
        ),
    }
    return [Stimulus(Source.FACT, name, give) for name, give in given.items()]
