"""The privacy rule between provinces, as a cluster enforces it."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from aiokafka.errors import (
    ClusterAuthorizationFailedError,
    KafkaError,
    TopicAuthorizationFailedError,
)
from click.testing import CliRunner
from confluent_kafka.admin import AdminClient

from casebridge.acls import Grant, apply_grants, declared_grants, grants_by_servers, missing_grants
from casebridge.topics import topics
from chassis.embedded.kafka import EmbeddedKafka, KafkaOptions
from chassis.embedded.parts import Addresses
from chassis.embedded.ports import HOST, remembered_port
from chassis.kafka_access import read_access
from chassis.topics import apply_topics
from schemas.ids import PROVINCES, AgencyId, Province
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, prepare

GUANGDONG, SICHUAN = Province("44"), Province("51")
PARTNERS = {GUANGDONG: [AgencyId("44-court")]}
USERS = ("admin", "cn44", "cn51", "cn44.44-court")


def allowed(grants: list[Grant], principal: str, operation: str) -> set[str]:
    """The topics that a principal may read or write; a trailing star is a prefix."""
    return {
        grant.name + "*" * grant.prefixed
        for grant in grants
        if (grant.principal, grant.operation, grant.resource) == (f"User:{principal}", operation, "topic")
    }


def test_a_province_reads_its_own_and_writes_to_the_mailboxes_of_all_others() -> None:
    grants = declared_grants([GUANGDONG], PARTNERS)
    others = {f"cn{other}.mailbox" for other in PROVINCES if other != GUANGDONG}

    assert allowed(grants, "cn44", "read") == {"cn44.*", "cn44.mailbox"}
    assert allowed(grants, "cn44", "write") == {"cn44.*"} | others
    assert allowed(grants, "cn44.44-court", "read") == {"cn44.partner.44-court"}
    assert allowed(grants, "cn44.44-court", "write") == set()
    assert {grant.principal for grant in grants} == {"User:cn44", "User:cn44.44-court"}


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, jars: tuple[Path, ...]) -> Iterator[str]:
    """A broker that asks who is there, and lets nobody do what is not granted."""
    folder = tmp_path_factory.mktemp("guarded")
    book = folder / "addresses.json"
    ports = {name: remembered_port(book, name) for name in ("kafka", "kafka controller", "kafka guarded")}
    named, unnamed = f"NAMED://{HOST}:{ports['kafka guarded']}", f"PLAINTEXT://{HOST}:{ports['kafka']}"
    known = " ".join(f'user_{user}="secret"' for user in USERS)
    settings = {
        "listeners": f"{named},{unnamed},CONTROLLER://{HOST}:{ports['kafka controller']}",
        "advertised.listeners": f"{named},{unnamed}",
        "listener.security.protocol.map": "NAMED:SASL_PLAINTEXT,PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "sasl.enabled.mechanisms": "PLAIN",
        "listener.name.named.plain.sasl.jaas.config": (
            f"org.apache.kafka.common.security.plain.PlainLoginModule required {known};"
        ),
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        # The nodes talk to themselves without a name.
        "super.users": "User:admin;User:ANONYMOUS",
    }
    broker = EmbeddedKafka(folder / "kafka", jars, book=book, options=KafkaOptions(settings=settings))
    broker.start()
    yield named.removeprefix("NAMED://")
    broker.stop()


def credentials(user: str) -> dict[str, str]:
    return {
        "security.protocol": "SASL_PLAINTEXT",
        "sasl.mechanism": "PLAIN",
        "sasl.username": user,
        "sasl.password": "secret",
    }


async def writes(servers: str, user: str, topic: str) -> bool:
    producer = AIOKafkaProducer(
        bootstrap_servers=servers,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="PLAIN",
        sasl_plain_username=user,
        sasl_plain_password="secret",
        acks="all",
        enable_idempotence=True,
    )
    try:
        # Who may write nowhere is not even given a producer id.
        await producer.start()
        await producer.send_and_wait(topic, b"x")
    except (TopicAuthorizationFailedError, ClusterAuthorizationFailedError):
        return False
    finally:
        await producer.stop()
    return True


async def reads(servers: str, user: str, topic: str, group: str) -> bool:
    """Whether a record comes, or the broker refuses; where neither happens in time, it is not known."""
    async with AIOKafkaConsumer(
        bootstrap_servers=servers,
        security_protocol="SASL_PLAINTEXT",
        sasl_mechanism="PLAIN",
        sasl_plain_username=user,
        sasl_plain_password="secret",
        group_id=group,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
    ) as consumer:
        places = [TopicPartition(topic, partition) for partition in range(6)]
        consumer.assign(places)
        try:
            await consumer.committed(places[0])
            await asyncio.wait_for(consumer.getone(), timeout=30)
        except KafkaError:
            return False
    return True


async def test_the_cluster_keeps_provinces_apart_once_the_grants_are_applied(
    guarded: str, tmp_path: Path
) -> None:
    config = tmp_path / "admin.properties"
    config.write_text("# the team's\n" + "\n".join(f"{k}={v}" for k, v in credentials("admin").items()))
    apply_topics(guarded, guarded, [GUANGDONG, SICHUAN], partners=PARTNERS, admin_config=credentials("admin"))
    assert not await writes(guarded, "cn44", "cn44.cases")

    where = ["--kafka", guarded, "--provinces", "44,51", "--partner", "44:44-court", "--acls"]
    applied = CliRunner().invoke(topics, ["apply", *where, "--admin-config", str(config)])

    assert "granted: User:cn44 may write topic cn51.mailbox on exchange" in applied.output
    admin = AdminClient({"bootstrap.servers": guarded, "log_level": 0, **credentials("admin")})
    assert missing_grants(admin, declared_grants([GUANGDONG, SICHUAN], PARTNERS)) == []
    for topic in ("cn44.cases", "cn44.mailbox", "cn51.mailbox", "cn51.cases", "cn44.partner.44-court"):
        assert await writes(guarded, "admin", topic)
    for user, topic, may_write, may_read in [
        ("cn44", "cn44.cases", True, True),
        ("cn44", "cn44.mailbox", True, True),
        ("cn44", "cn51.mailbox", True, False),
        ("cn44", "cn51.cases", False, False),
        ("cn51", "cn44.partner.44-court", False, False),
    ]:
        assert await writes(guarded, user, topic) is may_write, (user, topic)
        assert await reads(guarded, user, topic, "casebridge-routing-44") is may_read, (user, topic)
    assert not await writes(guarded, "cn44.44-court", "cn44.partner.44-court")
    assert await reads(guarded, "cn44.44-court", "cn44.partner.44-court", "cn44.44-court.reader")
    assert not await reads(guarded, "cn44.44-court", "cn44.partner.44-court", "casebridge-routing-44")


async def test_a_service_runs_with_the_grants_of_its_province_and_no_others(
    guarded: str, addresses: Addresses, tmp_path: Path
) -> None:
    apply_topics(guarded, guarded, [GUANGDONG, SICHUAN], partners=PARTNERS, admin_config=credentials("admin"))
    admin = AdminClient({"bootstrap.servers": guarded, "log_level": 0, **credentials("admin")})
    grants = grants_by_servers(guarded, guarded, declared_grants([GUANGDONG, SICHUAN], PARTNERS))
    apply_grants(admin, grants[guarded])
    file = tmp_path / "kafka.properties"
    file.write_text("\n".join(f"{name}={value}" for name, value in credentials("cn44").items()))
    deployment = Deployment(
        addresses=Addresses(kafka=guarded, database_url=addresses.database_url),
        exchange=guarded,
        provinces=(GUANGDONG,),
        folder=tmp_path,
    )
    await prepare(deployment, toy_service)
    access = read_access(file)
    named = {"kafka_access": access, "exchange_kafka_access": access}
    async with deployment.running(toy_service, **named) as runtime:
        async with deployment.client(runtime, "caseworker", "44") as worker:
            assert (await worker.post("/toys", headers={"Idempotency-Key": "one"})).status_code == 201
        await deployment.settled("mediation")
        assert runtime.relays[0].progress > 0


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("security.protocol=SASL_SSL\nsasl.mechanism=GSSAPI", "sasl.mechanism to be one of PLAIN"),
        ("security.protocol=TLS", "security.protocol to be one of PLAINTEXT, SSL"),
        ("sasl.user=me", "sasl.user is not one of them"),
        ("security.protocol=SASL_SSL\nsasl.mechanism=PLAIN", "sasl.username and sasl.password"),
    ],
)
def test_access_that_cannot_be_used_is_refused_with_what_was_expected(
    tmp_path: Path, said: str, expected: str
) -> None:
    file = tmp_path / "kafka.properties"
    file.write_text(said)
    with pytest.raises(ValueError, match=re.escape(expected)):
        read_access(file)
