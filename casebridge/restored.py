"""`casebridge restored`: makes a database that was restored from a backup fit to go on."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import click
from sqlalchemy.exc import DBAPIError

from casebridge.services import NAMES, load_service, writers
from chassis.clock import Clock
from chassis.embedded.environment import inherited_environment
from chassis.engine import Engine
from chassis.errors import ChassisError
from chassis.inbox import Reader
from chassis.keyring import load_keyring
from chassis.restoring import Restored, Restoring, Survey
from chassis.runtime import create_database_engine
from chassis.service import Service
from chassis.settings import SettingRefused, Settings, read_settings
from chassis.startup import check_migrated, connect_cluster, read_deployment
from chassis.telemetry import Metrics, Traces
from chassis.writing import Writer


@click.command()
@click.argument("name", metavar="SERVICE", type=click.Choice(NAMES))
@click.option("--yes", is_flag=True, help="Do not ask.")
def restored(name: str, yes: bool) -> None:
    """Take into the restored database of SERVICE what its own log has and the backup has not.

    Run it with the environment of the service, while every replica of it is stopped. It may be run again.
    """
    try:
        settings = read_settings(inherited_environment(), name)
        asyncio.run(run(load_service(name), settings, yes=yes))
    except (ChassisError, SettingRefused) as refusal:
        raise click.ClickException(str(refusal)) from None
    except (DBAPIError, OSError) as error:
        raise click.ClickException(f"the restore broke off ({type(error).__name__}); run it again") from None


async def run(service: Service, settings: Settings, *, yes: bool) -> None:
    async with open_restoring(service, settings) as restoring:
        survey = await restoring.survey()
        if not is_behind(restoring, survey):
            click.echo(f"The database of {service.name} knows all that its log says. There is nothing to do.")
            return
        click.echo(
            f"The log of {service.name} has {survey.events} events of {len(survey.cases)} cases that the "
            "database has not.\nThey are taken from the log. What was committed and never published is lost: "
            "what people did in the last moments before the failure, if Kafka was away too."
        )
        if not yes:
            click.confirm("Is every replica stopped, and the database which failed out of use?", abort=True)
        report(service, await restoring.restore(survey))


def report(service: Service, done: Restored) -> None:
    click.echo(
        f"Done: {done.events} events of {done.cases} cases are taken from the log; {done.letters} letters of "
        f"others had been applied.\nThis database writes as incarnation {done.incarnation} from now on. "
        "Whoever reads its events lets them wait until a person says that it is right:"
    )
    # Who has heard nothing of a source yet takes the first that is adopted for the only one.
    for source, incarnation in done.sources:
        click.echo(f"  casebridge adopt {source} {incarnation}")
    if "mailbox" in service.logs:
        click.echo("Ask the other provinces to do the same.")


def is_behind(restoring: Restoring, survey: Survey) -> bool:
    return survey.events > 0 or not survey.incarnations <= restoring.known


@asynccontextmanager
async def open_restoring(service: Service, settings: Settings) -> AsyncIterator[Restoring]:
    """Connected, and sure that nothing else writes into this database. Raises RefusesToStart, KeysRefused."""
    keyring = load_keyring(settings.keys_folder, settings.provinces)
    database = create_database_engine(settings)
    clock = Clock(settings.clock_file)
    try:
        local = await connect_cluster("local", settings.kafka, settings.kafka_access, service.name)
        exchange = (
            await connect_cluster(
                "exchange", settings.exchange_kafka, settings.exchange_kafka_access, service.name
            )
            if service.corresponds
            else local
        )
        async with database.begin() as connection:
            await connection.run_sync(check_migrated, service)
            started = await read_deployment(connection, clock.now())
        engine = Engine(
            service,
            settings,
            database=database,
            clock=clock,
            keyring=keyring,
            writer=Writer(service=service.name, incarnation=started.incarnation, keyring=keyring),
            metrics=Metrics(service.name),
            traces=Traces(service.name),
            reference={},
            reader=Reader(logs=service.logs, incarnations={}, opens_seals=service.opens_seals),
        )
        restoring = Restoring(engine, local, exchange, writers())
        for source, incarnations in started.sources.items():
            restoring.known |= {(source, incarnation) for incarnation in incarnations}
        await restoring.wait_until_stopped()
        yield restoring
    finally:
        await database.dispose()
