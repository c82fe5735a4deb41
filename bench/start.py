"""`start`: how long the demo and the tests take, with everything installed."""

import asyncio
import os
import sys
from pathlib import Path
from time import perf_counter

from bench.stage import Stage
from bench.table import Row, row
from chassis.embedded.parts import parts

CASEBRIDGE = str(Path(sys.executable).with_name("casebridge"))
DEMO_S = 90
TESTS_S = 600


async def measure(stage: Stage) -> list[Row]:
    """The floor is how long the broker and the database take to be up. The tests: in the long form alone."""
    bare = await asyncio.to_thread(start_parts, stage)
    found = await seconds(CASEBRIDGE, "demo", "--once", "--folder", str(stage.folder / "demo"))
    rows = [row("start: demo with ONCE=1", found, bare, "s", ("≤", DEMO_S))]
    if not stage.short:
        found = await seconds("-m", "pytest", "-q")
        rows.append(row("start: all tests", found, bare, "s", ("≤", TESTS_S)))
    return rows


def start_parts(stage: Stage) -> float:
    started = perf_counter()
    with parts(stage.folder / "bare"):
        return perf_counter() - started


async def seconds(*arguments: str) -> float:
    """How long `python …` takes. Raises when it fails: a demo that broke was not quick."""
    given = ("CASEBRIDGE_KAFKA", "CASEBRIDGE_DATABASE_URL")
    own = {name: value for name, value in os.environ.items() if name not in given}
    started = perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, env=own, stdout=asyncio.subprocess.DEVNULL
    )
    assert await process.wait() == 0, f"{' '.join(arguments)} ended with {process.returncode}"
    return perf_counter() - started
