"""At which site the work is, as the database keeps and counts it."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from chassis.embedded.parts import Addresses
from schemas.ids import Province
from services.routing.app import service as routing
from services.routing.domain.load import Load
from services.routing.loads import load_of
from services.routing.migrations.routing_0004 import KEEP_ASKED_SITES
from tests.deployment import Deployment, deployed

CASE, FIRST, SECOND = "case-1", "transfer-1", "transfer-2"
STATION, WINDOW = "510521-station-zhongshan", "442000-window"


@pytest.fixture
async def parts(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [routing], ["44"]) as deployment:
        yield deployment


async def asks(parts: Deployment, *transfers: dict[str, Any]) -> None:
    """A case of Guangdong that waits for an answer."""
    await parts.rows(
        "routing",
        "INSERT INTO custody (province, id, case_id, version, state, owner, status) "
        "VALUES ('44', :case, :case, 1, cast(:state AS jsonb), '440000-legal-aid', 'asking')",
        case=CASE,
        state=json.dumps({"transfers": transfers}),
    )


async def offered(parts: Deployment, key: str, agency: str, site: str | None) -> None:
    await parts.rows(
        "routing",
        "INSERT INTO site_work (province, case_id, key, agency, to_province, site) "
        "VALUES ('44', :case, :key, :agency, :province, :site)",
        case=CASE,
        key=key,
        agency=agency,
        province=agency[:2],
        site=site,
    )


async def counted(parts: Deployment) -> Load:
    engine = create_async_engine(parts.databases["routing"])
    try:
        return await load_of(engine, [Province("44")])
    finally:
        await engine.dispose()


async def test_an_offer_that_came_to_nothing_is_no_load_once_another_agency_is_asked(
    parts: Deployment,
) -> None:
    await asks(parts)
    await offered(parts, FIRST, STATION, STATION)
    assert (await counted(parts)).sites == {STATION: 1}

    # Ours: its own work list counts it.
    await offered(parts, SECOND, "442000-legal-aid", WINDOW)

    assert await counted(parts) == Load({}, {})


async def test_an_offer_without_a_site_is_the_load_of_its_agency(parts: Deployment) -> None:
    await asks(parts)
    await offered(parts, FIRST, STATION, STATION)
    await offered(parts, SECOND, "510521-legal-aid", None)

    found = await counted(parts)

    assert (found.agencies, found.sites) == ({"510521-legal-aid": 1}, {})


async def test_offers_of_before_know_their_sites(parts: Deployment) -> None:
    await asks(parts, {"id": FIRST, "to": STATION}, {"id": SECOND, "to": "510521-legal-aid"})
    await offered(parts, FIRST, STATION, STATION)

    await parts.rows("routing", KEEP_ASKED_SITES)

    [row] = await parts.rows("routing", "SELECT state FROM custody")
    assert row.state["transfers"] == [
        {"id": FIRST, "to": STATION, "site": STATION},
        {"id": SECOND, "to": "510521-legal-aid", "site": None},
    ]
