"""The real broker and database that tests share, started when the first test asks for them."""

import os
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer

from chassis.embedded.databases import create_database, drop_database
from chassis.embedded.parts import Addresses, kafka_jars, parts
from chassis.embedded.progress import to_stderr
from chassis.runtime import collect_less_often
from tests.containers import containers, why_no_containers
from tests.scheduling import ByStage, place_in_line
from tests.templates import drop_templates

# How long an example takes says what else the machine does. Speed is measured in `bench/`.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_no_containers = pytest.StashKey[str]()


@pytest.fixture(scope="session")
async def addresses(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Addresses]:
    """Those that the environment names, else containers if asked for, else child processes of this run."""
    asked_for_containers = os.environ.get("CASEBRIDGE_TEST_PARTS") == "testcontainers"
    with containers() if asked_for_containers else _ours_or_given(tmp_path_factory.mktemp("parts")) as found:
        yield found
        await drop_templates(found.database_url)


@pytest.fixture(scope="session")
def kafka(addresses: Addresses) -> str:
    """The broker's bootstrap list. Topics are shared by all tests: begin their names with `topic_prefix`."""
    return addresses.kafka


@pytest.fixture
def topic_prefix() -> str:
    """A beginning that no other test has, for the names of topics and groups."""
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
    return kafka_jars(tmp_path_factory.mktemp("jars"), _jars_folder(), to_stderr)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "containers: needs Docker and the published images")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Containers are an alternative: where there are none, no test of ours goes without a broker.

    The long ones go first: else they are what all wait for at the end."""
    items.sort(key=lambda item: place_in_line(item.path.relative_to(config.rootpath)))
    wanting = [item for item in items if item.get_closest_marker("containers")]
    reason = why_no_containers() if wanting else None
    if reason:
        config.stash[_no_containers] = reason
        config.hook.pytest_deselected(items=wanting)
        items[:] = [item for item in items if item not in wanting]


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByStage | None:
    return ByStage(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_finish() -> None:
    """As services do when they run: dozens of them run in this process, beside all that was imported."""
    collect_less_often()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    reason = config.stash.get(_no_containers, None)
    if reason:
        terminalreporter.line(
            f"The containers of CASEBRIDGE_TEST_PARTS=testcontainers were not tried: {reason}."
        )


@contextmanager
def _ours_or_given(folder: Path) -> Iterator[Addresses]:
    """`folder` is this run's, so that two runs in one checkout do not meet."""
    with parts(
        folder,
        kafka=os.environ.get("CASEBRIDGE_KAFKA"),
        database_url=os.environ.get("CASEBRIDGE_DATABASE_URL"),
        jars=_jars_folder(),
        progress=to_stderr,
    ) as started:
        yield started.addresses


def _jars_folder() -> Path | None:
    folder = os.environ.get("CASEBRIDGE_KAFKA_JARS")
    return Path(folder) if folder else None
