"""What passes by itself is answered with 503, so that a client asks again; what does not is an error."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from chassis.http import answer_refusals
from chassis.runtime import create_database_engine
from chassis.settings import read_settings
from chassis.vault import KeyAwaited, KeyErased
from tests.deployment import answered, until


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


async def test_a_connection_that_the_server_closed_is_replaced_before_anybody_uses_it(
    database_url: str, tmp_path: Path
) -> None:
    environ = {
        "CASEBRIDGE_PROVINCES": "44",
        "CASEBRIDGE_KAFKA": "localhost:1",
        "CASEBRIDGE_DATABASE_URL": database_url,
        "CASEBRIDGE_DATA": str(tmp_path),
    }
    database = create_database_engine(read_settings(environ, "intake"))
    who = text("SELECT pg_backend_pid()")
    async with database.connect() as one, database.connect() as other:
        first = (await one.execute(who)).scalar_one()
        driver = (await one.get_raw_connection()).driver_connection
        assert driver is not None
        await one.rollback()
        await one.close()
        await other.execute(text("SELECT pg_terminate_backend(:first)"), {"first": first})
        await until(lambda: answered(driver.is_closed()), "the driver has seen the end")

        async with database.connect() as next_one:
            assert (await next_one.execute(who)).scalar_one() != first
    await database.dispose()
