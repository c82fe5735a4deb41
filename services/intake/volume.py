"""How much advice was asked for: counted on reading, by who advised, how, and how it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from law.deadlines import SHANGHAI
from schemas.codes import Channel, ConsultationOutcome, ConsultationTopic
from schemas.ids import AgencyId, Province, SiteId

BY_SITE = text("""
    SELECT agency, site, channel, outcome, count(*) AS consultations, coalesce(sum(minutes), 0) AS minutes
    FROM consultation WHERE province = :province AND opened_at >= :begins AND opened_at < :ends
    GROUP BY agency, site, channel, outcome
    ORDER BY agency, site NULLS FIRST, channel, outcome NULLS FIRST
""")
BY_TOPIC = text("""
    SELECT topic, count(*) AS consultations
    FROM consultation, jsonb_array_elements_text(topics) AS topic
    WHERE province = :province AND opened_at >= :begins AND opened_at < :ends
    GROUP BY topic ORDER BY consultations DESC, topic
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The consultations of one site that came one way and ended alike."""

    agency: AgencyId
    site: SiteId | None
    channel: Channel
    outcome: ConsultationOutcome | None
    """Null: still open."""
    consultations: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The consultations of some days."""

    first: date
    last: date
    consultations: int
    minutes: int
    by_site: Sequence[Counted]
    topics: Mapping[ConsultationTopic, int]
    """How many were about it; one may be about several."""


async def volume_of(database: AsyncEngine, province: Province, first: date, last: date) -> Volume:
    """From the first moment of one day, in China, to the last one of another."""
    asked = {
        "province": province,
        "begins": datetime.combine(first, time(0), SHANGHAI),
        "ends": datetime.combine(last + timedelta(days=1), time(0), SHANGHAI),
    }
    async with database.connect() as connection:
        sites = [Counted(**row._asdict()) for row in await connection.execute(BY_SITE, asked)]
        topics = {row.topic: row.consultations for row in await connection.execute(BY_TOPIC, asked)}
    return Volume(
        first=first,
        last=last,
        consultations=sum(each.consultations for each in sites),
        minutes=sum(each.minutes for each in sites),
        by_site=sites,
        topics=topics,
    )
