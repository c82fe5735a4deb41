"""Options that several commands have."""

from pathlib import Path

import click

from chassis.settings import read_provinces
from schemas.ids import Province


def _provinces(_: click.Context, __: click.Parameter, text: str) -> tuple[Province, ...]:
    try:
        return read_provinces(text)
    except ValueError as error:
        raise click.BadParameter(f"expected {error}") from None


PROVINCES = click.option(
    "--provinces", envvar="CASEBRIDGE_PROVINCES", required=True, callback=_provinces, help="44, 44,51 or all."
)

KEYS = click.option(
    "--keys",
    "folder",
    envvar="CASEBRIDGE_KEYS",
    type=click.Path(file_okay=False, path_type=Path),
    default=".casebridge/keys",
    show_default=True,
    help="The folder of keys.",
)
