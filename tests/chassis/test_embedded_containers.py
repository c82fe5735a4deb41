"""Containers stand in for our own parts (CASEBRIDGE_TEST_PARTS=testcontainers)."""

import asyncpg
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from chassis.embedded.databases import create_database
from tests.containers import containers


@pytest.mark.containers
async def test_containers_give_a_broker_and_a_database() -> None:
    with containers() as addresses:
        admin = AIOKafkaAdminClient(bootstrap_servers=addresses.kafka)
        await admin.start()
        await admin.create_topics([NewTopic("here", num_partitions=1, replication_factor=1)])
        assert "here" in await admin.list_topics()
        await admin.close()
        url = await create_database(addresses.database_url, "here")
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        assert await connection.fetchval("SELECT current_database()") == "here"
        await connection.close()
