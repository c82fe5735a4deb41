"""Waits for a condition with a deadline; nothing here sleeps in the hope that it was long enough."""

import time
from collections.abc import Callable

_PAUSE_S = 0.02


def wait_until(condition: Callable[[], bool], *, within_s: float, what: str) -> None:
    """Raises TimeoutError that says `what` did not come about."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {within_s:g} s")
        time.sleep(_PAUSE_S)
