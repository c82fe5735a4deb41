"""`casebridge adopt`: a person says that a source's new database is the right one."""

import asyncio
from collections.abc import Mapping, Sequence

import click
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from casebridge.services import NAMES
from chassis.adopting import Stranger, strangers
from chassis.adopting import adopt as take_for_right
from chassis.clock import Clock
from chassis.embedded.environment import inherited_environment
from chassis.settings import SettingRefused, read_database_url
from schemas.words import moment

Found = Mapping[str, Sequence[Stranger]]
"""By service."""


@click.command()
@click.argument("source", required=False)
@click.argument("incarnation", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
def adopt(source: str | None, incarnation: str | None, yes: bool) -> None:
    """Show what waits because its source writes from another database than before; adopt SOURCE INCARNATION.

    Adopt it after a restore that you know of. If nobody restored anything, two deployments write for one
    province: stop the wrong one instead.
    """
    try:
        urls = {name: read_database_url(inherited_environment(), name) for name in NAMES}
        asyncio.run(run(urls, source, incarnation, yes=yes))
    except SettingRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    except (DBAPIError, OSError) as error:
        raise click.ClickException(f"a database does not answer ({type(error).__name__})") from None


async def run(urls: Mapping[str, str], source: str | None, incarnation: str | None, *, yes: bool) -> None:
    found = {name: await look(url) for name, url in urls.items()}
    show(found)
    if not (source and incarnation):
        return
    if not any((s.source, s.incarnation) == (source, incarnation) for each in found.values() for s in each):
        click.echo(f"Nothing waits for {source} {incarnation} yet.")
    if not yes:
        click.confirm(f"Is {incarnation} the right database of {source}?", abort=True)
    for url in urls.values():
        await adopt_in(url, source, incarnation)
    click.echo(f"Adopted in {', '.join(urls)}. What waited goes on within seconds.")


async def look(url: str) -> Sequence[Stranger]:
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            return await strangers(connection)
    finally:
        await engine.dispose()


async def adopt_in(url: str, source: str, incarnation: str) -> None:
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await take_for_right(connection, source, incarnation, Clock(None).now())
    finally:
        await engine.dispose()


def show(found: Found) -> None:
    if not any(found.values()):
        click.echo("Nothing waits for the adoption of a source.")
    for name, each in found.items():
        for stranger in each:
            click.echo(
                f"{name}: {stranger.events} events of {stranger.cases} cases wait since "
                f"{moment(stranger.since)} for {stranger.source} {stranger.incarnation}"
            )
            for incarnation, since in stranger.known:
                click.echo(f"  accepted until now: {incarnation}, since {moment(since)}")
