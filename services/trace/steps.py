"""A case and its steps: every event of it, as it was heard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from schemas.cases import MemberJoined
from schemas.codes import CaseType, WorkerClass
from schemas.envelope import event_types
from schemas.ids import AgencyId, CaseId, CaseNumber, EventId, Province
from schemas.keys import KeysIssued
from schemas.matters import ClaimClosed, ClaimDetermined, ClaimRegistered
from schemas.notices import NoticeDelivered, NoticeFailed, NoticeQueued, NoticeSent
from schemas.transfers import (
    CustodyAmended,
    OfferEnclosed,
    ProgressReceived,
    ProgressReported,
    TransferEnclosed,
)

BULK: Final = frozenset(
    kind.type
    for kind in (
        MemberJoined,
        CustodyAmended,
        TransferEnclosed,
        OfferEnclosed,
        ClaimRegistered,
        ClaimDetermined,
        ClaimClosed,
        KeysIssued,
        NoticeQueued,
        NoticeSent,
        NoticeDelivered,
        NoticeFailed,
    )
)
"""Types that come once a member or a message, and move nothing: a list of cases does without them."""

FOLLOWING: Final = frozenset({ProgressReported.type, ProgressReceived.type})
"""Types that repeat elsewhere what the owner said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A case as it was when it was first heard of with its number."""

    case_id: CaseId
    province: Province
    opened_at: datetime
    number: CaseNumber
    case_type: CaseType | None
    worker_class: WorkerClass | None
    home: Province | None
    work: Province | None
    members: int | None
    claim_fen: int | None
    external_refs: Sequence[Mapping[str, str]] | None
    """The numbers that others gave it: issuer and number of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One event of a case, as it was heard."""

    province: Province
    case_id: CaseId
    log: str
    service: str
    sequence: int
    event_id: EventId
    type: str
    at: datetime
    recorded_at: datetime
    applied_at: datetime
    caused_by: EventId | None
    actor: str | None
    agency: AgencyId | None
    legal_basis: str | None
    said: Mapping[str, Any]
    imported: bool = False
    """Whether it happened before the case was imported, and is told as another system recorded it."""

    @property
    def name(self) -> str:
        """The class of the event; its type where this release does not know it."""
        kind = event_types().get(self.type)
        return kind.__name__ if kind else self.type


def with_past(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The same steps; of an imported case, those that happened before it was imported say so."""
    told = (step.said["facts"] for step in steps if step.log == "cases" and "facts" in step.said)
    facts: Mapping[str, Any] = next(told, {})
    imported = facts.get("imported")
    if not imported:
        return tuple(steps)
    at = datetime.fromisoformat(imported["at"])
    return tuple(replace(step, imported=step.at < at) for step in steps)
