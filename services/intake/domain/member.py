"""Member: one worker, heir or co-applicant of a case. His data lie in the vault."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from schemas.cases import MemberEvent, MemberJoined, MemberLeft
from schemas.codes import AgentAuthority, LeavingCode, MemberRole
from schemas.facts import Enclosure
from schemas.ids import CaseId, Division, Fen, MemberId, Pseudonym, TransferId

NO_CLAIM: Fen = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person in a case, known by his pseudonym in this province."""

    case_id: CaseId
    member_id: MemberId
    role: MemberRole
    worker: Pseudonym
    claim_fen: Fen
    home: Division | None = None
    agent: AgentAuthority | None = None
    left: LeavingCode | None = None
    """Why he is no longer part of the case, if he left."""
    came_with: TransferId | None = None
    """The transfer that brought him last; None if he joined here, or came after it."""

    @property
    def id(self) -> str:
        return self.member_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return {}

    @classmethod
    def joined(cls, event: MemberJoined) -> Self:
        return cls(
            case_id=event.case_id,
            member_id=event.member_id,
            role=event.role,
            worker=event.worker,
            claim_fen=event.claim_fen,
            home=event.home,
            agent=event.agent,
            came_with=event.transfer_id,
        )

    def after(self, event: MemberEvent) -> Self:
        """He joins again when the case comes back: what came with it replaces what was known."""
        match event:
            case MemberJoined():
                return self.joined(event)
            case MemberLeft(because=because):
                return replace(self, left=because)


def join_from(
    enclosure: Enclosure,
    *,
    case_id: CaseId,
    worker: Pseudonym,
    agent: AgentAuthority | None = None,
    transfer: TransferId | None = None,
    at: datetime,
) -> MemberJoined:
    """A member came with a case from another agency, sealed under this province's key already."""
    return MemberJoined(
        case_id=case_id,
        at=at,
        member_id=MemberId(enclosure.id),
        role=enclosure.role or MemberRole("worker"),
        worker=worker,
        person=enclosure.content,
        claim_fen=enclosure.claim_fen or NO_CLAIM,
        agent=agent,
        transfer_id=transfer,
    )


def chosen_from(content: Any) -> tuple[MemberId, ...]:
    """The representatives that came with a case. Total: another release may have sealed it."""
    said = content.get("members") if isinstance(content, dict) else None
    return tuple(
        MemberId(member) for member in (said if isinstance(said, list) else ()) if isinstance(member, str)
    )
