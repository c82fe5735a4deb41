"""`casebridge keys`: the keys that provinces sign, seal and name with."""

from datetime import datetime
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


KINDS = click.Choice(["signing", "letters", "wrapping"])
WHEN = click.DateTime(["%Y-%m-%dT%H:%M:%S%z"])


@keys.command()
@KEYS
@click.argument("province")
@click.option("--kind", "kinds", type=KINDS, multiple=True, default=["signing", "letters"], show_default=True)
@click.option(
    "--use", "using", is_flag=True, help="Use those that wait, once all others have the public file."
)
def rotate(folder: Path, province: str, kinds: tuple[str, ...], using: bool) -> None:
    """Make new keys of PROVINCE, which wait until the others know them; then, with --use, use them.

    The old ones stay, and are good for whatever was signed, sealed or wrapped with them.
    """
    from chassis import key_rotation
    from chassis.errors import ChassisError

    try:
        files = key_rotation.read_files(folder, Province(province))
        ids = key_rotation.use(files) if using else key_rotation.rotate(files, kinds)
    except (ChassisError, OSError) as error:
        raise click.ClickException(str(error)) from None
    if using:
        click.echo(f"In use: {', '.join(ids)}, once the services of {province} are started again.")
        return
    click.echo(f"Waiting: {', '.join(ids)}. Now, in this order:")
    click.echo(
        f"  1. Start the services of {province} again, so that they open what is sealed for the new key."
    )
    click.echo(f"  2. `casebridge keys export {province}`: all others import it, and start theirs again.")
    click.echo(f"  3. `casebridge keys rotate {province} --use`, and start the services of {province} again.")


@keys.command()
@KEYS
@click.argument("province")
@click.argument("key")
@click.option("--until", type=WHEN, help="2026-03-01T12:00:00+08:00; now unless given.")
def retire(folder: Path, province: str, key: str, until: datetime | None) -> None:
    """Say that KEY of PROVINCE is used no more: what is signed with it later is refused, nothing before."""
    from chassis import key_rotation
    from chassis.clock import Clock
    from chassis.errors import ChassisError

    try:
        files = key_rotation.read_files(folder, Province(province))
        key_rotation.retire(files, key, until or Clock().now())
    except (ChassisError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Retired: {key}. Give it out: `casebridge keys export {province}`.")


@keys.command()
@KEYS
@click.argument("province")
@click.argument("key")
@click.option("--since", type=WHEN, help="If it is certain that it was not stolen before.")
def revoke(folder: Path, province: str, key: str, since: datetime | None) -> None:
    """Say that KEY of PROVINCE was stolen: no letter with it is believed, whatever date it bears.

    If it is in use, the one that `casebridge keys rotate` made takes its place at once.
    """
    from chassis import key_rotation
    from chassis.errors import ChassisError

    try:
        key_rotation.revoke(key_rotation.read_files(folder, Province(province)), key, since)
    except (ChassisError, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"Revoked: {key}. Call the others, and give it out: `casebridge keys export {province}`.")
    click.echo(f"Start the services of {province} again.")
