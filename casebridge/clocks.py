"""`casebridge clocks`: which time limits of which cases run out soon, as those answer who keep them."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import click
import httpx
from rich.console import Console
from rich.table import Table

from law.deadlines import SHANGHAI

FORM: Final = re.compile(r"(\d{1,3})d")


def _days(_: click.Context, __: click.Parameter, text: str) -> int:
    found = FORM.fullmatch(text)
    if found is None or int(found[1]) > 366:
        raise click.BadParameter(f"found {text!r}, expected days such as 3d, at most 366d")
    return int(found[1])


@click.command()
@click.option(
    "--url",
    envvar="CASEBRIDGE_MEDIATION_URL",
    required=True,
    help="Where mediation answers, such as http://127.0.0.1:8003.",
)
@click.option(
    "--intake-url",
    envvar="CASEBRIDGE_INTAKE_URL",
    help="Where intake answers, such as http://127.0.0.1:8001; without it, its clocks are not asked for.",
)
@click.option("--token", envvar="CASEBRIDGE_TOKEN", required=True, help="A bearer token.")
@click.option("--due", "days", default="3d", show_default=True, callback=_days, help="Within how many days.")
@click.option("--agency", help="Of this agency alone.")
def clocks(url: str, intake_url: str | None, token: str, days: int, agency: str | None) -> None:
    """Time limits that run out soon, the first one first, and who keeps them."""
    asked = {"within_days": str(days)} | ({"agency": agency} if agency else {})
    urls = [url, *([intake_url] if intake_url else [])]
    found = sorted(
        (clock for each in urls for clock in ask(each, token, asked)),
        key=lambda clock: (clock["due_at"], clock["number"]),
    )
    if not found:
        click.echo(f"No clock runs out within {days} days.")
        return
    table = Table("due (Beijing)", "case", "clock", "agency", "kept by", "", box=None)
    for clock in found:
        due_at = datetime.fromisoformat(clock["due_at"]).astimezone(SHANGHAI)
        table.add_row(
            f"{due_at:%Y-%m-%d %H:%M}",
            clock["number"],
            clock["name"],
            clock["agency"],
            clock["kept_by"],
            marks(clock),
        )
    Console().print(table)


def marks(clock: Mapping[str, Any]) -> str:
    """What a person should know of it: a rule that is not sure, a right that calls for aid at once."""
    said = {
        "to be confirmed": clock.get("confirmed") is False,
        "aid in advance is open": bool(clock.get("aid_in_advance")),
    }
    return ", ".join(text for text, true in said.items() if true)


def ask(url: str, token: str, asked: Mapping[str, str]) -> Sequence[Mapping[str, Any]]:
    """Raises ClickException with what the service says is wrong."""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        answer = httpx.get(f"{url}/v1/clocks", params=asked, headers=headers, timeout=30)
    except httpx.HTTPError as error:
        raise click.ClickException(f"{url} does not answer ({type(error).__name__})") from None
    if answer.is_error:
        problem = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        raise click.ClickException(f"{url}: {answer.status_code} {problem.get('detail', '')}".rstrip())
    found: Sequence[Mapping[str, Any]] = answer.json()
    return found
