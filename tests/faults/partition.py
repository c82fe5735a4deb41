"""Three provinces, each with brokers and databases of its own, and an exchange that comes and goes.

While it is away, cut, slow or restarted, everything inside a province goes on and letters wait; afterwards
the audit of each finds nothing.
"""

import asyncio
import shutil
import signal
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
from confluent_kafka import OFFSET_END
from confluent_kafka import TopicPartition as Expired
from confluent_kafka.admin import AdminClient

from casebridge.audit import Report, audit, settled
from casebridge.services import load_service
from chassis.embedded.kafka import EmbeddedKafka, KafkaOptions
from chassis.embedded.parts import Addresses, kafka_jars
from chassis.embedded.ports import HOST, remembered_port
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.together import start_together, stop_together
from chassis.topics import apply_topics
from schemas.ids import Province
from tests.deployment import Deployment, deployed
from tests.faults.load import GUANGDONG, Load, Story
from tests.faults.proxy import Proxy, proxied
from tests.faults.trial import Say
from tests.stage import Provinces, on_stage

CODES = ("42", "44", "51")
NAMES = ("intake", "routing", "mediation")
XIAOGAN = "420900-legal-aid"
SLOW_S = 0.15


@dataclass(frozen=True)
class Exchange:
    """The broker between the provinces, and the wire that all of them reach it by."""

    broker: EmbeddedKafka
    wire: Proxy

    @property
    def servers(self) -> str:
        return f"{HOST}:{self.wire.port}"


@dataclass(frozen=True)
class Desks:
    """Everybody works in the deployment of the province of his agency."""

    stage: Provinces

    def address(self, service: str, agency: str) -> str:
        return self.stage.address(service, Province(agency[:2]))

    def token(self, role: str, agency: str) -> str:
        deployment = self.stage.deployments[Province(agency[:2])]
        return deployment.token(role, agency[:2], agency=agency, sub=f"{role}-of-{agency}".replace("_", "-"))


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How long each fault lasts, and how many stories there are."""

    away_s: float
    stories: int
    heal_s: float
    """How long after the last fault the last story may run."""


SHORT: Final = Plan(away_s=6, stories=18, heal_s=120)
LONG: Final = Plan(away_s=150, stories=120, heal_s=600)


async def partitions(folder: Path, plan: Plan, say: Say) -> bool:
    """Whether all came right; what happened is said."""
    ledger: Counter[str] = Counter()
    async with (
        partitionable(folder, say) as (exchange, deployments),
        on_stage(deployments, folder / "clock", NAMES) as stage,
        httpx.AsyncClient(timeout=8) as http,
    ):
        say(f"{len(deployments)} provinces and an exchange; people begin to work, and it comes and goes")
        load = Load(Desks(stage), http, seed=1)
        try:
            async with asyncio.timeout(plan.away_s * 8 + plan.heal_s), asyncio.TaskGroup() as group:
                group.create_task(load.play_these(stories(0, plan), at_once=8, over_s=plan.away_s * 5))
                await hurt(exchange, ledger, plan, say)
            expire(exchange)
            ledger["mailboxes expired"] += 1
            async with asyncio.timeout(plan.heal_s):
                await load.play_these(stories(plan.stories, plan), at_once=8, over_s=1)
        except TimeoutError:
            say(f"not all came to their end in time: {Counter(story.step for story in load.stories)}")
        reports = [await audited(deployment, stage) for deployment in deployments]
    fine = all(report.ok and not unsettled(report) for report in reports)
    for report in reports:
        if not fine:
            say(report.text())
    done = load.finished == len(load.stories) == 2 * plan.stories
    say(f"{load.finished} of {2 * plan.stories} cases moved between provinces; {dict(ledger)}")
    return fine and done


async def audited(deployment: Deployment, stage: Provinces) -> Report:
    told = [(service, deployment.settings(service)) for service in map(load_service, NAMES)]
    await settled(told, within_s=60)
    return await audit(told, now=stage.clock.now())


def unsettled(report: Report) -> int:
    return report.counts["cases held"] + report.counts["events waiting"]


def stories(first: int, plan: Plan) -> list[Story]:
    """Taken in Guangdong and in Hubei by turns; they all go to Sichuan's station."""
    takers = (GUANGDONG, XIAOGAN)
    return [Story(first + n, moves=True, taken_by=takers[n % 2]) for n in range(plan.stories)]


async def hurt(exchange: Exchange, ledger: Counter[str], plan: Plan, say: Say) -> None:
    """One fault after another, each long enough that clients give up and begin again."""

    async def lasts(fault: str, seconds: float = plan.away_s) -> None:
        say(f"exchange: {fault}")
        await asyncio.sleep(seconds)
        exchange.wire.heal()
        ledger[fault] += 1
        await asyncio.sleep(seconds / 3)

    await asyncio.sleep(1)
    exchange.wire.blackhole()
    await lasts("swallows everything")
    exchange.wire.cut(refuse=True)
    await lasts("refuses")
    exchange.wire.latency_s = SLOW_S
    await lasts("is slow")
    for _ in range(3):
        exchange.wire.cut()
        await lasts("cuts connections", plan.away_s / 6)
    await asyncio.to_thread(exchange.broker.kill, signal.SIGKILL)
    await lasts("is killed")
    await asyncio.to_thread(exchange.broker.start)
    say("exchange: is back")


def expire(exchange: Exchange) -> None:
    """As retention does: the records of all mailboxes are gone; they were read long before."""
    admin = AdminClient({"bootstrap.servers": exchange.broker.bootstrap, "log_level": 0})
    boxes = {name: topic for name, topic in admin.list_topics(timeout=15).topics.items() if "mailbox" in name}
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
        }
    )


def trust(deployments: Sequence[Deployment]) -> None:
    """Give each the public keys of the others."""
    for one in deployments:
        for other in deployments:
            for file in (other.folder / "keys").glob("*.public.json"):
                if one is not other:
                    shutil.copy(file, one.folder / "keys")
