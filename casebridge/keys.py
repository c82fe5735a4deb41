"""`casebridge keys`: the keys that provinces sign, seal and name with."""

from pathlib import Path

import click

from casebridge.options import KEYS, PROVINCES
from schemas.ids import PROVINCES as PROVINCE_NAMES
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

    `casebridge keys export` gives out the public half; NN.private.json stays here.
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


@keys.command("list")
@KEYS
def list_keys(folder: Path) -> None:
    """Show whose keys are here, each with the fingerprint that its owner can read out."""
    from chassis.crypto import StandardSuite
    from chassis.errors import ChassisError
    from chassis.key_exchange import fingerprint
    from chassis.key_files import read_trusted_keys

    try:
        trusted = read_trusted_keys(folder, StandardSuite())
    except (ChassisError, OSError) as error:
        raise click.ClickException(str(error)) from None
    for province, known in trusted.items():
        own = " (own)" if (folder / f"{province}.private.json").exists() else ""
        click.echo(f"{province}  {fingerprint(known)}{own}")


@keys.command()
@KEYS
@click.argument("province")
@click.option(
    "--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="Default: NN.public.json."
)
def export(folder: Path, province: str, file: Path | None) -> None:
    """Write the public keys of PROVINCE into one file for the others, and show their fingerprint."""
    from chassis.errors import ChassisError
    from chassis.key_exchange import fingerprint, read_offered
    from chassis.key_files import write_whole

    source, file = folder / f"{province}.public.json", file or Path(f"{province}.public.json")
    try:
        offered = read_offered(source)
        write_whole(file, source.read_bytes(), 0o644)
    except (ChassisError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Written: {file}. Nothing in it is secret; that it is yours, the others must be sure of.")
    click.echo(f"Fingerprint to read out to them: {fingerprint(offered)}")


@keys.command("import")
@KEYS
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--fingerprint", "heard", help="As its owner read it out; asked for unless given.")
def import_keys(folder: Path, file: Path, heard: str | None) -> None:
    """Take the public keys of another province, once a person has compared their fingerprint.

    Call somebody there whom you know, on a number that did not come with the file.
    """
    from chassis.errors import ChassisError
    from chassis.key_exchange import changes, fingerprint, read_known, read_offered, same_digits
    from chassis.key_exchange import import_keys as take

    try:
        offered = read_offered(file)
        click.echo(f"Keys of {offered.province} ({PROVINCE_NAMES[offered.province].en}).")
        changed = changes(offered, read_known(folder, offered.province))
        for line in changed:
            click.echo(f"  {line}")
        click.echo(f"Fingerprint: {fingerprint(offered)}")
        if heard is None:
            click.confirm("Does somebody there read out the same digits?", abort=True)
        elif not same_digits(heard, fingerprint(offered)):
            raise click.ClickException("the fingerprint that was read out is another: do not trust this file")
        take(folder, offered, file)
    except (ChassisError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo("Taken. Services know it once they are started again." if changed else "They were here.")
