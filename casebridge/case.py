"""`casebridge case`: the timeline of one case, found by the number that a caller reads out."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import quote

import click
import httpx
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from schemas.words import Language, moment, yuan
from services.trace.steps import BULK

COLOURS: Final = {"cases": "blue", "transfers": "magenta", "matters": "green", "ops": "red"}
"""By log; what is not here stays in the background."""

HEADS: Final = {
    "zh": ("时间", "地区", "服务", "事件", "距起因", "传达"),
    "en": ("time", "province", "service", "event", "after cause", "heard after"),
}


class CannotShow(Exception):
    """Why there is nothing to show, as a sentence."""


@click.command()
@click.argument("number", nargs=-1, required=True)
@click.option(
    "--url",
    envvar="CASEBRIDGE_TRACE_URL",
    required=True,
    help="Where trace answers, such as http://127.0.0.1:8005.",
)
@click.option("--token", envvar="CASEBRIDGE_TOKEN", required=True, help="A bearer token.")
@click.option("--all", "every", is_flag=True, help="Every step: members, sealed data, notices and keys too.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def case(number: tuple[str, ...], url: str, token: str, every: bool, language: Language) -> None:
    """Show where a case is and how it came there. NUMBER may have spaces: 44 2026 0001234 9."""
    try:
        print_timeline(url, token, " ".join(number), every=every, language=language)
    except CannotShow as reason:
        raise click.ClickException(str(reason)) from None


def print_timeline(
    url: str,
    token: str,
    number: str,
    *,
    every: bool = False,
    language: Language = "zh",
    console: Console | None = None,
) -> None:
    """Print a case and its hops. Raises CannotShow."""
    console = console or Console()
    with httpx.Client(
        base_url=f"{url.rstrip('/')}/v1", headers={"Authorization": f"Bearer {token}"}, timeout=20
    ) as client:
        found = ask(client, f"/cases/by-number/{quote(number, safe='')}")
        timeline = ask(client, f"/cases/{found['case_id']}/timeline")
    console.print(head_of(timeline["case"], language))
    hops = [hop for hop in timeline["hops"] if every or hop["type"] not in BULK]
    console.print(table_of(hops, language))


def ask(client: httpx.Client, path: str) -> dict[str, Any]:
    """The answer, or the sentence in which trace says why there is none."""
    try:
        answer = client.get(path)
    except httpx.HTTPError as error:
        raise CannotShow(f"trace does not answer at {client.base_url} ({type(error).__name__})") from error
    said = answer.json() if "json" in answer.headers.get("content-type", "") else {}
    if answer.is_error:
        raise CannotShow(said.get("detail") or said.get("title") or f"trace answers {answer.status_code}")
    return dict(said)


def head_of(case: dict[str, Any], language: Language) -> Panel:
    def name(of: dict[str, Any] | None) -> str:
        return of["name"][language] if of else "—"

    state = name(case["milestone"]) if case["milestone"] else case["stage_name"][language]
    lines = [
        Text(f"{name(case['home'])} → {name(case['work'])}  ·  {name(case['case_type'])}"),
        Text.assemble((name(case["owner"]), "bold"), f"  ·  epoch {case['epoch']}  ·  ", (state, "green")),
    ]
    if case["claim_fen"]:
        money = f"{yuan(case['recovered_fen'], language)} / {yuan(case['claim_fen'], language)}"
        lines.append(Text(money, style="dim"))
    for hold in case["held"]:
        holder = f"{name(hold['province'])} · {name(hold['service'])}"
        lines.append(Text(f"{holder}: {name(hold['cause'])}  {hold['detail'] or ''}", style="bold red"))
    return Panel(Group(*lines), title=f"[bold]{case['number']}[/]", title_align="left", expand=False)


def table_of(hops: list[dict[str, Any]], language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for place, head in enumerate(HEADS[language]):
        table.add_column(head, justify="right" if place > 3 else "left", no_wrap=place != 3)
    for hop in hops:
        after_cause = hop["since_cause_ms"]
        table.add_row(
            moment(datetime.fromisoformat(hop["at"])),
            hop["province"]["name"][language],
            hop["service"]["name"][language],
            Text(hop["text"][language], style=COLOURS.get(hop["log"], "dim")),
            "" if after_cause is None else f"{after_cause:,.0f} ms",
            f"{hop['latency_ms']:,.0f} ms",
        )
    return table
