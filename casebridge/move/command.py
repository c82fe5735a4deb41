"""`casebridge move`: a province leaves a deployment that serves several, for one of its own."""

import asyncio
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from aiokafka.errors import KafkaError
from sqlalchemy.exc import DBAPIError

from casebridge.move.arriving import arrive
from casebridge.move.folder import Manifest
from casebridge.move.leaving import Deployed, leave
from casebridge.services import NAMES
from chassis.clock import Clock
from chassis.embedded.environment import inherited_environment
from chassis.errors import ChassisError
from chassis.settings import SettingRefused, read_settings
from schemas.ids import PROVINCES, Province


@click.group()
def move() -> None:
    """Move a province to a deployment of its own, with its running cases."""


@move.command()
@click.argument("province", type=click.Choice(sorted(PROVINCES), case_sensitive=True), metavar="PROVINCE")
@click.option("--to", "folder", required=True, type=click.Path(file_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def export(province: str, folder: Path, yes: bool) -> None:
    """Cut PROVINCE out of this deployment: its logs are copied, and its rows moved, into a folder.

    Run it with the environment of the services, while every replica of all of them is stopped. They may be
    started again at once, without PROVINCE. It may be run again when it broke off.
    """
    deployed = settings_of_all()
    if not yes:
        click.confirm(
            f"Is every service here stopped? The folder will hold the only rows of {province}.",
            abort=True,
        )
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    manifest = run(leave(deployed, Province(province), folder, now_of(deployed)))
    click.echo(counted(manifest))
    click.echo(
        f"This deployment serves {province} no more: take it out of CASEBRIDGE_PROVINCES, and start the "
        f"services.\nKeep a copy of the folder, and bring {province}.private.json along by a way of its own."
    )


@move.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
def import_folder(folder: Path, yes: bool) -> None:
    """Put the province of FOLDER into this deployment, where topics are applied and databases migrated.

    Run it with the environment of the services, before any of them was started. It may be run again when it
    broke off. In the deployment that it left it puts the province back, as if it had not gone: do so only if
    no other deployment has begun with it.
    """
    deployed = settings_of_all()
    if not yes:
        click.confirm("Has no other deployment begun with this folder?", abort=True)
    manifest = run(arrive(deployed, folder, now_of(deployed)))
    click.echo(counted(manifest))
    click.echo(
        "Load the directory, start the services, and run `casebridge audit` and `casebridge exchange check`."
    )


def settings_of_all() -> Deployed:
    try:
        return {name: read_settings(inherited_environment(), name) for name in NAMES}
    except SettingRefused as refusal:
        raise click.ClickException(str(refusal)) from None


def now_of(deployed: Deployed) -> datetime:
    return Clock(next(iter(deployed.values())).clock_file).now()


def run(work: Coroutine[Any, Any, Manifest]) -> Manifest:
    try:
        return asyncio.run(work)
    except ChassisError as refusal:
        raise click.ClickException(str(refusal)) from None
    except (DBAPIError, KafkaError, OSError) as error:
        raise click.ClickException(f"the move broke off ({type(error).__name__}); run it again") from None


def counted(manifest: Manifest) -> str:
    rows = sum(file.records for each in manifest.databases.values() for file in each.tables.values())
    records = sum(file.records for file in manifest.logs.values())
    cases = manifest.databases["routing"].tables["case_row"].records
    return f"{manifest.province}: {cases} cases, {rows} rows, {records} records of its logs."
