"""`casebridge quarantine`: records that a service did not understand, through the services' own APIs."""

import base64
import json
import os
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import click

from casebridge.operating import AT, TOKEN, RefusedThere, ask
from chassis.clock import Clock
from schemas.words import moment

MOST: Final = 1000
"""So many records a service lists at once."""

_TOPIC = click.option("--topic", help="On this topic alone, such as cn44.mailbox.")
_REASON = click.option("--reason", help="Put aside for this reason alone, such as letter-refused.")


class Place(click.ParamType[str]):
    """Where a record lies: the cluster, the topic, the partition and the offset, as the list has them."""

    name = "CLUSTER/TOPIC/PARTITION/OFFSET"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        parts = value.split("/")
        if len(parts) != 4 or not all(parts) or not (parts[2] + parts[3]).isdecimal():
            self.fail(f"found {value!r}, expected {self.name}, as it is listed", param, ctx)
        return value


@click.group(invoke_without_command=True)
@click.pass_context
def quarantine(context: click.Context) -> None:
    """Records that services did not understand or believe, and put aside. Without a further word: list."""
    if context.invoked_subcommand is None:
        with list_lying.make_context("list", [], parent=context) as listing:
            list_lying.invoke(listing)


@quarantine.command("list")
@AT
@TOKEN
@_TOPIC
@_REASON
@click.option("--json", "as_json", is_flag=True, help="As a JSON array, for a program.")
def list_lying(
    addresses: tuple[str, ...], token: str, topic: str | None, reason: str | None, as_json: bool
) -> None:
    """What lies there, by service and reason, the oldest first. Nothing of what is in it is shown."""
    found = lying(addresses, token, topic, reason)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif not found:
        click.echo("Nothing lies in quarantine.")
    else:
        show(found)


@quarantine.command("open")
@AT
@TOKEN
@click.argument("place", type=Place())
@click.option("--to", "file", type=click.Path(dir_okay=False, path_type=Path), help="Write it there instead.")
@click.option("--raw", is_flag=True, help="The value alone, byte for byte.")
def open_one(addresses: tuple[str, ...], token: str, place: str, file: Path | None, raw: bool) -> None:
    """Open the record at PLACE: key, headers and value, as JSON. There may be personal data in it.

    It is logged, and told to operators on the topic `ops`, who opened what.
    """
    if raw and file is None and sys.stdout.isatty():
        raise click.UsageError("--raw writes any bytes: name a file with --to, or pipe it")
    if file is not None and file.exists():
        raise click.ClickException(f"{file} is there already")
    address = where(addresses, token, place)
    opened = ask("POST", f"{address}/v1/quarantine/{place}/opening", token)
    said = json.dumps(readable(place, opened), ensure_ascii=False, indent=2) + "\n"
    written = bytes_of(opened["value"]) if raw else said.encode()
    if file is None:
        click.echo(written, nl=False)
        return
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as kept:
        kept.write(written)
    click.echo(f"{place} is in {file}, which nobody else may read. Delete it when you have seen it.")


@quarantine.command()
@AT
@TOKEN
@_TOPIC
@_REASON
@click.argument("places", type=Place(), nargs=-1)
@click.option("--all", "everything", is_flag=True, help="All that is listed.")
def retry(
    addresses: tuple[str, ...],
    token: str,
    topic: str | None,
    reason: str | None,
    places: tuple[str, ...],
    everything: bool,
) -> None:
    """Have the records at PLACES read again, or those of a topic or reason, once the cause is repaired.

    A record goes through all that it went through at first. What is understood now has its effect, once,
    and leaves the quarantine; what is not stays, and the command ends with 1.
    """
    if not (places or topic or reason or everything):
        raise click.UsageError("say which: PLACES, --topic, --reason or --all")
    found = lying(addresses, token, topic, reason)
    wanted = [row for row in found if not places or place_of(row) in places]
    if missing := set(places) - {place_of(row) for row in wanted}:
        raise click.ClickException(
            f"{', '.join(sorted(missing))}: not in quarantine at {', '.join(addresses)}"
        )
    # Of a partition the first one first: what is behind it would wait for it.
    wanted.sort(key=lambda row: (row["at"], row["cluster"], row["topic"], row["partition"], row["offset"]))
    taken = [take_in(row, token) for row in wanted]
    click.echo(f"{sum(taken)} of {len(taken)} records were taken in.")
    if not all(taken):
        raise click.exceptions.Exit(1)


def take_in(row: dict[str, Any], token: str) -> bool:
    place = place_of(row)
    try:
        ask("POST", f"{row['at']}/v1/quarantine/{place}/retry", token)
    except RefusedThere as refused:
        # Another operator may have been faster; whatever else is wrong would be so for all of them.
        if refused.status not in (HTTPStatus.CONFLICT, HTTPStatus.NOT_FOUND):
            raise
        click.echo(f"{row['service']} {place}: {refused.message}")
        return False
    click.echo(f"{row['service']} {place}: taken in")
    return True


def lying(
    addresses: Sequence[str], token: str, topic: str | None, reason: str | None
) -> list[dict[str, Any]]:
    asked = {name: said for name, said in (("topic", topic), ("reason", reason)) if said}
    found = []
    for at in addresses:
        rows = ask("GET", f"{at}/v1/quarantine", token, **asked)
        if len(rows) == MOST:
            click.echo(f"{at}: only the oldest {MOST} are seen; --topic and --reason show others", err=True)
        found += [{"at": at, **row} for row in rows]
    return found


def where(addresses: Sequence[str], token: str, place: str) -> str:
    """The first service that has it: if several have it, it is the same record."""
    for row in lying(addresses, token, place.split("/")[1], None):
        if place_of(row) == place:
            return str(row["at"])
    raise click.ClickException(f"{place}: not in quarantine at {', '.join(addresses)}")


def show(found: Sequence[dict[str, Any]]) -> None:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in found:
        groups.setdefault((row["service"], row["reason"]), []).append(row)
    now = Clock(None).now()
    for (service, reason), rows in groups.items():
        click.echo(f"{service} {reason}: {len(rows)}")
        for row in rows:
            since = datetime.fromisoformat(row["arrived_at"])
            click.echo(
                f"  {place_of(row)} since {moment(since)} ({aged(now - since)}), "
                f"{row['size']} bytes as kept: {row['detail']}"
            )


def aged(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} days"


def place_of(row: dict[str, Any]) -> str:
    return f"{row['cluster']}/{row['topic']}/{row['partition']}/{row['offset']}"


def readable(place: str, opened: dict[str, Any]) -> dict[str, Any]:
    """For JSON that does nothing to a terminal: what is no printable text is base64."""
    headers = [[name, text_of(raw)] for name, raw in opened["headers"]]
    return {
        "place": place,
        "service": opened["service"],
        "reason": opened["reason"],
        "key": text_of(opened["key"]),
        "headers": headers,
        "value": text_of(opened["value"]),
    }


def text_of(encoded: str | None) -> Any:
    if encoded is None:
        return None
    try:
        text = base64.b64decode(encoded).decode()
    except UnicodeDecodeError:
        return {"base64": encoded}
    return text if "".join(text.split()).isprintable() else {"base64": encoded}


def bytes_of(encoded: str | None) -> bytes:
    return b"" if encoded is None else base64.b64decode(encoded)
