"""Places where a test may kill the process: between two awaits whose order matters."""

import os
import signal

FAILPOINTS = frozenset(
    {
        "before_commit",
        "after_commit_before_offset",
        "after_send_before_ack",
        "after_publish_before_delete",
        "after_delete",
        "after_request_commit",
        "before_timer_commit",
        "after_file_before_delivered",
    }
)
"""Every place that has one. A name that is not here is refused when settings are read by the runtime."""

_armed: dict[str, int] = {}


def arm(text: str | None) -> None:
    """Make the process kill itself at a failpoint: `name`, or `name:count` for the count-th time."""
    _armed.clear()
    if text:
        name, _, count = text.partition(":")
        if name not in FAILPOINTS:
            raise ValueError(f"failpoint: found {name}, expected one of {', '.join(sorted(FAILPOINTS))}")
        _armed[name] = int(count or 1)


def failpoint(name: str) -> None:
    """Die here, as a machine dies, if this place is armed."""
    if name in _armed:
        _armed[name] -= 1
        if _armed[name] <= 0:
            os.kill(os.getpid(), signal.SIGKILL)
