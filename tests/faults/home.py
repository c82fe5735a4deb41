"""A province whose services stop and start again, and whose databases are put back to an earlier state."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy import make_url

from casebridge.adopt import adopt_in
from casebridge.restored import run as restore
from casebridge.services import load_service
from chassis.embedded.databases import drop_database
from chassis.errors import DatabaseBehind
from tests.deployment import Deployment
from tests.templates import copy_of

OWN_SOURCES: Final = "SELECT source, incarnation FROM known_source WHERE source LIKE :own"
NOWHERE: Final = "http://127.0.0.1:9"


@dataclass
class Home:
    """The services of one deployment, in this process. Who asks one that is stopped gets no answer."""

    deployment: Deployment
    names: Sequence[str]
    ports: dict[str, int] = field(default_factory=dict)
    stacks: dict[str, AsyncExitStack] = field(default_factory=dict)
    copies: list[str] = field(default_factory=list)

    def address(self, service: str) -> str:
        return f"http://127.0.0.1:{self.ports[service]}" if service in self.ports else NOWHERE

    async def start(self) -> None:
        for name in self.names:
            stack = self.stacks[name] = AsyncExitStack()
            running = self.deployment.running(load_service(name), ledger=False)
            self.ports[name] = (await stack.enter_async_context(running)).http_port

    async def stop(self) -> None:
        for name in list(self.stacks):
            self.ports.pop(name, None)
            await self.stacks.pop(name).aclose()

    async def back_up(self) -> Mapping[str, str]:
        """A copy of each database. The services are stopped meanwhile."""
        await self.stop()
        await self.deployment.hang_up()
        made = {name: await copy_of(self.deployment.databases[name]) for name in self.names}
        self.copies += made.values()
        await self.start()
        return made

    def put_back(self, backups: Mapping[str, str]) -> None:
        self.deployment.databases.update(backups)

    async def refuses(self, name: str) -> str:
        """Why it does not start. Raises AssertionError if it does."""
        try:
            async with self.deployment.started(load_service(name), ledger=False):
                pass
        except DatabaseBehind as behind:
            return str(behind)
        raise AssertionError(f"{name} started on a database that is behind its log")

    async def restore(self, name: str) -> None:
        """As the handbook says, without the question."""
        service = load_service(name)
        await restore(service, self.deployment.settings(service, ledger=False), yes=True)

    async def waits_for_nothing(self) -> bool:
        """No event is queued, as none is missing before it."""
        counts = [await self.deployment.rows(name, "SELECT count(*) AS n FROM queued") for name in self.names]
        return all(rows[0].n == 0 for rows in counts)

    async def adopted_by(self, deployments: Sequence[Deployment]) -> None:
        """A person in each province says that the new databases are the right ones."""
        for name in self.names:
            for source, incarnation in await self.deployment.rows(name, OWN_SOURCES, own=f"/cn__/{name}"):
                for deployment in deployments:
                    for url in deployment.databases.values():
                        await adopt_in(url, source, incarnation)


@asynccontextmanager
async def at_home(deployment: Deployment, names: Sequence[str], clock: Path) -> AsyncIterator[Home]:
    """Everything runs; everything has ended afterwards, and the copies are gone."""
    deployment.shared_clock = clock
    home = Home(deployment, names)
    await home.start()
    try:
        yield home
    finally:
        await home.stop()
        for url in home.copies:
            await drop_database(deployment.addresses.database_url, make_url(url).database or "")
