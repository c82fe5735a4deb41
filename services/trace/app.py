"""Table of contents of trace."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter

from chassis.agencies import follow_agencies, known_agencies
from chassis.jobs import work_off
from chassis.service import Service, on_any
from chassis.texts import Texts, load_texts
from law.book import Law, load_law
from services.trace import api, history_api, pages, statistics_api
from services.trace.handlers import write_down
from services.trace.summing import count_left, keep_counts

if TYPE_CHECKING:
    from chassis.runtime import Runtime

COUNT_EVERY_S = 60.0
TEXTS = Path(__file__).parent / "texts"
LOGS = ("cases", "transfers", "matters", "notices", "keys", "ops")


routes = APIRouter(routes=[*api.router.routes, *statistics_api.router.routes, *history_api.router.routes])


async def load_reference(runtime: "Runtime") -> Mapping[type, Any]:
    """What views look things up in. Until everything is counted, nobody is answered."""
    while await count_left(runtime.database):
        pass
    texts = load_texts(TEXTS, (await known_agencies(runtime)).names)
    return {Texts: texts, Law: load_law(runtime.settings.law_folder)}


async def go_on_counting(runtime: "Runtime") -> None:
    """Count what the release before writes down as long as it runs beside this one."""
    await work_off(runtime, lambda: count_left(runtime.database), look_s=COUNT_EVERY_S)


service = Service(
    name="trace",
    owns="Nothing: what every service of its provinces said of every case, in order.",
    log="ops",
    handles=[on_any(write_down, LOGS)],
    routes=routes,
    pages=pages.router,
    permissions={**api.PERMISSIONS, **statistics_api.PERMISSIONS, **history_api.PERMISSIONS},
    migrations="services.trace.migrations",
    adds_up=keep_counts,
    load_reference=load_reference,
    jobs=[follow_agencies, go_on_counting],
)
