"""The real broker and database that tests share, started when the first test asks for them."""

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from chassis.embedded.databases import create_database, drop_database
from chassis.embedded.parts import Addresses, kafka_jars, parts
from chassis.embedded.progress import to_stderr


@pytest.fixture(scope="session")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Addresses]:
    """Those that the environment names, else containers if asked for, else child processes of this run."""
    kafka, database_url = os.environ.get("CASEBRIDGE_KAFKA"), os.environ.get("CASEBRIDGE_DATABASE_URL")
    jars = os.environ.get("CASEBRIDGE_KAFKA_JARS")
    # A folder of this run, so that two runs in one checkout do not meet.
    folder = tmp_path_factory.mktemp("parts")
    with parts(
        folder,
        kafka=kafka,
        database_url=database_url,
        jars=Path(jars) if jars else None,
        progress=to_stderr,
    ) as started:
        yield started.addresses


@pytest.fixture(scope="session")
def kafka(addresses: Addresses) -> str:
    """The broker's bootstrap list. Topics are shared by all tests: begin their names with `topic_prefix`."""
    return addresses.kafka


@pytest.fixture
def topic_prefix() -> str:
    """A name that no other test has, for topics and groups."""
    return f"t{uuid.uuid4().hex[:12]}."


@pytest.fixture
async def database_url(addresses: Addresses) -> AsyncIterator[str]:
    """A fresh and empty database, for asyncpg under SQLAlchemy; dropped after the test."""
    name = f"test_{uuid.uuid4().hex}"
    yield await create_database(addresses.database_url, name)
    await drop_database(addresses.database_url, name)


@pytest.fixture(scope="session")
def jars(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Kafka's verified class path, for tests that start brokers of their own."""
    folder = os.environ.get("CASEBRIDGE_KAFKA_JARS")
    return kafka_jars(tmp_path_factory.mktemp("jars"), Path(folder) if folder else None, to_stderr)
