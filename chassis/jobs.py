"""Units of work of jobs: what a service does by itself, neither for an event nor for a timer or a request."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from chassis.cases import load_cases, look_at_case
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


async def look_into_case(engine: Engine, province: Province, case_id: CaseId) -> UnitOfWork:
    """A case as it is, unlocked. What is done with this unit of work is not kept."""
    async with engine.database.connect() as connection:
        case = await look_at_case(connection, province, case_id)
        await load_cases(
            connection, {case.name: case}, engine.service.stores, vault=engine.service.opens_seals
        )
    return engine.unit(case, Stimulus(case_id=case_id))


async def act_on_case(
    engine: Engine, province: Province, case_id: CaseId, work: Callable[[UnitOfWork], None]
) -> bool:
    """One unit of work under the case's lock, committed on return. False where the case is held.

    Between looking and acting others had their turn, so `work` looks again at what it meets.
    """
    name = (province, case_id)
    async with engine.database.begin() as connection:
        case = (await engine.lock(connection, [name]))[name]
        if case.hold:
            return False
        uow = engine.unit(case, Stimulus(case_id=case_id))
        work(uow)
        engine.merge(uow)
        engine.drain(case)
        await engine.save(connection, {name: case})
    engine.wake()
    return True
