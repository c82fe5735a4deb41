"""`memory`: what each service holds at rest, and whether it grows while events pass through it."""

import asyncio
import subprocess

from bench import floors
from bench.events import records
from bench.processes import child, ready_service
from bench.stage import Stage
from bench.table import Row, row
from casebridge.services import NAMES, load_service
from tests.deployment import Deployment, source, until

LIMIT_MB = 150
GROWS_MB = 15
"""What an allocator may keep of the largest batch; a leak of 100 bytes an event is more than this."""
PART = 5_000


async def measure(stage: Stage) -> list[Row]:
    rows = []
    async with child("bench.bare_imports") as bare:
        await asyncio.sleep(2)
        floor = resident_mb(bare.pid)
    for name in NAMES:
        async with (
            stage.deployment(load_service(name)) as deployment,
            ready_service(stage, deployment, name) as (service, _),
        ):
            found = resident_mb(service.pid)
            rows.append(row(f"memory, {name} at rest", found, floor, "MB", ("≤", LIMIT_MB)))
            if name == "trace":  # it reads every log, and opens nothing that is sealed
                rows.append(await growth(stage, deployment, service.pid))
    return rows


async def growth(stage: Stage, deployment: Deployment, pid: int) -> Row:
    """From the first tenth of the events to the last one."""
    count = stage.size(200_000, 10_000)
    found: list[float] = []
    async with stage.producer() as producer, source(stage.addresses.kafka, "/cn44/intake") as intake:
        for done in range(PART, count + 1, PART):
            await floors.produce(producer, "cn44.cases", records(intake, PART), 1_000)

            async def applied(done: int = done) -> bool:
                query = "SELECT coalesce(sum(next), 0) AS n FROM position WHERE topic = 'cn44.cases'"
                return int((await deployment.rows("trace", query))[0].n) >= done

            await until(applied, f"{done} events to be applied", 300)
            found.append(resident_mb(pid))
    first = found[len(found) // 10]
    return row(f"memory, growth over {count:,} events", found[-1] - first, first, "MB", ("≤", GROWS_MB))


def resident_mb(pid: int) -> float:
    """What `ps` says; the only way that Linux and macOS share."""
    found = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True)
    return int(found.stdout) / 1024
