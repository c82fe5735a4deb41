"""Keeps what statistics count, in the transaction that writes the events down.

A case is counted anew from its steps, and the days get what is other than before: one statement for many.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Table
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from chassis.arrivals import Name
from chassis.bulk import fetch
from chassis.cases import Cases, arrays, lock_cases
from schemas.ids import Province
from services.trace.counted import counted, day_sums
from services.trace.counting import (
    BROKEN_OFF,
    CONCLUDED,
    COUNTED,
    EVALUATED_OF,
    EVERY,
    RECEIVED,
    RECOVERED,
    STAGES,
)
from services.trace.repository import known_cases, steps

CLASS: Final = "floor(ln(1 + seconds / 3600) * 10)::smallint"
"""Times that a class holds differ by a tenth: the middle of many is looked for in one class alone."""


def quoted(words: Sequence[str]) -> str:
    """Words of ours, for a statement."""
    return ", ".join(f"'{word}'" for word in words)


def rows_of(words: Sequence[Sequence[str]]) -> str:
    return ", ".join(f"({quoted(row)})" for row in words)


DAY: Final = "(({}) AT TIME ZONE 'Asia/Shanghai')::date"

# Case by case, whatever a plan thinks of how many there are: what is joined are the few rows of one case.
# Of what happens once the first counts: an earlier one that is recorded later takes its place from then on.
COUNT: Final = f"""
    now AS (
        SELECT touched.*, counted.* FROM touched CROSS JOIN LATERAL (
            WITH told AS (
                SELECT what, at, {DAY.format("recorded_at")} AS known,
                       CASE WHEN what = '{RECOVERED}' THEN (said ->> 'amount_fen')::bigint END AS fen
                FROM step JOIN (VALUES {rows_of([*COUNTED.items(), *EVERY.items()])}) AS words(type, what)
                    USING (type)
                WHERE province = touched.province AND case_id = touched.case_id
                  AND log IN ('cases', 'matters')
                  AND (what <> '{BROKEN_OFF}' OR said ->> 'result' = '{BROKEN_OFF}')
            ), first AS (
                SELECT what, known, min(at) OVER (PARTITION BY what ORDER BY known) AS at,
                       min(known) FILTER (WHERE what = 'evaluated') OVER () AS evaluated
                FROM told WHERE what NOT IN ({quoted([*EVERY.values()])})
            ), once AS (
                SELECT what, at, min(known) AS known_from, min(evaluated) AS evaluated
                FROM first GROUP BY what, at
            ), reached AS (
                SELECT what, at, known_from, evaluated, coalesce(
                    lead(known_from) OVER (PARTITION BY what ORDER BY known_from), 'infinity') AS known_until
                FROM once
            ), made AS (
                SELECT what, at, known_from, known_until,
                       1 AS times, NULL::bigint AS fen, NULL::double precision AS seconds
                FROM reached
                UNION ALL
                SELECT '{EVALUATED_OF}', at, greatest(known_from, evaluated), known_until, 1, NULL, NULL
                FROM reached WHERE what = '{CONCLUDED}' AND evaluated IS NOT NULL
                UNION ALL
                SELECT stage, ended.at, greatest(begun.known_from, ended.known_from),
                       least(begun.known_until, ended.known_until), 1, NULL,
                       extract(epoch FROM ended.at - begun.at)
                FROM (VALUES {rows_of([(stage, *ends) for stage, ends in STAGES.items()])})
                    AS stages(stage, begun_by, ended_by)
                JOIN reached AS begun ON begun.what = begun_by
                JOIN reached AS ended ON ended.what = ended_by AND ended.at >= begun.at
                UNION ALL
                SELECT what, at, known, 'infinity', count(*), sum(fen)::bigint, NULL
                FROM told WHERE what IN ({quoted([*EVERY.values()])}) GROUP BY what, at, known
            )
            SELECT what, at, known_from, known_until, {DAY.format("at")} AS day,
                   CASE WHEN seconds IS NULL THEN coalesce(case_type, '') ELSE '' END AS case_type,
                   CASE WHEN seconds IS NULL THEN coalesce(channel, '') ELSE '' END AS channel,
                   coalesce({CLASS}, -1) AS lasted, times::integer AS times,
                   CASE WHEN what = '{RECEIVED}' THEN coalesce(members, 0) ELSE 0 END::bigint AS workers,
                   coalesce(CASE WHEN what = '{RECEIVED}' THEN claim_fen ELSE fen END, 0) AS fen, seconds
            FROM made LEFT JOIN known_case
                ON known_case.province = touched.province AND known_case.case_id = touched.case_id
            WHERE known_from < known_until
        ) AS counted
    )
"""
COLUMNS: Final = ", ".join(counted.columns.keys())
KEYS: Final = counted.primary_key.columns.keys()
GONE: Final = " AND ".join(f"vanished.{key} = counted.{key}" for key in KEYS)
REST: Final = ", ".join(f"{c.name} = excluded.{c.name}" for c in counted.columns if c.name not in KEYS)
SUM_KEYS: Final = ", ".join(day_sums.primary_key.columns.keys())

# What a row adds to a day as it becomes known, it takes away again when an earlier one becomes known.
ADDED: Final = f"""
    SELECT {SUM_KEYS}, sum(sign * times)::bigint AS times, sum(sign * workers)::bigint AS workers,
           sum(sign * fen)::bigint AS fen
    FROM turned, LATERAL (VALUES (known_from, turn), (known_until, -turn)) AS became(known, sign)
    WHERE known < 'infinity'
    GROUP BY {SUM_KEYS} HAVING sum(sign * times) <> 0 OR sum(sign * workers) <> 0 OR sum(sign * fen) <> 0
