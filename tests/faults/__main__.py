"""`python -m tests.faults`: breaks everything that can break under load, and shows what came of it."""

import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click

from tests.faults import partition
from tests.faults.broker_lost import broker_lost
from tests.faults.partition import partitions
from tests.faults.trial import LONG, SHORT, Plan, Say, trial

KINDS = ("services", "exchange", "broker")
"""Processes and parts of one deployment; the exchange between three; the leader of three brokers."""


@click.command()
@click.option("--cases", type=int, default=LONG.cases, show_default=True)
@click.option(
    "--seconds", type=float, default=LONG.seconds, show_default=True, help="How long faults happen."
)
@click.option("--seed", type=int, default=LONG.seed, show_default=True)
@click.option("--at-once", type=int, default=LONG.at_once, show_default=True, help="Stories at a time.")
@click.option("--short", is_flag=True, help=f"{SHORT.cases} cases, {SHORT.seconds:g} seconds of faults.")
@click.option("--only", default="", help=f"Some of {', '.join(KINDS)}, separated by commas.")
@click.option("--folder", type=click.Path(path_type=Path), default=None, help="Keep everything there.")
def main(
    cases: int, seconds: float, seed: int, at_once: int, short: bool, only: str, folder: Path | None
) -> None:
    """Kill, pause, cut and restart for a while; heal; audit. Exits with 1 unless all came out right."""
    asked = replace(LONG, cases=cases, seconds=seconds, seed=seed, at_once=at_once)
    plan = replace(SHORT, seed=seed) if short else asked
    began = time.monotonic()

    def say(text: str) -> None:
        click.echo(f"{time.monotonic() - began:6.1f}  {text}")

    chosen = [name.strip() for name in only.split(",") if name.strip()] or list(KINDS)
    if unknown := set(chosen) - set(KINDS):
        raise click.UsageError(f"found {', '.join(sorted(unknown))}, expected some of {', '.join(KINDS)}")
    failed = []
    with tempfile.TemporaryDirectory() as temporary:
        for name in chosen:
            place = (folder or Path(temporary)).absolute() / name
            place.mkdir(parents=True, exist_ok=True)
            say(f"--- {name}")
            if not asyncio.run(run(name, place, plan, short, say)):
                failed.append(name)
    click.echo(f"FAILED: {', '.join(failed)}" if failed else "PASSED")
    sys.exit(1 if failed else 0)


async def run(name: str, place: Path, plan: Plan, short: bool, say: Say) -> bool:
    """Whether it came out right."""
    match name:
        case "services":
            outcome = await trial(place, plan, say)
            click.echo(outcome.text())
            return outcome.ok
        case "exchange":
            return await partitions(place, partition.SHORT if short else partition.LONG, say)
        case _:
            return await broker_lost(place, say)


main()
