"""`casebridge migrate`: each service's database, made where it is missing and brought to this release."""

import asyncio

import click
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from casebridge.services import NAMES, SERVICES, load_service
from chassis import migrate as chassis_migrate
from chassis.embedded.databases import create_database, url_of_database
from chassis.embedded.environment import inherited_environment
from chassis.settings import SettingRefused, read_database_url

NO_SUCH_DATABASE = "3D000"


@click.command()
@SERVICES
def migrate(names: tuple[str, ...]) -> None:
    """Make the databases of services, or bring them to this release; all unless some are named.

    CASEBRIDGE_DATABASE_URL names the server, or CASEBRIDGE_DATABASE_URL_<SERVICE> the database of one.
    """
    environ = inherited_environment()
    try:
        urls = {name: read_database_url(environ, name) for name in dict.fromkeys(names or NAMES)}
    except SettingRefused as refusal:
        raise click.ClickException(str(refusal)) from None
    for name, url in urls.items():
        try:
            asyncio.run(create_and_migrate(name, url))
        except (DBAPIError, OSError) as error:
            # The driver's text may repeat the address with its password.
            reason = type(getattr(error, "orig", None) or error).__name__
            raise click.ClickException(
                f"the database of {name} does not let itself be made: {reason}"
            ) from None
        click.echo(f"{name}: {make_url(url).database} is at this release.")


async def create_and_migrate(name: str, database_url: str) -> None:
    """The database of one service. Who may not create it can have it created by somebody who may."""
    service = load_service(name)
    try:
        await chassis_migrate.migrate(service, database_url)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) != NO_SUCH_DATABASE:
            raise
        server, database = url_of_database(database_url, "postgres"), make_url(database_url).database or ""
        await create_database(server, database)
        await chassis_migrate.migrate(service, database_url)
