"""Brings a service's database to the tables that this release expects: the chassis's branch and its own."""

from importlib import import_module
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.service import Service

LOCK = 0x6361_7365
"""An advisory lock: two replicas that start together do not migrate at once."""


def scripts(service: Service) -> ScriptDirectory:
    """The version files of the chassis and of the service, as two branches."""
    folders = [Path(__file__).parent / "migrations" / "versions"]
    if service.migrations:
        folders.append(folder_of(service.migrations))
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", "\n".join(str(folder) for folder in folders))
    return ScriptDirectory.from_config(config)


def folder_of(package: str) -> Path:
    module = import_module(package)
    return Path(next(iter(module.__path__)))


def heads(service: Service) -> tuple[str, ...]:
    """The revisions that a migrated database is at."""
    return tuple(scripts(service).get_heads())


def upgrade(connection: Connection, service: Service) -> None:
    """Apply what is missing. Additive first: the release before goes on running beside it."""
    script = scripts(service)
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    config = Config()
    with EnvironmentContext(
        config, script, fn=lambda rev, _: script._upgrade_revs("heads", rev)
    ) as environment:
        environment.configure(connection=connection, target_metadata=MetaData())
        environment.run_migrations()


async def migrate(service: Service, database_url: str) -> None:
    """Migrate the database at this address; it must exist."""
    engine = create_async_engine(database_url, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade, service)
    finally:
        await engine.dispose()
