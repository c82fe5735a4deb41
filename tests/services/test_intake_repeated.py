"""Looking for a repeated application takes as long in a province with many cases as in one with few."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg

from casebridge.services import load_service
from chassis.embedded.parts import Addresses
from services.intake.repository import SAME_MATTER
from tests.deployment import deployed

MANY = 3_000
ASKED = {
    "place": 0,
    "province": "44",
    "worker": "stranger",
    "members": ["stranger"],
    "employer": "e-7",
    "case_type": "wage-arrears",
    "since": "2026-01-01T00:00:00Z",
    "linked_since": "2025-01-01T00:00:00Z",
}
APPLICATIONS = """
    INSERT INTO application (province, case_id, id, version, state, number, standing, agency, case_type,
                             worker, received_at, members, claim_fen, external_refs)
    SELECT '44', 'c-' || n, 'c-' || n, 1, '{}', 'n-' || n, 'complete', 'a', 'wage-arrears', 'w-' || n,
           now(), 1, 0, '[]'
    FROM generate_series(1, $1::integer) AS n
"""
MEMBERS = """
    INSERT INTO member (province, case_id, id, version, state, worker)
    SELECT '44', 'c-' || n, 'm-' || n, 1, '{}', 'w-' || n FROM generate_series(1, $1::integer) AS n
"""
EMPLOYERS = """
    INSERT INTO application_employer (province, case_id, employer)
    SELECT '44', 'c-' || n, 'e-' || n FROM generate_series(1, $1::integer) AS n
"""


async def test_a_plan_that_was_made_while_nobody_had_applied_reads_no_stranger_s_cases(
    addresses: Addresses, tmp_path: Path
) -> None:
    asked = json.dumps([ASKED]).replace("'", "''")
    execute = f"EXECUTE looking('{asked}', '{{withdrawn}}')"
    async with deployed(addresses, tmp_path, [load_service("intake")], ["44"]) as deployment:
        address = deployment.databases["intake"].replace("postgresql+asyncpg://", "postgresql://")
        settings = {"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off"}
        database = await asyncpg.connect(address, server_settings=settings)
        try:
            await database.execute(f"PREPARE looking(text, text[]) AS {SAME_MATTER}")
            await database.execute(execute)
            for fill in (APPLICATIONS, MEMBERS, EMPLOYERS):
                await database.execute(fill, MANY)
            (plan,) = json.loads(await database.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) {execute}"))
        finally:
            await database.close()

    assert max(rows_read(plan["Plan"])) < 10


def rows_read(node: dict[str, Any]) -> Iterator[float]:
    """How many rows each step of a plan looked at."""
    passed_over = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    yield (node["Actual Rows"] + passed_over) * node["Actual Loops"]
    for below in node.get("Plans", ()):
        yield from rows_read(below)
