"""Three provinces with brokers and databases of their own, and the exchange between them."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from confluent_kafka import OFFSET_END
from confluent_kafka import TopicPartition as Expired
from confluent_kafka.admin import AdminClient

from casebridge.services import load_service
from chassis.embedded.kafka import EmbeddedKafka, KafkaOptions
from chassis.embedded.parts import Addresses, kafka_jars
from chassis.embedded.ports import HOST, remembered_port
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.together import start_together, stop_together
from chassis.topics import apply_topics
from schemas.ids import Province
from tests.deployment import Deployment, deployed
from tests.faults.proxy import Proxy, proxied
from tests.faults.trial import Say

CODES = ("42", "44", "51")
NAMES = ("intake", "routing", "mediation")


@dataclass(frozen=True)
class Exchange:
    """The broker between the provinces, and the wire that all of them reach it by."""

    broker: EmbeddedKafka
    wire: Proxy

    @property
    def servers(self) -> str:
        return f"{HOST}:{self.wire.port}"


def expire(exchange: Exchange, *provinces: Province) -> None:
    """As retention does: the records of the mailboxes are gone, of all unless some are named."""
    admin = AdminClient({"bootstrap.servers": exchange.broker.bootstrap, "log_level": 0})
    named = tuple(f"cn{province}.mailbox" for province in provinces)
    boxes = {
        name: topic
        for name, topic in admin.list_topics(timeout=15).topics.items()
        if "mailbox" in name and (not named or name in named)
    }
    everything = [Expired(name, n, OFFSET_END) for name, topic in boxes.items() for n in topic.partitions]
    for gone in admin.delete_records(everything).values():
        gone.result()


@asynccontextmanager
async def partitionable(folder: Path, say: Say) -> AsyncIterator[tuple[Exchange, Sequence[Deployment]]]:
    """Brokers, databases and keys of three deployments that trust each other; nothing runs yet."""
    jars = await asyncio.to_thread(kafka_jars, folder, None, say)
    async with proxied(remembered_port(folder / "addresses.json", "exchange wire")) as wire:
        postgres = EmbeddedPostgres(folder / "postgres", progress=say)
        between = EmbeddedKafka(folder / "exchange", jars, name="exchange", options=reached_by(wire, folder))
        own = {code: EmbeddedKafka(folder / code, jars, name=code) for code in CODES}
        await asyncio.to_thread(start_together, [postgres, between, *own.values()])
        try:
            exchange = Exchange(between, wire)
            everybody = [Province(code) for code in ("00", *CODES)]
            await asyncio.to_thread(apply_topics, between.bootstrap, between.bootstrap, everybody)
            services = [load_service(name) for name in NAMES]

            def served(code: str) -> Addresses:
                return Addresses(kafka=own[code].bootstrap, database_url=postgres.database_url)

            async with (
                deployed(served("42"), folder / "d42", services, ["42"], exchange=exchange.servers) as hubei,
                deployed(served("44"), folder / "d44", services, ["44"], exchange=exchange.servers) as south,
                deployed(served("51"), folder / "d51", services, ["51"], exchange=exchange.servers) as home,
            ):
                deployments = (hubei, south, home)
                trust(deployments)
                yield exchange, deployments
        finally:
            await asyncio.to_thread(stop_together, [postgres, between, *own.values()])


def reached_by(wire: Proxy, folder: Path) -> KafkaOptions:
    """A listener of its own for the provinces, advertised at the wire."""
    book = folder / "addresses.json"
    own, controller = remembered_port(book, "exchange"), remembered_port(book, "exchange controller")
    return KafkaOptions(
        settings={
            "listeners": f"PLAINTEXT://{HOST}:{own},WIRE://{HOST}:{wire.target_port},"
            f"CONTROLLER://{HOST}:{controller}",
            "advertised.listeners": f"PLAINTEXT://{HOST}:{own},WIRE://{HOST}:{wire.port}",
            "listener.security.protocol.map": "PLAINTEXT:PLAINTEXT,WIRE:PLAINTEXT,CONTROLLER:PLAINTEXT",
            "inter.broker.listener.name": "PLAINTEXT",
            # Records that expired come back when a broker is killed before it has noted where its logs begin.
            "log.flush.start.offset.checkpoint.interval.ms": "1000",
        }
    )


def trust(deployments: Sequence[Deployment]) -> None:
    """Give each the public keys of the others."""
    for one in deployments:
        for other in deployments:
            for file in (other.folder / "keys").glob("*.public.json"):
                if one is not other:
                    shutil.copy(file, one.folder / "keys")
