"""Children end with their parent, whatever ends it."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from chassis.embedded.environment import inherited_environment
from chassis.embedded.orphans import end_orphan, record
from chassis.embedded.processes import Child, Command, run, spawn
from chassis.embedded.waiting import wait_until

# Starts a child in the way its first argument says, prints its process id and lives until it is killed.
_PARENT = """
import sys
from pathlib import Path
from chassis.embedded.environment import inherited_environment
from chassis.embedded.processes import Command, spawn, spawn_guarded
folder = Path(sys.argv[2])
command = Command(
    arguments=[sys.executable, "-c", "import sys, threading; threading.Event().wait()"],
    folder=folder, environment=inherited_environment(), log=folder / "log.txt",
)
ways = {"spawn": spawn, "guarded": lambda c: spawn_guarded(c.arguments, c)}
print(ways[sys.argv[1]](command).pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize("way", ["spawn", "guarded"])
def test_a_child_ends_when_its_parent_is_killed(way: str, tmp_path: Path) -> None:
    with _parent(way, tmp_path) as parent:
        child = _child_of(parent)
        assert _is_alive(child)
        parent.kill()
    wait_until(lambda: not _is_alive(child), within_s=10, what=f"end of process {child}")


def test_a_child_outlives_the_thread_that_asked_for_it(tmp_path: Path) -> None:
    started: list[Child] = []
    thread = threading.Thread(target=lambda: started.append(spawn(_sleeper(tmp_path))))
    thread.start()
    thread.join()
    # The death signal of a thread comes at once, and a child that gets it is dead before its successor runs.
    run(_python(tmp_path, "pass"))
    assert started[0].exit_code() is None
    _kill(started[0])


def test_ctrl_c_of_the_terminal_is_left_to_the_parent(tmp_path: Path) -> None:
    child = spawn(_sleeper(tmp_path))
    assert os.getpgid(child.pid) != os.getpgid(0)
    _kill(child)


def test_a_failed_command_shows_the_end_of_its_log(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match=r"ended with 3, expected 0; .*log\.txt ends:\nno room left"):
        run(_python(tmp_path, "print('no room left', flush=True); raise SystemExit(3)"))


def test_a_command_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ended with -9, expected 0"):
        run(_sleeper(tmp_path), within_s=0.2)


def test_a_stopped_orphan_is_woken_and_leaves(tmp_path: Path) -> None:
    child = spawn(_sleeper(tmp_path))
    record(tmp_path / "process", child.pid)
    child.send(signal.SIGSTOP)
    child.send(signal.SIGTERM)
    end_orphan(tmp_path / "process")
    assert child.wait(0) == -signal.SIGTERM


def test_another_program_with_the_process_id_of_an_orphan_is_spared(tmp_path: Path) -> None:
    (tmp_path / "process").write_text(f"{os.getpid()} a-boot-long-ago/1\n", "ascii")
    end_orphan(tmp_path / "process")


def _parent(way: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _PARENT, way, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _child_of(parent: subprocess.Popen[str]) -> int:
    assert parent.stdout is not None
    return int(parent.stdout.readline())


def _is_alive(pid: int) -> bool:
    """A zombie is not: who collects it is the machine's affair."""
    asked = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return asked.stdout.strip() != "" and not asked.stdout.startswith("Z")


def _sleeper(folder: Path) -> Command:
    return _python(folder, "import threading; threading.Event().wait()")


def _python(folder: Path, program: str) -> Command:
    return Command(
        arguments=[sys.executable, "-c", program],
        folder=folder,
        environment=inherited_environment(),
        log=folder / "log.txt",
    )


def _kill(child: Child) -> None:
    child.send(signal.SIGKILL)
    child.wait(10)
