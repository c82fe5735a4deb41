"""The HTTP edge: a request on a case is one unit of work, committed before it is answered."""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Annotated, Any, cast

import asyncpg
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from starlette.exceptions import HTTPException

from chassis import tables
from chassis.auth import Caller, NotAuthenticated, NotPermitted, permitted_role
from chassis.bulk import fetch
from chassis.case_state import CaseState
from chassis.cases import look_at_cases
from chassis.documents import DocumentName, DocumentStore, FolderStore
from chassis.endpoints import Answer, at_the_edge, uploads, works
from chassis.endpoints import MyTurn as MyTurn
from chassis.endpoints import Uow as Uow
from chassis.endpoints import Upload as Upload
from chassis.endpoints import Who as Who
from chassis.errors import BodyTooLarge, CaseHeld, ChassisError, KeyMissing, KeyReused, NotFound
from chassis.ids import derived_id, uuid7
from chassis.languages import AGAIN, TAGS, TITLES, invalid_in_words, preferred
from chassis.rounds import Turn
from chassis.telemetry import current_traceparent
from chassis.transient import is_transient
from chassis.unit_of_work import Actor, Stimulus, UnitOfWork
from chassis.uploads import stage
from schemas.ids import AgencyId, CaseId, DocumentId, Province, Pseudonym
from schemas.refusals import Refusal

if TYPE_CHECKING:
    from chassis.runtime import Runtime

log = logging.getLogger(__name__)

LARGEST_BODY = 2_000_000
"""Bytes. Documents do not travel as JSON."""

CASE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}", re.ASCII)

PROBLEM = "application/problem+json"
UNAVAILABLE = 503


def runtime_of(request: Request) -> "Runtime":
    return cast("Runtime", request.app.state.runtime)


async def caller_of(request: Request) -> Caller:
    """Who asks, as the bearer token says."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated("found none, expected `Authorization: Bearer <token>`")
    return await runtime_of(request).tokens.read(token.strip())


# A coroutine, though it waits for nothing, as in `endpoints`.
async def database(request: Request) -> AsyncEngine:
    """For the read queries of lists. Writing goes through a unit of work alone."""
    return runtime_of(request).lists


Database = Annotated[AsyncEngine, Depends(database)]


def sent_up_to(largest: int) -> Callable[[Request], Coroutine[Any, Any, bytes]]:
    """Takes what was sent as it is, for what is no JSON. Raises BodyTooLarge."""

    async def sent_file(request: Request) -> bytes:
        await read_body(request, largest)  # Of a request about a case it was read before, and is handed on.
        return await request.body()

    return sent_file


SentFile = Annotated[bytes, Depends(sent_up_to(LARGEST_BODY))]
"""The body of the request, unread."""


class CaseRoute(APIRoute):
    """A route that knows who calls, and runs an endpoint with a `Uow` inside one transaction.

    The transaction lies around the endpoint and ends before the answer leaves: a client that saw an answer
    can rely on it, and one that saw none may ask again with the same Idempotency-Key.
    """

    def __init__(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        self.works, self.uploads = works(endpoint), uploads(endpoint)
        if self.works:
            endpoint = at_the_edge(endpoint, in_transaction, options.get("status_code") or 200)
        super().__init__(path, endpoint, **options)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()
        name = self.endpoint.__name__

        async def handle(request: Request) -> Response:
            request.state.who = who = await caller_of(request)
            request.state.role = permit(runtime_of(request), name, who)
            if self.uploads:
                return await with_upload(request, who, answer)
            if self.works:
                await name_case(request, who)
            return await answer(request)

        return handle


def case_router() -> APIRouter:
    """A router for a service's API; its paths are mounted under /v1."""
    return APIRouter(route_class=CaseRoute)


def permit(runtime: "Runtime", name: str, who: Caller) -> str:
    """The role in which the caller may do this, by the service's table. Raises NotPermitted."""
    role = permitted_role(who, runtime.permissions[name])
    if who.province not in runtime.settings.provinces:
        raise NotPermitted(f"province {who.province}", ", ".join(runtime.settings.provinces))
    return role


async def name_case(request: Request, who: Caller) -> None:
    """Which case the request is about, and for a wish its Idempotency-Key. Refuses what is too large."""
    if request.method == "GET":
        request.state.case_id = named_case(request)
    else:
        await read_body(request)
        request.state.case_id, request.state.key = case_of(request, who)


async def with_upload(
    request: Request, who: Caller, answer: Callable[[Request], Coroutine[Any, Any, Response]]
) -> Response:
    """Put the document into the store before the case is locked: nobody waits for a slow line.

    Where it is not known whether the case speaks of it, it stays: without a key it is noise.
    """
    runtime = runtime_of(request)
    request.state.case_id, request.state.key = case_of(request, who)
    name = DocumentName(who.province, request.state.case_id, DocumentId(uuid7(runtime.clock.now())))
    store, stated = documents_of(runtime), request.headers.get("content-type")
    staged = await stage(name, request.stream(), stated, store, runtime.engine.keyring.suite)
    request.state.staged = staged
    request._body = staged.sha256.encode()  # stands for the document where a request is known again
    try:
        response = await answer(request)
    except (Refusal, RequestValidationError):
        await store.remove(name)
        raise
    if not staged.kept:
        await store.remove(name)
    return response


