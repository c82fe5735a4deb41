"""What a step of an imported case is."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from schemas.past import PastAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one kind of act needs, and what follows from it."""

    after: str | None = None
    """What must have happened before."""
    says: tuple[str, ...] = ()
    """The fields that it must fill."""
    stage: str = "granted"
    """Where the case stands then."""
    once: bool = True
    starts: str | None = None
    """The rule of the time limit that begins with it."""
    met_by: str | None = None
    """What meets that limit."""


OutOfTurn = Callable[[PastAct, Sequence[PastAct]], Iterator[tuple[str, str]]]
"""What the acts before leave no room for: the field of the act, and what was expected in it."""
