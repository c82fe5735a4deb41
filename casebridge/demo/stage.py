"""A whole deployment on this machine: broker, database, keys, topics, five services, one clock."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from casebridge.demo.cast import Person
from casebridge.demo.children import Children
from casebridge.migrate import create_and_migrate
from casebridge.services import NAMES
from casebridge.time_travel import TimeTraveller, time_traveller
from chassis.auth import Caller, create_token_key, issue_token, load_token_key
from chassis.clock import Clock
from chassis.embedded.databases import url_of_database
from chassis.embedded.parts import Addresses, parts
from chassis.key_files import create_keys
from chassis.topics import apply_topics
from schemas.ids import Province

PROVINCES: Final = tuple(map(Province, ("00", "12", "32", "33", "42", "44", "51", "61")))
"""The national desk, and the provinces of the stories."""

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """What the stories are played on."""

    folder: Path
    environment: Mapping[str, str]
    """What the services are told."""
    services: Mapping[str, str]
    """Name -> address of the HTTP API."""
    clock: Clock
    traveller: TimeTraveller
    check: Callable[[], None]
    """Raises when a part of the stage has ended by itself."""

    def address(self, service: str, province: Province) -> str:
        """One deployment serves all provinces of the stories."""
        assert province in PROVINCES, f"{province} is not served here"
        return self.services[service]

    def token(self, person: Person) -> str:
        """A fresh one: those from before a journey through time have expired."""
        caller = Caller(
            sub=person.sub,
            roles=frozenset({person.role}),
            province=person.agency.province,
            agency=person.agency.id,
        )
        return issue_token(load_token_key(self.folder / "keys"), caller, now=self.clock.now())


@asynccontextmanager
async def open_stage(
    folder: Path,
    *,
    kafka: str | None = None,
    database_url: str | None = None,
    jars: Path | None = None,
    names: Sequence[str] = NAMES,
    say: Say = lambda _: None,
) -> AsyncIterator[Stage]:
    """Start everything that is not given, keep its data in `folder` (absolute), and end it all at the end."""
    async with AsyncExitStack() as stack:
        say("Kafka and PostgreSQL …")
        opening = parts(folder, kafka=kafka, database_url=database_url, jars=jars, progress=say)
        started = await asyncio.to_thread(opening.__enter__)
        stack.push_async_callback(asyncio.to_thread, opening.__exit__, None, None, None)
        databases = database_urls(started.addresses, names)
        say("keys, topics, databases …")
        await prepare(folder, started.addresses, databases)
        say("the five services …")
        children = Children(folder, environment_of(folder, started.addresses, databases))
        stack.push_async_callback(asyncio.to_thread, children.stop)
        children.start(names)
        clock = Clock(folder / "clock")
        traveller = await stack.enter_async_context(
            time_traveller(clock, databases, [started.addresses.kafka])
        )
        await children.ready()
        yield Stage(
            folder=folder,
            environment=children.environment,
            services=children.addresses,
            clock=clock,
            traveller=traveller,
            check=children.check,
        )


def database_urls(addresses: Addresses, names: Sequence[str]) -> dict[str, str]:
    """Databases of the demo's own, also on a server that has others."""
    return {name: url_of_database(addresses.database_url, f"casebridge_demo_{name}") for name in names}


async def prepare(folder: Path, addresses: Addresses, databases: Mapping[str, str]) -> None:
    """What is there from an earlier run stays as it is."""
    create_keys(folder / "keys", PROVINCES)
    create_token_key(folder / "keys")
    await asyncio.gather(
        asyncio.to_thread(apply_topics, addresses.kafka, addresses.kafka, PROVINCES), migrate_all(databases)
    )


async def migrate_all(databases: Mapping[str, str]) -> None:
    """One after the other: Alembic keeps what it works on in globals."""
    for name, url in databases.items():
        await create_and_migrate(name, url)


def environment_of(folder: Path, addresses: Addresses, databases: Mapping[str, str]) -> dict[str, str]:
    """What a service is told: the same variables as in production, and test mode for the clock."""
    return {
        "CASEBRIDGE_PROVINCES": ",".join(PROVINCES),
        "CASEBRIDGE_KAFKA": addresses.kafka,
        **{f"CASEBRIDGE_DATABASE_URL_{name.upper()}": url for name, url in databases.items()},
        "CASEBRIDGE_DATA": str(folder),
        "CASEBRIDGE_TEST_MODE": "1",
        "CASEBRIDGE_CLOCK": str(folder / "clock"),
    }
