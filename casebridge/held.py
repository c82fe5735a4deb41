"""`casebridge held`: cases that a service holds, seen and let go through the services' own APIs."""

from typing import Any, Literal

import click

from casebridge.operating import AT, TOKEN, ask


@click.group()
def held() -> None:
    """Cases that a service holds because an event of theirs cannot be applied."""


@held.command("list")
@AT
@TOKEN
def list_held(addresses: tuple[str, ...], token: str) -> None:
    """Held cases by cause, oldest first."""
    found = [(at, case) for at in addresses for case in _held(at, token)]
    if not found:
        click.echo("No case is held.")
    for (cause, fingerprint), cases in _grouped(found).items():
        click.echo(f"{cause} {fingerprint}: {len(cases)}")
        for at, case in cases:
            place = f"{case.get('stream') or case.get('timer') or ''} {case.get('sequence') or ''}".strip()
            click.echo(
                f"  {case['province']} {case['case_id']} at {at} since {case['since']}, "
                f"{case['events']} waiting, {place}"
            )


@held.command()
@AT
@TOKEN
@click.argument("case_id")
def redrive(addresses: tuple[str, ...], token: str, case_id: str) -> None:
    """Try the event that holds a case again, and what waits behind it."""
    _release(addresses, token, case_id, "redrive")


@held.command()
@AT
@TOKEN
@click.argument("case_id")
@click.confirmation_option(prompt="The event will never be applied. Go on without it?")
def discard(addresses: tuple[str, ...], token: str, case_id: str) -> None:
    """Go on without the event that holds a case, for ever."""
    _release(addresses, token, case_id, "discard")


def _release(
    addresses: tuple[str, ...], token: str, case_id: str, how: Literal["redrive", "discard"]
) -> None:
    held_at = [
        at for at in addresses if any(c["case_id"] == case_id for c in ask("GET", f"{at}/v1/held", token))
    ]
    if not held_at:
        raise click.ClickException(f"{case_id} is not held at {', '.join(addresses)}")
    for at in held_at:
        now = ask("POST", f"{at}/v1/held/{case_id}/release", token, json={"how": how})
        state = "held again" if now["held"] else "let go"
        click.echo(f"{case_id} at {at}: {state}, {now['waiting']} events wait.")


def _held(address: str, token: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = ask("GET", f"{address}/v1/held", token)
    return cases


def _grouped(found: list[tuple[str, Any]]) -> dict[tuple[str, str], list[tuple[str, Any]]]:
    groups: dict[tuple[str, str], list[tuple[str, Any]]] = {}
    for at, case in found:
        groups.setdefault((case["cause"], case["fingerprint"]), []).append((at, case))
    return groups
