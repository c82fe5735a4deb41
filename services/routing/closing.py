"""What routing does when agencies and sites close: whoever goes on is asked instead, and all are told."""

from datetime import date
from typing import TYPE_CHECKING

from chassis.jobs import act_on_case
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.deadlines import day_of
from services.routing import worklists
from services.routing.deciding import next_step, take_step
from services.routing.directory.serving import count_loads
from services.routing.domain import relocating
from services.routing.domain.custody import Custody
from services.routing.domain.directory import Directory
from services.routing.domain.succession import has_ended, site_has_ended
from services.routing.sending import move_to_successor

if TYPE_CHECKING:
    from chassis.runtime import Runtime


async def move_offers(runtime: "Runtime", old: Directory, new: Directory, on: date) -> None:
    """Move the open offers to agencies and sites that have closed by that day.

    Done again, it finds nothing to do.
    """
    provinces = runtime.settings.provinces
    closed = [agency.id for agency in new.agencies.values() if has_ended(agency, on)]
    asking = await worklists.asking(runtime.database, provinces, closed)
    asked = await worklists.asked_sites(runtime.database, provinces)
    ended = {site for site in {site for _, _, site in asked} if site_has_ended(site, on, new)}
    at_sites = [(province, case_id) for province, case_id, site in asked if site in ended]
    moving = dict.fromkeys([*asking, *at_sites])
    for province, case_id in moving:
        await act_on_case(runtime.engine, province, case_id, move_offer)
    if moving:
        await count_loads(runtime)


def move_offer(uow: UnitOfWork) -> None:
    """Of one case, whose custody has the id of the case."""
    custody = uow.get(Custody, uow.case_id)
    if not move_to_successor(custody, uow):
        leave_site(custody, uow)


def leave_site(custody: Custody, uow: UnitOfWork) -> None:
    """Ask whoever goes on with the work of a site that is asked and has closed."""
    closed = relocating.closed_sites(custody, day_of(uow.now), uow.use(Directory))
    if not closed:
        return
    step, law = next_step(custody, uow), uow.use(Law)
    left = relocating.relocate(custody, closed, step.route, step.id, law, here=uow.province, at=uow.now)
    take_step(custody, left, step, uow)
