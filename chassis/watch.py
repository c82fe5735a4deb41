"""Liveness: lag above zero and no progress for so many seconds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from chassis.bus import Bus
from chassis.relay import Relay


@dataclass(slots=True, kw_only=True)
class Watch:
    """Remembers when each reader last moved."""

    buses: Sequence[Bus]
    relays: Sequence[Relay]
    stuck_after_s: float
    clock: Callable[[], float]
    _seen: dict[str, tuple[int, float]] = field(default_factory=dict)

    def stuck(self) -> list[str]:
        """The readers that have had work to do and have not moved for `stuck_after_s`."""
        return [
            f"{bus.cluster} log reader: {bus.lag} behind, no progress for {self.stuck_after_s:g} s"
            for bus in self.buses
            if self._still(bus.name, bus.progress, busy=bus.lag > 0)
        ]

    def _still(self, name: str, progress: int, *, busy: bool) -> bool:
        seen, since = self._seen.get(name, (-1, self.clock()))
        if not busy or progress != seen:
            self._seen[name] = (progress, self.clock())
            return False
        return self.clock() - since > self.stuck_after_s
