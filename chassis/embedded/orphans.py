"""Recognises a child of an earlier parent, so that a new start waits for its end first."""

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path

from chassis.embedded.waiting import wait_until

_LEAVE_S = 10.0
_SIGKILL: int = getattr(signal, "SIGKILL", signal.SIGTERM)
_SIGCONT: int | None = getattr(signal, "SIGCONT", None)


def record(file: Path, pid: int) -> None:
    file.write_text(f"{pid} {_started(pid)}\n", "ascii")


def end_orphan(file: Path) -> None:
    """Waits until the recorded process is gone, and kills it when it does not leave by itself.

    Only for the holder of the folder's lock: its record can then name no living parent's child.
    """
    pid, started = _recorded(file)

    def gone() -> bool:
        # A process id alone will not do: after a reboot, or in a new container, it is another program's.
        return not started or _started(pid) != started

    if gone():
        return
    # Its parent's death has told it to end, but a server that was stopped with SIGSTOP has not heard yet.
    if _SIGCONT is not None:
        _send(pid, _SIGCONT)
    try:
        wait_until(gone, within_s=_LEAVE_S, what=f"end of process {pid}")
    except TimeoutError:
        _send(pid, _SIGKILL)
        wait_until(gone, within_s=_LEAVE_S, what=f"end of process {pid}")


def _recorded(file: Path) -> tuple[int, str]:
    """A record that was cut short by a full disk or a power failure names nobody."""
    pid, _, started = file.read_text("ascii").strip().partition(" ") if file.exists() else ("", "", "")
    return (int(pid), started) if started else (0, "")


def _send(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _started(pid: int) -> str:
    """What tells two processes with one id apart; empty when there is no such process, or no way to tell."""
    if sys.platform == "linux":
        return _started_on_linux(pid)
    if sys.platform == "win32":
        return ""
    asked = subprocess.run(
        ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return asked.stdout.strip()


def _started_on_linux(pid: int) -> str:
    try:
        # The second field is the program's name, which may hold spaces and brackets.
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""
    state, started = fields[0], fields[19]
    # Where nobody collects orphans, as in many containers, the dead stay as zombies.
    return "" if state in "ZX" else f"{boot}/{started}"
