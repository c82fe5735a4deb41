"""`python -m tests.journeys.random_people`: people do what they like; does it all end well?"""

import asyncio
import logging
import os
import sys
import tempfile
import time
from pathlib import Path

import click

from chassis.embedded.parts import parts
from tests.journeys.people.search import LONG, SHORT, Plan, search
from tests.journeys.people.town import Town


@click.command()
@click.option("--stories", type=int, default=LONG.stories, show_default=True)
@click.option("--cases", type=int, default=LONG.cases, show_default=True, help="Of a story, at most.")
@click.option("--steps", type=int, default=LONG.steps, show_default=True, help="Of a story, at most.")
@click.option("--seed", type=int, default=LONG.seed, show_default=True, help="The same stories once more.")
@click.option("--seconds", type=float, default=LONG.seconds, show_default=True, help="No story begins later.")
@click.option("--short", is_flag=True, help="The stories of every test run.")
def main(stories: int, cases: int, steps: int, seed: int, seconds: float, short: bool) -> None:
    """Tell stories; make the first that goes wrong as short as possible. Exits with 1 if there is one."""
    asked = Plan(stories=stories, cases=cases, steps=steps, seed=seed, seconds=seconds)
    plan, began = SHORT if short else asked, time.monotonic()

    def say(text: str) -> None:
        click.echo(f"{time.monotonic() - began:6.1f}  {text}")

    say(f"seed {plan.seed}")
    logging.disable(logging.WARNING)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        jars = os.environ.get("CASEBRIDGE_KAFKA_JARS")
        with parts(
            folder, kafka=None, database_url=None, jars=Path(jars) if jars else None, progress=say
        ) as p:
            town = Town(p.addresses, folder / "towns")
            wrong = asyncio.run(search(town, plan, say))
    for act, times in sorted(town.acts.items()):
        click.echo(f"{times:>7}  {act}")
    if wrong:
        click.echo(f"\n{wrong}\n\nThe same once more: --seed {plan.seed}")
    click.echo("FAILED" if wrong else "PASSED")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
