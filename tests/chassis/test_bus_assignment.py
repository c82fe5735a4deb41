"""What arrives while partitions change hands is applied from the database's position alone."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.structs import OffsetAndMetadata
from confluent_kafka import OFFSET_END
from confluent_kafka import TopicPartition as Expired
from confluent_kafka.admin import AdminClient

from chassis.arrivals import sort_arrivals
from chassis.bus import PositionTaken
from chassis.case_state import Arrived
from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import MemberId
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, answered, case_id, deployed, source, until

MEMBERS = 30


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

    async with toys.running(toy_service):
        await until(all_there, "all, from the first on")


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
