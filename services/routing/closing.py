"""What routing does when agencies close: whoever goes on is asked in their place, and everybody is told."""

from datetime import date
from typing import TYPE_CHECKING

from chassis.jobs import act_on_case
from chassis.unit_of_work import UnitOfWork
from services.routing import worklists
from services.routing.domain.custody import Custody
from services.routing.domain.directory import Directory
from services.routing.domain.succession import has_ended
from services.routing.sending import move_to_successor

if TYPE_CHECKING:
    from chassis.runtime import Runtime


async def move_offers(runtime: "Runtime", old: Directory, new: Directory, on: date) -> None:
    """Move the open offers to agencies that have closed by that day. Done again, it finds nothing to do."""
    closed = [agency.id for agency in new.agencies.values() if has_ended(agency, on)]
    asking = await worklists.asking(runtime.database, runtime.settings.provinces, closed)
    for province, case_id in asking:
        await act_on_case(runtime.engine, province, case_id, move_offer)


def move_offer(uow: UnitOfWork) -> None:
    """Of one case, whose custody has the id of the case."""
    move_to_successor(uow.get(Custody, uow.case_id), uow)
