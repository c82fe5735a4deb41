"""Sees the steps of a clock, for the loops that rest until a moment: in test mode it may come at once."""

import asyncio
from collections.abc import Callable

from chassis.clock import Clock

GLANCE_S = 0.025
"""How soon a step is seen. Another process may make it, and nothing tells of that."""


class Steps:
    """Calls `seen` after each step of the clock."""

    def __init__(self, clock: Clock, seen: Callable[[], None]) -> None:
        self.clock = clock
        self.seen = seen
        self._stepped_ns = clock.stepped_ns
        self._loop = asyncio.get_running_loop()
        self._next: asyncio.TimerHandle | None = None

    async def watch(self, stopping: asyncio.Event) -> None:
        """Glance at the clock until `stopping` is set."""
        self._glance()
        try:
            await stopping.wait()
        finally:
            if self._next:
                self._next.cancel()

    def _glance(self) -> None:
        if self._stepped_ns != (stepped_ns := self.clock.stepped_ns):
            self._stepped_ns = stepped_ns
            self.seen()
        # All services of a process glance in the same turn of its loop: a turn costs more than a glance.
        turn = self._loop.time() // GLANCE_S + 1
        self._next = self._loop.call_at(turn * GLANCE_S, self._glance)
