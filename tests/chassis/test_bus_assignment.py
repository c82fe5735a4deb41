"""What arrives while partitions change hands is applied from the database's position alone."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.structs import OffsetAndMetadata
from confluent_kafka import OFFSET_END
from confluent_kafka import TopicPartition as Expired
from confluent_kafka.admin import AdminClient
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.arrivals import sort_arrivals
from chassis.bus import Batch, PositionTaken
from chassis.case_state import Arrived
from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import MemberId
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, answered, case_id, deployed, source, until

MEMBERS = 30

CUT = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'casebridge-mediation'
      AND pid <> pg_backend_pid()
"""

LOCKED = """
    SELECT 1 FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'casebridge-mediation'
      AND wait_event_type = 'Lock'
"""


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


async def commit_ahead(toys: Deployment, by: int) -> None:
    """Kafka's own offsets of the group say that so many records were read; the database knows better."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=toys.addresses.kafka, group_id="casebridge-mediation-44", enable_auto_commit=False
    )
    await consumer.start()
    places = [TopicPartition("cn44.cases", number) for number in range(6)]
    consumer.assign(places)
    ends = await consumer.end_offsets(places)
    await consumer.commit({place: OffsetAndMetadata(min(by, end), "") for place, end in ends.items()})
    await consumer.stop()


async def committed(toys: Deployment) -> dict[TopicPartition, int]:
    """What Kafka's tools show as read."""
    admin = AIOKafkaAdminClient(bootstrap_servers=toys.addresses.kafka)
    await admin.start()
    try:
        offsets = await admin.list_consumer_group_offsets("casebridge-mediation-44")
        return {place: at.offset for place, at in offsets.items()}
    finally:
        await admin.close()


