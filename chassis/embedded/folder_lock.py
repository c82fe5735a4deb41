"""Keeps two parents from running programs over one data folder."""

import contextlib
import os
import sys
from pathlib import Path
from typing import IO


class FolderInUse(RuntimeError):
    """Another process holds the folder."""


class FolderLock:
    """Held until released or until this process ends, however it ends: the operating system sees to that."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Does nothing when this lock is held already. Raises FolderInUse, which names the holder."""
        if self._file is not None:
            return
        # Closed to other users: records and logs hold what workers told their lawyers.
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = open(self._folder / "lock", "a+", encoding="ascii")  # noqa: SIM115 - stays open while held
        try:
            _lock(file)
        except OSError:
            raise FolderInUse(self._refusal(file)) from None
        file.seek(0)
        file.truncate()
        file.write(f"{os.getpid()}\n")
        file.flush()
        self._file = file

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _refusal(self, file: IO[str]) -> str:
        holder = "another process"
        # Windows lets nobody else read a locked file.
        with file, contextlib.suppress(OSError):
            file.seek(0)
            holder = f"process {file.read().strip() or 'unknown'}"
        return f"{self._folder} is in use by {holder}: end that one first, or take another folder"


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
