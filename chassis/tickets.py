"""A ticket for one document: the province that a case went to asks the one that it came from for its bytes.

The bearer signs it with the key that it signs letters with, so nobody need be known beforehand, and nothing
that opens a document lies in a letter that may wait for days. It is good for one document and for minutes.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar, Final

from pydantic import TypeAdapter, ValidationError

from chassis.errors import ChassisError
from chassis.keyring import Distrusted, Keyring
from schemas.fields import UtcTime
from schemas.ids import CaseId, DocumentId, Province

GOOD_FOR: Final = timedelta(minutes=5)
SKEW: Final = timedelta(minutes=1)
"""So much two clocks may differ."""

PURPOSE: Final = b"document ticket 1\0"


@dataclass(eq=False)
class TicketRefused(ChassisError):
    """The ticket is refused: {reason}."""

    zh: ClassVar[str] = "凭证被拒绝：{reason}。"
    reason: str
    status: ClassVar[int] = 403


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """Who may have which document from whom."""

    case_id: CaseId
    document_id: DocumentId
    holder: Province
    bearer: Province
    issued_at: UtcTime


_TICKET: Final = TypeAdapter(Ticket)


def written(ticket: Ticket, keyring: Keyring) -> str:
    """As it stands in a header: what it says, who signed, the signature."""
    said = _TICKET.dump_json(ticket)
    signature = keyring.sign_text(PURPOSE + said, ticket.bearer)
    key = keyring.signing_key_of(ticket.bearer)
    return f"{base64.urlsafe_b64encode(said).decode()}~{key}~{signature}"


def read(text: str, keyring: Keyring, now: datetime) -> Ticket:
    """What a ticket says, if its bearer signed it and it is still good. Raises TicketRefused."""
    encoded, _, signed = text.partition("~")
    key, _, signature = signed.partition("~")
    try:
        said = base64.urlsafe_b64decode(encoded.encode("ascii"))
        ticket = _TICKET.validate_json(said)
    except (ValueError, ValidationError):
        raise TicketRefused("it is of another form") from None
    if not -SKEW <= now - ticket.issued_at <= GOOD_FOR + SKEW:
        raise TicketRefused(f"it is good for {GOOD_FOR.seconds} seconds from when it was issued")
    verdict = keyring.verify_text(PURPOSE + said, key, signature, ticket.issued_at)
    if isinstance(verdict, Distrusted):
        raise TicketRefused(f"{verdict.reason}, {verdict.detail}")
    if verdict.province != ticket.bearer:
        raise TicketRefused(f"{verdict.province} signed it, and {ticket.bearer} is to have the document")
    return ticket
