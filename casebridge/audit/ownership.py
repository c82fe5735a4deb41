"""One owner at every instant: from the logs of transfers of all provinces together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import get_args

from casebridge.audit.disputes import DisputeFact, check_disputes
from casebridge.audit.logs import Said
from casebridge.audit.report import Report, Rule
from schemas.envelope import Received
from schemas.matters import (
    ClockBreached,
    LimitationStep,
    MatterClosed,
    MatterOpened,
    OwnersAct,
    ReviewStarted,
)
from schemas.transfers import (
    CustodyBegun,
    CustodyEnded,
    CustodyPlaced,
    OfferAccepted,
    OfferClarificationReceived,
    OfferClarificationRequested,
    OfferClosed,
    OfferReceived,
    OfferRejected,
    TransferClarificationRequested,
    TransferCompleted,
    TransferDelivered,
    TransferEnclosed,
    TransferLapsed,
    TransferOffered,
    TransferRecalled,
    TransferRejected,
)

GRACE = timedelta(seconds=60)
"""How long after its deadline a timer may be on its way."""

TransferFact = (
    TransferOffered
    | TransferDelivered
    | TransferClarificationRequested
    | TransferEnclosed
    | TransferRejected
    | TransferRecalled
    | TransferLapsed
    | TransferCompleted
    | OfferReceived
    | OfferClarificationRequested
    | OfferClarificationReceived
    | OfferAccepted
    | OfferRejected
    | OfferClosed
)

CustodyFact = CustodyBegun | CustodyPlaced | CustodyEnded | TransferFact | DisputeFact

DIRECTED = "directed"
"""Mode of an offer that the common superior directed: it may go to who was asked before."""

WITHOUT_PLACE = (MatterOpened, ReviewStarted, ClockBreached, MatterClosed, *get_args(LimitationStep))
"""What happens to a matter although nobody acts, and its clocks: they need no placed custody."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One event of a log of transfers."""

    province: str
    sequence: int
    event: CustodyFact


@dataclass(frozen=True, slots=True)
class Act:
    """What an owner did, and how far it knew the log of transfers."""

    province: str
    knew: int
    event: OwnersAct


@dataclass(slots=True)
class Ownership:
    """What the logs of one slice say about who has which case."""

    facts: dict[str, list[Fact]] = field(default_factory=dict)
    acts: dict[str, list[Act]] = field(default_factory=dict)

    def take(self, said: Said) -> None:
        if not isinstance(said.message, Received):
            return
        event, envelope = said.message.event, said.envelope
        if said.topic.log == "transfers" and isinstance(event, CustodyFact):
            facts = self.facts.setdefault(said.case_id, [])
            # Of the hundreds of members that go with a case, the first letter says all that counts here.
            if not (isinstance(event, TransferEnclosed) and facts and same_sending(facts[-1].event, event)):
                facts.append(Fact(said.topic.province, envelope.sequence or 0, event))
        elif said.topic.log == "matters" and isinstance(event, OwnersAct):
            act = Act(said.topic.province, envelope.after.get("transfers", 0), event)
            self.acts.setdefault(said.case_id, []).append(act)


def same_sending(last: CustodyFact, event: TransferEnclosed) -> bool:
    """Whether the last fact was a letter of the same transfer."""
    return isinstance(last, TransferEnclosed) and last.transfer_id == event.transfer_id


def check_ownership(ownership: Ownership, provinces: frozenset[str], now: datetime, report: Report) -> None:
    """`provinces` are those whose logs were read: of others nothing can be said."""
    for case_id, facts in ownership.facts.items():
        report.counts["cases with an owner"] += 1
        check_epochs(case_id, facts, provinces, report)
        check_streams(case_id, facts, report)
        check_transfers(case_id, facts, provinces, now, report)
        check_disputes(case_id, (fact.event for fact in facts), provinces, now, GRACE, report)
        check_acts(case_id, facts, ownership.acts.get(case_id, ()), report)


