"""The broker and the database that everything else runs on: those we are given, or our own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chassis.embedded.databases import create_database as create_database
from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.kafka_jars import jars_from_cache, jars_from_folder
from chassis.embedded.postgres import EmbeddedPostgres
from chassis.embedded.progress import Progress, silent
from chassis.embedded.together import Part, start_together, stop_together


@dataclass(frozen=True)
class Addresses:
    """`kafka` is a bootstrap list; `database_url` is for asyncpg and names no database of ours."""

    kafka: str
    database_url: str


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A part that was given to us, rather than started here, is None."""

    addresses: Addresses
    kafka: EmbeddedKafka | None
    postgres: EmbeddedPostgres | None


@contextmanager
def parts(
    folder: Path,
    *,
    kafka: str | None = None,
    database_url: str | None = None,
    jars: Path | None = None,
    progress: Progress = silent,
) -> Iterator[Parts]:
    """Starts what is not given, keeps its data in `folder`, and ends it at the end.

    `kafka` and `database_url` name parts that run already; `jars` is a folder that has Kafka's jars, for
    closed networks. Raises FolderInUse when another process has the folder.
    """
    broker = None if kafka else _kafka(folder, jars, progress)
    postgres = None if database_url else EmbeddedPostgres(folder / "postgres", progress=progress)
    ours: list[Part] = [part for part in (broker, postgres) if part is not None]
    start_together(ours)
    try:
        addresses = Addresses(
            kafka=kafka or (broker.bootstrap if broker else ""),
            database_url=database_url or (postgres.database_url if postgres else ""),
        )
        yield Parts(addresses=addresses, kafka=broker, postgres=postgres)
    finally:
        stop_together(ours)


def kafka_jars(folder: Path, jars: Path | None, progress: Progress = silent) -> tuple[Path, ...]:
    """The verified class path: from the folder `jars` if given, else the user's cache or `folder`."""
    return jars_from_folder(jars) if jars else jars_from_cache(folder / "jars", progress)


def _kafka(folder: Path, jars: Path | None, progress: Progress) -> EmbeddedKafka:
    return EmbeddedKafka(folder / "kafka", kafka_jars(folder, jars, progress), progress=progress)
