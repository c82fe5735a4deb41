"""Statistics counted from the steps when they are asked for: slow, and what the kept sums must equal."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from schemas.ids import Province
from schemas.matters import MediationAgreed, MediationSessionHeld, RecoveryRecorded
from schemas.words import CHINA
from services.trace.counting import COUNTED, STAGES, Cell
from services.trace.lasting import Lasted
from services.trace.statistics import Counted, Evaluated, Mediated

FIRSTS: Final = text("""
    CREATE TEMPORARY TABLE first ON COMMIT DROP AS
        SELECT province, case_id, words.what, min(at) AS at
        FROM step JOIN unnest(CAST(:types AS text[]), CAST(:whats AS text[])) AS words(type, what)
            USING (type)
        WHERE log IN ('cases', 'matters') AND province = ANY(:provinces)
          AND type = ANY(CAST(:types AS text[])) AND recorded_at < :as_of
        GROUP BY province, case_id, words.what
""")
MONTH: Final = "to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')"

CASES: Final = text(f"""
    SELECT province, case_type, channel, {MONTH} AS month, what, count(*) AS cases,
           coalesce(sum(members), 0)::bigint AS workers,
           coalesce(sum(claim_fen) FILTER (WHERE what = 'received'), 0)::bigint AS fen
    FROM first LEFT JOIN known_case USING (province, case_id)
    WHERE at >= :begins AND at < :ends
    GROUP BY province, case_type, channel, month, what
""")
MONEY: Final = text(f"""
    SELECT province, case_type, channel, {MONTH} AS month, 'recovered' AS what, count(*) AS cases,
           0 AS workers, sum((said ->> 'amount_fen')::bigint)::bigint AS fen
    FROM step LEFT JOIN known_case USING (province, case_id)
    WHERE log = 'matters' AND type = :recovered AND province = ANY(:provinces)
      AND at >= :begins AND at < :ends AND recorded_at < :as_of
    GROUP BY province, case_type, channel, month
""")
MEDIATED: Final = text("""
    SELECT count(*) FILTER (WHERE type = :agreed) AS agreed,
           count(*) FILTER (WHERE type = :session AND said ->> 'result' = 'broken-off') AS broken_off
    FROM step
    WHERE log = 'matters' AND type IN (:agreed, :session) AND province = ANY(:provinces)
      AND at >= :begins AND at < :ends AND recorded_at < :as_of
""")
EVALUATED: Final = text("""
    SELECT count(*) AS concluded, count(evaluated.at) AS evaluated
    FROM first AS concluded
    LEFT JOIN first AS evaluated ON evaluated.case_id = concluded.case_id
        AND evaluated.province = concluded.province AND evaluated.what = 'evaluated'
    WHERE concluded.what = 'concluded' AND concluded.at >= :begins AND concluded.at < :ends
""")
# A case may be received in one province and concluded in another.
LASTED: Final = text("""
    WITH reached AS (
        SELECT case_id, what, min(at) AS at FROM first GROUP BY case_id, what)
    SELECT stage, count(*) AS cases,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended.at - begun.at)) AS seconds
    FROM unnest(CAST(:stages AS text[]), CAST(:begun AS text[]), CAST(:ended AS text[]))
        AS stages(stage, begun_by, ended_by)
    JOIN reached AS begun ON begun.what = begun_by
    JOIN reached AS ended ON ended.what = ended_by AND ended.case_id = begun.case_id
    WHERE ended.at >= :begins AND ended.at < :ends AND ended.at >= begun.at
    GROUP BY stage
""")


async def count(
    database: AsyncEngine, provinces: Sequence[Province], first: date, last: date, as_of: date
) -> Counted:
    """What happened from one day to another, in China, as far as it was recorded by the end of `as_of`."""
    asked = {
        "provinces": list(provinces),
        "begins": datetime.combine(first, time(0), CHINA),
        "ends": datetime.combine(last + timedelta(days=1), time(0), CHINA),
        "as_of": datetime.combine(as_of + timedelta(days=1), time(0), CHINA),
    }
    words = {"types": list(COUNTED), "whats": list(COUNTED.values())}
    async with database.connect() as connection:
        await connection.execute(FIRSTS, asked | words)
        cells = [*await cells_of(connection, CASES, asked)]
        cells += await cells_of(connection, MONEY, asked | {"recovered": RecoveryRecorded.type})
        said = asked | {"agreed": MediationAgreed.type, "session": MediationSessionHeld.type}
        mediated = Mediated(**(await connection.execute(MEDIATED, said)).one()._asdict())
        evaluated = Evaluated(**(await connection.execute(EVALUATED, asked)).one()._asdict())
        lasted = await lasted_of(connection, asked)
    return Counted(cells=cells, mediated=mediated, evaluated=evaluated, lasted=lasted)


async def cells_of(connection: AsyncConnection, query: Any, asked: Mapping[str, Any]) -> Sequence[Cell]:
    return [Cell(**row._asdict()) for row in await connection.execute(query, asked)]


async def lasted_of(connection: AsyncConnection, asked: Mapping[str, Any]) -> Mapping[str, Lasted]:
    """The stages that ended in some case, in their order."""
    stages = {
        "stages": list(STAGES),
        "begun": [begun for begun, _ in STAGES.values()],
        "ended": [ended for _, ended in STAGES.values()],
    }
    rows = {row.stage: row for row in await connection.execute(LASTED, {**asked, **stages})}
    return {
        stage: Lasted(cases=rows[stage].cases, median_days=round(float(rows[stage].seconds) / 86_400, 2))
        for stage in STAGES
        if stage in rows
    }
