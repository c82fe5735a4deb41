"""The audit: reads every log and every database of a deployment once, and compares."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import text

from casebridge.audit.alerts import Alerts, check_alerts
from casebridge.audit.books import Book, CaseBook, Name, open_book, quarantine_of
from casebridge.audit.inboxes import (
    check_causes,
    check_effects,
    check_positions,
    check_received,
    check_sent,
    check_strange_streams,
    read_by,
)
from casebridge.audit.logs import Quarantine, Said, read_slice
from casebridge.audit.ownership import Ownership, check_ownership
from casebridge.audit.reading import Logs, Topic, open_logs
from casebridge.audit.report import SHOWN, Report
from casebridge.audit.states import Folded, check_states
from casebridge.audit.sums import check_sums
from chassis import marks
from chassis.clock import Clock
from chassis.folding import Folding
from chassis.service import Service
from chassis.settings import Settings
from chassis.startup import connect_cluster
from schemas.envelope import Received
from schemas.ops import OpsReleased

Deployed = Sequence[tuple[Service, Settings]]
"""The services of a deployment, with the settings that each runs with."""

SHARED = ("keys", "ops")


async def audit(deployed: Deployed, *, now: datetime, shown: int = SHOWN) -> Report:
    """Audit what is there. What is still under way is reported as not read or not sent: let it settle."""
    report, alerts = Report(shown=shown), Alerts()
    async with opened(deployed) as (ids, logs, books):
        aside = await quarantine_of(list(books.values()), ids)
        for book in books.values():
            check_positions(book, ids, logs, report)
            await check_sums(book.service, book.connection, report)
        for number in range(logs.slices):
            await audit_slice(number, ids, logs, books, aside, alerts, now, report)
        for book in books.values():
            if book.service.log == "notices":
                await alerts.take_waiting(book)
                check_alerts(alerts, logs, report)
        # With any, it saw two moments, and may call that a violation.
        report.counts["records that came meanwhile"] = (await logs.as_now()).records - logs.records
    return report


@asynccontextmanager
async def opened(
    deployed: Deployed,
) -> AsyncIterator[tuple[Mapping[str, str], Logs, Mapping[str, Book]]]:
    """The ids of the clusters, the logs and the databases, as they are now."""
    settings = deployed[0][1]
    local = await connect_cluster("local", settings.kafka, settings.kafka_access, "audit")
    exchange = await connect_cluster(
        "exchange", settings.exchange_kafka, settings.exchange_kafka_access, "audit"
    )
    clusters = {cluster.name: cluster for cluster in (local, exchange)}
    ids = {cluster.name: cluster.id for cluster in (local, exchange)}
    async with AsyncExitStack() as stack:
        books = {
            service.name: await stack.enter_async_context(open_book(service, own))
            for service, own in deployed
        }
        arrived = {province: at for book in books.values() for province, at in book.arrived.items()}
        logs = await stack.enter_async_context(open_logs(clusters, topics_of(deployed), arrived))
        yield ids, logs, books


def topics_of(deployed: Deployed) -> list[Topic]:
    """Every log that these services write or read."""
    topics: set[Topic] = set()
    for service, settings in deployed:
        clusters = {"local"} | ({"exchange"} if settings.exchange_kafka != settings.kafka else set())
        for province in settings.provinces:
            for log in {service.log, *service.logs, *SHARED}:
                for cluster in clusters if log == "mailbox" else {"local"}:
                    topics.add(Topic(cluster, f"cn{province}.{log}", province, log))
            for agency in settings.partners.get(province, frozenset()):
                log = f"partner.{agency}"
                topics.add(Topic("local", f"cn{province}.{log}", province, log))
    return sorted(topics, key=lambda topic: (topic.cluster, topic.name))


@dataclass(slots=True)
class Listener:
    """What is gathered while a slice is read."""

    folded: dict[str, Folded]
    ledger: bool
    alerts: Alerts
    ownership: Ownership = field(default_factory=Ownership)
    after: dict[tuple[str, str, str, int], Mapping[str, int]] = field(default_factory=dict)
    discarded: dict[str, set[Name]] = field(default_factory=dict)

    def hear(self, said: Said) -> None:
        envelope, province = said.envelope, said.topic.province
        own = self.folded.get(envelope.service)
        if own and said.topic.log not in ("mailbox", "ops") and not said.topic.log.startswith("partner."):
            own.take(said)
        self.ownership.take(said)
        self.alerts.take(province, said.topic.log, said.message)
        if self.ledger and envelope.after:
            stream = f"{said.topic.log} {envelope.source}"
            self.after[province, said.case_id, stream, envelope.sequence or 0] = envelope.after
        event = said.message.event if isinstance(said.message, Received) else None
        if isinstance(event, OpsReleased) and event.way == "discarded":
            self.discarded.setdefault(event.service, set()).add((province, said.case_id))


async def audit_slice(
    number: int,
    ids: Mapping[str, str],
    logs: Logs,
    books: Mapping[str, Book],
    aside: Quarantine,
    alerts: Alerts,
    now: datetime,
    report: Report,
) -> None:
    """The cases of one slice, in all logs and all databases: no more than these are in memory."""
    listener = Listener(
        {name: Folded(Folding(book.service.stores)) for name, book in books.items()},
        any(book.ledger for book in books.values()),
        alerts,
    )
    seen = await read_slice(logs, number, report, aside, listener.hear)
    cases: dict[str, dict[Name, CaseBook]] = {}
    for name, book in books.items():
        cases[name] = await book.cases(number, logs.slices)
    check_strange_streams(books, cases, seen, report)
    for name, book in books.items():
        report.counts[f"cases of {name}"] += len(cases[name])
        check_sent(book, cases[name], seen, report)
        check_received(book, ids, cases[name], seen, report)
        check_states(book, cases[name], listener.folded[name], report)
        if book.ledger:
            check_effects(book, cases[name], frozenset(listener.discarded.get(name, ())), report)
            check_causes(book, cases[name], listener.after, report)
    provinces = {province for book in books.values() for province in book.settings.provinces}
    if any(book.service.log == "transfers" for book in books.values()):
        check_ownership(listener.ownership, frozenset(provinces), now, report)


# --- Settling ----------------------------------------------------------------------------------------------

QUIET_S = marks.LOOK_S + 1
"""How long nothing may come before a deployment counts as quiet: what is due hourly, nothing shows before."""
LOOK_AGAIN_S = 0.3


DUE = text("""
    SELECT count(*) FROM timer JOIN case_row USING (province, case_id)
    WHERE due_at <= :now AND case_row.hold IS NULL