def check_epochs(case_id: str, facts: Sequence[Fact], provinces: frozenset[str], report: Report) -> None:
    """Each epoch begins once, and every one but the first by the transfer that its owner completed."""
    begun: dict[int, list[Fact]] = {}
    completed: dict[int, list[Fact]] = {}
    for fact in facts:
        if isinstance(fact.event, CustodyBegun):
            begun.setdefault(fact.event.epoch, []).append(fact)
        if isinstance(fact.event, TransferCompleted):
            completed.setdefault(fact.event.epoch, []).append(fact)
    for epoch, found in sorted(begun.items()):
        report.counts["owners"] += len(found)
        if len(found) > 1:
            where = ", ".join(f"cn{fact.province}" for fact in found)
            report.add(Rule.OWNERS, f"case {case_id}", f"epoch {epoch} began {len(found)} times: {where}")
        check_origin(case_id, epoch, found[0], completed.get(epoch, []), provinces, report)
    for epoch, ended in sorted(completed.items()):
        if len(ended) > 1:
            report.add(Rule.OWNERS, f"case {case_id}", f"epoch {epoch} was given away {len(ended)} times")
        to = [fact.event.to_province for fact in ended if isinstance(fact.event, TransferCompleted)]
        if epoch not in begun and all(province in provinces for province in to):
            report.add(
                Rule.STUCK, f"case {case_id}", f"epoch {epoch} was given to cn{to[0]}, and never began"
            )


def check_origin(
    case_id: str,
    epoch: int,
    begun: Fact,
    completed: Sequence[Fact],
    provinces: frozenset[str],
    report: Report,
) -> None:
    where = f"cn{begun.province} case {case_id}"
    event = begun.event
    assert isinstance(event, CustodyBegun)
    if epoch == 1 or (event.from_province and event.from_province not in provinces):
        return
    givers = [fact.event for fact in completed if isinstance(fact.event, TransferCompleted)]
    if not givers:
        report.add(Rule.OWNERS, where, f"epoch {epoch} began, and nobody had completed a transfer to it")
    elif givers[0].owner != event.owner or givers[0].transfer_id != event.transfer_id:
        report.add(
            Rule.OWNERS, where, f"epoch {epoch}: {event.owner} began, and {givers[0].owner} was to have it"
        )


def check_streams(case_id: str, facts: Sequence[Fact], report: Report) -> None:
    """In each province, in the order of its log: begun, placed, ended. At the end one has it, or nobody."""
    open_in: dict[str, CustodyBegun | None] = {}
    for fact in sorted(facts, key=lambda fact: (fact.province, fact.sequence)):
        where, event = f"cn{fact.province} case {case_id}", fact.event
        current = open_in.get(fact.province)
        if isinstance(event, CustodyBegun):
            if current:
                report.add(Rule.OWNERS, where, f"epoch {event.epoch} began while {current.epoch} was running")
            open_in[fact.province] = event
        elif isinstance(event, CustodyPlaced) and (
            current is None or (current.epoch, current.owner) != (event.epoch, event.owner)
        ):
            report.add(Rule.OWNERS, where, f"placed in epoch {event.epoch}, which is not the running one")
        elif isinstance(event, CustodyEnded):
            if current is None or current.epoch != event.epoch:
                report.add(Rule.OWNERS, where, f"epoch {event.epoch} ended, which is not the running one")
            open_in[fact.province] = None
    owners = [province for province, event in open_in.items() if event]
    if len(owners) > 1:
        report.add(Rule.OWNERS, f"case {case_id}", f"owned at once in {', '.join(owners)}")


@dataclass(slots=True)
class Transfer:
    """One attempt, from both sides."""

    offered: TransferOffered | None = None
    origin: str = ""
    answer_by: datetime | None = None
    """As the origin knows it, after every pause."""
    enclose_by: datetime | None = None
    """While it waits for what goes with the case."""
    ended: bool = False
    received: OfferReceived | None = None
    answer_by_there: datetime | None = None
    destination: str = ""
    accepted: bool = False
    closed: bool = False


