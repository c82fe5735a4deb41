"""Three nodes keep what two of them have."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from chassis.embedded.kafka import EmbeddedKafka
from tests.kafka_cluster import kafka_cluster


@pytest.fixture(scope="module")
def cluster(
    tmp_path_factory: pytest.TempPathFactory, jars: tuple[Path, ...]
) -> Iterator[list[EmbeddedKafka]]:
    with kafka_cluster(tmp_path_factory.mktemp("cluster"), jars) as nodes:
        yield nodes


async def test_a_cluster_takes_records_without_the_leader_it_had(cluster: list[EmbeddedKafka]) -> None:
    bootstrap = ",".join(node.bootstrap for node in cluster)
    admin = AIOKafkaAdminClient(bootstrap_servers=bootstrap)
    await admin.start()
    await admin.create_topics([NewTopic("kept", num_partitions=1, replication_factor=3)])
    await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=bootstrap, enable_idempotence=True)
    await producer.start()
    try:
        assert (await producer.send_and_wait("kept", b"before")).offset == 0
        leader = producer.client.cluster.leader_for_partition(TopicPartition("kept", 0))
        cluster[leader - 1].kill()
        # The client itself tries again, for up to 40 s.
        assert (await producer.send_and_wait("kept", b"after")).offset == 1
    finally:
        await producer.stop()
    cluster[leader - 1].start()
