"""A stage of deployments that run in this process: for stories whose logs, spans and tables a test reads."""

import shutil
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebridge.demo.cast import Person
from casebridge.services import NAMES, load_service
from casebridge.time_travel import TimeTraveller, time_traveller
from chassis.clock import Clock
from chassis.runtime import Runtime
from schemas.ids import Province
from tests.deployment import Deployment


@dataclass(frozen=True, kw_only=True)
class Provinces:
    """A stage of several deployments: who acts decides which one is asked."""

    deployments: Mapping[Province, Deployment]
    runtimes: Mapping[tuple[Province, str], Runtime]
    clock: Clock
    traveller: TimeTraveller

    def address(self, service: str, province: Province) -> str:
        return f"http://127.0.0.1:{self.runtimes[province, service].http_port}"

    def token(self, person: Person) -> str:
        agency = person.agency
        return self.deployments[agency.province].token(
            person.role, agency.province, agency=agency.id, sub=person.sub
        )

    def check(self) -> None:
        failed = {name: runtime.failed for name, runtime in self.runtimes.items() if runtime.failed}
        assert not failed, failed


@asynccontextmanager
async def on_stage(
    deployments: Sequence[Deployment], clock_file: Path, names: Sequence[str] = NAMES, **said: Any
) -> AsyncIterator[Provinces]:
    """The services of all deployments run, under one clock, with what their settings say otherwise."""
    async with AsyncExitStack() as stack:
        runtimes: dict[tuple[Province, str], Runtime] = {}
        databases: dict[str, str] = {}
        for deployment in deployments:
            deployment.shared_clock = clock_file
            for name in names:
                running = deployment.running(load_service(name), **said)
                runtime = await stack.enter_async_context(running)
                runtimes |= {(province, name): runtime for province in deployment.provinces}
                databases[f"{deployment.provinces} {name}"] = deployment.databases[name]
        clock = Clock(clock_file)
        clusters = {d.addresses.kafka for d in deployments} | {d.exchange for d in deployments}
        traveller = await stack.enter_async_context(time_traveller(clock, databases, sorted(clusters)))
        stack.callback(end_all, runtimes)
        yield Provinces(
            deployments={p: deployment for deployment in deployments for p in deployment.provinces},
            runtimes=runtimes,
            clock=clock,
            traveller=traveller,
        )


def end_all(runtimes: Mapping[tuple[Province, str], Runtime]) -> None:
    """At the same time: one after the other they would wait for one another, and work while they wait."""
    for runtime in runtimes.values():
        runtime.stopping.set()


def trust(*deployments: Deployment) -> None:
    """Give each the public keys of the others."""
    for one in deployments:
        for other in deployments:
            for file in (other.folder / "keys").glob("*.public.json"):
                if one is not other:
                    shutil.copy(file, one.folder / "keys")
