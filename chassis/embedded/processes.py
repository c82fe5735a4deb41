"""Starts a program that ends with this process, even when this process is killed."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).parent
_PYTHON = (sys.executable, "-I", "-S")

# Linux sends the parent-death signal when the *thread* that forked ends, not the process. So one thread,
# which lives as long as this process, does all the forking, and `spawn` may be called from any thread.
_forking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedded-forking")


def _forget_the_thread() -> None:
    global _forking
    _forking = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedded-forking")


if sys.platform != "win32":
    os.register_at_fork(after_in_child=_forget_the_thread)


@dataclass(frozen=True, kw_only=True)
class Command:
    """A program and how it is run.

    `death_signal` is what it gets when this process is gone. `data` is the folder that a program which
    refuses to run as root is to own; empty for one that does not mind.
    """

    arguments: Sequence[str | Path]
    folder: Path
    environment: Mapping[str, str]
    log: Path
    death_signal: int = getattr(signal, "SIGKILL", signal.SIGTERM)
    data: str = ""


class Child:
    """A started program, and where the system has no parent-death signal the watchdog beside it."""

    def __init__(self, process: subprocess.Popen[bytes], watchdog: subprocess.Popen[bytes] | None) -> None:
        self._process = process
        self._watchdog = watchdog
        self.pid = process.pid

    def exit_code(self) -> int | None:
        """None while it runs."""
        code = self._process.poll()
        if code is not None:
            self._dismiss_watchdog()
        return code

    def wait(self, within_s: float) -> int:
        """Its exit code. Raises subprocess.TimeoutExpired when it still runs."""
        code = self._process.wait(timeout=within_s)
        self._dismiss_watchdog()
        return code

    def send(self, number: int) -> None:
        """Sends a signal; does nothing when the program has ended. Windows has only the one that ends it."""
        self._process.send_signal(signal.SIGTERM if sys.platform == "win32" else number)

    def _dismiss_watchdog(self) -> None:
        """Its process id may be another program's by the time the watchdog would strike."""
        if self._watchdog is not None:
            self._watchdog.kill()
            self._watchdog.communicate()
            self._watchdog = None


def spawn(command: Command) -> Child:
    """Starts it in a session of its own, so that the terminal's Ctrl-C reaches this process alone."""
    program = [str(argument) for argument in command.arguments]
    if sys.platform != "linux":
        return spawn_guarded(program, command)
    launcher = [*_PYTHON, str(_HERE / "launch.py"), str(os.getpid()), str(int(command.death_signal))]
    if command.data and os.geteuid() == 0:
        launcher = [*_PYTHON, str(_HERE / "leave_root.py"), command.data, *launcher]
    return Child(_popen([*launcher, *program], command), None)


def spawn_guarded(program: list[str], command: Command) -> Child:
    """With a watchdog process, which sees its standard input close when this process is gone."""
    process = _popen(program, command)
    watchdog = subprocess.Popen(
        [*_PYTHON, str(_HERE / "watchdog.py"), str(process.pid), str(int(command.death_signal))],
        stdin=subprocess.PIPE,
        start_new_session=True,
    )
    return Child(process, watchdog)


def run(command: Command, *, within_s: float = 120) -> None:
    """Runs it to its end. Raises RuntimeError with the end of its log when it fails."""
    finish(spawn(command), command, within_s=within_s)


def finish(child: Child, command: Command, *, within_s: float = 120) -> None:
    """Waits for the end of a spawned command. Raises RuntimeError when it fails or takes too long."""
    try:
        code = child.wait(within_s)
    except subprocess.TimeoutExpired:
        child.send(command.death_signal)
        code = child.wait(within_s)
    if code != 0:
        raise RuntimeError(
            f"{command.arguments[0]} ended with {code}, expected 0; {command.log} ends:\n{tail(command.log)}"
        )


def tail(log: Path, *, lines: int = 40) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])


def _popen(arguments: list[str], command: Command) -> subprocess.Popen[bytes]:
    with command.log.open("ab") as log:
        return _forking.submit(
            subprocess.Popen[bytes],
            arguments,
            cwd=command.folder,
            env=dict(command.environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ).result()
