"""Answers what the agency that is asked wants to know: its clock stands still meanwhile."""

from datetime import datetime

from law.book import Law
from law.deadlines import day_of
from schemas.facts import Enclosure, Rung
from schemas.fields import Sealed
from schemas.ids import AgencyId, TransferId
from schemas.transfers import (
    CustodyEvent,
    OfferClarificationReceived,
    OfferClarificationRequested,
    TransferClarificationRequested,
    TransferClarificationSupplied,
)
from services.routing.domain.amending import amended
from services.routing.domain.awaiting import reminders
from services.routing.domain.custody import Custody
from services.routing.domain.errors import NothingAsked
from services.routing.domain.item import clarification_item
from services.routing.domain.times import TO_SUPPLY, TO_SUPPLY_URGENT, ladder
from services.routing.domain.transfer import Transfer, TransferState


def note_question(
    custody: Custody,
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
    found = custody.open_transfer(letter.transfer_id)
    if found is None or letter.round <= found.clarifications:
        return []
    rule = law.rule(TO_SUPPLY_URGENT if custody.facts.urgent else TO_SUPPLY, day_of(letter.at))
    remind = ladder(rule, letter.at, letter.supply_by, law, after=at)
    return [clarification_requested(found, custody.owner, letter, question, remind, at=at)]


def supply(
    custody: Custody, id: TransferId, content: Sealed, letter: Sealed, *, by: AgencyId | None, at: datetime
) -> list[CustodyEvent]:
    """Answer what the agency that is asked wants to know. The answer goes with the case from now on.

    Raises NotTheOwner, TransferNotKnown or NothingAsked.

    Args:
        content: the answer under our key of the case.
        letter: the same, sealed for the addressee.
    """
    custody.check_owner(by)
    found = custody.known(id)
    if found.state is not TransferState.CLARIFYING:
        raise NothingAsked(transfer=id, found=found.state)
    item = clarification_item(id, found.clarifications)
    return [
        amended(custody, item, content, at=at),
        clarification_supplied(found, item.enclosing(letter), at=at),
    ]


def run_on(
    custody: Custody, receipt: OfferClarificationReceived, law: Law, *, at: datetime
) -> list[CustodyEvent]:
    """What was asked for has arrived: the clock of the answer runs on, as the addressee counted it.

    Args:
        law: as it holds for the addressee.
    """
    found = custody.open_transfer(receipt.transfer_id)
    if found is None or found.state is not TransferState.SUPPLIED:
        return []
    started_at = found.delivered_at or receipt.at
    remind = reminders(custody, found, started_at, receipt.answer_by, law, after=at)
    return [found.delivered(receipt, remind, at=at)]


def clarification_requested(
    transfer: Transfer,
    owner: AgencyId,
    letter: OfferClarificationRequested,
    question: Sealed | None,
    remind: tuple[Rung, ...],
    *,
    at: datetime,
) -> TransferClarificationRequested:
    return TransferClarificationRequested(
        case_id=transfer.case_id,
        at=at,
        transfer_id=transfer.id,
        owner=owner,
        agency=letter.agency,
        round=letter.round,
        about=letter.about,
        requested_at=letter.at,
        supply_by=letter.supply_by,
        answer_by=letter.answer_by,
        remind=remind,
        question=question,
    )


def clarification_supplied(
    transfer: Transfer, enclosure: Enclosure, *, at: datetime
) -> TransferClarificationSupplied:
    return TransferClarificationSupplied(
        case_id=transfer.case_id,
        at=at,
        to_province=transfer.to_province,
        transfer_id=transfer.id,
        round=transfer.clarifications,
        enclosure=enclosure,
    )
