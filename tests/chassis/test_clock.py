import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chassis.clock import Clock, ClockCannotGoBack, ClockNotSteppable
from chassis.stepping import Steps


def test_a_clock_without_a_file_follows_the_machine() -> None:
    clock = Clock()

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=1)
    with pytest.raises(ClockNotSteppable):
        clock.step_to(clock.now())


def test_a_step_is_seen_at_once_by_every_clock_on_the_file(tmp_path: Path) -> None:
    one, other = Clock(tmp_path / "clock"), Clock(tmp_path / "clock")
    moment = one.now() + timedelta(days=30)

    assert one.step_to(moment) >= moment
    assert moment <= other.now() < moment + timedelta(seconds=5)


async def test_who_rests_until_a_moment_is_told_of_a_step(tmp_path: Path) -> None:
    steps, stopping = asyncio.Queue[str](), asyncio.Event()
    watched = Steps(Clock(tmp_path / "clock"), lambda: steps.put_nowait("seen"))
    async with asyncio.TaskGroup() as group:
        group.create_task(watched.watch(stopping))
        for _ in range(2):
            clock = Clock(tmp_path / "clock")
            clock.step_to(clock.now() + timedelta(days=30))
            assert await asyncio.wait_for(steps.get(), 10) == "seen"
        stopping.set()


def test_a_process_started_later_finds_the_stepped_time(tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock")
    moment = clock.step_to(clock.now() + timedelta(days=365))
    read = (
        "import pathlib, sys, chassis.clock as c; print(c.Clock(pathlib.Path(sys.argv[1])).now().isoformat())"
    )
    command = [sys.executable, "-c", read, str(tmp_path / "clock")]

    found = subprocess.run(command, capture_output=True, text=True, check=True)

    assert datetime.fromisoformat(found.stdout.strip()) >= moment


def test_a_clock_never_goes_back(tmp_path: Path) -> None:
    clock = Clock(tmp_path / "clock")
    clock.step_to(clock.now() + timedelta(hours=1))

    with pytest.raises(ClockCannotGoBack):
        clock.step_to(clock.now() - timedelta(minutes=1))

    (tmp_path / "clock").write_bytes(bytes(8))
    before = clock.now()
    assert clock.now() >= before
