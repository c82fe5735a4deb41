"""Says what a start is busy with, because a first one may take half a minute."""

import sys
from collections.abc import Callable

Progress = Callable[[str], None]


def to_stderr(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def silent(_message: str) -> None:
    """For tests, which show the logs of a part when it fails."""
