"""The web application of a service: its routes, its health, its metrics, its held cases."""

from typing import TYPE_CHECKING, Any, Literal

from fastapi import FastAPI, Response
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from chassis.errors import RefusesToStart
from chassis.http import Who, answer_refusals, case_router, check_permissions
from chassis.parking import discard, held_cases, redrive
from chassis.unit_of_work import Actor
from schemas.ids import AgencyId, CaseId

if TYPE_CHECKING:
    from chassis.runtime import Runtime

OPERATORS = frozenset({"operator"})

HELD_PERMISSIONS = {"list_held": OPERATORS, "release_held": OPERATORS}


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
    permissions = {**service.permissions, **HELD_PERMISSIONS}
    runtime.permissions = permissions
    if service.routes is not None:
        app.include_router(service.routes, prefix="/v1")
    if service.pages is not None:
        app.include_router(service.pages, include_in_schema=False)
    app.include_router(held_routes(runtime), prefix="/v1")
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
        by = Actor(
            role="operator",
            pseudonym=who.sub,
            agency=who.agency or AgencyId("none"),
            province=who.province,
        )
        let_go = redrive if release.how == "redrive" else discard
        case = await let_go(runtime.engine, who.province, case_id, by)
        return {"case_id": case_id, "held": case.hold is not None, "waiting": len(case.queue)}

    return router


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
