"""`lists`: how long a page of a work list, and statistics, take in a province that has 200,000 cases."""

import random
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter

import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.processes import ready_service
from bench.stage import Stage, percentile
from bench.statistics import measure_statistics
from bench.table import Row, row
from casebridge.services import load_service
from tests.deployment import Deployment

P99_MS = 50
ASKED = 400
OWNER = "442000-legal-aid"
ROLES = ("caseworker", "operator")
"""Who is shown the cases of his agency, and who those of the whole province."""

# Most cases of a centre are over; of those that are not, one in five goes first, and few are silent. The
# hashes draw what does not hang together independently, and alike in every run.
MATTERS = """
    INSERT INTO matter (province, id, case_id, version, state, number, standing, agency, case_type,
                        next_due, rank, silent, assignees)
    SELECT '44', 'case-' || n, 'case-' || n, 1, '{}', '44-2026-' || lpad(n::text, 7, '0') || '-0',
           (ARRAY['archived', 'archived', 'archived', 'in-hand', 'in-hand', 'in-review', 'to-accept',
                  'to-assign', 'concluded', 'evaluated'])[1 + a % 10],
           CASE WHEN b % 20 = 0 THEN '442000' ELSE '4401' || lpad((b % 97)::text, 2, '0') END || '-legal-aid',
           (ARRAY['wage-arrears', 'wage-arrears', 'wage-arrears', 'work-injury', 'labour-relation',
                  'social-insurance', 'death-compensation'])[1 + c % 7],
           CASE WHEN a % 10 > 2 THEN now() + (d % 60) * interval '1 day' END,
           (e % 5 <> 0)::integer, f % 101 = 0,
           CASE WHEN a % 10 IN (3, 4) THEN jsonb_build_array('lawyer-' || f % 700) END
    FROM generate_series(1, :count) AS n, LATERAL (SELECT
        abs(hashint4(n)) AS a, abs(hashint4(n + 1000000)) AS b, abs(hashint4(n + 2000000)) AS c,
        abs(hashint4(n + 3000000)) AS d, abs(hashint4(n + 4000000)) AS e, abs(hashint4(n + 5000000)) AS f
    ) AS drawn
"""
CLAIMS = """
    INSERT INTO claim (province, id, case_id, version, state, claim_fen, recovered_fen, worker)
    SELECT '44', 'member-' || n, 'case-' || n, 1, '{}', 750000, 0, 'worker-' || n
    FROM generate_series(1, :count) AS n
"""
APPLICATIONS = """
    INSERT INTO application (province, id, case_id, version, state, number, standing, agency, case_type,
                             received_at, members, claim_fen, channel, rank, next_due)
    SELECT '44', 'case-' || n, 'case-' || n, 1, '{}', '44-2026-' || lpad(n::text, 7, '0') || '-0',
           (ARRAY['complete', 'complete', 'handed-over', 'withdrawn', 'info-requested'])[1 + a % 5],
           CASE WHEN b % 20 = 0 THEN '442000' ELSE '4401' || lpad((b % 97)::text, 2, '0') END || '-legal-aid',
           (ARRAY['wage-arrears', 'wage-arrears', 'work-injury', 'labour-relation'])[1 + c % 4],
           now(), 1, 750000, (ARRAY['window', 'hotline-12348', 'workstation-union'])[1 + f % 3],
           (e % 5 <> 0)::integer, CASE WHEN a % 5 = 4 THEN now() + (d % 60) * interval '1 day' END
    FROM generate_series(1, :count) AS n, LATERAL (SELECT
        abs(hashint4(n)) AS a, abs(hashint4(n + 1000000)) AS b, abs(hashint4(n + 2000000)) AS c,
        abs(hashint4(n + 3000000)) AS d, abs(hashint4(n + 4000000)) AS e, abs(hashint4(n + 5000000)) AS f
    ) AS drawn
"""
MEMBERS = """
    INSERT INTO member (province, id, case_id, version, state, worker)
    SELECT '44', 'member-' || n, 'case-' || n, 1, '{}', 'worker-' || n
    FROM generate_series(1, :count) AS n
"""
TABLES: Mapping[str, Mapping[str, str]] = {
    "mediation": {"matter": MATTERS, "claim": CLAIMS},
    "intake": {"application": APPLICATIONS, "member": MEMBERS},
}
PAGES: Mapping[str, tuple[str, Sequence[Mapping[str, str]]]] = {
    "mediation": (
        "/v1/matters",
        (
            {},
            {"after": "44-2026-0150000-0"},
            {"agency": OWNER, "order": "urgent"},
            {"agency": OWNER, "status": "to-accept"},
            {"agency": OWNER, "order": "due", "due_within_days": "3"},
            {"order": "urgent", "status": "in-hand", "case_type": "work-injury"},
            {"order": "due"},
            {"mine": "true"},
            {"unassigned": "true", "agency": OWNER},
            {"silent": "true", "agency": OWNER},
            {"worker": "worker-{n}"},
        ),
    ),
    "intake": (
        "/v1/applications",
        (
            {},
            {"after": "44-2026-0150000-0"},
            {"mine": "true", "order": "urgent"},
            {"mine": "true", "status": "complete"},
            {"order": "due", "due_within_days": "3"},
            {"order": "due", "mine": "true"},
            {"channel": "window", "case_type": "work-injury", "status": "withdrawn"},
            {"worker": "worker-{n}"},
        ),
    ),
}


