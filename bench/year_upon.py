"""Cases that are over already, beneath a year: what a case costs where 20,000 lie, without living them.

What the services keep of a year that was lived is taken out of their databases, and laid into those of a
later year as often as is asked, each time under other ids. The logs of that year know nothing of these cases,
so that neither audit nor statistics can agree with them; what is lived upon them agrees with its books.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import asyncpg

from casebridge.demo.stage import database_urls
from casebridge.services import NAMES
from chassis.embedded.parts import Addresses

DONOR: Final = "donor"
"""Schema in which the rows of the first year stand while they are laid."""
TABLES: Final = """
    SELECT table_name::text FROM information_schema.columns JOIN information_schema.tables
    USING (table_schema, table_name) WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
    GROUP BY table_name HAVING bool_or(column_name = 'case_id') AND NOT bool_or(is_identity = 'YES')
    ORDER BY table_name
"""
ID: Final = "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-)[0-9a-f]{4}(-[0-9a-f]{12})"
NUMBER: Final = "([0-9]{2}-[0-9]{4}-)[0-9]{3}([0-9]{4}-[0-9])"
MOST: Final = 999
"""Copies that case numbers have room for."""
LAY: Final = """
    INSERT INTO public."{table}" SELECT other.* FROM {donor}."{table}" AS one, generate_series(1, $1) AS n,
    LATERAL jsonb_populate_record(NULL::public."{table}", regexp_replace(regexp_replace(to_jsonb(one)::text,
        '{id}', '\\1' || lpad(to_hex(n), 4, '0') || '\\2', 'g'),
        '{number}', '\\1' || lpad(n::text, 3, '0') || '\\2', 'g')::jsonb) AS other
"""
"""Digits of ids (RFC 9562) and case numbers become the number of the copy: all refer as they did."""


@dataclass(frozen=True, kw_only=True)
class Over:
    """The rows of the cases of a year, in PostgreSQL's own binary format: a folder for each service."""

    folder: Path

    async def keep(self, addresses: Addresses) -> None:
        """Nothing may run any more that writes."""
        for name, address in plain_addresses(addresses).items():
            folder = self.folder / name
            folder.mkdir(parents=True)
            async with asyncpg.create_pool(address, min_size=1, max_size=1) as pool:
                for table in await tables_of(pool):
                    await pool.copy_from_table(table, output=folder / table, format="binary")

    async def lay(self, addresses: Addresses, times: int) -> None:
        """Into databases that no case is in yet."""
        for name, address in plain_addresses(addresses).items():
            async with asyncpg.create_pool(address, min_size=1, max_size=1, command_timeout=1800) as pool:
                await pool.execute(f"CREATE SCHEMA {DONOR}")
                for file in sorted((self.folder / name).iterdir()):
                    await lay(pool, file, times)
                await pool.execute(f"DROP SCHEMA {DONOR} CASCADE")
                await pool.execute("VACUUM ANALYZE")


def plain_addresses(addresses: Addresses) -> Mapping[str, str]:
    """As asyncpg takes them."""
    urls = database_urls(addresses, NAMES)
    return {name: url.replace("postgresql+asyncpg://", "postgresql://") for name, url in urls.items()}


async def tables_of(pool: asyncpg.Pool) -> Sequence[str]:
    """Those whose rows belong to cases."""
    return [row["table_name"] for row in await pool.fetch(TABLES)]


async def lay(pool: asyncpg.Pool, file: Path, times: int) -> None:
    table = file.name
    await pool.execute(f'CREATE UNLOGGED TABLE {DONOR}."{table}" (LIKE public."{table}")')
    await pool.copy_to_table(table, schema_name=DONOR, source=file, format="binary")
    await pool.execute(LAY.format(table=table, donor=DONOR, id=ID, number=NUMBER), times)
