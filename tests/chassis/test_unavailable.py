"""What passes by itself is answered with 503, so that a client asks again; what does not is an error."""

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import DBAPIError

from chassis.http import answer_refusals
from chassis.vault import KeyAwaited, KeyErased


class Refused(Exception):
    """As the driver raises it."""

    def __init__(self, sqlstate: str | None) -> None:
        super().__init__("refused")
        self.sqlstate = sqlstate


def database_says(sqlstate: str | None) -> DBAPIError:
    return DBAPIError("SELECT 1", {}, Refused(sqlstate))


@pytest.mark.parametrize(
    ("raised", "status"),
    [
        (database_says("57P01"), 503),
        (database_says("55P03"), 503),
        (database_says(None), 503),
        (ConnectionRefusedError(), 503),
        (TimeoutError(), 503),
        (KeyAwaited(), 503),
        (KeyErased(), 410),
        (database_says("22003"), 500),
        (FileNotFoundError(), 500),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
async def test_the_status_of(raised: Exception, status: int) -> None:
    app = FastAPI()
    answer_refusals(app, {})

    @app.get("/")
    async def ask() -> None:
        raise raised

    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        answer = await client.get("/")
    assert answer.status_code == status
    if status == 503:
        assert answer.headers["retry-after"] == "1"
        assert answer.headers["content-type"] == "application/problem+json"
