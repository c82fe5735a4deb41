"""The floor of `http`: the same body and model, and one insert. `python -m bench.bare_route`."""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel

from services.intake.applications import ApplicationBody

SCHEMA = "CREATE TABLE application (id text PRIMARY KEY, body text NOT NULL)"


class Receipt(BaseModel):
    """What the applicant takes home."""

    case_id: str


def app_of(address: str) -> FastAPI:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = await asyncpg.create_pool(address, min_size=10, max_size=20)
        yield

    app = FastAPI(lifespan=lifespan)

    @app.post("/v1/applications", status_code=201)
    async def submit(body: ApplicationBody) -> Receipt:
        id = str(uuid4())
        await app.state.pool.execute("INSERT INTO application VALUES ($1, $2)", id, body.model_dump_json())
        return Receipt(case_id=id)

    return app


if __name__ == "__main__":
    uvicorn.run(
        app_of(sys.argv[2]),
        port=int(sys.argv[1]),
        loop="uvloop",  # as our services
        http="httptools",
        log_config=None,
        access_log=False,
    )
