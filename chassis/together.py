"""Many cases in one transaction: all of them become what was decided, or none does."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.errors import CaseHeld
from chassis.unit_of_work import Stimulus, UnitOfWork
from schemas.ids import Province

if TYPE_CHECKING:
    from chassis.engine import Engine

T = TypeVar("T")

Deciding = Callable[[AsyncConnection, Sequence[UnitOfWork]], Awaitable[T]]
"""Gets a unit of work for each case, in the order in which they were named."""


async def decide_together(
    engine: "Engine", province: Province, stimuli: Sequence[Stimulus], decision: Deciding[T], *, keep: bool
) -> T:
    """Lock all of the cases, decide about them, save, commit. Raises CaseHeld, and what the decision raises.

    Each case has a unit of work of its own, as always: what is said of one is said of no other.

    Args:
        stimuli: one for each case, none twice.
        keep: if not, it is only found out what would become of them, and nothing of it stays.
    """
    async with engine.transaction() as connection:
        names = [(province, stimulus.case_id) for stimulus in stimuli]
        cases = await engine.lock(connection, names)
        for case in cases.values():
            if case.hold:
                raise CaseHeld(case_id=case.case_id, cause=case.hold.cause)
        units = [engine.unit(cases[name], stimulus) for name, stimulus in zip(names, stimuli, strict=True)]
        decided = await decision(connection, units)
        if not keep:
            await connection.rollback()
            return decided
        for unit in units:
            engine.merge(unit)
            engine.drain(unit.case)
        await engine.save(connection, cases)
    return decided
