"""Rubbish over HTTP: every request is refused with a problem that says why; nothing falls over."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.util import await_only, greenlet_spawn

from casebridge.services import NAMES, load_service
from chassis.embedded.parts import Addresses
from chassis.http import CaseRoute
from chassis.runtime import Runtime
from tests.deployment import PLAIN, deployed

EVERY_ROLE = (
    "intake_clerk",
    "receiver",
    "sender",
    "caseworker",
    "mediator",
    "director",
    "operator",
)

scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=40)
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
bodies = (
    anything
    | st.binary(max_size=200)
    | st.fixed_dictionaries(
        {"epoch": scalars, "channel": scalars, "members": anything, "home": scalars, "work": scalars}
    )
)
names = st.text(min_size=1, max_size=30) | st.uuids().map(str)


@pytest.fixture(scope="module")
async def runtimes(
    addresses: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, tuple[Runtime, str]]]:
    """Every service, with a token that may do everything."""
    services = [load_service(name) for name in NAMES]
    folder: Path = tmp_path_factory.mktemp("bad-input")
    async with deployed(addresses, folder, services, ["44"]) as deployment:
        running = [deployment.running(service) for service in services]
        started = [await one.__aenter__() for one in running]
        yield {
            name: (runtime, deployment.token(",".join(EVERY_ROLE), "44"))
            for name, runtime in zip(NAMES, started, strict=True)
        }
        for one in reversed(running):
            await one.__aexit__(None, None, None)


def routes_of(runtime: Runtime) -> list[tuple[str, str]]:
    routes = runtime.service.routes
    assert routes is not None
    return [
        (method, route.path)
        for route in routes.routes
        if isinstance(route, CaseRoute)
        for method in sorted(route.methods or ())
    ]


@pytest.mark.filterwarnings("error::hypothesis.errors.HypothesisDeprecationWarning")
@pytest.mark.parametrize("name", NAMES)
async def test_no_request_is_too_strange_to_be_answered(
    runtimes: dict[str, tuple[Runtime, str]], name: str
) -> None:
    runtime, token = runtimes[name]
    seen: set[int] = set()

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(routes_of(runtime)), names, bodies, st.text(max_size=20))
    def ask(route: tuple[str, str], id: str, body: Any, tag: str) -> None:
        answer = await_only(asyncio.wait_for(one_request(runtime, token, route, id, body, tag), 20))
        seen.add(answer.status_code)
        assert answer.status_code < 500, (route, answer.status_code, answer.text)
        if answer.is_error:
            assert answer.headers["content-type"].startswith("application/problem+json"), answer.text

    # Not in a thread: the services take of the random numbers that Hypothesis seeds, also while it draws.
    await greenlet_spawn(ask)
    assert seen
    assert runtime.failed is None


async def one_request(
    runtime: Runtime, token: str, route: tuple[str, str], id: str, body: Any, tag: str
) -> httpx.Response:
    method, path = route
    quoted = quote(id, safe="")
    for place in ("case_id", "transfer_id", "member_id", "task_id", "notice_id", "number", "name"):
        path = path.replace("{" + place + "}", quoted)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": quote(tag, safe="") or "none"}
    headers["If-Match"] = tag.encode("ascii", "ignore").decode().strip() or "*"
    headers = {n: "".join(c for c in v if c.isprintable()).strip() or "*" for n, v in headers.items()}
    async with httpx.AsyncClient(timeout=20, verify=PLAIN) as client:
        base = f"http://127.0.0.1:{runtime.http_port}/v1"
        if method == "GET":
            asked = f"?after={quoted}&limit={quote(tag, safe='')}&number={quoted}"
            return await client.get(base + path + asked, headers=headers)
        if isinstance(body, bytes):
            return await client.post(base + path, headers=headers, content=body)
        return await client.post(base + path, headers=headers, json=body)


async def test_a_case_whose_id_is_none_is_not_known(runtimes: dict[str, tuple[Runtime, str]]) -> None:
    runtime, token = runtimes["intake"]
    async with httpx.AsyncClient(timeout=20, verify=PLAIN) as client:
        answer = await client.get(
            f"http://127.0.0.1:{runtime.http_port}/v1/cases/%00",
            headers={"Authorization": f"Bearer {token}"},
        )
    assert answer.status_code == 404


async def test_a_body_of_ten_megabytes_is_refused(runtimes: dict[str, tuple[Runtime, str]]) -> None:
    runtime, token = runtimes["intake"]
    async with httpx.AsyncClient(timeout=20, verify=PLAIN) as client:
        answer = await client.post(
            f"http://127.0.0.1:{runtime.http_port}/v1/applications",
            headers={"Authorization": f"Bearer {token}", "Idempotency-Key": "big"},
            content=b"x" * 10_000_000,
        )
    assert answer.status_code == 413
    assert answer.json()["type"] == "urn:casebridge:problem:body-too-large"
