"""`casebridge cases`: brings running cases here from another system, or says what that would do."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click
import httpx
from rich.console import Console
from rich.table import Table

from schemas.words import yuan

LARGEST: Final = 50_000_000
"""Bytes that intake takes at once: a bundle of text is a tenth of its size when it is packed, scans stay."""

DOCUMENTS: Final = "documents"


@click.group()
def cases() -> None:
    """Bring running cases here from another system."""


@cases.command("import")
@click.argument("bundle", type=click.Path(exists=True, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option(
    "--url",
    envvar="CASEBRIDGE_INTAKE_URL",
    required=True,
    help="Where intake answers, such as http://127.0.0.1:8001.",
)
@click.option("--token", envvar="CASEBRIDGE_TOKEN", required=True, help="A bearer token of an operator.")
def import_(bundle: Path, dry_run: bool, url: str, token: str) -> None:
    """Import the cases of BUNDLE, a folder or a zip of CSV files and documents: all of them, or none."""
    raw = packed(bundle)
    if len(raw) > LARGEST:
        raise click.ClickException(f"found {len(raw):,} bytes packed, expected at most {LARGEST:,}: split it")
    show(ask(url, token, raw, "/imports/check" if dry_run else "/imports"), Console())


def packed(bundle: Path) -> bytes:
    """The zip, or the CSV files of the folder and its documents as one."""
    if bundle.is_file():
        return bundle.read_bytes()
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(bundle.glob("*.csv")):
            archive.write(file, file.name)
        for file in sorted((bundle / DOCUMENTS).rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(bundle).as_posix())
    return target.getvalue()


def ask(url: str, token: str, raw: bytes, path: str) -> Mapping[str, Any]:
    """Raises ClickException with all that the service says is wrong."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/zip"}
    try:
        answer = httpx.post(f"{url.rstrip('/')}/v1{path}", content=raw, headers=headers, timeout=300)
    except httpx.HTTPError as error:
        reason = type(error).__name__
        raise click.ClickException(
            f"{url} does not answer ({reason}). Ask again: what is imported is not imported twice."
        ) from None
    said = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    if answer.is_error:
        raise click.ClickException("\n".join([told(answer, said), *map(mistake, said.get("errors", ()))]))
    found: Mapping[str, Any] = said
    return found


def told(answer: httpx.Response, said: Mapping[str, Any]) -> str:
    return str(said.get("detail") or said.get("title") or f"{answer.status_code}")


def mistake(each: Mapping[str, Any]) -> str:
    """Where it is, what was found there, what was expected."""
    place = f"{each.get('file')} line {each.get('line')}, {each.get('column')}"
    return f"{place}: found {each.get('found')}, expected {each.get('expected')}"


def show(report: Mapping[str, Any], console: Console) -> None:
    table = Table("stage", "cases", box=None)
    for stage, number in report["stages"].items():
        table.add_row(stage, str(number))
    console.print(table)
    console.print(", ".join(f"{number} rows of {file}" for file, number in report["rows"].items()) + ".")
    money = f"{yuan(report['claimed_fen'], 'en')} claimed, {yuan(report['recovered_fen'], 'en')} recovered"
    console.print(f"{report['members']} members, {report['documents']} documents; {money}.")
    console.print(f"{report['due_soon']} time limits end within 7 days, {report['breached']} have passed.")
    for warning in report["warnings"]:
        console.print(f"Warning: {warning}", style="yellow")
    if not report["imported"]:
        console.print(f"{len(report['cases'])} cases would be imported as {report['bundle']}; none was.")
        return
    for case in report["cases"]:
        console.print(f"{case['external']} -> {case['number']}", highlight=False)
    console.print(f"{len(report['cases'])} cases are imported as {report['bundle']}.")
