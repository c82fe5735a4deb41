"""Units of work of jobs: what a service does by itself, neither for an event nor for a timer or a request."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping, Set
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from chassis.arrivals import Name
from chassis.cases import look_at_cases
from chassis.engine import Engine
from chassis.transient import is_transient
from chassis.unit_of_work import Stimulus, UnitOfWork
from schemas.ids import CaseId, Province

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)


async def work_off(
    runtime: "Runtime", work: Callable[[], Awaitable[int]], *, look_s: float, soon_s: float | None = None
) -> None:
    """Do what is noted in the database until the service stops.

    Args:
        work: returns how much there was, so that more is looked for at once. Done again, it changes nothing.
        look_s: until it is looked again after there was nothing, or a part was away.
        soon_s: the same when this process has committed something, or time was stepped.

    Raises what does not pass by itself.
    """
    stirred, soon_s = asyncio.Event(), look_s if soon_s is None else soon_s
    runtime.stirred.append(stirred)
    while not runtime.stopping.is_set():
        stirred.clear()
        done = 0
        try:
            done = await work()
        except (DBAPIError, OSError, TimeoutError) as error:
            if isinstance(error, DBAPIError) and not is_transient(error):
                raise
            log.warning("job_interrupted", extra={"error": type(error).__name__})
        if not done:
            await pause(runtime, soon_s)
            await rest(stirred, look_s - soon_s)


async def pause(runtime: "Runtime", seconds: float) -> None:
    """Less where the service stops meanwhile."""
    await rest(runtime.stopping, seconds)


async def rest(until: asyncio.Event, seconds: float) -> None:
    if seconds <= 0:
        return
    try:
        async with asyncio.timeout(seconds):
            await until.wait()
    except TimeoutError:
        pass


async def look_into_cases(engine: Engine, names: Iterable[Name]) -> Mapping[Name, UnitOfWork]:
    """Cases as they are, unlocked. What is done with these units of work is not kept."""
    async with engine.database.connect() as connection:
        cases = await look_at_cases(
            connection, names, engine.service.stores, vault=engine.service.opens_seals
        )
    return {name: engine.unit(case, Stimulus(case_id=case.case_id)) for name, case in cases.items()}


async def look_into_case(engine: Engine, province: Province, case_id: CaseId) -> UnitOfWork:
    """One of them."""
    return (await look_into_cases(engine, [(province, case_id)]))[province, case_id]


async def act_on_cases(
    engine: Engine, names: Collection[Name], work: Callable[[UnitOfWork], None]
) -> Set[Name]:
    """A unit of work for each case under its lock, all committed together on return.

    Between looking and acting others had their turn, so `work` looks again at what it meets. Returns on which
    it acted: not on those that are held.
    """
    async with engine.transaction() as connection:
        locked = await engine.lock(connection, names)
        free = {name: case for name, case in locked.items() if not case.hold}
        for case in free.values():
            uow = engine.unit(case, Stimulus(case_id=case.case_id))
            work(uow)
            engine.merge(uow)
            engine.drain(case)
        await engine.save(connection, free)
    return free.keys()


async def act_on_case(
    engine: Engine, province: Province, case_id: CaseId, work: Callable[[UnitOfWork], None]
) -> bool:
    """The same for one case. False where it is held."""
    name = (province, case_id)
    return name in await act_on_cases(engine, [name], work)