def documents_of(runtime: "Runtime") -> DocumentStore:
    """Where the documents of this deployment lie."""
    return FolderStore(runtime.settings.documents_folder)


async def in_transaction(request: Request, answer: Answer) -> Response:
    """Answer a question or a wish that is well formed; what there is to say of its case is found out here."""
    return await (look if request.method == "GET" else work)(request, answer)


async def look(request: Request, answer: Answer) -> Response:
    """Answer a question about a case: nothing is locked, nothing is saved."""
    runtime, who = runtime_of(request), request.state.who
    stimulus = stimulus_of(request)
    name, service = (who.province, stimulus.case_id), runtime.service
    async with runtime.database.connect() as connection:
        cases = await look_at_cases(connection, [name], service.stores, vault=service.opens_seals)
    request.state.uow = runtime.engine.unit(cases[name], stimulus)
    response = await answer()
    tag(response, request.state.uow)
    return response


async def work(request: Request, answer: Answer) -> Response:
    """Answer a wish: lock, load, decide, save, commit, answer."""
    runtime = runtime_of(request)
    engine = runtime.engine
    asked = await asked_of(request) if request.state.key else None
    stimulus = stimulus_of(request)

    async def decision(case: CaseState, turn: Turn) -> Response:
        if asked and not case.made and (known := await turn.ask(known_answers, asked)):
            return known_again(asked, known)
        if case.hold:
            raise CaseHeld(case_id=case.case_id, cause=case.hold.cause)
        request.state.turn = turn
        uow = request.state.uow = engine.unit(case, stimulus)
        response = await answer()
        tag(response, uow)
        if asked:
            uow.insert(tables.request, kept_answer(asked, uow, response))
        engine.merge(uow)
        engine.drain(case)
        return response

    return await runtime.rounds.decide((request.state.who.province, stimulus.case_id), decision)


