"""What commands of operators have in common: which services they ask, as whom, and how an answer is read."""

from typing import Any

import click
import httpx

AT = click.option(
    "--at",
    "addresses",
    envvar="CASEBRIDGE_AT",
    multiple=True,
    required=True,
    help="Address of a service, http://host:port; several are asked one after the other.",
)
TOKEN = click.option("--token", envvar="CASEBRIDGE_TOKEN", required=True, help="Of an operator.")


class RefusedThere(click.ClickException):
    """A service refuses; `status` is that of its answer."""

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.status = status


def ask(method: str, address: str, token: str, json: Any = None, **asked: str) -> Any:
    """The answer's JSON. Raises RefusedThere with what the service says is wrong, or ClickException."""
    headers = {"Authorization": f"Bearer {token}"}
    try:
        answer = httpx.request(method, address, json=json, params=asked or None, headers=headers, timeout=30)
    except httpx.HTTPError as error:
        raise click.ClickException(f"{address} does not answer ({type(error).__name__})") from None
    if answer.is_error:
        problem = answer.json() if "json" in answer.headers.get("content-type", "") else {}
        said = f"{address}: {answer.status_code} {problem.get('detail', '')}".rstrip()
        raise RefusedThere(said, answer.status_code)
    return answer.json()
