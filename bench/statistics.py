"""How long statistics take in a province that has 200,000 cases of a year; a part of `lists`."""

from collections.abc import Mapping, Sequence
from time import perf_counter

import asyncpg
import httpx
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.processes import ready_service
from bench.stage import Stage, percentile
from bench.table import Row, row
from casebridge.services import load_service
from schemas.cases import ApplicationSubmitted, ApplicationWithdrawn
from schemas.ids import CaseId, Province
from schemas.matters import (
    AidGranted,
    AssignmentMade,
    EvaluationCompleted,
    MatterAccepted,
    MatterArchived,
    MatterConcluded,
    MediationAgreed,
    RecoveryRecorded,
)
from services.trace.summing import count_cases
from tests.deployment import Deployment

P99_MS = 1_000
ASKED = 60
AT_ONCE = 50_000
"""Cases that are counted by one statement."""

COURSE: Sequence[tuple[type, int, int]] = (
    (ApplicationSubmitted, 0, 100),
    (ApplicationWithdrawn, 9, 4),
    (MatterAccepted, 3, 95),
    (AidGranted, 9, 90),
    (AssignmentMade, 12, 88),
    (MediationAgreed, 40, 50),
    (RecoveryRecorded, 60, 55),
    (RecoveryRecorded, 80, 30),
    (MatterConcluded, 90, 75),
    (EvaluationCompleted, 100, 60),
    (MatterArchived, 120, 70),
)
"""What happens to a case: after how many days, more or less, and to how many of a hundred."""

KNOWN = """
    INSERT INTO known_case (province, case_id, opened_at, number, case_type, members, claim_fen, channel)
    SELECT '44', 'case-' || n, now(), '44-2025-' || lpad(n::text, 7, '0') || '-0',
           (ARRAY['wage-arrears', 'wage-arrears', 'wage-arrears', 'work-injury', 'labour-relation',
                  'social-insurance', 'death-compensation'])[1 + abs(hashint4(n)) % 7], 1 + n % 5, 750000,
           (ARRAY['window', 'hotline-12348', 'workstation-union', 'miniprogram'])[
               1 + abs(hashint4(n + 1000000)) % 4]
    FROM generate_series(1, :count) AS n
"""
# One in fifty is recorded a week late.
STEPS = """
    INSERT INTO step (province, case_id, log, service, sequence, event_id, type, at, recorded_at, applied_at,
                      said, counted)
    SELECT '44', 'case-' || n, CASE WHEN place < 2 THEN 'cases' ELSE 'matters' END, 'bench', place,
           n || '-' || place, type, at, at + (b % 50 = 0)::integer * interval '7 days', now(),
           CASE WHEN type = :recovered THEN '{"amount_fen": 250000}' ELSE '{"result": "agreed"}' END::jsonb,
           true
    FROM generate_series(1, :count) AS n
    CROSS JOIN unnest(CAST(:types AS text[]), CAST(:days AS integer[]), CAST(:shares AS integer[]))
        WITH ORDINALITY AS course(type, days, share, place)
    CROSS JOIN LATERAL (SELECT abs(hashint4(n)) AS a, abs(hashint4(n * 16 + place::integer)) AS b) AS drawn
    CROSS JOIN LATERAL (SELECT timestamptz '2025-01-01 08:00+08' + (a % 525600) * interval '1 minute'
        + (days * 86400 * (0.5 + (b % 1000) / 1000.0)) * interval '1 second' AS at) AS dated
    WHERE b / 1000 % 100 < share
"""
YEAR: Mapping[str, str] = {"from": "2025-01-01", "to": "2025-12-31"}
PERIODS: Sequence[Mapping[str, str]] = (
    YEAR,
    {**YEAR, "as_of": "2025-12-31"},
    {"from": "2025-06-01", "to": "2025-06-30"},
    {"from": "2025-06-01", "to": "2025-06-30", "as_of": "2025-06-30"},
    {"from": "2025-03-03", "to": "2025-03-03"},
    {"from": "2025-01-01", "to": "2026-12-31"},
)
FLOOR = "SELECT sum(times), sum(workers), sum(fen) FROM day_sum"


async def measure_statistics(stage: Stage) -> list[Row]:
    count = stage.size(200_000, 20_000)
    async with stage.deployment(load_service("trace")) as deployment:
        await fill(deployment, count)
        floor = await read_all_sums(deployment)
        token = deployment.token("operator", "44")
        async with (
            ready_service(stage, deployment, "trace") as (_, port),
            httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{port}",
                headers={"Authorization": f"Bearer {token}"},
                timeout=60,
            ) as client,
        ):
            took = [await asked(client, PERIODS[turn % len(PERIODS)]) for turn in range(ASKED)]
    every, years = took[len(PERIODS) :], took[len(PERIODS) :: len(PERIODS)]
    return [
        row(f"statistics of {count:,} cases, p99", percentile(every, 99), P99_MS, "ms", ("≤", P99_MS)),
        row("of a whole year, p50; floor: its sums read once", percentile(years, 50), floor, "ms"),
    ]


async def asked(client: httpx.AsyncClient, said: Mapping[str, str]) -> float:
    begun = perf_counter()
    answer = await client.get("/v1/statistics", params=said)
    took_ms = (perf_counter() - begun) * 1000
    answer.raise_for_status()
    return took_ms


async def fill(deployment: Deployment, count: int) -> None:
    """Steps as they are written down, counted by what counts them."""
    engine = create_async_engine(deployment.databases["trace"])
    course = {
        "types": [kind.type for kind, _, _ in COURSE],  # type: ignore[attr-defined]
        "days": [days for _, days, _ in COURSE],
        "shares": [share for _, _, share in COURSE],
        "recovered": RecoveryRecorded.type,
    }
    try:
        async with engine.begin() as connection:
            await connection.execute(text(KNOWN), {"count": count})
            await connection.execute(text(STEPS), {"count": count} | course)
            await connection.execute(text("ANALYZE known_case, step"))
        for first in range(1, count + 1, AT_ONCE):
            names = [(Province("44"), CaseId(f"case-{n}")) for n in range(first, first + AT_ONCE)]
            async with engine.begin() as connection:
                await count_cases(connection, names)
    finally:
        await engine.dispose()
    async with engine.connect() as connection:
        settled = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await settled.execute(text("VACUUM ANALYZE counted, day_sum"))
    await engine.dispose()


async def read_all_sums(deployment: Deployment) -> float:
    """The bare part: the rows that a year is made of, added up by the database; the best of five."""
    address = deployment.databases["trace"].replace("postgresql+asyncpg://", "postgresql://")
    bare = await asyncpg.connect(address)
    try:
        took: list[float] = []
        for _ in range(5):
            begun = perf_counter()
            await bare.fetchrow(FLOOR)
            took.append((perf_counter() - begun) * 1000)
        return min(took)
    finally:
        await bare.close()
