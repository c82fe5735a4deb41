"""`python -m tests.faults`: breaks everything that can break under load, and shows what came of it."""

import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click

from tests.faults.trial import LONG, SHORT, trial


@click.command()
@click.option("--cases", type=int, default=LONG.cases, show_default=True)
@click.option(
    "--seconds", type=float, default=LONG.seconds, show_default=True, help="How long faults happen."
)
@click.option("--seed", type=int, default=LONG.seed, show_default=True)
@click.option("--at-once", type=int, default=LONG.at_once, show_default=True, help="Stories at a time.")
@click.option("--short", is_flag=True, help=f"{SHORT.cases} cases, {SHORT.seconds:g} seconds of faults.")
@click.option("--folder", type=click.Path(path_type=Path), default=None, help="Keep everything there.")
def main(cases: int, seconds: float, seed: int, at_once: int, short: bool, folder: Path | None) -> None:
    """Kill, pause, cut and restart for a while; heal; audit. Exits with 1 unless all came out right."""
    asked = replace(LONG, cases=cases, seconds=seconds, seed=seed, at_once=at_once)
    plan = replace(SHORT, seed=seed) if short else asked
    began = time.monotonic()

    def say(text: str) -> None:
        click.echo(f"{time.monotonic() - began:6.1f}  {text}")

    with tempfile.TemporaryDirectory() as temporary:
        outcome = asyncio.run(trial((folder or Path(temporary)).absolute(), plan, say))
    click.echo(outcome.text())
    sys.exit(0 if outcome.ok else 1)


main()