""")


async def settled(deployed: Deployed, *, within_s: float) -> bool:
    """Wait until nothing is under way: outboxes empty, logs read, timers fired, and nothing more comes."""
    clock = asyncio.get_running_loop().time
    deadline, quiet_since, ended = clock() + within_s, clock(), -1
    async with opened(deployed) as (ids, logs, books):
        while True:
            for book in books.values():
                await book.look()
            logs = await logs.as_now()
            count = await under_way(ids, logs, books)
            if count or logs.records != ended:
                quiet_since, ended = clock(), logs.records
                if clock() > deadline:
                    return False
                await asyncio.sleep(LOOK_AGAIN_S)
            elif (left_s := quiet_since + QUIET_S - clock()) > 0:
                # What comes meanwhile is counted then. Each look asks all, and takes from the senders.
                await asyncio.sleep(left_s)
            else:
                return True


async def under_way(ids: Mapping[str, str], logs: Logs, books: Mapping[str, Book]) -> int:
    """Rows in outboxes, timers that are due, and records that are not read."""
    count = 0
    for book in books.values():
        for topic in read_by(book, logs):
            for partition, extent in logs.extents[topic].items():
                at = book.positions.get((ids[topic.cluster], topic.name, partition), extent.begin)
                count += max(0, extent.end - max(at, extent.begin))
        rows = await book.connection.execute(text("SELECT count(*) FROM outbox"))
        due = await book.connection.execute(DUE, {"now": Clock(book.settings.clock_file).now()})
        count += rows.scalar_one() + due.scalar_one()
    return count
