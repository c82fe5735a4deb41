"""A whole deployment of child processes that can be hurt: broker, database, services, and their wires."""

import asyncio
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from casebridge.audit.auditing import Deployed
from casebridge.migrate import create_and_migrate
from casebridge.services import NAMES, load_service
from chassis.auth import Caller, create_token_key, issue_token, load_token_key
from chassis.clock import Clock
from chassis.embedded.databases import url_of_database
from chassis.embedded.environment import inherited_environment
from chassis.embedded.kafka import EmbeddedKafka, KafkaOptions
from chassis.embedded.parts import kafka_jars
from chassis.embedded.ports import HOST, remembered_port
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.processes import Child, Command, spawn
from chassis.embedded.progress import Progress
from chassis.embedded.together import Part, start_together, stop_together
from chassis.key_files import create_keys
from chassis.settings import read_settings
from chassis.topics import apply_topics
from schemas.ids import AgencyId, Province, Pseudonym
from tests.faults.proxy import Proxy, proxied

PROVINCES: Final = (Province("00"), Province("44"), Province("51"))
KILLED: Final = -signal.SIGKILL
LOOK_S: Final = 0.1


@dataclass
class ServiceProcess:
    """One service: its child process, its ports, and its wires to the broker and the database."""

    name: str
    port: int
    kafka: Proxy
    postgres: Proxy
    child: Child | None = None
    failpoint: str | None = None
    """Where the next process shall kill itself."""
    wanted: bool = True
    """False while a fault keeps it down."""

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"


@dataclass
class Rig:
    """Everything that runs."""

    folder: Path
    kafka: EmbeddedKafka
    postgres: EmbeddedPostgres
    services: dict[str, ServiceProcess]
    databases: Mapping[str, str]
    done: Counter[str] = field(default_factory=Counter)
    """The ledger of faults."""
    by_themselves: list[str] = field(default_factory=list)
    """Services that ended although nobody hurt them."""

    @property
    def clock(self) -> Clock:
        return Clock(self.folder / "clock")

    def address(self, service: str, agency: str) -> str:
        """All agencies of this deployment ask the same services."""
        return self.services[service].address

    def token(self, role: str, agency: str) -> str:
        caller = Caller(
            sub=Pseudonym(f"{role}-of-{agency}".replace("_", "-")),
            roles=frozenset({role}),
            province=Province(agency[:2]),
            agency=AgencyId(agency),
        )
        return issue_token(load_token_key(self.folder / "keys"), caller, now=self.clock.now())

    # --- Processes -----------------------------------------------------------------------------------------

    def launch(self, service: ServiceProcess) -> None:
        log = self.folder / "logs" / f"{service.name}.log"
        log.parent.mkdir(exist_ok=True)
        told = self.environment(
            kafka=f"{HOST}:{service.kafka.port}",
            database=str(with_port(self.databases[service.name], service.postgres.port)),
        )
        told |= {"CASEBRIDGE_HTTP_PORT": str(service.port), "PYTHONUNBUFFERED": "1"}
        if service.failpoint:
            told["CASEBRIDGE_FAILPOINT"] = service.failpoint
        environment = inherited_environment(without=("CASEBRIDGE_",), **told)
        program = (sys.executable, "-m", f"services.{service.name}")
        service.child = spawn(Command(arguments=program, folder=Path.cwd(), environment=environment, log=log))

    def environment(self, *, kafka: str, database: str) -> dict[str, str]:
        return {
            "CASEBRIDGE_PROVINCES": ",".join(PROVINCES),
            "CASEBRIDGE_KAFKA": kafka,
            "CASEBRIDGE_DATABASE_URL": database,
            "CASEBRIDGE_DATA": str(self.folder),
            "CASEBRIDGE_TEST_MODE": "1",
            "CASEBRIDGE_CLOCK": str(self.folder / "clock"),
            "CASEBRIDGE_LEDGER": "1",
        }

    async def supervise(self) -> None:
        """Start again what has ended, as a deployment's supervisor does. Never returns."""
        while True:
            for service in self.services.values():
                code = service.child.exit_code() if service.child else KILLED
                if code is None or not service.wanted:
                    continue
                if code != KILLED:
                    self.by_themselves.append(f"{service.name} ended with {code}")
                elif service.failpoint:
                    self.done[f"{service.name}: killed at {service.failpoint.partition(':')[0]}"] += 1
                    service.failpoint = None
                self.launch(service)
            await asyncio.sleep(LOOK_S)

    def kill(self, service: ServiceProcess, number: int = signal.SIGKILL) -> None:
        if service.child and service.child.exit_code() is None:
            service.child.send(number)

    async def arm(self, service: ServiceProcess, failpoint: str) -> None:
        """Start it again so that it kills itself there."""
        service.wanted = False
        self.kill(service)
        if service.child:
            await asyncio.to_thread(service.child.wait, 10)
        service.failpoint = failpoint
        self.launch(service)
        service.wanted = True

    def heal(self) -> None:
        """No fault is left: wires flow, processes run, nothing is armed that is not running already."""
        for service in self.services.values():
            service.kafka.heal()
            service.postgres.heal()
            service.wanted = True
            self.kill(service, signal.SIGCONT)
            if service.failpoint:
                service.failpoint = None
                self.kill(service)

    def stop(self) -> None:
        for service in self.services.values():
            service.wanted = False
            self.kill(service, signal.SIGCONT)
            self.kill(service)
            if service.child:
                service.child.wait(20)

    def deployed(self) -> Deployed:
        """What the audit reads: directly, past the wires."""
        return [
            (
                load_service(name),
                read_settings(self.environment(kafka=self.kafka.bootstrap, database=url), name),
            )
            for name, url in self.databases.items()
        ]


