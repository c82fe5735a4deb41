"""What a service refuses to start with, and the sentence that says what to do."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from confluent_kafka.admin import AdminClient, NewPartitions
from sqlalchemy import make_url, text

from chassis.embedded.databases import create_database
from chassis.embedded.parts import Addresses
from chassis.errors import ChassisError
from chassis.migrate import migrate
from chassis.runtime import Runtime
from chassis.service import Service, on_letter
from chassis.unit_of_work import UnitOfWork
from schemas.cases import ApplicationSubmitted
from schemas.samples import a
from schemas.transfers import OfferReceived
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, case_id, deployed, drop_topics, source, until
from tests.faults.proxy import proxied


def hear(event: OfferReceived, uow: UnitOfWork) -> None:
    """Reads letters."""


corresponding = replace(toy_service, handles=[*toy_service.handles, on_letter(OfferReceived, hear)])


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


async def refusal(toys: Deployment, service: Service = toy_service) -> str:
    with pytest.raises(ChassisError) as refused:
        async with toys.started(service):
            pass
    return str(refused.value)


async def fresh_database(toys: Deployment, *, migrated: bool) -> None:
    name = f"mediation_{uuid4().hex[:12]}"
    toys.databases["mediation"] = await create_database(toys.addresses.database_url, name)
    if migrated:
        await migrate(toy_service, toys.databases["mediation"])


async def say_something(toys: Deployment) -> None:
    """One event of our own is on the log."""
    async with source(toys.addresses.kafka, "/cn44/intake") as intake, toys.running(toy_service):
        await intake.say(a(ApplicationSubmitted, case_id=case_id()))

        async def on_the_log() -> bool:
            return len(await toys.records("cn44.matters")) > 0

        await until(on_the_log, "an event of our own")
        await toys.settled("mediation")


async def test_an_unmigrated_database(toys: Deployment) -> None:
    await fresh_database(toys, migrated=False)
    said = await refusal(toys)
    assert "its database is at nothing, expected chassis_0005, toy_0001" in said
    assert "Run `casebridge migrate mediation`" in said


async def test_topics_that_are_missing(toys: Deployment) -> None:
    await asyncio.to_thread(drop_topics, toys.addresses.kafka, toys.provinces)
    assert "no such topic" in await refusal(toys)


async def test_a_topic_with_another_partition_count(toys: Deployment) -> None:
    admin = AdminClient({"bootstrap.servers": toys.addresses.kafka})
    for changed in admin.create_partitions([NewPartitions("cn44.cases", 9)]).values():
        await asyncio.to_thread(changed.result)

    async def shown() -> bool:
        """The controller answers before the broker knows of it."""
        found = await asyncio.to_thread(admin.list_topics, "cn44.cases", timeout=15)
        return len(found.topics["cn44.cases"].partitions) == 9

    await until(shown, "nine partitions")
    said = await refusal(toys)
    assert "cn44.cases" in said
    assert "9" in said
    assert "6" in said


async def test_a_second_deployment_that_serves_the_same_province(toys: Deployment) -> None:
    await say_something(toys)
    await fresh_database(toys, migrated=True)
    assert "two deployments serve one province" in await refusal(toys)


async def test_a_database_restored_from_a_backup(toys: Deployment) -> None:
    await say_something(toys)
    # What a backup from before the event would hold.
    await toys.rows("mediation", "DELETE FROM case_row")
    await toys.rows("mediation", "DELETE FROM acknowledged")
    said = await refusal(toys)
    assert "the database was restored from a backup" in said
    assert "Restore a newer backup" in said


async def test_a_log_that_is_shorter_than_it_was(toys: Deployment) -> None:
    await say_something(toys)
    await toys.rows("mediation", 'UPDATE acknowledged SET "offset" = "offset" + 100')
    assert "the log was truncated, or made anew" in await refusal(toys)


async def test_a_resend_after_a_crash_is_no_reason_to_refuse(toys: Deployment) -> None:
    await say_something(toys)
    # As if the process had died after the broker took the event and before the row was deleted.
    await toys.rows("mediation", "DELETE FROM acknowledged")
    async with toys.running(toy_service) as runtime:
        assert runtime.failed is None


async def test_a_database_that_is_away_is_waited_for(toys: Deployment) -> None:
    """Servers of one rack start together, and the database is seldom the first that is up."""
    address = make_url(toys.databases["mediation"])
    async with proxied(address.port or 5432) as proxy:
        proxy.cut(refuse=True)
        asyncio.get_running_loop().call_later(2.0, proxy.heal)
        through = address.set(port=proxy.port).render_as_string(hide_password=False)
        async with toys.running(toy_service, database_url=through) as runtime:
            assert runtime.failed is None


async def test_a_database_that_goes_away_between_two_steps_is_waited_for(toys: Deployment) -> None:
    """Supervisors start a service while others still work on what it stands on."""
    address = make_url(toys.databases["mediation"])
    async with proxied(address.port or 5432) as proxy:
        asked = 0

        async def ask(runtime: Runtime) -> Mapping[type, Any]:
            nonlocal asked
            async with runtime.database.connect() as connection:
                if (asked := asked + 1) == 1:
                    proxy.cut(refuse=True)
                    asyncio.get_running_loop().call_later(1.0, proxy.heal)
                await connection.execute(text("SELECT 1"))
            return {}

        asking = replace(toy_service, load_reference=ask)
        through = address.set(port=proxy.port).render_as_string(hide_password=False)
        async with toys.running(asking, database_url=through) as runtime:
            assert runtime.failed is None
    assert asked > 1


async def test_a_broker_that_comes_and_goes_is_waited_for(toys: Deployment) -> None:
    host, _, port = toys.addresses.kafka.partition(":")
    async with proxied(int(port)) as proxy:
        proxy.cuts = [3, 8, 5, 6]
        async with toys.running(toy_service, kafka=f"{host}:{proxy.port}") as runtime:
            assert runtime.failed is None
            assert not proxy.cuts


async def test_a_database_that_stays_away_is_named(toys: Deployment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.startup.WAIT_S", 1.0)
    async with proxied(1) as nobody:
        address = make_url(toys.databases["mediation"]).set(port=nobody.port)
        toys.databases["mediation"] = address.render_as_string(hide_password=False)
        said = await refusal(toys)
    assert "its database does not answer" in said
    assert "Check CASEBRIDGE_DATABASE_URL" in said


async def test_a_database_that_is_behind_is_named_while_the_exchange_is_away(toys: Deployment) -> None:
    await say_something(toys)
    await fresh_database(toys, migrated=True)
    async with proxied(1) as nobody:
        toys.exchange = f"127.0.0.1:{nobody.port}"
        assert "run `casebridge restored mediation`" in await refusal(toys, corresponding)


async def test_who_has_no_letters_starts_while_the_exchange_is_away(toys: Deployment) -> None:
    async with proxied(1) as nobody:
        toys.exchange = f"127.0.0.1:{nobody.port}"
        async with toys.running(toy_service) as runtime:
            assert runtime.failed is None
