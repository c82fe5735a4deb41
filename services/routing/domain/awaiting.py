"""Awaits the answer of the agency that is asked: its clock, and the reminders before its end."""

from datetime import datetime

from law.book import Law
from law.deadlines import day_of
from schemas.facts import Rung
from schemas.ids import AgencyId, Province, TransferId
from schemas.transfers import (
    CustodyEvent,
    OfferAcknowledged,
    OfferReceived,
    TransferAcknowledged,
    TransferReminded,
)
from services.routing.domain.custody import Custody
from services.routing.domain.times import answer_rule, ladder, rung_by
from services.routing.domain.transfer import Transfer, TransferState


def deliver(custody: Custody, receipt: OfferReceived, law: Law, *, at: datetime) -> list[CustodyEvent]:
    """Start the clock of the answer; a receipt that comes after the end, or again, changes nothing.

    Args:
        law: as it holds for the addressee.
    """
    found = custody.open_transfer(receipt.transfer_id)
    if found is None or found.answer_by:
        return []
    remind = reminders(custody, found, receipt.at, receipt.answer_by, law, after=at)
    return [found.delivered(receipt, remind, at=at)]


def note_acknowledged(custody: Custody, letter: OfferAcknowledged, *, at: datetime) -> list[CustodyEvent]:
    """Somebody there has it in hand. It moves no clock, so it says nothing after anything later."""
    found = custody.open_transfer(letter.transfer_id)
    waiting = found and found.state in (TransferState.OFFERED, TransferState.DELIVERED)
    return [acknowledged(found, letter, at=at)] if found and waiting else []


def remind(custody: Custody, id: TransferId, *, here: Province, at: datetime) -> list[CustodyEvent]:
    """A rung of the ladder is reached."""
    if (dispute := custody.dispute) and dispute.id == id:
        return [*dispute.reminded(at=at)]
    found = custody.open_transfer(id)
    return [*reminded(found, custody.owner, here=here, at=at)] if found else []


def reminders(
    custody: Custody, transfer: Transfer, started_at: datetime, due_at: datetime, law: Law, *, after: datetime
) -> tuple[Rung, ...]:
    """The ladder that the rule of the offer states."""
    rule = answer_rule(transfer.answer_rule, law, urgent=custody.facts.urgent, on=day_of(started_at))
    return ladder(rule, started_at, due_at, law, after=after)


def acknowledged(transfer: Transfer, letter: OfferAcknowledged, *, at: datetime) -> TransferAcknowledged:
    return TransferAcknowledged(
        case_id=transfer.case_id,
        at=at,
        transfer_id=transfer.id,
        agency=letter.agency,
        acknowledged_at=letter.at,
    )


def reminded(transfer: Transfer, owner: AgencyId, *, here: Province, at: datetime) -> list[TransferReminded]:
    """The rungs that are reached: to the agency that must answer; while it waits for us, to ourselves."""
    waits_for_us = transfer.state is TransferState.CLARIFYING
    due_at = transfer.supply_by if waits_for_us else transfer.answer_by
    return [
        TransferReminded(
            case_id=transfer.case_id,
            at=at,
            to_province=here if waits_for_us else transfer.to_province,
            transfer_id=transfer.id,
            agency=owner if waits_for_us else transfer.to,
            to=to,
            due_at=due_at or transfer.lapses_at,
        )
        for to in rung_by(transfer.remind, at)
    ]
