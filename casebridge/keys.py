"""`casebridge keys`: the keys that provinces sign, seal and name with."""

from pathlib import Path

import click

from casebridge.options import KEYS, PROVINCES
from schemas.ids import Province


@click.group()
def keys() -> None:
    """The keys that provinces sign, seal and name with."""


@keys.command()
@KEYS
@PROVINCES
@click.option("--tokens", is_flag=True, help="Also the key of a deployment that issues its own tokens.")
def create(folder: Path, provinces: tuple[Province, ...], tokens: bool) -> None:
    """Make the keys of provinces that have none yet. Existing keys are never replaced.

    Give NN.public.json to the other provinces; NN.private.json stays here.
    """
    from chassis.auth import create_token_key
    from chassis.errors import ChassisError
    from chassis.key_files import create_keys

    try:
        made = create_keys(folder, provinces)
        if tokens:
            create_token_key(folder)
    except (ChassisError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Made in {folder}: {', '.join(made)}." if made else f"All keys were in {folder}.")