def check_transfers(
    case_id: str, facts: Sequence[Fact], provinces: frozenset[str], now: datetime, report: Report
) -> None:
    """Every transfer ends; none is open past its deadlines; nobody is asked twice."""
    asked: dict[str, int] = {}
    for id, transfer in transfers_of(facts).items():
        report.counts["transfers"] += 1
        check_end(f"case {case_id} transfer {id}", transfer, now, report)
        if transfer.offered and transfer.offered.mode != DIRECTED:
            asked[transfer.offered.to] = asked.get(transfer.offered.to, 0) + 1
        if not_arrived(transfer, provinces):
            report.add(Rule.STUCK, f"case {case_id} transfer {id}", "the offer did not arrive")
    for agency, times in asked.items():
        if times > 1:
            report.add(Rule.ASKED_AGAIN, f"case {case_id}", f"{agency} was asked {times} times")


def not_arrived(transfer: Transfer, provinces: frozenset[str]) -> bool:
    """Whether an open offer is unknown to a province whose log was read."""
    offered = transfer.offered
    open = offered is not None and transfer.received is None and not transfer.ended
    return open and offered is not None and offered.to_province in provinces


def check_end(where: str, transfer: Transfer, now: datetime, report: Report) -> None:
    if transfer.offered and not transfer.ended:
        deadline = transfer.enclose_by or transfer.answer_by or transfer.offered.deliver_by
        report.counts["transfers open"] += 1
        if now > deadline + GRACE:
            report.add(Rule.STUCK, where, f"open at cn{transfer.origin} past its deadline")
        elif (transfer.closed or transfer.accepted) and not transfer.enclose_by:
            report.add(Rule.STUCK, where, f"answered, and open at cn{transfer.origin}")
    if transfer.received and not transfer.closed:
        if transfer.ended and transfer.offered:
            report.add(Rule.STUCK, where, f"ended at the origin, and open at cn{transfer.destination}")
        elif transfer.answer_by_there and now > transfer.answer_by_there + GRACE and not transfer.offered:
            report.add(Rule.STUCK, where, f"open at cn{transfer.destination} past its deadline")


def transfers_of(facts: Sequence[Fact]) -> Mapping[str, Transfer]:
    found: dict[str, Transfer] = {}
    for fact in facts:
        event = fact.event
        if not isinstance(event, TransferFact):
            continue
        transfer = found.setdefault(event.transfer_id, Transfer())
        match event:
            case TransferOffered():
                transfer.offered, transfer.origin = event, fact.province
            case TransferDelivered() | TransferClarificationRequested():
                transfer.answer_by = event.answer_by
            case TransferEnclosed():
                # An acceptance in time reopens what has lapsed meanwhile.
                transfer.enclose_by, transfer.ended = event.enclose_by, False
            case TransferRejected() | TransferRecalled() | TransferLapsed() | TransferCompleted():
                transfer.ended = True
            case OfferReceived():
                transfer.received, transfer.destination = event, fact.province
                transfer.answer_by_there = event.answer_by
            case OfferClarificationRequested() | OfferClarificationReceived():
                transfer.answer_by_there = event.answer_by
            case OfferAccepted():
                transfer.accepted = True
            case OfferRejected() | OfferClosed():
                transfer.closed = True
    return found


def check_acts(case_id: str, facts: Sequence[Fact], acts: Sequence[Act], report: Report) -> None:
    """Whoever acts had the case placed with it in that epoch, as far as it knew the log of transfers."""
    for act in acts:
        report.counts["acts of owners"] += 1
        event, where = act.event, f"cn{act.province} case {case_id}"
        known = [fact for fact in facts if fact.province == act.province and fact.sequence <= act.knew]
        owner = ended = placed = None
        for fact in known:
            match fact.event:
                case CustodyBegun(epoch=epoch, owner=agency) if epoch == event.epoch:
                    owner = agency
                case CustodyPlaced(epoch=epoch) if epoch == event.epoch:
                    placed = True
                case CustodyEnded(epoch=epoch) if epoch == event.epoch:
                    ended = True
        name = event.type.removeprefix("casebridge.").removesuffix(".v1")
        if owner != event.agency:
            report.add(Rule.TRESPASS, where, f"{name} by {event.agency} in epoch {event.epoch} of {owner}")
        elif not isinstance(event, WITHOUT_PLACE) and not placed:
            report.add(Rule.TRESPASS, where, f"{name} in epoch {event.epoch}, which was not placed")
        elif not isinstance(event, WITHOUT_PLACE) and ended:
            report.add(Rule.TRESPASS, where, f"{name} in epoch {event.epoch}, which had ended")