"""

TOUCHED: Final = """
    touched AS (
        SELECT DISTINCT * FROM unnest($1::text[], $2::text[]) AS named(province, case_id)
    )
"""
BEFORE: Final = f"""
    before AS (
        SELECT counted.* FROM touched CROSS JOIN LATERAL (
            SELECT {COLUMNS} FROM counted
            WHERE province = touched.province AND case_id = touched.case_id OFFSET 0
        ) AS counted
    )
"""

# Days are written in one order: of two transactions that add to the same, one waits, and none for the other.
KEEP: Final = f"""
    WITH {TOUCHED}, {COUNT}, {BEFORE}, vanished AS (
        SELECT {", ".join(KEYS)} FROM before EXCEPT SELECT {", ".join(KEYS)} FROM now
    ), gone AS (
        DELETE FROM counted USING vanished WHERE {GONE}
    ), kept AS (
        INSERT INTO counted ({COLUMNS}) SELECT {COLUMNS} FROM now EXCEPT SELECT {COLUMNS} FROM before
        ON CONFLICT ({", ".join(KEYS)}) DO UPDATE SET {REST}
    ), turned AS (
        SELECT {COLUMNS}, 1 AS turn FROM now UNION ALL SELECT {COLUMNS}, -1 FROM before
    )
    INSERT INTO day_sum ({SUM_KEYS}, times, workers, fen) SELECT * FROM ({ADDED}) AS added ORDER BY {SUM_KEYS}
    ON CONFLICT ({SUM_KEYS}) DO UPDATE SET times = day_sum.times + excluded.times,
        workers = day_sum.workers + excluded.workers, fen = day_sum.fen + excluded.fen
"""
# What a migration left, and what the release before wrote beside this one.
LEFT: Final = """
    WITH left_over AS (
        DELETE FROM to_count WHERE (province, case_id) IN (
            SELECT province, case_id FROM to_count ORDER BY province, case_id LIMIT 500
            FOR UPDATE SKIP LOCKED)
        RETURNING province, case_id
    )
    SELECT province, case_id FROM left_over
    UNION (SELECT DISTINCT province, case_id FROM step WHERE NOT counted LIMIT 500)
"""
MARK: Final = """
    UPDATE step SET counted = true
    WHERE NOT counted AND (province, case_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))
"""


async def keep_counts(connection: AsyncConnection, cases: Cases) -> None:
    """Count the cases again of which something was written down that counts. They are locked."""
    touched = [case.name for case in cases.values() if any(counts(*each) for each in case.rows)]
    if touched:
        await count_cases(connection, touched)


def counts(table: Table, row: Mapping[str, Any]) -> bool:
    """Whether figures may be others with this row."""
    return table is known_cases or (table is steps and (row["type"] in COUNTED or row["type"] in EVERY))


async def count_cases(connection: AsyncConnection, names: Sequence[Name]) -> None:
    await fetch(connection, KEEP, *arrays(names))


async def count_left(database: AsyncEngine) -> int:
    """Count some of the cases that are written down and not counted; returns how many."""
    async with database.begin() as connection:
        names = [(row["province"], row["case_id"]) for row in await fetch(connection, LEFT)]
        if names:
            await lock_cases(connection, names)
            await fetch(connection, MARK, *arrays(names))
            await count_cases(connection, names)
    return len(names)


# --- The audit ---------------------------------------------------------------------------------------------

DIFFERING_CASES: Final = f"""
    WITH touched AS (
        SELECT province, case_id FROM step UNION SELECT province, case_id FROM counted
    ), {COUNT}, {BEFORE}
    SELECT DISTINCT province, case_id FROM (
        (SELECT {COLUMNS} FROM now EXCEPT SELECT {COLUMNS} FROM before)
        UNION ALL (SELECT {COLUMNS} FROM before EXCEPT SELECT {COLUMNS} FROM now)
    ) AS other ORDER BY province, case_id
"""
KEPT: Final = f"""
    SELECT {SUM_KEYS}, times, workers, fen FROM day_sum WHERE times <> 0 OR workers <> 0 OR fen <> 0
"""
DIFFERING_DAYS: Final = f"""
    WITH turned AS (SELECT {COLUMNS}, 1 AS turn FROM counted), summed AS ({ADDED}), kept AS ({KEPT})
    SELECT DISTINCT province, day FROM (
        (SELECT * FROM summed EXCEPT SELECT * FROM kept)
        UNION ALL (SELECT * FROM kept EXCEPT SELECT * FROM summed)
    ) AS other ORDER BY province, day
"""


async def differing_cases(connection: AsyncConnection) -> list[Name]:
    """The cases that are counted otherwise than their steps say."""
    return [(row["province"], row["case_id"]) for row in await fetch(connection, DIFFERING_CASES)]


async def differing_days(connection: AsyncConnection) -> list[tuple[Province, date]]:
    """The days whose sums are not those of their cases."""
    return [(row["province"], row["day"]) for row in await fetch(connection, DIFFERING_DAYS)]
