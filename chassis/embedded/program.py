"""One child program with its folder: the lock on it, its log, and the record of its process."""

import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from chassis.embedded.folder_lock import FolderLock
from chassis.embedded.orphans import end_orphan, record
from chassis.embedded.processes import Child, Command, spawn, tail
from chassis.embedded.progress import Progress
from chassis.embedded.waiting import wait_until

_LOG_BYTES = 4_000_000
_LEAVE_S = 20.0

SIGKILL: int = getattr(signal, "SIGKILL", signal.SIGTERM)
SIGCONT: int | None = getattr(signal, "SIGCONT", None)


class Program:
    def __init__(self, name: str, folder: Path, progress: Progress) -> None:
        self.name = name
        self.folder = folder
        self.log = folder / "log.txt"
        self._progress = progress
        self._lock = FolderLock(folder)
        self._record = folder / "process"
        self._child: Child | None = None
        self._launched_at = 0.0

    @property
    def pid(self) -> int | None:
        """None unless it runs."""
        return self._child.pid if self._child and self._child.exit_code() is None else None

    def hold(self) -> None:
        """Makes the folder ours. Raises FolderInUse when another parent has it, RuntimeError when we run."""
        if self.pid is not None:
            raise RuntimeError(f"{self.name} runs already, as process {self.pid}")
        self._lock.take()
        end_orphan(self._record)
        if self.log.exists() and self.log.stat().st_size > _LOG_BYTES:
            self.log.replace(self.folder / "log.old.txt")

    def launch(self, command: Command) -> None:
        self._launched_at = time.monotonic()
        self._child = spawn(command)
        record(self._record, self._child.pid)

    def wait_until_ready(self, ready: Callable[[], bool], within_s: float) -> None:
        """Raises RuntimeError with the end of the log when the program ends instead."""
        wait_until(lambda: self._lives() and ready(), within_s=within_s, what=f"{self.name} ready")
        self._progress(f"{self.name}: ready after {time.monotonic() - self._launched_at:.1f} s")

    def kill(self, number: int = SIGKILL) -> None:
        """Sends a signal, and after SIGKILL waits for the end."""
        if self._child is not None:
            self._child.send(number)
            if number == SIGKILL:
                self._child.wait(_LEAVE_S)

    def stop(self, number: int, *, within_s: float = _LEAVE_S) -> None:
        """Asks it to end, and after `within_s` makes it; gives the folder up. May be called again."""
        if self._child is not None:
            self._child.send(number)
            if SIGCONT is not None:
                self._child.send(SIGCONT)
            try:
                self._child.wait(within_s)
            except subprocess.TimeoutExpired:
                self.kill()
            self._child = None
        self._lock.release()

    def _lives(self) -> bool:
        code = self._child.exit_code() if self._child else None
        if self._child is None or code is not None:
            raise RuntimeError(f"{self.name} ended with {code}; {self.log} ends:\n{tail(self.log)}")
        return True
