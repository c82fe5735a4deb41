"""Each service's database is put back to an earlier state, made fit again, and nothing is doubled or lost."""

from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import make_url

from casebridge.adopt import adopt_in
from casebridge.audit import audit
from casebridge.demo.cast import STATION
from casebridge.demo.tale import Tale
from casebridge.restored import run as restore
from casebridge.services import NAMES, load_service
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from chassis.errors import DatabaseBehind
from tests.deployment import Deployment, deployed, until
from tests.journeys.by_phone import begin, go_on, tale_on
from tests.stage import on_stage
from tests.templates import copy_of

EVERYBODY = ("00", "44", "51")

TABLES = {
    "vault": "province, case_id, name, key_id, box",
    "case_key": "province, case_id, key_id, wrapped",
    "timer": "province, kind, id, name, case_id, due_at",
    "case_row": "province, case_id, sent::text, (after - :own)::text, chain::text, queued, hold::text",
    "sent_letter": "province, case_id, to_province, sequence, topic, key, value, headers, sent_at",
    "received_letter": "province, case_id, from_province, sequence, topic, key, value, headers, recorded_at",
}
"""What a restored database must have again, to the byte."""

OWN_ROWS = {
    "intake": {"application_employer": "*", "application_opponent": "*", "employer_alert": "*"},
    "routing": {
        "site_work": "province, case_id, key, agency, to_province, site",
        "work_done": "province, case_id, agency",
    },
    "trace": {"step": "province, case_id, service, sequence, event_id, said"},
}


async def contents(deployment: Deployment, service: str) -> Mapping[str, list[Any]]:
    """All that must be there again. What came after the own log says nothing: it orders itself."""
    stores = load_service(service).stores
    wanted = {
        **TABLES,
        **OWN_ROWS.get(service, {}),
        **{store.table.name: "province, id, version, state::text" for store in stores},
    }
    return {
        table: sorted(map(tuple, await rows_of(deployment, service, table, columns)), key=str)
        for table, columns in wanted.items()
    }


async def rows_of(deployment: Deployment, service: str, table: str, columns: str) -> Sequence[Any]:
    named = {"own": load_service(service).log} if ":own" in columns else {}
    return await deployment.rows(service, f'SELECT {columns} FROM "{table}"', **named)


def another(tale: Tale) -> Tale:
    """One more case, with the same people."""
    return Tale(stage=tale.stage, screen=tale.screen, http=tale.http, owner=STATION)


async def test_every_service_goes_on_from_a_restored_database(addresses: Addresses, tmp_path: Path) -> None:
    services = [load_service(name) for name in NAMES]
    async with AsyncExitStack() as stack:
        deployment = await stack.enter_async_context(deployed(addresses, tmp_path, services, EVERYBODY))
        clock = tmp_path / "clock"
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=30))
        async with on_stage([deployment], clock, ledger=False) as stage:
            tale = tale_on(stage, http)
            transfer = await begin(stage, tale)
        await deployment.hang_up()
        backups = {name: await copy_of(deployment.databases[name]) for name in NAMES}
        for url in backups.values():
            stack.push_async_callback(drop_database, addresses.database_url, make_url(url).database or "")
        async with on_stage([deployment], clock, ledger=False) as stage:
            tale.stage = stage
            await go_on(stage, tale, transfer)
            await begin(stage, another(tale))
            # What is still to be done would be done by the restored ones.
            await stage.traveller.quiet()
            await until(lambda: all_sent(deployment, stage.clock.now()), "all notices are sent")
        for service in NAMES:
            await rehearse(deployment, service, backups[service], clock)
        # Backups of the same day: a service that was restored after another one has forgotten its adoption.
        for name in NAMES:
            await adopt_everywhere(deployment, name)
        async with on_stage([deployment], clock, ledger=False) as stage:
            tale.stage = stage
            await begin(stage, another(tale))
        await check(deployment)


async def all_sent(deployment: Deployment, now: datetime) -> bool:
    return not await deployment.rows("notify", "SELECT 1 FROM notice WHERE send_at <= :now", now=now)


async def rehearse(deployment: Deployment, name: str, backup: str, clock: Path) -> None:
    """Put a backup back, and go on with it as the handbook says. What the others said is in the logs."""
    service, newest = load_service(name), await contents(deployment, name)
    deployment.databases[name] = backup
    if service.stores:  # who says nothing only reads again what he has forgotten
        with pytest.raises(DatabaseBehind, match=f"casebridge restored {name}"):
            async with deployment.started(service):
                pass
    await restore(service, deployment.settings(service), yes=True)
    async with on_stage([deployment], clock, [name], ledger=False) as stage:
        await stage.traveller.quiet()
        stage.check()
    now = await contents(deployment, name)
    for table, rows in newest.items():
        assert now[table] == rows, f"{name}: {table}"


async def adopt_everywhere(deployment: Deployment, name: str) -> None:
    incarnation = (await deployment.rows(name, "SELECT incarnation FROM deployment"))[0].incarnation
    for province in EVERYBODY:
        for url in deployment.databases.values():
            await adopt_in(url, f"/cn{province}/{name}", incarnation)


async def check(deployment: Deployment) -> None:
    """The audit finds nothing."""
    services = [load_service(name) for name in NAMES]
    running = [(service, deployment.settings(service, ledger=False)) for service in services]
    report = await audit(running, now=deployment.clock.now())
    assert report.ok, report.text()
