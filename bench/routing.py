"""`routing`: decisions a second and an import at the full size of the country, beside a bare COPY."""

import asyncio
import gc
import os
import random
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time

import asyncpg

from bench.stage import Stage, percentile
from bench.table import Row, row
from casebridge.directory_sample import write_sample
from chassis.embedded.databases import create_database, drop_database
from chassis.migrate import migrate
from law.book import Law, load_law
from schemas.codes import CASE_TYPES, CaseType, Language
from schemas.ids import AgencyId, Division, SiteId
from services.routing.app import service
from services.routing.directory.loading import load_directory
from services.routing.directory.versions import Version, connected, current_version, import_folder
from services.routing.domain.circle import Wish, nearest
from services.routing.domain.directory import Directory
from services.routing.domain.load import Load
from services.routing.domain.question import Question
from services.routing.domain.route import decide

DECISIONS = 10_000
MONDAY = date(2026, 3, 2)
SECONDS_FOR_A_MILLION = 90
INDEX_MB = 300
A_SECOND = 3_000
P99_MS = 5
NAME = "bench_routing"


async def measure(stage: Stage) -> list[Row]:
    count = stage.size(1_000_000, 100_000)
    folder = stage.folder / "directory"
    write_sample(folder, count, seed=1)
    url = await create_database(stage.addresses.database_url, NAME)
    try:
        await migrate(service, url)
        async with connected(url) as connection:
            rows = [await importing(connection, folder, count)]
        rows += await index(url, count)
    finally:
        await drop_database(stage.addresses.database_url, NAME)
    return rows


async def importing(connection: asyncpg.Connection, folder: Path, count: int) -> Row:
    """The import checks every cell, compares with what is there, and writes two indexes more."""
    begun = perf_counter()
    await import_folder(connection, folder, at=datetime.now(UTC))
    ours = perf_counter() - begun
    header = (folder / "sites.csv").open(encoding="utf-8").readline().strip()
    columns = ", ".join(f"{name} text" for name in header.split(","))
    await connection.execute(f"CREATE TABLE bare ({columns})")
    begun = perf_counter()
    await connection.copy_to_table("bare", source=folder / "sites.csv", format="csv", header=True)
    floor = perf_counter() - begun
    least = 1_000_000 / SECONDS_FOR_A_MILLION
    return row(f"directory import, {count:,} sites", count / ours, count / floor, "rows/s", ("≥", least))


async def index(url: str, count: int) -> list[Row]:
    """In a process of its own, whose memory tells what the index costs."""
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.routing", url, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await child.communicate()
    if child.returncode:
        raise RuntimeError(f"found exit code {child.returncode} of the process that decides, expected 0")
    megabytes, before, per_second, p99, circle = map(float, said.split())
    return [
        row(f"directory index, {count:,} sites", megabytes, before, "MB", ("≤", INDEX_MB)),
        row(f"routing decisions, {count:,} sites", per_second, A_SECOND, "/s/core", ("≥", A_SECOND)),
        row("routing decisions, p99", p99, P99_MS, "ms", ("≤", P99_MS)),
        row("nearest open site, p99", circle, P99_MS, "ms"),
    ]


def questions(known: Directory, draw: random.Random) -> Iterator[Question]:
    """Workers from everywhere, most of whom went to where most go."""
    counties = [code for code in known.divisions if not code.endswith("00")]
    receiving = [code for code in counties if code[:2] in ("11", "31", "32", "33", "35", "44")]
    for _ in range(DECISIONS):
        work, home = draw.choice(receiving), draw.choice(counties)
        taken_in = work if draw.random() < 0.5 else f"{work[:2]}0000"
        yield Question(
            intake=AgencyId(f"{taken_in}-legal-aid"),
            home=Division(home),
            work=Division(work),
            case_type=CaseType(draw.choice(list(CASE_TYPES))),
            on=MONDAY,
            urgent=draw.random() < 0.2,
            language=Language("zh"),
        )


def decided(known: Directory, law: Law, draw: random.Random) -> tuple[float, float]:
    """Decisions a second of one core, and the 99th percentile in milliseconds."""
    busy = {SiteId(f"s{draw.randrange(len(known.sites)):08d}"): draw.randrange(50) for _ in range(50_000)}
    load, asked, took = Load({}, busy), list(questions(known, draw)), []
    for question in asked[:200]:
        decide(question, known, law, load)
    begun = process_time()
    for question in asked:
        one = perf_counter()
        decide(question, known, law, load)
        took.append((perf_counter() - one) * 1000)
    return len(asked) / (process_time() - begun), percentile(took, 99)


def found_near(known: Directory, law: Law, draw: random.Random) -> float:
    """The 99th percentile of looking for the nearest open site of a division, in milliseconds."""
    places, took = list(known.points.values()), []
    for _ in range(1_000):
        begun = perf_counter()
        next(nearest(draw.choice(places), Wish(within_m=15_000, on=MONDAY), known, law.calendar), None)
        took.append((perf_counter() - begun) * 1000)
    return percentile(took, 99)


def resident_mb() -> float:
    """Of this process, now; where the system does not say, the most that it ever was."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize() / 1e6
    except FileNotFoundError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


async def loaded(url: str) -> Directory:
    async with connected(url) as connection:
        version = await current_version(connection)
        assert isinstance(version, Version)
        return await load_directory(connection, version)


def main(url: str) -> None:
    law = load_law()
    gc.collect()
    before = resident_mb()
    known = asyncio.run(loaded(url))
    gc.collect()
    index_mb, draw = resident_mb() - before, random.Random(1)
    print(index_mb, before, *decided(known, law, draw), found_near(known, law, draw))


if __name__ == "__main__":
    main(os.fsdecode(sys.argv[1]))
