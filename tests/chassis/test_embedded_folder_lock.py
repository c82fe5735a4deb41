"""One parent at a time over one data folder."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from chassis.embedded.folder_lock import FolderInUse, FolderLock
from chassis.embedded.waiting import wait_until

_HOLDER = """
import sys
from pathlib import Path
from chassis.embedded.folder_lock import FolderLock
lock = FolderLock(Path(sys.argv[1]))
lock.take()
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_parent_is_refused_by_the_first_ones_process_id(tmp_path: Path) -> None:
    with _holder(tmp_path) as holder:
        with pytest.raises(FolderInUse, match=f"in use by process {holder.pid}: end that one first"):
            FolderLock(tmp_path).take()
        holder.kill()


def test_the_folder_of_a_killed_parent_is_free(tmp_path: Path) -> None:
    with _holder(tmp_path) as holder:
        holder.kill()
    lock = FolderLock(tmp_path)
    lock.take()
    assert (tmp_path / "lock").read_text("ascii").strip() == str(os.getpid())
    lock.release()


def test_a_released_folder_can_be_taken_again(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    first.take()
    first.take()
    first.release()
    second.take()
    second.release()


def _holder(folder: Path) -> subprocess.Popen[str]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    wait_until(lambda: (folder / "lock").exists(), within_s=20, what="lock file of the holder")
    assert holder.stdout.readline() == "held\n"
    return holder