async def test_records_that_come_before_the_seek_are_dropped(toys: Deployment) -> None:
    case = case_id()
    async with source(toys.addresses.kafka, "/cn44/intake") as intake:
        await intake.say(a(ApplicationSubmitted, case_id=case))
        for number in range(MEMBERS):
            await intake.say(a(MemberJoined, case_id=case, member_id=MemberId(f"m{number}")))
    await commit_ahead(toys, by=MEMBERS // 2)

    async def all_there() -> bool:
        rows = await toys.rows("mediation", "SELECT jsonb_array_length(state -> 'members') AS n FROM toy")
        return [row.n for row in rows] == [MEMBERS]

    async with toys.running(toy_service) as runtime:
        await until(all_there, "all, from the first on")
    assert await committed(toys) == runtime.buses[0].next, "Kafka was told again, and how far it came"


async def test_a_batch_of_a_partition_that_was_taken_away_is_given_up(toys: Deployment) -> None:
    async with toys.running(toy_service) as runtime, source(toys.addresses.kafka, "/cn44/intake") as intake:
        record = intake.record(a(ApplicationSubmitted, case_id=case_id()))
        gone = Arrived(
            cluster="local",
            topic="cn44.cases",
            partition=6,
            offset=0,
            key=record.key,
            value=record.value,
            headers=record.headers,
        )
        with pytest.raises(PositionTaken):
            await runtime.buses[0].apply(sort_arrivals([gone], runtime.engine))


async def test_a_log_whose_records_all_expired_is_caught_up(toys: Deployment) -> None:
    """A new reader of a log that keeps 30 days: nothing is there to be read, so timers may fire."""
    async with source(toys.addresses.kafka, "/cn44/intake") as intake:
        for _ in range(20):
            await intake.say(a(ApplicationSubmitted, case_id=case_id()))
    admin = AdminClient({"bootstrap.servers": toys.addresses.kafka})
    everything = [Expired("cn44.cases", number, OFFSET_END) for number in range(6)]
    for gone in admin.delete_records(everything).values():
        await asyncio.to_thread(gone.result)
    async with toys.running(toy_service) as runtime:
        await until(lambda: answered(runtime.caught_up and runtime.lag == 0), "caught up")
        case = case_id()
        async with source(toys.addresses.kafka, "/cn44/intake") as intake:
            await intake.say(a(ApplicationSubmitted, case_id=case))

        async def applied() -> bool:
            return bool(await toys.rows("mediation", "SELECT 1 FROM toy WHERE id = :c", c=case))

        await until(applied, "the first record that did not expire")


async def test_nothing_is_jumped_over_when_a_batch_fails_while_the_next_is_fetched(toys: Deployment) -> None:
    """The batch ahead is good only behind the one before: after a failure both are read again, in order."""
    case, names = case_id(), [f"m{number}" for number in range(150)]
    async with source(toys.addresses.kafka, "/cn44/intake") as intake:
        await intake.say(a(ApplicationSubmitted, case_id=case))
        for name in names:
            await intake.say(a(MemberJoined, case_id=case, member_id=MemberId(name)))

    async def members() -> list[str]:
        rows = await toys.rows("mediation", "SELECT state -> 'members' AS them FROM toy")
        return list(rows[0].them) if rows else []

    async def cut(seen: int) -> bool:
        if len(await members()) > seen:
            await toys.rows("mediation", CUT)
            return True
        return False

    async with toys.running(toy_service, batch_size=3):
        for seen in (0, 40, 80):
            await until(lambda seen=seen: cut(seen), "members to come in")  # type: ignore[misc]
        await until(lambda: arrived(members, names), "all of them, in their order")


async def test_a_batch_whose_positions_are_forgotten_while_it_is_written_leaves_none_behind(
    toys: Deployment,
) -> None:
    """A position that came back alone would keep its partition from being sought: silent until a restart."""
    case = case_id()
    engine = create_async_engine(toys.databases["mediation"])
    async with toys.running(toy_service) as runtime, source(toys.addresses.kafka, "/cn44/intake") as intake:
        bus = runtime.buses[0]
        await intake.say(a(ApplicationSubmitted, case_id=case))
        await until(lambda: answered(bus.progress == 1), "the first")
        async with engine.begin() as holder:
            await holder.execute(text("SELECT 1 FROM position FOR UPDATE"))
            await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m1")))
            await until(lambda: waiting_for_a_lock(toys), "a batch that is being written")
            bus.forget()
        await until(lambda: answered(bus.progress == 2), "the second")
        await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m2")))
        await until(lambda: answered(bus.progress == 3), "what came after")
    await engine.dispose()


async def waiting_for_a_lock(toys: Deployment) -> bool:
    return bool(await toys.rows("mediation", LOCKED))


async def test_ends_that_are_older_than_what_was_applied_meanwhile_disturb_nothing(toys: Deployment) -> None:
    async with toys.running(toy_service) as runtime, source(toys.addresses.kafka, "/cn44/intake") as intake:
        bus = runtime.buses[0]
        await until(lambda: answered(bus.caught_up), "the positions")
        known, forgotten = dict(bus.next), bus.forgotten
        await intake.say(a(ApplicationSubmitted, case_id=case_id()))
        await until(lambda: answered(bus.progress == 1), "one more than was known")
        bus.note_ends(known, known)
        assert bus.forgotten == forgotten
        bus.note_ends(bus.next, known)
        assert bus.forgotten == forgotten + 1  # a log that became shorter


async def arrived(members: Callable[[], Awaitable[list[str]]], names: list[str]) -> bool:
    return await members() == names


async def test_a_batch_that_does_not_follow_the_last_is_given_up(toys: Deployment) -> None:
    async with toys.running(toy_service) as runtime:
        bus = runtime.buses[0]
        await until(lambda: answered(bus.caught_up), "the positions")
        later = {TopicPartition("cn44.cases", 0): bus.next[TopicPartition("cn44.cases", 0)] + 1}
        with pytest.raises(PositionTaken):
            await bus.handle(Batch(sort_arrivals([], runtime.engine), later))
