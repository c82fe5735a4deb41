"""The web application of a service: its routes, its health, its metrics, and what operators see and do."""

import base64
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import Depends, FastAPI, Path, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from chassis.auth import Caller
from chassis.errors import RefusesToStart
from chassis.http import Who, answer_refusals, case_router, check_permissions
from chassis.parking import discard, held_cases, redrive
from chassis.quarantine import Place, lying, open_record, take_in
from chassis.unit_of_work import Actor
from schemas.ids import AgencyId, CaseId

if TYPE_CHECKING:
    from chassis.runtime import Runtime

OPERATORS = frozenset({"operator"})

Partition = Annotated[int, Path(ge=0, lt=2**31)]
Offset = Annotated[int, Path(ge=0, lt=2**53)]
"""Numbers of Kafka's that the database and the events can hold."""

OPERATING = ("list_held", "release_held", "list_quarantine", "open_quarantined", "take_in_quarantined")
OPERATING_PERMISSIONS = dict.fromkeys(OPERATING, OPERATORS)


class Release(BaseModel):
    """How a held case is let go."""

    how: Literal["redrive", "discard"]
    """`redrive` tries the event again; `discard` goes on without it, for ever."""


def create_app(runtime: "Runtime") -> FastAPI:
    """The application. Raises RefusesToStart when an endpoint has no row in the table of permissions."""
    service = runtime.service
    app = FastAPI(
        title=f"casebridge {service.name}",
        description=service.owns,
        version="0.1.0",
        # The pages for trying requests load their scripts from elsewhere, and many sites are closed networks.
        docs_url=None,
        redoc_url=None,
        telemetry=runtime.engine.traces.for_fastapi,
    )
    app.state.runtime = runtime
    permissions = {**service.permissions, **OPERATING_PERMISSIONS}
    runtime.permissions = permissions
    if service.routes is not None:
        app.include_router(service.routes, prefix="/v1")
    if service.pages is not None:
        app.include_router(service.pages, include_in_schema=False)
    app.include_router(held_routes(runtime), prefix="/v1")
    app.include_router(quarantine_routes(runtime), prefix="/v1")
    add_health(app, runtime)
    answer_refusals(app, service.errors)
    missing = check_permissions(app, permissions)
    if missing:
        raise RefusesToStart(
            service=service.name,
            reason=f"nobody may call {', '.join(missing)}.",
            remedy="Give each endpoint a row in the service's permissions.",
        )
    return app


def held_routes(runtime: "Runtime") -> Any:
    """For operators: what is held and why, and letting it go."""
    router = case_router()

    @router.get("/held")
    async def list_held() -> list[dict[str, Any]]:
        return [dict(row) for row in await held_cases(runtime.engine)]

    @router.post("/held/{case_id}/release")
    async def release_held(case_id: CaseId, release: Release, who: Who) -> dict[str, Any]:
        let_go = redrive if release.how == "redrive" else discard
        case = await let_go(runtime.engine, who.province, case_id, operator(who))
        return {"case_id": case_id, "held": case.hold is not None, "waiting": len(case.queue)}

    return router


def quarantine_routes(runtime: "Runtime") -> Any:
    """For operators: what was not understood, opening it, and having it read again."""
    router = case_router()
    one = "/quarantine/{cluster}/{topic}/{partition}/{offset}"

    @router.get("/quarantine")
    async def list_quarantine(
        who: Who, topic: str | None = None, reason: str | None = None
    ) -> list[dict[str, Any]]:
        found = await lying(runtime.engine, who.province, topic, reason)
        return [{"service": runtime.service.name, **row} for row in found]

    @router.post(f"{one}/opening")
    async def open_quarantined(place: OfRecord, who: Who) -> dict[str, Any]:
        found = await open_record(runtime.engine, place, operator(who))
        record = found.record
        return {
            "service": runtime.service.name,
            "reason": found.reason,
            "key": in_base64(record.key),
            "headers": [[name, in_base64(raw)] for name, raw in record.headers],
            "value": in_base64(record.value),
        }

    @router.post(f"{one}/retry")
    async def take_in_quarantined(place: OfRecord, who: Who) -> dict[str, Any]:
        await take_in(runtime.engine, place, operator(who))
        return {"service": runtime.service.name, "taken_in": True}

    return router


# Coroutines where they wait for nothing, as in `endpoints`.
async def place_of_record(cluster: str, topic: str, partition: Partition, offset: Offset) -> Place:
    return Place(cluster=cluster, topic=topic, partition=partition, offset=offset)


OfRecord = Annotated[Place, Depends(place_of_record)]


def in_base64(raw: bytes | None) -> str | None:
    return None if raw is None else base64.b64encode(raw).decode()


def operator(who: Caller) -> Actor:
    return Actor(
        role="operator",
        pseudonym=who.sub,
        agency=who.agency or AgencyId("none"),
        province=who.province,
    )


def add_health(app: FastAPI, runtime: "Runtime") -> None:
    @app.get("/healthz", include_in_schema=False)
    async def healthz(response: Response) -> dict[str, Any]:
        """Alive unless there is work and no progress."""
        stuck = runtime.watch.stuck()
        response.status_code = 503 if stuck else 200
        return {"alive": not stuck, "stuck": stuck, "lag": runtime.lag}

    @app.get("/readyz", include_in_schema=False)
    async def readyz(response: Response) -> dict[str, Any]:
        """Ready when every part answers; the one that is away is named."""
        away = await parts_away(runtime)
        response.status_code = 503 if away else 200
        return {
            "ready": not away,
            "away": away,
            "waiting_for_topics": sorted(topic for relay in runtime.relays for topic in relay.missing),
            "caught_up": runtime.caught_up,
            "lag": runtime.lag,
        }

    @app.get("/metrics", include_in_schema=False)
    async def metrics() -> Response:
        return Response(runtime.metrics.text(), media_type="text/plain; version=0.0.4; charset=utf-8")


async def parts_away(runtime: "Runtime") -> list[str]:
    """The parts that do not answer, in words."""
    away = [
        f"{bus.cluster} log reader: {bus.stopped_because}" for bus in runtime.buses if bus.stopped_because
    ]
    away += [f"{relay.cluster} Kafka" for relay in runtime.relays if not relay.connected]
    away += [] if runtime.reaches_exchange else ["exchange Kafka: away since the start"]
    away += [f"{bus.cluster} Kafka: no partitions assigned yet" for bus in runtime.buses if not bus.next]
    try:
        async with runtime.database.connect() as connection:
            await connection.execute(text("SELECT 1"))
    except (SQLAlchemyError, OSError, TimeoutError):
        away.append("database")
    return away
