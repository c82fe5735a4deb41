"""Whether a migrated database has the tables that a service declares."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData
from sqlalchemy.ext.asyncio import create_async_engine


async def differences(url: str, metadata: MetaData) -> list[Any]:
    """What the database lacks of the declared tables, or has otherwise; tables of others do not count."""
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_compare, metadata)
    finally:
        await engine.dispose()


def _compare(connection: Connection, metadata: MetaData) -> list[Any]:
    def ours(_: Any, name: str | None, type: str, __: bool, other: Any) -> bool:
        return type != "table" or name in metadata.tables

    context = MigrationContext.configure(
        connection, opts={"include_object": ours, "compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))
