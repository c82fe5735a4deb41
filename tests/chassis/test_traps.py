"""Each trap of the broker and its client that our code could step into, and what we do instead."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import OffsetAndMetadata
from confluent_kafka.admin import AdminClient

from chassis.embedded.parts import Addresses, Parts, parts
from chassis.engine import Written
from chassis.runtime import Runtime
from chassis.topics import apply_topics
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import CaseId, MemberId, Province
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, Source, answered, case_id, deployed, source, until

MEMBERS = 40


@pytest.fixture(scope="module")
def rough(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Parts]:
    """A broker and a database of this module's own, to be handled roughly."""
    with parts(tmp_path_factory.mktemp("rough")) as started:
        yield started


@pytest.fixture
async def toys(rough: Parts, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(rough.addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def intake(toys: Deployment) -> AsyncIterator[Source]:
    async with source(toys.addresses.kafka, "/cn44/intake") as speaking:
        yield speaking


async def load(intake: Source, cases: int) -> list[CaseId]:
    """Cases with MEMBERS members each, all on the log."""
    made = [case_id() for _ in range(cases)]
    for case in made:
        records = [intake.record(a(ApplicationSubmitted, case_id=case))]
        records += [
            intake.record(a(MemberJoined, case_id=case, member_id=MemberId(f"m{n}"))) for n in range(MEMBERS)
        ]
        for record in records:
            await intake.producer.send(
                "cn44.cases", record.value, key=record.key, headers=list(record.headers)
            )
    await intake.producer.flush()
    return made


async def all_applied(toys: Deployment, cases: list[CaseId]) -> bool:
    rows = await toys.rows(
        "mediation",
        "SELECT count(*) AS n FROM toy WHERE jsonb_array_length(state -> 'members') = :m",
        m=MEMBERS,
    )
    return bool(rows[0].n == len(cases))


async def assert_once(toys: Deployment, cases: list[CaseId]) -> None:
    """Every event was applied once, and every own event is on the log once and in order."""
    await toys.settled("mediation")
    rows = await toys.rows(
        "mediation", "SELECT count(*) AS n, count(DISTINCT (case_id, stream, sequence)) AS d FROM ledger"
    )
    assert (rows[0].n, rows[0].d) == (len(cases) * (MEMBERS + 1),) * 2
    seen: dict[str, list[int]] = {}
    for _, message in await toys.records("cn44.matters"):
        seen.setdefault(message.envelope.subject, []).append(message.envelope.sequence or 0)
    for case in cases:
        first = [n for at, n in enumerate(seen[case]) if n not in seen[case][:at]]
        assert first == list(range(1, MEMBERS + 2))


async def test_the_broker_is_killed_under_load_and_comes_back(
    rough: Parts, toys: Deployment, intake: Source
) -> None:
    assert rough.kafka is not None
    async with toys.running(toy_service, batch_size=20) as runtime:
        cases = await load(intake, 30)
        await asyncio.to_thread(rough.kafka.kill, signal.SIGKILL)
        await asyncio.to_thread(rough.kafka.start)
        await until(lambda: all_applied(toys, cases), "all applied after the broker came back", 60)
        await assert_once(toys, cases)
        assert runtime.failed is None


async def test_the_database_is_killed_under_load_and_comes_back(
    rough: Parts, toys: Deployment, intake: Source
) -> None:
    assert rough.postgres is not None
    async with toys.running(toy_service, batch_size=20) as runtime:
        cases = await load(intake, 30)
        await asyncio.to_thread(rough.postgres.kill, signal.SIGKILL)
        await asyncio.to_thread(rough.postgres.start)
        await until(lambda: all_applied(toys, cases), "all applied after the database came back", 60)
        await assert_once(toys, cases)
        assert runtime.failed is None


async def test_the_database_is_killed_while_people_write_and_nothing_is_lost_or_done_twice(
    rough: Parts, toys: Deployment
) -> None:
    assert rough.postgres is not None
    asked = [f"wish-{n}" for n in range(200)]
    found: Counter[int] = Counter()

    async with (
        toys.running(toy_service) as runtime,
        toys.client(runtime, "caseworker", "44") as client,
    ):

        async def wish(key: str) -> str:
            """Ask until it is done: a client that is told to ask again asks again."""
            while True:
                answer = await client.post("/toys", headers={"Idempotency-Key": key})
                found[answer.status_code] += 1
                if answer.status_code == 201:
                    return str(answer.json()["case_id"])
                assert answer.status_code == 503, answer.text
                assert answer.headers["retry-after"] == "1"
                await asyncio.sleep(0.05)

        async def wishes(keys: Iterator[str]) -> list[str]:
            return [await wish(key) for key in keys]

        waiting = iter(asked)
        clients = [asyncio.create_task(wishes(waiting)) for _ in range(8)]
        await until(lambda: answered(found[201] >= 40), "some are written")
        await asyncio.to_thread(rough.postgres.kill, signal.SIGKILL)
        await until(lambda: answered(found[503] >= 8), "those who wait are told to ask again")
        await asyncio.to_thread(rough.postgres.start)
        cases = [case for made in await asyncio.gather(*clients) for case in made]
        await toys.settled("mediation")
        assert runtime.failed is None

    rows = await toys.rows("mediation", "SELECT case_id FROM toy")
    assert sorted(row.case_id for row in rows) == sorted(cases)
    opened = {
        (message.envelope.subject, message.envelope.sequence)
        for _, message in await toys.records("cn44.matters")
    }
    assert opened == {(case, 1) for case in cases}
    assert len(cases) == len(asked)


async def test_two_replicas_share_the_work_and_one_may_stop_in_the_middle(
    toys: Deployment, intake: Source
) -> None:
    async with toys.running(toy_service, batch_size=10):
        async with toys.running(toy_service, batch_size=10):
            cases = await load(intake, 30)
        await until(lambda: all_applied(toys, cases), "all applied by the one that is left", 60)
        await assert_once(toys, cases)


async def test_a_clean_stop_with_a_full_buffer_is_quick_and_loses_nothing(
    toys: Deployment, intake: Source
) -> None:
    cases = await load(intake, 60)
    async with toys.running(toy_service, batch_size=5) as runtime:
        await until(lambda: progressed(runtime), "some progress")
        stopped_at = time.monotonic()
    assert time.monotonic() - stopped_at < 10
    assert not await all_applied(toys, cases)
    async with toys.running(toy_service):
        await until(lambda: all_applied(toys, cases), "the rest after the restart", 60)
        await assert_once(toys, cases)


async def progressed(runtime: Runtime) -> bool:
    return any(bus.progress > 10 for bus in runtime.buses)


async def test_group_offsets_that_expired_do_not_repeat_or_lose_anything(
    toys: Deployment, intake: Source
) -> None:
    cases = await load(intake, 5)
    async with toys.running(toy_service):
        await until(lambda: all_applied(toys, cases), "all applied")
    admin = AdminClient({"bootstrap.servers": toys.addresses.kafka})
    for gone in admin.delete_consumer_groups(["casebridge-mediation-44"]).values():
        await asyncio.to_thread(gone.result)
    async with toys.running(toy_service):
        cases += await load(intake, 5)
        await until(lambda: all_applied(toys, cases), "the new ones too")
        await assert_once(toys, cases)


async def test_group_offsets_that_lie_ahead_lose_nothing(toys: Deployment, intake: Source) -> None:
    cases = await load(intake, 5)
    consumer = AIOKafkaConsumer(
        bootstrap_servers=toys.addresses.kafka, group_id="casebridge-mediation-44", enable_auto_commit=False
    )
    await consumer.start()
    places = [TopicPartition("cn44.cases", number) for number in range(6)]
    consumer.assign(places)
    ends = await consumer.end_offsets(places)
    await consumer.commit({place: OffsetAndMetadata(end, "") for place, end in ends.items()})
    await consumer.stop()
    async with toys.running(toy_service):
        await until(lambda: all_applied(toys, cases), "all applied in spite of the offsets")
        await assert_once(toys, cases)


async def test_a_position_beyond_the_end_stops_the_reader_and_says_why(
    toys: Deployment, intake: Source
) -> None:
    cases = await load(intake, 2)
    async with toys.running(toy_service):
        await until(lambda: all_applied(toys, cases), "all applied")
    await toys.rows("mediation", "UPDATE position SET next = next + 1000 WHERE topic = 'cn44.cases'")
    async with toys.started(toy_service) as runtime:

        async def stopped() -> bool:
            return any(bus.stopped_because for bus in runtime.buses)

        await until(stopped, "the reader to stop")
        async with toys.client(runtime, "operator", "44") as client:
            ready = await client.get("../readyz")
        assert ready.status_code == 503
        assert "the log was truncated, or this is another cluster" in ready.text


async def test_an_oversize_event_is_refused_before_it_reaches_the_outbox(
    toys: Deployment, addresses: Addresses
) -> None:
    async with toys.running(toy_service) as runtime, toys.client(runtime, "caseworker", "44") as worker:
        answer = await worker.post("/huge", headers={"Idempotency-Key": "one"})
        assert answer.status_code == 413
        assert answer.json()["type"] == "urn:casebridge:problem:event-too-large"
    assert await toys.rows("mediation", "SELECT 1 FROM outbox") == []


async def test_a_topic_that_is_not_there_keeps_only_its_own_records_waiting(toys: Deployment) -> None:
    async with toys.running(toy_service) as runtime:
        for topic in ("cn62.mailbox", "cn44.mailbox"):
            await toys.rows(
                "mediation",
                "INSERT INTO outbox (cluster, queue, topic, key, value, headers, written_at)"
                " VALUES ('exchange', 1, :topic, 'k', 'v', '[]', now())",
                topic=topic,
            )
        runtime.engine.wake(Written(rows=Counter({"exchange": 2})))

        async def other_is_gone() -> bool:
            left = await toys.rows("mediation", "SELECT topic FROM outbox ORDER BY id")
            return [row.topic for row in left] == ["cn62.mailbox"]

        await until(other_is_gone, "the record behind it")
        async with toys.client(runtime, "operator", "44") as client:
            ready = (await client.get("../readyz")).json()
        assert ready["waiting_for_topics"] == ["cn62.mailbox"]
        await asyncio.to_thread(
            apply_topics, toys.addresses.kafka, toys.addresses.kafka, [Province("62")], clusters=("exchange",)
        )
        await toys.settled("mediation")
