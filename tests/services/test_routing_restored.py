"""A database of routing that was lost: its own log brings back what lies beside the aggregates."""

from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from casebridge.restored import run as restore
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from services.intake.app import service as intake
from services.routing.app import service as routing
from tests.deployment import Deployment, deployed, prepare
from tests.services.test_routing_moves import GUANGDONG, STATION, World

HOTLINE = "440000-hotline-12348"


async def sites(parts: Deployment) -> list[Any]:
    rows = await parts.rows(
        "routing", "SELECT province, case_id, key, agency, to_province, site FROM site_work"
    )
    return sorted(map(tuple, rows))


async def test_a_restored_database_knows_at_which_site_a_case_was_taken_in(
    addresses: Addresses, tmp_path: Path
) -> None:
    async with deployed(addresses, tmp_path, [intake, routing], ["44", "51"]) as parts:
        async with parts.running(intake) as taking_in, parts.running(routing) as asking:
            world = World(parts, {"intake": taking_in, "routing": asking})
            home, work = "510521", "442000"
            case = await world.apply(
                GUANGDONG, home=home, work=work, case_type="death-compensation", site=HOTLINE
            )
            await world.offer_to(STATION, case)
            await parts.settled("intake", "routing")
        known = await sites(parts)
        assert ("44", case, "", GUANGDONG, "44", HOTLINE) in known

        await prepare(parts, routing)
        try:
            await restore(routing, parts.settings(routing), yes=True)
            assert await sites(parts) == known
        finally:
            await drop_database(addresses.database_url, make_url(parts.databases["routing"]).database or "")
