"""Units of work of jobs: what a service does by itself, neither for an event nor for a timer or a request."""

from collections.abc import Callable

from chassis.cases import load_cases, look_at_case
from chassis.engine import Engine
from chassis.unit_of_work import Stimulus, UnitOfWork
from schemas.ids import CaseId, Province


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
