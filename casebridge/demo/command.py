"""`casebridge demo`."""

import asyncio
import signal
import sys
from pathlib import Path

import click


@click.command()
@click.option("--once", is_flag=True, help="End after the stories; exit 0 only if each ended as it must.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=".casebridge/demo",
    show_default=True,
    help="Where its data stay, for the next time.",
)
@click.option("--kafka", envvar="CASEBRIDGE_KAFKA", help="A cluster to use instead of an own one.")
@click.option(
    "--database-url", envvar="CASEBRIDGE_DATABASE_URL", help="A server to use instead of an own one."
)
@click.option(
    "--jars",
    envvar="CASEBRIDGE_KAFKA_JARS",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Kafka's jars, where none can be fetched.",
)
def demo(once: bool, folder: Path, kafka: str | None, database_url: str | None, jars: Path | None) -> None:
    """Start everything on this machine, play the six stories, and stay up until Ctrl-C."""
    from casebridge.demo.show import show
    from chassis.embedded.folder_lock import FolderInUse

    try:
        good = asyncio.run(show(folder, once=once, kafka=kafka, database_url=database_url, jars=jars))
    except FolderInUse as refusal:
        raise click.ClickException(str(refusal)) from None
    except asyncio.CancelledError:
        sys.exit(128 + signal.SIGTERM)
    sys.exit(0 if good else 1)
