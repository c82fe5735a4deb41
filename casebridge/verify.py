"""`casebridge verify`: checks a file of receipts; needs neither a database nor a broker."""

from pathlib import Path

import click

from casebridge.options import KEYS, LANGUAGE
from casebridge.receipts.verifying import verify as verified
from chassis.crypto import StandardSuite
from chassis.errors import ChassisError
from chassis.key_files import read_trusted_keys
from chassis.keyring import Keyring
from schemas.words import Language


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@KEYS
@LANGUAGE
def verify(file: Path, folder: Path, language: Language) -> None:
    """Check a file of receipts with nothing but the public keys in the keys folder.

    Says what each line proves; ends with 1 at the first that does not hold, and names it.
    """
    suite = StandardSuite()
    try:
        keyring = Keyring(own={}, trusted=read_trusted_keys(folder, suite), suite=suite)
    except ChassisError as error:
        raise click.ClickException(str(error)) from None
    for checked in verified(file.read_bytes(), keyring):
        mark = "✗" if checked.broken else "✓"
        click.echo(f"{mark} {checked.line:>3}  {getattr(checked.said, language)}")
        if checked.broken:
            zh, en = f"第{checked.line}行不成立，其后均无证明力。", f"Line {checked.line} does not hold."
            raise click.ClickException(zh if language == "zh" else en)