async def measure(stage: Stage) -> list[Row]:
    count = stage.size(200_000, 20_000)
    rows: list[Row] = []
    for name in TABLES:
        async with asking(stage, name, count) as asked_by:
            for role, client in asked_by.items():
                rows += await pages_of(client, name, role, count)
    return rows + await measure_statistics(stage)


@asynccontextmanager
async def asking(stage: Stage, name: str, count: int) -> AsyncIterator[Mapping[str, httpx.AsyncClient]]:
    """A service whose tables are full, and those who ask it, by their role."""
    async with stage.deployment(load_service(name)) as deployment:
        await fill(deployment, name, count)
        async with ready_service(stage, deployment, name) as (_, port), AsyncExitStack() as stack:
            clients = {}
            for role in ROLES:
                token = deployment.token(role, "44", agency=OWNER, sub="lawyer-3")
                asks = httpx.AsyncClient(
                    base_url=f"http://127.0.0.1:{port}",
                    headers={"Authorization": f"Bearer {token}"},
                    timeout=60,
                )
                clients[role] = await stack.enter_async_context(asks)
            yield clients


async def fill(deployment: Deployment, name: str, count: int) -> None:
    engine = create_async_engine(deployment.databases[name])
    try:
        async with engine.begin() as connection:
            for table, insert in TABLES[name].items():
                await connection.execute(text(insert), {"count": count})
                await connection.execute(text(f"ANALYZE {table}"))
    finally:
        await engine.dispose()


async def pages_of(client: httpx.AsyncClient, name: str, role: str, count: int) -> list[Row]:
    """Every kind of page in turn, and the slowest kind by itself: no quick one hides it."""
    path, asked = PAGES[name]
    if role == "operator":  # who runs the deployment has no business with persons
        asked = [each for each in asked if "worker" not in each]
    draw, took = random.Random(1), [list[float]() for _ in asked]
    for turn in range(ASKED):
        place = turn % len(asked)
        said = {key: value.format(n=draw.randint(1, count)) for key, value in asked[place].items()}
        begun = perf_counter()
        answer = await client.get(path, params=said)
        took[place].append((perf_counter() - begun) * 1000)
        answer.raise_for_status()
    slowest = max(range(len(asked)), key=lambda place: percentile(took[place], 50))
    every = [each for one in took for each in one[1:]]
    named = ", ".join(f"{key}={value}" for key, value in asked[slowest].items()) or "no filter"
    return [
        row(
            f"{name} pages of {count:,} cases for the {role}, p99",
            percentile(every, 99),
            P99_MS,
            "ms",
            ("≤", P99_MS),
        ),
        row(f"the slowest of them, p50: {named}", percentile(took[slowest][1:], 50), P99_MS, "ms"),
    ]