async def read_body(request: Request, largest: int = LARGEST_BODY) -> None:
    """Take the body, unless it is larger than any of ours. Raises BodyTooLarge before it is in memory."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise BodyTooLarge(expected=largest)
        chunks.append(chunk)
    request._body = b"".join(chunks)  # what Starlette's own `body()` would leave for FastAPI


def named_case(request: Request) -> CaseId:
    """The case of the path. Raises NotFound for what is no id: it must not even get to the database."""
    id: str = request.path_params["case_id"]
    if not CASE_ID.fullmatch(id):
        raise NotFound(kind="Case", id="of another form")
    return CaseId(id)


def case_of(request: Request, who: Caller) -> tuple[CaseId, str | None]:
    """The case that the request is about. One that it would create has an id made of its Idempotency-Key."""
    key = request.headers.get("idempotency-key")
    if key is not None and not re.fullmatch(r"[\x21-\x7e]{1,128}", key):
        raise KeyMissing(found="another form")
    if "case_id" in request.path_params:
        return named_case(request), key
    if key is None:
        raise KeyMissing(found="none")
    return CaseId(derived_id(who.province, who.sub, key)), key


def stimulus_of(request: Request) -> Stimulus:
    who: Caller = request.state.who
    return Stimulus(
        case_id=request.state.case_id,
        actor=Actor(
            role=request.state.role,
            pseudonym=who.sub,
            agency=who.agency or AgencyId("none"),
            province=who.province,
        ),
        traceparent=current_traceparent(request.headers.get("traceparent")),
        if_match=request.headers.get("if-match"),
        testmode=False,
    )


def tag(response: Response, uow: UnitOfWork) -> None:
    """The entity tag of what the endpoint looked at first: the number of events that made it."""
    if uow.looked_at:
        response.headers["ETag"] = f'"{uow.version(*uow.looked_at)}"'


# --- Idempotency -------------------------------------------------------------------------------------------

KNOWN = """
    SELECT place, digest, status, answer
    FROM unnest($1::text[], $2::text[], $3::text[]) WITH ORDINALITY AS asked(province, caller, key, place)
    JOIN request USING (province, caller, key)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request that may come again."""

    province: Province
    caller: Pseudonym
    key: str
    digest: str
    """Of method, path and body."""


async def asked_of(request: Request) -> Asked:
    who: Caller = request.state.who
    said = f"{request.method} {request.scope['path']}\n".encode() + await request.body()
    digest = hashlib.sha256(said).hexdigest()
    return Asked(province=who.province, caller=who.sub, key=request.state.key, digest=digest)


async def known_answers(
    connection: AsyncConnection, asked: Sequence[Asked]
) -> Sequence[asyncpg.Record | None]:
    """The answers that these requests got before, as they are kept; None where there is none."""
    provinces, callers = [each.province for each in asked], [each.caller for each in asked]
    rows = await fetch(connection, KNOWN, provinces, callers, [each.key for each in asked])
    found = {row["place"]: row for row in rows}
    return [found.get(place) for place in range(1, len(asked) + 1)]


def known_again(asked: Asked, known: asyncpg.Record) -> Response:
    """The answer of the first time. Raises KeyReused when the key came with another request."""
    if known["digest"] != asked.digest:
        raise KeyReused(key=asked.key)
    kept = json.loads(known["answer"])
    return Response(kept["body"], known["status"], {**kept["headers"], "Idempotent-Replayed": "true"})


def kept_answer(asked: Asked, uow: UnitOfWork, response: Response) -> Mapping[str, Any]:
    """The row that repeats this answer to the same request."""
    headers = {n: v for n, v in response.headers.items() if n.lower() != "content-length"}
    return {
        "province": asked.province,
        "caller": asked.caller,
        "key": asked.key,
        "digest": asked.digest,
        "case_id": uow.case_id,
        "status": response.status_code,
        "answer": json.dumps({"body": bytes(response.body).decode(), "headers": headers}),
        "asked_at": uow.now,
    }


# --- Problems ----------------------------------------------------------------------------------------------


def problem(request: Request, status: int, error: Exception | str, **more: Any) -> JSONResponse:
    """RFC 9457, in the language that the client prefers.

    `type` is stable and names the rule; `detail` says what was found and expected, `legal_basis` by which
    article.
    """
    language = preferred(request)
    name = type(error).__name__ if isinstance(error, Exception) else error
    kebab = re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower().replace(" ", "-")
    title = kebab.replace("-", " ").capitalize()
    if language == "zh" and status in TITLES:
        title = TITLES[status].zh
    content = {"type": f"urn:casebridge:problem:{kebab}", "title": title, "status": status}
    if isinstance(error, Refusal):
        content["detail"] = error.in_words(language)
        if basis := getattr(error, "legal_basis", error.article):
            content["legal_basis"] = basis
    headers = {"Content-Language": TAGS[language], "Vary": "Accept-Language"}
    return JSONResponse({**content, **more}, status, headers, PROBLEM)


def found_fields(error: Exception) -> dict[str, Any]:
    """The fields of a refusal, for machines."""
    if not is_dataclass(error):
        return {}
    return {field.name: str(getattr(error, field.name)) for field in fields(error) if field.repr}


def answer_refusals(app: FastAPI, errors: Mapping[type[Exception], int]) -> None:
    """Turn what is raised into problems: the service's own table first, then what the runtime refuses."""
    statuses: dict[type, int] = {CaseHeld: 409, NotFound: 404, **errors}

    async def refuse(request: Request, error: Exception) -> Response:
        stated: int = getattr(error, "status", 400)
        status = next((statuses[t] for t in type(error).__mro__ if t in statuses), stated)
        errors = getattr(error, "errors", None)  # of what has many parts, such as a list: which are wrong
        more = {} if errors is None else {"errors": errors}
        response = problem(request, status, error, fields=found_fields(error), **more)
        if challenge := getattr(error, "challenge", None):
            response.headers["WWW-Authenticate"] = challenge
        if response.status_code == UNAVAILABLE:
            response.headers["Retry-After"] = "1"
        return response

    async def unavailable(request: Request, error: Exception) -> Response:
        if isinstance(error, DBAPIError) and not is_transient(error):
            raise error
        log.warning("request_interrupted", extra={"error": type(error).__name__})
        detail = getattr(AGAIN, preferred(request))
        response = problem(request, UNAVAILABLE, "Unavailable", detail=detail)
        response.headers["Retry-After"] = "1"
        return response

    async def invalid(request: Request, error: Exception) -> Response:
        # Without the input: it may be a person's name in the wrong field.
        assert isinstance(error, RequestValidationError)
        language = preferred(request)
        found = [
            {"at": ".".join(map(str, e["loc"])), "expected": invalid_in_words(e, language), "code": e["type"]}
            for e in error.errors()
        ]
        return problem(request, 422, "InvalidRequest", errors=found)

    async def other(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return problem(request, error.status_code, "HttpError", detail=error.detail)

    refusals: tuple[type[Exception], ...] = (ChassisError, *errors)
    for kind in refusals:
        app.add_exception_handler(kind, refuse)
    for kind in (DBAPIError, PoolTimeout, ConnectionError, TimeoutError):
        app.add_exception_handler(kind, unavailable)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, other)


def check_permissions(app: FastAPI, permissions: Mapping[str, frozenset[str]]) -> list[str]:
    """Endpoints that no row of the table speaks of: nobody could know who may call them."""
    return [
        route.endpoint.__name__
        for route in app.routes
        if isinstance(route, CaseRoute) and route.endpoint.__name__ not in permissions
    ]
