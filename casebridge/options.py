"""Options that several commands have."""

from pathlib import Path

import click

from schemas.ids import Province


def _provinces(_: click.Context, __: click.Parameter, text: str) -> tuple[Province, ...]:
    from chassis.settings import read_provinces  # knows databases, and not every command needs one

    try:
        return read_provinces(text)
    except ValueError as error:
        raise click.BadParameter(f"expected {error}") from None


PROVINCES = click.option(
    "--provinces", envvar="CASEBRIDGE_PROVINCES", required=True, callback=_provinces, help="44, 44,51 or all."
)

LANGUAGE = click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)

KEYS = click.option(
    "--keys",
    "folder",
    envvar="CASEBRIDGE_KEYS",
    type=click.Path(file_okay=False, path_type=Path),
    default=".casebridge/keys",
    show_default=True,
    help="The folder of keys.",
)
