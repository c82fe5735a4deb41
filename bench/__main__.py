"""`python -m bench`: starts the parts, measures, prints a table and writes `bench/out/latest.json`."""

import os
import sys
import tempfile
import traceback
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from pathlib import Path
from time import perf_counter

import click
import uvloop

from bench.stage import Stage
from bench.table import Row, save, show
from chassis.embedded.parts import parts
from chassis.embedded.progress import to_stderr

MEASURES = (
    "relay",
    "relay_latency",
    "pipeline",
    "hop",
    "http",
    "transfers",
    "in_flight",
    "memory",
    "start",
    "routing",
    "lists",
    "year",
)

Measure = Callable[[Stage], Awaitable[list[Row]]]


@click.command()
@click.option("--short", is_flag=True, help="Smaller loads: under 90 seconds in all.")
@click.option("--only", default="", help=f"Some of {', '.join(MEASURES)}, separated by commas.")
@click.argument("said", nargs=-1)
def main(short: bool, only: str, said: Sequence[str]) -> None:
    """Measure casebridge beside the bare parts."""
    short = short or "SHORT=1" in said
    chosen = [name.strip() for name in only.split(",") if name.strip()] or list(MEASURES)
    for name in chosen:
        if name not in MEASURES:
            raise click.UsageError(f"found {name}, expected some of {', '.join(MEASURES)}")
    with tempfile.TemporaryDirectory(prefix="casebridge-bench-") as folder:
        rows, broken = run(Path(folder), chosen, short=short)
    show(rows)
    save(rows)
    sys.exit(f"not measured: {', '.join(broken)}" if broken else 0)


def run(folder: Path, chosen: Sequence[str], *, short: bool) -> tuple[list[Row], list[str]]:
    """The parts are given by the environment, or started here and ended at the end."""
    jars = os.environ.get("CASEBRIDGE_KAFKA_JARS")
    with parts(
        folder,
        kafka=os.environ.get("CASEBRIDGE_KAFKA"),
        database_url=os.environ.get("CASEBRIDGE_DATABASE_URL"),
        jars=Path(jars) if jars else None,
        progress=to_stderr,
    ) as started:
        stage = Stage(addresses=started.addresses, folder=folder, short=short)
        return uvloop.run(measure_all(stage, chosen))


async def measure_all(stage: Stage, chosen: Sequence[str]) -> tuple[list[Row], list[str]]:
    """The rows, and what could not be measured: one measure that breaks does not lose the others."""
    rows: list[Row] = []
    broken: list[str] = []
    for name in chosen:
        print(f"measuring {name} … ", end="", file=sys.stderr, flush=True)
        measure: Measure = import_module(f"bench.{name}").measure
        started = perf_counter()
        try:
            rows += await measure(stage)
        except Exception:  # noqa: BLE001 - whatever it is, it is shown, and the run fails at the end
            traceback.print_exc()
            broken.append(name)
        print(f"{perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return rows, broken


if __name__ == "__main__":
    main()
