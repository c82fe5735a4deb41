"""Starts several parts in the time of the slowest."""

from collections.abc import Sequence
from contextlib import ExitStack
from typing import Protocol


class Part(Protocol):
    def prepare(self) -> None: ...
    def launch(self) -> None: ...
    def wait_ready(self) -> None: ...
    def stop(self) -> None: ...


def start_together(parts: Sequence[Part]) -> None:
    """Stops them all again when one does not start."""
    try:
        for part in parts:
            part.prepare()
        for part in parts:
            part.launch()
        for part in parts:
            part.wait_ready()
    except BaseException:
        stop_together(parts)
        raise


def stop_together(parts: Sequence[Part]) -> None:
    """Every one of them, also when one raises."""
    with ExitStack() as stack:
        for part in parts:
            stack.callback(part.stop)
