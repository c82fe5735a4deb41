"""`casebridge directory`: the agencies and sites of the country, imported, checked, compared, written out."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

import asyncpg
import click
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine

from casebridge.directory_sample import write_sample
from chassis.agencies import Agencies, agencies_of, list_agencies
from chassis.clock import Clock
from chassis.embedded.environment import inherited_environment
from chassis.settings import SettingRefused, read_database_url
from law.book import load_law
from law.deadlines import day_of
from schemas.ids import PROVINCES, Province
from services.routing.directory import DirectoryNotWhole, DirectoryRefused, read_directory
from services.routing.directory.files import FILES
from services.routing.directory.loading import load_directory
from services.routing.directory.reading import Progress, Reading
from services.routing.directory.versions import (
    Differences,
    Version,
    VersionNotKnown,
    compare,
    compare_folder,
    connected,
    export,
    find_version,
    import_folder,
    versions,
)
from services.routing.domain.circle import gaps as gaps_of
from services.routing.domain.directory import Directory
from services.routing.domain.weighing import HALF_HOUR_M

T = TypeVar("T")

KNOW_AGENCIES = ("mediation", "notify", "trace")
"""Services that word texts about agencies, or ask what they are."""

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def directory() -> None:
    """Agencies, sites and agreements: four CSV files, kept in versions in routing's database.

    CASEBRIDGE_DATABASE_URL names the server, or CASEBRIDGE_DATABASE_URL_ROUTING the database.
    """


@directory.command("import")
@click.argument("folder", type=FOLDER)
def import_(folder: Path) -> None:
    """Make the files of FOLDER the newest version: all of it, or nothing."""
    now = Clock(None).now()

    async def work(connection: asyncpg.Connection) -> tuple[Version, bool]:
        return await import_folder(connection, folder, at=now, progress=counting())

    version, fresh = on_database(work)
    if not fresh:
        click.echo(f"Nothing has changed: version {version.number}, {version.name}, stays in force.")
        tell_agencies(folder, version.name)
        return
    click.echo(f"Version {version.number}, {version.name}, is in force; services take it up in seconds.")
    show_counts(version.counts)
    tell_agencies(folder, version.name)


@directory.command()
@click.argument("folder", type=FOLDER)
def check(folder: Path) -> None:
    """Read the files of FOLDER and report every mistake. No database is needed."""
    reading = Reading(folder, progress=counting())
    with refusals_told():
        for file in FILES:
            rows = sum(1 for _ in reading.rows(file))
            click.echo(f"{file.name}: {rows:,} rows are right.")
        reading.mistakes.check()
    click.echo(f"No mistakes. It would be {reading.version}.")


@directory.command("versions")
def list_versions() -> None:
    """All imports, the newest first."""
    for version in on_database(versions):
        click.echo(f"{version.number}  {version.imported_at:%Y-%m-%d %H:%M}  {version.name}")


@directory.command()
@click.argument("old", default="previous")
@click.argument("new", default="current")
def diff(old: str, new: str) -> None:
    """What NEW has otherwise than OLD: numbers or names of versions; NEW may be a folder to import."""

    async def work(connection: asyncpg.Connection) -> Differences:
        before = (await find_version(connection, old)).number
        if (folder := Path(new)).is_dir():
            return await compare_folder(connection, before, folder, counting())
        return await compare(connection, before, (await find_version(connection, new)).number)

    found = on_database(work)
    show_counts(found.counts)
    for each in found.shown:
        click.echo(f"{each.file} {each.key}: {each.how}")
        for column, then, now in each.columns:
            click.echo(f"    {column}: {then or 'nothing'} -> {now or 'nothing'}")


@directory.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--version", "said", default="current", show_default=True, help="Its number or name.")
def export_(folder: Path, said: str) -> None:
    """Write a version into FOLDER as the files that it could be imported from."""
    folder.mkdir(parents=True, exist_ok=True)

    async def work(connection: asyncpg.Connection) -> Version:
        version = await find_version(connection, said)
        await export(connection, version.number, folder)
        return version

    version = on_database(work)
    click.echo(f"Version {version.number}, {version.name}, is in {folder}.")


@directory.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--sites", default=100_000, show_default=True, help="How many.")
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same sites.")
def sample(folder: Path, sites: int, seed: int) -> None:
    """Make an invented directory over the real divisions, for trials at full size."""
    write_sample(folder, sites, seed, counting())
    click.echo(f"{sites:,} invented sites are in {folder}.")


@directory.command()
@click.option("--folder", type=FOLDER, help="Files instead of the newest import.")
@click.option("--province", type=click.Choice(sorted(PROVINCES)), help="One province; all without it.")
@click.option("--within-km", default=HALF_HOUR_M / 1000, show_default=True, help="The half-hour circle.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today without it.")
def gaps(folder: Path | None, province: str | None, within_km: float, on: date | None) -> None:
    """Counties from whose seat no site that is open that day is near enough."""

    async def work(connection: asyncpg.Connection) -> Directory:
        return await load_directory(connection, await find_version(connection, "current"))

    with refusals_told():
        known = read_directory(folder) if folder else on_database(work)
    day = day_of(Clock(None).now()) if on is None else date(on.year, on.month, on.day)
    chosen = Province(province) if province else None
    found = list(gaps_of(known, round(within_km * 1000), day, load_law().calendar, chosen))
    for division in found:
        click.echo(f"{division}  {known.divisions[division].zh}  {known.divisions[division].en}")
    click.echo(f"{len(found)} places have no open site within {within_km:g} km on {day}.")


def tell_agencies(folder: Path, version: str) -> None:
    """Write what agencies are and are called into the databases of the services that use it."""
    agencies = agencies_of(folder, version)
    for service in KNOW_AGENCIES:
        try:
            url = read_database_url(inherited_environment(), service)
            asyncio.run(write_agencies(url, agencies))
        except (SettingRefused, SQLAlchemyError, OSError) as error:
            reason = type(getattr(error, "orig", None) or error).__name__
            click.echo(
                f"{service} does not know the new agencies ({reason}); import again once it can.", err=True
            )


async def write_agencies(url: str, agencies: Agencies) -> None:
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await list_agencies(connection, agencies)
    finally:
        await engine.dispose()


def on_database(work: Callable[[asyncpg.Connection], Awaitable[T]]) -> T:
    """Do something on routing's database. What it refuses is told as a person can use it."""

    async def run() -> T:
        async with connected(url) as connection:
            return await work(connection)

    try:
        url = read_database_url(inherited_environment(), "routing")
    except SettingRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    with refusals_told():
        return asyncio.run(run())


@contextmanager
def refusals_told() -> Iterator[None]:
    """Turn what a directory or its database refuses into an answer with exit code 1."""
    try:
        yield
    except DirectoryNotWhole as refused:
        listed = "\n".join(map(str, refused.shown))
        more = f" (the first {len(refused.shown)} are shown)" if refused.count > len(refused.shown) else ""
        raise click.ClickException(f"{refused.count:,} mistakes{more}:\n{listed}") from None
    except (DirectoryRefused, VersionNotKnown) as refused:
        raise click.ClickException(str(refused)) from None
    except asyncpg.UndefinedTableError:
        raise click.ClickException("routing's database is not at this release: casebridge migrate") from None
    except (asyncpg.PostgresError, OSError) as error:
        # The driver's text may repeat the address with its password.
        reason = type(error).__name__
        raise click.ClickException(f"routing's database does not answer: {reason}") from None


def counting() -> Progress:
    """Says on standard error how far it is."""
    return lambda file, rows: click.echo(f"{file}: {rows:,} rows", err=True)


def show_counts(counts: Mapping[str, Mapping[str, int]]) -> None:
    for file, found in counts.items():
        said = ", ".join(f"{number:,} {what}" for what, number in found.items())
        click.echo(f"  {file}: {said}")
