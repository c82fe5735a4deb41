"""Table of contents of trace."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter

from chassis.agencies import follow_agencies, known_agencies
from chassis.service import Service, on_any
from chassis.texts import Texts, load_texts
from law.book import Law, load_law
from services.trace import api, history_api, pages, statistics_api
from services.trace.handlers import write_down

if TYPE_CHECKING:
    from chassis.runtime import Runtime

TEXTS = Path(__file__).parent / "texts"
LOGS = ("cases", "transfers", "matters", "notices", "keys", "ops")


routes = APIRouter(routes=[*api.router.routes, *statistics_api.router.routes, *history_api.router.routes])


async def load_reference(runtime: "Runtime") -> Mapping[type, Any]:
    """What views look things up in."""
    texts = load_texts(TEXTS, (await known_agencies(runtime)).names)
    return {Texts: texts, Law: load_law(runtime.settings.law_folder)}


service = Service(
    name="trace",
    owns="Nothing: what every service of its provinces said of every case, in order.",
    log="ops",
    handles=[on_any(write_down, LOGS)],
    routes=routes,
    pages=pages.router,
    permissions={**api.PERMISSIONS, **statistics_api.PERMISSIONS, **history_api.PERMISSIONS},
    migrations="services.trace.migrations",
    load_reference=load_reference,
    jobs=[follow_agencies],
)
