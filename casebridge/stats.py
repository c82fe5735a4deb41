"""`casebridge stats`: figures of a period as they are reported, and of any past day again."""

import csv
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

import click
import httpx
from rich.console import Console
from rich.table import Table

from schemas.words import Language, yuan

DAY: Final = click.DateTime(["%Y-%m-%d"])
DIMENSIONS: Final = {
    "by_province": ("省份", "province"),
    "by_type": ("案件类型", "type"),
    "by_channel": ("渠道", "channel"),
    "by_month": ("月份", "month"),
}
SHOWN: Final = {
    "received": ("受理申请", "received"),
    "workers": ("人数", "workers"),
    "granted": ("决定援助", "granted"),
    "concluded": ("结案", "concluded"),
    "evaluated": ("评估", "evaluated"),
    "claimed_fen": ("请求金额", "claimed"),
    "recovered_fen": ("追回金额", "recovered"),
}
"""What the terminal has room for; the CSV has every figure."""


@click.command()
@click.option("--from", "first", type=DAY, required=True, help="The first day, such as 2026-01-01.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
@click.option("--as-of", type=DAY, help="As it was known at the end of that day; today if not given.")
@click.option("--csv", "as_csv", is_flag=True, help="Every figure, one a line, for a spreadsheet.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "--url",
    envvar="CASEBRIDGE_TRACE_URL",
    required=True,
    help="Where trace answers, such as http://127.0.0.1:8005.",
)
@click.option("--token", envvar="CASEBRIDGE_TOKEN", required=True, help="A bearer token.")
def stats(
    first: datetime,
    last: datetime,
    as_of: datetime | None,
    as_csv: bool,
    language: Language,
    url: str,
    token: str,
) -> None:
    """Cases, workers and money of a period, with rates and times, as they are reported."""
    asked = {"from": str(first.date()), "to": str(last.date())}
    found = ask(url, token, asked | ({"as_of": str(as_of.date())} if as_of else {}), language)
    if as_csv:
        # The mark at the beginning tells spreadsheets that it is UTF-8.
        sys.stdout.write("\ufeff")
        csv.writer(sys.stdout, lineterminator="\n").writerows(lines(found, language))
    else:
        show(found, language, Console())


def ask(url: str, token: str, asked: Mapping[str, str], language: Language) -> Mapping[str, Any]:
    """Raises ClickException with what the service says is wrong."""
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": language}
    try:
        answer = httpx.get(f"{url.rstrip('/')}/v1/statistics", params=asked, headers=headers, timeout=300)
    except httpx.HTTPError as error:
        raise click.ClickException(f"{url} does not answer ({type(error).__name__})") from None
    if answer.is_error:
        problem = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        raise click.ClickException(f"{url}: {answer.status_code} {problem.get('detail', '')}".rstrip())
    found: Mapping[str, Any] = answer.json()
    return found


def lines(found: Mapping[str, Any], language: Language) -> Iterator[tuple[str, str, str, str, Any]]:
    """Every figure by itself: what it is of, which figure it is, and its value."""
    yield "dimension", "code", "name", "figure", "value"
    for figure, value in found["total"].items():
        yield "total", "", "", figure, value
    for dimension in DIMENSIONS:
        for part in found[dimension]:
            of = part["of"]
            for figure, value in part["figures"].items():
                yield dimension.removeprefix("by_"), of["code"], of["name"][language], figure, value
    for rate in ("mediation", "evaluation"):
        for figure, value in found[rate].items():
            yield rate, "", "", figure, value
    for stage in found["stages"]:
        for figure in ("cases", "median_days"):
            yield "stage", stage["stage"], stage["name"][language], figure, stage[figure]


def show(found: Mapping[str, Any], language: Language, console: Console) -> None:
    """The figures that a screen has room for."""
    place = 0 if language == "zh" else 1
    console.print(f"{found['first']} – {found['last']}  ({found['as_of']})", style="bold")
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("")
    for heads in SHOWN.values():
        table.add_column(heads[place], justify="right")
    table.add_row(("合计", "total")[place], *worded(found["total"], language), style="bold")
    for dimension, heads in DIMENSIONS.items():
        table.add_row(heads[place], style="dim")
        for part in found[dimension]:
            table.add_row(f"  {part['of']['name'][language]}", *worded(part["figures"], language))
    console.print(table)
    for what, key, heads in (
        ("mediation", "success_rate", ("调解成功率", "mediations that succeeded")),
        ("evaluation", "share", ("结案评估率", "concluded cases that are evaluated")),
    ):
        value = found[what][key]
        console.print(f"{heads[place]}  {'—' if value is None else f'{value:.1%}'}")
    for stage in found["stages"]:
        days = ("天（中位数）", "days (median)")[place]
        console.print(f"{stage['name'][language]}  {stage['median_days']:g} {days}, n={stage['cases']}")


def worded(figures: Mapping[str, int], language: Language) -> list[str]:
    return [
        yuan(figures[name], language) if name.endswith("_fen") else f"{figures[name]:,}" for name in SHOWN
    ]
