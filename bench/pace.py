"""Things done at a steady rate, and how long each took to arrive."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from time import perf_counter

from bench.stage import percentile
from tests.deployment import WAIT_S, answered, until

A_SECOND = 100


@dataclass
class Journey:
    """When each thing set out and arrived, by its name."""

    left: dict[str, float] = field(default_factory=dict)
    arrived: dict[str, float] = field(default_factory=dict)

    def leave(self, name: str) -> None:
        self.left[name] = perf_counter()

    def arrive(self, name: str) -> None:
        self.arrived.setdefault(name, perf_counter())

    def ms(self, percent: float) -> float:
        took = [max(0.0, self.arrived[name] - left) * 1000 for name, left in self.left.items()]
        return percentile(took, percent)

    async def all_there(self, within_s: float = WAIT_S) -> None:
        await until(lambda: answered(self.left.keys() <= self.arrived.keys()), "all to arrive", within_s)


async def at_pace(seconds: float, act: Callable[[int], Awaitable[None]], *, a_second: int = A_SECOND) -> None:
    """`act(0)`, `act(1)`, … so many times a second; one that takes longer delays the next, and no more."""
    begun = perf_counter()
    for number in range(int(seconds * a_second)):
        await asyncio.sleep(max(0.0, begun + number / a_second - perf_counter()))
        await act(number)
