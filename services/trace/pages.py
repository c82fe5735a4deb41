"""Pages for operators: the list of cases, and the timeline of one. Rendered here; they need no script."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Final
from urllib.parse import parse_qs

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chassis.auth import Caller, NotAuthenticated, NotPermitted, permitted_role
from chassis.errors import NotFound
from chassis.http import runtime_of
from schemas.ids import CaseId, NotACaseNumber, read_case_number
from schemas.words import CHINA, moment, yuan
from services.trace import repository
from services.trace.access import LOOKERS, provinces_seen
from services.trace.api import timeline_of, viewer_of
from services.trace.history_api import history_view
from services.trace.steps import BULK

FOLDER: Final = Path(__file__).parent
COOKIE: Final = "casebridge_token"
PAGE_SIZE: Final = 50
LARGEST_FORM: Final = 8_192

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

router = APIRouter()

templates = Environment(
    loader=FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
templates.filters["moment"] = moment
templates.filters["yuan"] = yuan


def duration(milliseconds: float) -> str:
    """`340 ms`, `2.1 s`, `5 min`, `3 h`, `2 d`: as much as one looks at."""
    seconds = milliseconds / 1000
    for limit, unit, name in ((1, 0.001, "ms"), (120, 1, "s"), (7200, 60, "min"), (172_800, 3600, "h")):
        if abs(seconds) < limit:
            amount = seconds / unit
            return f"{amount:.1f} {name}" if name == "s" and amount < 10 else f"{amount:.0f} {name}"
    return f"{seconds / 86_400:.0f} d"


def clock_time(time: datetime) -> str:
    """To the second, in the time of China: what follows from one act comes within few of them."""
    return time.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")


templates.filters["duration"] = duration
templates.filters["clock_time"] = clock_time


async def visitor(request: Request) -> Caller | None:
    """Who looks, as the cookie says; None for one who is to log in."""
    try:
        return await admitted(request, request.cookies.get(COOKIE, ""))
    except (NotAuthenticated, NotPermitted):
        return None


async def admitted(request: Request, token: str) -> Caller:
    """Raises NotAuthenticated or NotPermitted."""
    runtime = runtime_of(request)
    who = await runtime.tokens.read(token)
    permitted_role(who, LOOKERS)
    if who.province not in runtime.settings.provinces:
        raise NotPermitted(f"province {who.province}", ", ".join(runtime.settings.provinces))
    return who


Visitor = Annotated[Caller | None, Depends(visitor)]


def page(request: Request, template: str, status: int = 200, **said: Any) -> HTMLResponse:
    texts = viewer_of(request).texts
    words = {
        key: {"zh": zh, "en": texts.plain("page", key, "en")}
        for key, zh in texts.templates["zh"]["page"].items()
    }
    return HTMLResponse(templates.get_template(template).render(words=words, **said), status, HEADERS)


def to_log_in() -> Response:
    return RedirectResponse("/login", 303, HEADERS)


@router.get("/")
async def show_cases(
    request: Request, visitor: Visitor, number: str = "", held: bool = False, after: CaseId | None = None
) -> Response:
    """The list of cases, or the case of a number."""
    if visitor is None:
        return to_log_in()
    runtime, view = runtime_of(request), viewer_of(request)
    seen = provinces_seen(visitor, runtime.settings.provinces)
    said: dict[str, Any] = {"visitor": visitor, "seen": seen, "number": number, "held": held}
    written = None
    if number.strip():
        try:
            written = read_case_number(number)
        except NotACaseNumber:
            return page(request, "cases.html", 422, **said, cases=[], more=None, problem="unreadable")
    found = await repository.page_of_cases(
        runtime.lists, seen, number=written, held=held, after=after, limit=PAGE_SIZE
    )
    if written and len(found) == 1:
        return RedirectResponse(f"/cases/{found[0].known.case_id}", 303, HEADERS)
    cases = [view.case(traced) for traced in found]
    more = cases[-1].case_id if len(cases) == PAGE_SIZE else None
    problem = "unknown" if written else None
    return page(request, "cases.html", **said, cases=cases, more=more, problem=problem)


@router.get("/cases/{case_id}")
async def show_case(request: Request, visitor: Visitor, case_id: CaseId, every: bool = False) -> Response:
    """The timeline of a case: the steps that moved it, or every one."""
    if visitor is None:
        return to_log_in()
    runtime, view = runtime_of(request), viewer_of(request)
    seen = provinces_seen(visitor, runtime.settings.provinces)
    timeline = timeline_of(await repository.one_case(runtime.lists, seen, case_id), case_id, view)
    shown = {place: hop for place, hop in enumerate(timeline.hops) if every or hop.type not in BULK}
    return page(
        request,
        "case.html",
        visitor=visitor,
        seen=seen,
        case=timeline.case,
        hops=shown,
        every=every,
        total=len(timeline.hops),
    )


@router.get("/cases/{case_id}/history")
async def show_history(request: Request, visitor: Visitor, case_id: CaseId) -> Response:
    """Every field of a case file with all that it was said to be."""
    if visitor is None:
        return to_log_in()
    runtime, view = runtime_of(request), viewer_of(request)
    seen = provinces_seen(visitor, runtime.settings.provinces)
    traced = await repository.one_case(runtime.lists, seen, case_id)
    if traced is None:
        raise NotFound(kind="case", id=case_id)
    said: dict[str, Any] = {"visitor": visitor, "seen": seen, "case": view.case(traced)}
    return page(request, "history.html", **said, fields=history_view(traced, view))


@router.get("/login")
async def show_login(request: Request) -> Response:
    return page(request, "login.html", problem=None)


@router.post("/login")
async def log_in(request: Request) -> Response:
    """Take a token into a cookie that no script and no other site can use."""
    form = b""
    async for chunk in request.stream():
        form += chunk
        if len(form) > LARGEST_FORM:
            return page(request, "login.html", 413, problem="refused")
    token = parse_qs(form.decode(errors="replace")).get("token", [""])[0].strip()
    try:
        await admitted(request, token)
    except (NotAuthenticated, NotPermitted):
        return page(request, "login.html", 403, problem="refused")
    answer = RedirectResponse("/", 303, HEADERS)
    answer.set_cookie(
        COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https", path="/"
    )
    return answer


@router.post("/logout")
async def log_out() -> Response:
    answer = to_log_in()
    answer.delete_cookie(COOKIE, path="/")
    return answer


@router.get("/trace.css")
async def style() -> Response:
    css = (FOLDER / "static" / "trace.css").read_text("utf-8")
    return Response(css, media_type="text/css; charset=utf-8", headers={"Cache-Control": "max-age=3600"})