def with_port(url: str, port: int) -> str:
    return make_url(url).set(port=port).render_as_string(hide_password=False)


@asynccontextmanager
async def rigged(folder: Path, progress: Progress) -> AsyncIterator[Rig]:
    """Everything started and prepared; all of it ended at the end."""
    async with AsyncExitStack() as stack:
        kafka, postgres, wires = await start_parts(folder, progress, stack)
        databases = {name: url_of_database(postgres.database_url, f"casebridge_{name}") for name in NAMES}
        create_keys(folder / "keys", PROVINCES)
        create_token_key(folder / "keys")
        await asyncio.to_thread(apply_topics, kafka.bootstrap, kafka.bootstrap, PROVINCES)
        for name, url in databases.items():
            await create_and_migrate(name, url)
        services = {}
        database_port = make_url(postgres.database_url).port or 0
        for name in NAMES:
            to_kafka = wires[name]
            to_postgres = await stack.enter_async_context(proxied(database_port))
            port = remembered_port(folder / "addresses.json", name)
            services[name] = ServiceProcess(name, port, to_kafka, to_postgres)
        rig = Rig(folder, kafka, postgres, services, databases)
        stack.push_async_callback(asyncio.to_thread, rig.stop)
        supervising = asyncio.create_task(rig.supervise())
        stack.callback(supervising.cancel)
        yield rig


async def start_parts(
    folder: Path, progress: Progress, stack: AsyncExitStack
) -> tuple[EmbeddedKafka, EmbeddedPostgres, dict[str, Proxy]]:
    """The broker has a listener for each service, advertised at that service's own proxy."""
    book = folder / "addresses.json"
    own, controller = remembered_port(book, "kafka"), remembered_port(book, "kafka controller")
    inner = {name: remembered_port(book, f"kafka for {name}") for name in NAMES}
    wires = {name: await stack.enter_async_context(proxied(port)) for name, port in inner.items()}
    listeners = {"PLAINTEXT": own, **{name.upper(): port for name, port in inner.items()}}
    advertised = {"PLAINTEXT": own, **{name.upper(): wire.port for name, wire in wires.items()}}
    options = KafkaOptions(
        settings={
            "listeners": f"{written(listeners)},CONTROLLER://{HOST}:{controller}",
            "advertised.listeners": written(advertised),
            "listener.security.protocol.map": ",".join(
                f"{name}:PLAINTEXT" for name in (*listeners, "CONTROLLER")
            ),
            "inter.broker.listener.name": "PLAINTEXT",
        }
    )
    jars = await asyncio.to_thread(kafka_jars, folder, None, progress)
    kafka = EmbeddedKafka(folder / "kafka", jars, options=options, progress=progress)
    postgres = EmbeddedPostgres(folder / "postgres", progress=progress)
    ours: list[Part] = [kafka, postgres]
    stack.push_async_callback(asyncio.to_thread, lambda: stop_together(ours))
    await asyncio.to_thread(start_together, ours)
    return kafka, postgres, wires


def written(ports: Mapping[str, int]) -> str:
    return ",".join(f"{name}://{HOST}:{port}" for name, port in ports.items())
