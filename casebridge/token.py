"""`casebridge token`: a bearer token, where the deployment issues its own."""

from datetime import timedelta
from pathlib import Path

import click

from casebridge.options import KEYS
from schemas.ids import PROVINCES, AgencyId, Province, Pseudonym


@click.command()
@KEYS
@click.option("--role", "roles", multiple=True, required=True, help="caseworker, receiver, operator, …")
@click.option("--province", required=True, type=click.Choice(sorted(PROVINCES)), help="Of the agency.")
@click.option("--agency", help="The agency that the person acts for.")
@click.option("--sub", default="person-1", show_default=True, help="A pseudonym, never a name.")
@click.option("--hours", type=click.IntRange(1, 24 * 31), default=8, show_default=True)
@click.option(
    "--clock",
    envvar="CASEBRIDGE_CLOCK",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The shared clock of a deployment in test mode.",
)
def token(
    *,
    folder: Path,
    roles: tuple[str, ...],
    province: str,
    agency: str | None,
    sub: str,
    hours: int,
    clock: Path | None,
) -> None:
    """Issue a bearer token; needs the private key that `casebridge keys create --tokens` made."""
    from chassis.auth import Caller, issue_token, load_token_key
    from chassis.clock import Clock

    try:
        key = load_token_key(folder)
    except (OSError, ValueError) as error:
        raise click.ClickException(
            f"no key to issue tokens with in {folder} ({type(error).__name__}); "
            "`casebridge keys create --tokens` makes one, or ask your identity provider"
        ) from None
    caller = Caller(
        sub=Pseudonym(sub),
        roles=frozenset(roles),
        province=Province(province),
        agency=AgencyId(agency) if agency else None,
    )
    click.echo(issue_token(key, caller, now=Clock(clock).now(), lifetime=timedelta(hours=hours)))
