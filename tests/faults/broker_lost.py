"""Of three brokers, the one that leads is killed under load: nothing is lost, nothing doubled."""

import asyncio
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from confluent_kafka.admin import AdminClient

from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.parts import Addresses, kafka_jars
from chassis.embedded.postgres import EmbeddedPostgres
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import CaseId, MemberId
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, Source, answered, case_id, deployed, source, until
from tests.faults.trial import Say
from tests.kafka_cluster import kafka_cluster

CASES = 12
MEMBERS = 40
PAUSE_S = 0.01
WRITTEN = 1 + MEMBERS
"""Events that the service answers one case with."""


@dataclass
class Pulse:
    """When the service was seen to go on."""

    beats: list[float] = field(default_factory=list)

    @property
    def gap_s(self) -> float:
        return max(later - earlier for earlier, later in pairwise(self.beats))


async def broker_lost(folder: Path, say: Say) -> bool:
    """Whether all came right; the pause is said."""
    jars = await asyncio.to_thread(kafka_jars, folder, None, say)
    postgres = EmbeddedPostgres(folder / "postgres", progress=say)
    with kafka_cluster(folder / "brokers", jars, progress=say) as nodes, started(postgres):
        servers = ",".join(node.bootstrap for node in nodes)
        three = Addresses(kafka=servers, database_url=postgres.database_url)
        async with deployed(three, folder, [toy_service], ["44"]) as toys:
            pulse, cases = await under_load(toys, nodes)
            rows = await toys.rows("mediation", "SELECT id, state -> 'members' AS them FROM toy")
            applied = {row.id: row.them for row in rows} == {case: names() for case in cases}
            written = await said(toys) == {case: list(range(1, WRITTEN + 1)) for case in cases}
    say(f"the leader was killed: {len(cases) * WRITTEN} events, the longest pause {pulse.gap_s:.1f} s")
    say(f"all applied once and in order: {applied}; all written once and in order: {written}")
    return applied and written


@contextmanager
def started(postgres: EmbeddedPostgres) -> Iterator[None]:
    postgres.start()
    try:
        yield
    finally:
        postgres.stop()


async def under_load(toys: Deployment, nodes: Sequence[EmbeddedKafka]) -> tuple[Pulse, Sequence[CaseId]]:
    """People go on applying while the broker dies that leads the log which the service writes."""
    pulse, cases = Pulse(), [case_id() for _ in range(CASES)]
    async with (
        source(toys.addresses.kafka, "/cn44/intake") as intake,
        toys.running(toy_service) as runtime,
        asyncio.TaskGroup() as group,
    ):
        relay = runtime.relays[0]
        applying = group.create_task(apply(intake, cases))
        watching = group.create_task(watch(lambda: relay.progress, pulse))
        await until(lambda: answered(relay.progress > CASES), "the first answers")
        leader = leader_of("cn44.matters", toys.addresses.kafka)
        nodes[leader - 1].kill(signal.SIGKILL)
        await applying
        await until(lambda: answered(relay.progress >= CASES * WRITTEN), "all answers", 90)
        watching.cancel()
        nodes[leader - 1].start()
    return pulse, cases


async def apply(intake: Source, cases: Sequence[CaseId]) -> None:
    for case in cases:
        await intake.say(a(ApplicationSubmitted, case_id=case))
    for name in names():
        for case in cases:
            await intake.say(a(MemberJoined, case_id=case, member_id=MemberId(name)))
            await asyncio.sleep(PAUSE_S)


async def watch(progress: Callable[[], int], pulse: Pulse) -> None:
    seen = -1
    while True:
        if progress() != seen:
            seen = progress()
            pulse.beats.append(perf_counter())
        await asyncio.sleep(PAUSE_S)


def leader_of(topic: str, servers: str) -> int:
    """The node that leads the first partition."""
    admin = AdminClient({"bootstrap.servers": servers, "log_level": 0})
    return int(admin.list_topics(topic, timeout=15).topics[topic].partitions[0].leader)


def names() -> list[str]:
    return [f"m{number}" for number in range(MEMBERS)]


async def said(toys: Deployment) -> dict[str, list[int]]:
    """What is on the service's own log, by case; one that was sent twice is there under the same id."""
    ids: dict[tuple[str, int], str] = {}
    for _, message in await toys.records("cn44.matters"):
        envelope = message.envelope
        place = (envelope.subject, envelope.sequence or 0)
        assert ids.setdefault(place, envelope.id) == envelope.id
    found: dict[str, list[int]] = {}
    for case, sequence in ids:
        found.setdefault(case, []).append(sequence)
    return found
