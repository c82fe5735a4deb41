"""`casebridge route`: who would be asked to take a case, and why somebody was, as routing itself answers."""

from typing import Any

import click
import httpx
from rich.console import Console
from rich.text import Text

from schemas.codes import CASE_TYPES
from schemas.words import Language

URL = click.option(
    "--url",
    envvar="CASEBRIDGE_ROUTING_URL",
    required=True,
    help="Where routing answers, such as http://127.0.0.1:8002.",
)
TOKEN = click.option("--token", envvar="CASEBRIDGE_TOKEN", required=True, help="A bearer token.")
LANGUAGE = click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)


@click.group()
def route() -> None:
    """Who is to have a case, and why."""


@route.command()
@URL
@TOKEN
@LANGUAGE
@click.option("--agency", required=True, help="Who takes the case in.")
@click.option("--home", required=True, help="The worker's home: six digits of GB/T 2260.")
@click.option("--work", required=True, help="Where the matter arose.")
@click.option("--case-type", required=True, type=click.Choice(sorted(CASE_TYPES)))
@click.option("--urgent", is_flag=True)
@click.option("--asked", multiple=True, help="An agency that was asked already; as often as needed.")
@click.option("--speaks", help="The language of the applicants, such as yue.")
@click.option("--worker-class", help="Such as rider.")
def preview(
    url: str,
    token: str,
    language: Language,
    agency: str,
    home: str,
    work: str,
    case_type: str,
    urgent: bool,
    asked: tuple[str, ...],
    speaks: str | None,
    worker_class: str | None,
) -> None:
    """What would be decided today. Nothing happens."""
    question = {
        "agency": agency,
        "home": home,
        "work": work,
        "case_type": case_type,
        "urgent": urgent,
        "asked": list(asked),
        "language": speaks,
        "worker_class": worker_class,
    }
    show_route(ask("POST", url, "/routes/preview", token, question), language)


@route.command()
@URL
@TOKEN
@LANGUAGE
@click.argument("transfer")
def explain(url: str, token: str, language: Language, transfer: str) -> None:
    """How the route was decided that led to TRANSFER, and whether it comes out the same again."""
    found = ask("GET", url, f"/routes/{transfer}", token)
    show_route(found["decided"], language)
    if found["same"] is None:
        click.echo("The directory of that decision was not kept; it cannot be decided again.")
    elif found["same"]:
        click.echo("Decided again from the same directory: the same.")
    else:
        click.echo("Decided again from the same directory, it differs:")
        for each in found["differs"]:
            click.echo(f"  {each['what']}: {each['then']} -> {each['now']}")
        raise SystemExit(1)


def show_route(said: dict[str, Any], language: Language) -> None:
    """The candidates in order, with what speaks for and against each."""
    console = Console()
    inputs = said["inputs"] or {}
    console.print(
        Text.assemble(
            (said["mode_text"][language], "bold"), f"  {inputs.get('on', '')}  {said['directory_version']}"
        )
    )
    for place, each in enumerate(said["candidates"], 1):
        style = "green" if each["asked"] else "dim"
        head = f"{place}. {each['name'][language]} ({each['agency']}): {each['mode_text'][language]}"
        console.print(Text(head + (f", {each['site']}" if each["site"] else ""), style=style))
        for sign, reasons in (("+", each["reasons_for"]), ("-", each["reasons_against"])):
            for reason in reasons:
                basis = reason["legal_basis_text"]
                console.print(
                    Text(f"   {sign} {reason['text'][language]}" + (f" [{basis[language]}]" if basis else ""))
                )
        if each["weighed"]:
            console.print(Text(f"     {figures(each['weighed'])}", style="dim"))


def figures(weighed: dict[str, Any]) -> str:
    """What decided the order among those of one rank."""
    said = [f"load {weighed['load']}/{weighed['capacity'] if weighed['capacity'] is not None else '-'}"]
    if weighed["distance_m"] is not None:
        said.append(f"{weighed['distance_m'] / 1000:g} km")
    return ", ".join(said)


def ask(method: str, url: str, path: str, token: str, body: Any = None) -> dict[str, Any]:
    """The answer. Raises ClickException with what routing says is wrong."""
    try:
        answer = httpx.request(
            method,
            f"{url.rstrip('/')}/v1{path}",
            json=body,
            headers={"Authorization": f"Bearer {token}"},
            timeout=30,
        )
    except httpx.HTTPError as error:
        raise click.ClickException(f"routing does not answer at {url} ({type(error).__name__})") from None
    said = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    if answer.is_error:
        wrong = ", ".join(f"{each['at']}: {each['expected']}" for each in said.get("errors", ()))
        raise click.ClickException(said.get("detail") or wrong or f"routing answers {answer.status_code}")
    return dict(said)
