"""Moves an open offer on when the site that it asks has closed."""

from collections.abc import Mapping
from datetime import date, datetime

from law.book import Law
from schemas.codes import RecallCode
from schemas.facts import Candidate, CaseFacts
from schemas.ids import Province, SiteId, TransferId
from schemas.transfers import CustodyEvent
from services.routing.domain.asking import offered
from services.routing.domain.custody import Custody
from services.routing.domain.directory import Directory, level_of
from services.routing.domain.route import TRANSFER, Route
from services.routing.domain.succession import site_after, site_has_ended
from services.routing.domain.transfer import Transfer


def relocate(
    custody: Custody,
    closed: Mapping[SiteId, Candidate | None],
    route: Route,
    next_id: TransferId,
    law: Law,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """The successor of a site that is asked and has closed goes on; without one its agency does.

    Where the agency that is asked keeps the successor, the offer and its clock stay. Another agency is asked
    anew: it has not seen the offer yet.

    Args:
        closed: sites that have closed, with who goes on; None where nobody does.
        route: the reasons of what is asked anew.
    """
    found = next((each for each in custody.transfers if each.open and each.site in closed), None)
    if found is None or found.site is None:
        return []
    to = closed[found.site]
    if to is None or to.agency == found.to or not may_go_to(to, found, custody):
        site = to.site if to and to.agency == found.to else None
        return [found.relocated(found.site, site, at=at)]
    recalled = found.recalled(RecallCode("site-closed"), at=at)
    to = to.model_copy(update={"mode": found.mode or to.mode})
    law = law.in_region(to.province)
    return [recalled, offered(custody.after(recalled), to, route, next_id, law, here=here, at=at)]


def may_go_to(to: Candidate, found: Transfer, custody: Custody) -> bool:
    """Whether another agency may be asked instead; a direction binds the one that it names."""
    return not found.directed and to.agency not in custody.approached and to.agency != custody.owner


def closed_sites(custody: Custody, on: date, directory: Directory) -> dict[SiteId, Candidate | None]:
    """The sites that are asked and have closed, with who goes on."""
    asked = {each.site for each in custody.transfers if each.open and each.site}
    return {
        site: going_on(site, custody.facts, on, directory)
        for site in asked
        if site_has_ended(site, on, directory)
    }


def going_on(closed: SiteId, facts: CaseFacts, on: date, directory: Directory) -> Candidate | None:
    """The first in the line of successors that stands, if it and its agency take such a case on."""
    row = directory.sites.row_of(closed)
    after = site_after(None if row is None else directory.sites.successor.get(row), on, directory)
    site = directory.sites.get(after) if after else None
    if site is None or not site.takes_cases_on or not site.serves(facts.case_type):
        return None
    agency = directory.agencies[site.agency]
    competent = agency.serves(facts.case_type) and agency.serves_level(level_of(facts.work))
    if not competent or not agency.open_on(on):
        return None
    return Candidate(agency=agency.id, province=agency.province, mode=TRANSFER, site=site.id)
