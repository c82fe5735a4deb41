"""`http`: applications accepted by intake, 16 clients at once, each waiting until its own is durable.

First by one process of intake beside one of a bare route, as a province runs it that is not busy. Then by one
that only answers, while another one of intake reads the logs and relays; and by two replicas of each.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from time import perf_counter
from typing import Any

from bench.bare_route import SCHEMA
from bench.processes import answering, child, port_of, ready_service
from bench.stage import Stage, median
from bench.table import Row, row
from casebridge.demo.people import employer, member
from casebridge.services import load_service
from schemas.ids import Division
from tests.deployment import Deployment

CLIENTS = 16
"""Of each process."""
REPEAT = 3
HOME, WORK = Division("510521"), Division("442000")


async def measure(stage: Stage) -> list[Row]:
    async with (
        stage.deployment(load_service("intake")) as deployment,
        ready_service(stage, deployment, "intake") as (_, first),
        bare_servers(stage, 2) as (bare, other),
    ):
        ours, floor = await beside(stage, deployment, [first], [bare])
        async with ready_service(stage, deployment, "intake", replica=2, settings=ONLY_ANSWERS) as (_, edge):
            apart, beside_apart = await beside(stage, deployment, [edge], [bare])
        async with ready_service(stage, deployment, "intake", replica=3) as (_, second):
            both, beside_both = await beside(stage, deployment, [first, second], [bare, other])
    return [
        row("http", ours, floor, "applications/s", ("ratio ≥", 0.40)),
        row("http, the logs left to another process", apart, beside_apart, "applications/s"),
        row("http, two replicas of each", both, beside_both, "applications/s"),
    ]


ONLY_ANSWERS = {"CASEBRIDGE_ONLY_ANSWERS": "1"}


async def beside(
    stage: Stage, deployment: Deployment, ours: Sequence[int], bare: Sequence[int]
) -> tuple[float, float]:
    """Applications a second on these ports of ours and of the floor, in turn."""
    count = stage.size(2_000, 400)
    token = deployment.token("intake_clerk", "44", agency="442000-legal-aid")
    for ports in (ours, bare):
        await accepted(ports, applications(CLIENTS * 5 * len(ports)), token)
    found = [
        (await accepted(bare, applications(count), token), await accepted(ours, applications(count), token))
        for _ in range(REPEAT)
    ]
    return median([ours for _, ours in found]), median([bare for bare, _ in found])


def applications(count: int) -> list[dict[str, Any]]:
    """Of different workers against different employers: none repeats another."""
    return [
        {
            "channel": "window",
            "site": "442000-window",
            "home": HOME,
            "work": WORK,
            "case_type": "wage-arrears",
            "employer": employer(WORK, f"company {number}"),
            "narrative": "Five months without wages; the foreman has a list.",
            "evidence": ["wage-iou"],
            "members": [member(HOME, 1_250_000)],
        }
        for number in range(count)
    ]


# --- Servers -----------------------------------------------------------------------------------------------


@asynccontextmanager
async def bare_servers(stage: Stage, count: int) -> AsyncIterator[list[int]]:
    """Processes of the bare route with one database; their ports."""
    ports = [port_of(stage, f"bare {number}") for number in range(count)]
    async with stage.bare_database(SCHEMA) as address, AsyncExitStack() as stack:
        for port in ports:
            process = await stack.enter_async_context(child("bench.bare_route", str(port), address))
            await answering(process, port, "/docs")
        yield ports


# --- Clients -----------------------------------------------------------------------------------------------


async def accepted(ports: Sequence[int], bodies: Sequence[Mapping[str, Any]], token: str) -> float:
    """Applications a second. The requests are made before; a client only writes one and reads its answer."""
    requests = [
        request_of("/applications", body, token, f"{perf_counter()}-{number}")
        for number, body in enumerate(bodies)
    ]
    started = perf_counter()
    await created(ports, requests)
    return len(requests) / (perf_counter() - started)


async def created(ports: Sequence[int], requests: Sequence[bytes]) -> None:
    """Each is sent by one of the clients, to whichever port is its own, and answered with 201."""
    waiting = iter(requests)
    await asyncio.gather(*[one_client(port, waiting) for port in ports for _ in range(CLIENTS)])


def request_of(path: str, body: Mapping[str, Any], token: str, key: str) -> bytes:
    """Made for whatever version the thing has: an application has none yet."""
    said = json.dumps(body).encode()
    head = (
        f"POST /v1{path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\nif-match: *\r\n"
        f"authorization: Bearer {token}\r\nidempotency-key: {key}\r\ncontent-length: {len(said)}\r\n\r\n"
    )
    return head.encode() + said


async def one_client(port: int, waiting: Iterator[bytes]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in waiting:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        size = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        answer = await reader.readexactly(size)
        assert b" 201 " in head.partition(b"\r\n")[0], answer.decode()
    writer.close()
