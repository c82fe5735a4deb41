"""`casebridge erase`: the data of a case are erased once two people say so, through intake's own API."""

from typing import Any

import click
import httpx

from schemas.codes import ERASURES


@click.command()
@click.argument("case_id", metavar="CASE")
@click.option("--at", "address", envvar="CASEBRIDGE_AT", required=True, help="Address of intake.")
@click.option("--token", envvar="CASEBRIDGE_TOKEN", required=True, help="Of somebody at the owner.")
@click.option("--because", type=click.Choice(sorted(ERASURES)), help="Ask for it, for this reason.")
@click.option("--legal-basis", help="The article that allows it while the data would still be kept.")
@click.option("--approve", is_flag=True, help="Approve what somebody else asked for. It cannot be undone.")
def erase(
    case_id: str, address: str, token: str, because: str | None, legal_basis: str | None, approve: bool
) -> None:
    """Show how long the data of CASE are kept; ask for them to be erased; or approve that.

    What was sealed can be read by nobody afterwards, and its documents are destroyed. The events stay, name
    nobody, and can still be verified: `casebridge audit`.
    """
    if approve and because:
        raise click.UsageError("one person asks with --because, another approves with --approve")
    about = f"{address.rstrip('/')}/v1/cases/{case_id}/erasure"
    headers = {"Authorization": f"Bearer {token}", "If-Match": "*"}
    if approve:
        click.confirm("Nobody will be able to read these data again. Erase them?", abort=True)
        said = ask("POST", f"{about}/approval", headers)
    elif because:
        said = ask("POST", about, headers, {"because": because, "legal_basis": legal_basis})
    else:
        said = ask("GET", about, headers)
    click.echo(in_words(case_id, said))


def ask(method: str, address: str, headers: dict[str, str], body: dict[str, Any] | None = None) -> Any:
    """The answer's JSON. Raises ClickException with what intake says is wrong."""
    try:
        answer = httpx.request(method, address, json=body, headers=headers, timeout=30)
    except httpx.HTTPError as error:
        raise click.ClickException(f"{address} does not answer ({type(error).__name__})") from None
    if answer.is_error:
        problem = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        raise click.ClickException(f"{answer.status_code} {problem.get('detail', '')}".rstrip())
    return answer.json()


def in_words(case_id: str, said: dict[str, Any]) -> str:
    limit = said["limit"]
    if said["erased"]:
        return f"{case_id}: erased."
    kept = f"kept until {limit['due_at']} ({limit['rule']})" if limit else "still in use"
    if not said["requested"]:
        return f"{case_id}: {kept}."
    return f"{case_id}: {kept}; erasure asked for ({said['requested']}), somebody else must approve it."
