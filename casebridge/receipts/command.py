"""`casebridge receipts`: the proof of a transfer, written into one file."""

import asyncio
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from casebridge.options import KEYS, PROVINCES
from casebridge.receipts.exporting import NothingToExport
from casebridge.receipts.exporting import export as export_letters
from chassis.clock import Clock
from chassis.embedded.environment import inherited_environment
from chassis.errors import ChassisError
from chassis.keyring import Keyring, load_keyring
from chassis.settings import SettingRefused, read_database_url
from schemas.ids import PROVINCES as ALL
from schemas.ids import Province, TransferId

WRITER = "routing"
"""The service whose database has the letters."""


@click.group()
def receipts() -> None:
    """Letters of a transfer, as a proof for anybody."""


@receipts.command()
@click.argument("transfer")
@KEYS
@PROVINCES
@click.option(
    "--by", type=click.Choice(sorted(ALL)), help="Whose view, where this deployment serves both sides."
)
@click.option(
    "--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="[default: TRANSFER.receipts]"
)
def export(
    transfer: str, folder: Path, provinces: tuple[Province, ...], by: str | None, file: Path | None
) -> None:
    """Write all letters about the case of TRANSFER between its two provinces into one file, signed.

    CASEBRIDGE_DATABASE_URL names the database of routing, as it does for the service.
    """
    file = file or Path(f"{transfer}.receipts")
    try:
        url = read_database_url(inherited_environment(), WRITER)
        keyring = load_keyring(folder, provinces)
        written = asyncio.run(exported(url, TransferId(transfer), keyring, Province(by) if by else None))
        file.write_bytes(written)
    except (SettingRefused, ChassisError, NothingToExport) as error:
        raise click.ClickException(str(error)) from None
    except (DBAPIError, OSError) as error:
        raise click.ClickException(f"the letters cannot be read or written: {type(error).__name__}") from None
    letters = written.count(b"\n") - 2
    click.echo(f"{file}: {letters} letters. Check it with `casebridge verify {file}`.")


async def exported(url: str, transfer: TransferId, keyring: Keyring, by: Province | None) -> bytes:
    engine = create_async_engine(url, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            return await export_letters(connection, transfer, keyring, now=Clock(None).now(), by=by)
    finally:
        await engine.dispose()
