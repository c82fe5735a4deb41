"""Says what a start is busy with, because a first one may take half a minute."""

import sys
from collections.abc import Callable

Progress = Callable[[str], None]


def to_stderr(message: str) -> None:
    # In one piece: downloads report from several threads, and print() would write the line's end by itself.
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def silent(_message: str) -> None:
    """For tests, which show the logs of a part when it fails."""
