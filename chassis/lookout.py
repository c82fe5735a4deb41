"""One look at the outbox for the relays of all clusters: mostly there is nothing for any of them."""

import asyncio
from collections.abc import Set

from sqlalchemy.ext.asyncio import AsyncEngine

from chassis.bulk import look

CLUSTERS = ["local", "exchange"]

# However many rows there are, it looks at one of each.
WAITED_FOR = """
    SELECT name FROM unnest($1::text[]) AS name WHERE EXISTS (SELECT FROM outbox WHERE cluster = name)
"""


class Lookout:
    """What the idle relays of a service share."""

    def __init__(self, database: AsyncEngine) -> None:
        self.database = database
        self._looking: asyncio.Task[Set[str]] | None = None

    async def clusters(self) -> Set[str]:
        """Those that rows lie there for. Who asks in the same moment gets the same answer."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        return await asyncio.shield(self._looking)

    async def _look(self) -> Set[str]:
        return {name for (name,) in await look(self.database, WAITED_FOR, CLUSTERS)}
