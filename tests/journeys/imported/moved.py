"""A province whose cases were imported, and what is asked of it."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

from casebridge.audit import settled
from casebridge.services import NAMES, load_service
from chassis.agencies import agencies_of
from chassis.embedded.parts import Addresses
from law.deadlines import SHANGHAI
from schemas.ids import Province
from services.intake.bundles.bundle import read_bundle
from services.intake.domain.standing import RIGHTS, limits_of
from tests.deployment import Deployment, deployed, until
from tests.services.bundles import OWNER, Old
from tests.services.bundles_refused import BUREAU

GUANGDONG = Province("44")


@dataclass(frozen=True, kw_only=True)
class Moved:
    """A province whose cases were imported."""

    parts: Deployment
    clients: Mapping[str, httpx.AsyncClient]
    """By service; and that of the justice bureau at mediation, by its id."""
    imported_at: datetime
    cases: Mapping[str, str]
    """Ids, by the numbers of the old system."""

    async def ask(self, service: str, path: str) -> Any:
        answer = await self.clients[service].get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def matter(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = await self.ask("mediation", f"/cases/{self.cases[number]}/matter")
        return found

    async def clocks(self, number: str) -> dict[str, dict[str, Any]]:
        found = await self.ask("mediation", f"/cases/{self.cases[number]}/clocks")
        return {clock["name"]: clock for clock in found}

    async def do(
        self, number: str, act: str, seen_as: str = "matter", by: str = "mediation", **said: Any
    ) -> None:
        case = f"/cases/{self.cases[number]}"
        tag = (await self.clients[by].get(f"{case}/{seen_as}")).headers["etag"]
        answer = await self.clients[by].post(
            f"{case}/{act}", json={"epoch": 1, **said}, headers={"If-Match": tag}
        )
        assert answer.status_code == 201, (act, answer.text)

    async def steps(self, number: str) -> list[dict[str, Any]]:
        """What its timeline tells."""
        found: list[dict[str, Any]] = (await self.ask("trace", f"/cases/{self.cases[number]}/timeline"))[
            "hops"
        ]
        return found

    async def quiet(self) -> None:
        """Everybody has heard of everything."""
        assert await settled(self.running(), within_s=60)

    def running(self) -> list[Any]:
        services = [load_service(name) for name in NAMES]
        return [(service, self.parts.settings(service)) for service in services]


@asynccontextmanager
async def moving(addresses: Addresses, folder: Path, tell: Callable[[Old], Old]) -> AsyncIterator[Moved]:
    """Everything runs, and the cases of a bundle are in."""
    services = [load_service(name) for name in NAMES]
    async with deployed(addresses, folder, services, ["00", GUANGDONG]) as parts, AsyncExitStack() as stack:
        clients = {}
        for service in services:
            runtime = await stack.enter_async_context(parts.running(service))
            role = "operator" if service.name == "intake" else "director,caseworker,lawyer"
            client = parts.client(runtime, role, GUANGDONG, agency=OWNER)
            clients[service.name] = await stack.enter_async_context(client)
            if service.name == "mediation":
                justice = parts.client(runtime, "coordinator", GUANGDONG, agency=BUREAU)
                clients[BUREAU] = await stack.enter_async_context(justice)
        now = parts.clock.now()
        done = await clients["intake"].post("/imports", content=tell(Old(now)).packed(), timeout=60)
        assert done.status_code == 201, done.text
        rows = await parts.rows("intake", "SELECT case_id, external_refs FROM application")
        cases = {row.external_refs[0]["number"]: row.case_id for row in rows}
        moved = Moved(parts=parts, clients=clients, imported_at=now, cases=cases)
        await until(lambda: placed(moved), "all matters are placed", within_s=60)
        yield moved


async def placed(moved: Moved) -> bool:
    query = "SELECT count(*) AS n FROM matter WHERE standing <> 'dormant'"
    [row] = await moved.parts.rows("mediation", query)
    return bool(row.n == len(moved.cases))


def ago(moved: Moved, days: int) -> date:
    """A day of the old system."""
    return (moved.imported_at.astimezone(SHANGHAI) - timedelta(days=days)).date()


async def clocks_agree(moved: Moved, tell: Callable[[Old], Old]) -> None:
    """What the two services make of the same history is compared clock by clock."""
    now = moved.imported_at
    bundle = read_bundle(tell(Old(now)).packed(), GUANGDONG, agencies_of(None), now)
    for number, case in bundle.cases.items():
        there = {
            (clock["version"].partition(":")[0], datetime.fromisoformat(clock["started_at"])): clock
            for clock in await moved.ask("mediation", f"/cases/{moved.cases[number]}/clocks")
        }
        for limit in limits_of(case.received_at, case.acts, case.relation):
            if limit.rule not in RIGHTS:
                clock = there[limit.rule, limit.started_at]
                assert (clock["ended_at"] is not None) == (limit.ended_at is not None), (number, clock)
