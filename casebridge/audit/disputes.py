"""What no agency took: every escalation is decided in time or pressed for, and a direction is followed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from casebridge.audit.report import Report, Rule
from schemas.transfers import (
    DirectionGiven,
    EscalationReceived,
    TransferDirected,
    TransferEscalated,
    TransferOffered,
    TransferRecalled,
    TransferReminded,
)

DisputeFact = (
    TransferEscalated
    | TransferReminded
    | TransferDirected
    | TransferRecalled
    | TransferOffered
    | EscalationReceived
    | DirectionGiven
)


@dataclass(slots=True)
class Dispute:
    """One escalation, from both sides."""

    escalated: TransferEscalated | None = None
    received: bool = False
    decide_by: datetime | None = None
    recalled: bool = False
    directed: list[TransferDirected] = field(default_factory=list)
    given: set[str] = field(default_factory=set)
    """The agencies that the superior named."""
    offered: list[TransferOffered] = field(default_factory=list)
    """What was offered because of it."""


def check_disputes(
    case_id: str,
    events: Iterable[object],
    provinces: frozenset[str],
    now: datetime,
    grace: timedelta,
    report: Report,
) -> None:
    """`events`: in the order of each log. `provinces` are those whose logs were read."""
    found = disputes_of([event for event in events if isinstance(event, DisputeFact)])
    for id, dispute in found.items():
        report.counts["escalations"] += 1
        where, escalated = f"case {case_id} escalation {id}", dispute.escalated
        if len(dispute.given) > 1:
            report.add(Rule.OWNERS, where, f"directed to {' and to '.join(sorted(dispute.given))}")
        if escalated is None:
            continue
        read = escalated.to_province in provinces
        open = not dispute.recalled and not dispute.directed
        if open and dispute.decide_by and now > dispute.decide_by + grace:
            report.add(Rule.STUCK, where, "open past its deadline, and nobody was pressed")
        if open and read and not dispute.received:
            report.add(Rule.STUCK, where, "it did not arrive at the superior")
        if open and dispute.given:
            report.add(Rule.STUCK, where, "directed, and not followed")
        check_following(where, dispute, read, report)


def check_following(where: str, dispute: Dispute, read: bool, report: Report) -> None:
    """The owner follows one direction, the one that was given, and offers the case to nobody else for it."""
    if len(dispute.directed) > 1:
        report.add(Rule.OWNERS, where, f"followed {len(dispute.directed)} times")
    for directed in dispute.directed:
        if read and directed.agency not in dispute.given:
            report.add(Rule.OWNERS, where, f"followed to {directed.agency}, whom nobody directed")
    wanted = {directed.agency for directed in dispute.directed}
    for offered in dispute.offered:
        if offered.to not in wanted:
            report.add(Rule.OWNERS, where, f"offered to {offered.to} as directed, and nobody directed it")


def disputes_of(facts: Sequence[DisputeFact]) -> Mapping[str, Dispute]:
    """By id. Reminders and recalls are about transfers as well: those are left out."""
    found: dict[str, Dispute] = {}
    for event in facts:
        match event:
            case TransferEscalated():
                dispute = found.setdefault(event.transfer_id, Dispute())
                dispute.escalated, dispute.decide_by = event, event.decide_by
            case EscalationReceived():
                found.setdefault(event.transfer_id, Dispute()).received = True
            case DirectionGiven():
                found.setdefault(event.transfer_id, Dispute()).given.add(event.agency)
            case TransferDirected():
                found.setdefault(event.transfer_id, Dispute()).directed.append(event)
            case TransferOffered() if event.direction:
                found.setdefault(event.direction, Dispute()).offered.append(event)
            case TransferReminded() if event.transfer_id in found:
                found[event.transfer_id].decide_by = event.due_at
            case TransferRecalled() if event.transfer_id in found:
                found[event.transfer_id].recalled = True
            case _:
                pass
    return found
