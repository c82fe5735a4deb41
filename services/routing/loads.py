"""What every agency and site has to do, counted."""

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from schemas.ids import AgencyId, Province, SiteId
from services.routing.domain.load import Load

LOADS = text("""
    -- What we are asked: offers that wait or were accepted, at the site that they name.
    WITH offers AS (
        SELECT o.agency, w.site FROM offer AS o
        LEFT JOIN site_work AS w ON (w.province, w.case_id, w.key) = (o.province, o.case_id, o.id)
        WHERE o.status IN ('waiting', 'acknowledged', 'clarifying', 'accepted')
    ),
    -- What we ask of provinces that this deployment does not serve: the last offer of a case.
    asked AS (
        SELECT w.agency, w.site FROM custody AS c
        JOIN LATERAL (
            SELECT agency, to_province, site FROM site_work
            WHERE (province, case_id) = (c.province, c.id) AND key <> '' ORDER BY key DESC LIMIT 1
        ) AS w ON w.to_province <> ALL(:provinces)
        WHERE c.status = 'asking'
    ),
    -- Matters that are not concluded, at the site where the owner took the case in or on.
    matters AS (
        SELECT c.owner AS agency, w.site FROM custody AS c
        LEFT JOIN LATERAL (
            SELECT site FROM site_work
            WHERE (province, case_id, agency) = (c.province, c.id, c.owner) ORDER BY key DESC LIMIT 1
        ) AS w ON true
        WHERE c.status = 'placed' AND NOT EXISTS (
            SELECT FROM work_done AS d WHERE (d.province, d.case_id, d.agency) = (c.province, c.id, c.owner)
        )
    )
    SELECT agency, site, count(*) AS open
    FROM (TABLE offers UNION ALL TABLE asked UNION ALL TABLE matters) AS work GROUP BY agency, site
""")


async def load_of(database: AsyncEngine, provinces: Sequence[Province]) -> Load:
    """What every agency and site has to do, as far as this deployment knows."""
    agencies: dict[AgencyId, int] = {}
    sites: dict[SiteId, int] = {}
    async with database.connect() as connection:
        for row in await connection.execute(LOADS, {"provinces": list(provinces)}):
            agencies[row.agency] = agencies.get(row.agency, 0) + row.open
            if row.site is not None:
                sites[row.site] = row.open
    return Load(agencies, sites)
