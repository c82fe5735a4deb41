"""The only source of time. In test mode it can be stepped, for all processes of a deployment at once."""

import fcntl
import mmap
import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class ClockNotSteppable(Exception):
    """A clock without a shared file follows the machine."""


class ClockCannotGoBack(ValueError):
    """Legal clocks run from what was read; a moment that has passed does not come again."""


class Clock:
    """Aware UTC; within a process it never goes back, even when the machine's clock is set back.

    With a file (test mode) the machine's time is shifted by the 8 bytes in it: nanoseconds, native order.
    Each process maps the file, so that a step is one aligned store which all see at once.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._offset_ns = _map(file) if file else None
        self._last_ns = 0
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Now, to the microsecond."""
        with self._lock:
            self._last_ns = max(self._last_ns, self._shifted_ns())
            return EPOCH + timedelta(microseconds=self._last_ns // 1000)

    @property
    def steppable(self) -> bool:
        """Whether time may pass at once."""
        return self._offset_ns is not None

    @property
    def stepped_ns(self) -> int:
        """By how much it is ahead of the machine's."""
        return self._offset_ns[0] if self._offset_ns else 0

    def step_to(self, moment: datetime) -> datetime:
        """Make it (at least) this moment for every process that shares the file; returns the new now.

        Raises ClockCannotGoBack for a moment that has passed, ClockNotSteppable outside test mode.
        """
        if self._file is None or self._offset_ns is None:
            raise ClockNotSteppable("only a clock with a shared file (test mode) can be stepped")
        with self._file.open("rb") as locked:
            # Two that step at once could undo each other; readers never wait for this lock.
            fcntl.flock(locked, fcntl.LOCK_EX)
            if moment < (now := self.now()):
                raise ClockCannotGoBack(f"asked to step to {moment.isoformat()}, found {now.isoformat()}")
            wanted_ns = (moment - EPOCH) // timedelta(microseconds=1) * 1000
            self._offset_ns[0] = max(self._offset_ns[0], wanted_ns - time.time_ns())
        return self.now()

    def _shifted_ns(self) -> int:
        return time.time_ns() + self.stepped_ns


def _map(file: Path) -> memoryview:
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(descriptor, 8)  # new bytes are zero; a file of 8 bytes stays as it is
        return memoryview(mmap.mmap(descriptor, 8)).cast("q")
    finally:
        os.close(descriptor)
