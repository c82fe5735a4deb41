"""`http`: applications accepted by intake, 16 clients at once, each waiting until its own is durable."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from time import perf_counter
from typing import Any

from bench.bare_route import SCHEMA
from bench.processes import answering, child, port_of, ready_service
from bench.stage import Stage, median
from bench.table import Row, row
from casebridge.demo.people import employer, member
from casebridge.services import load_service
from schemas.ids import Division

CLIENTS = 16
REPEAT = 3
HOME, WORK = Division("510521"), Division("442000")


async def measure(stage: Stage) -> list[Row]:
    count = stage.size(2_000, 400)
    intake = load_service("intake")
    async with stage.deployment(intake) as deployment:
        token = deployment.token("intake_clerk", "44", agency="442000-legal-aid")
        async with ready_service(stage, deployment, "intake") as (_, ours), bare_server(stage) as bare:
            await accepted(ours, applications(CLIENTS * 5), token)
            await accepted(bare, applications(CLIENTS * 5), token)
            found = [
                (
                    await accepted(bare, applications(count), token),
                    await accepted(ours, applications(count), token),
                )
                for _ in range(REPEAT)
            ]
    return [
        row(
            "http",
            median([ours for _, ours in found]),
            median([bare for bare, _ in found]),
            "applications/s",
            ("ratio ≥", 0.40),
        )
    ]


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
async def bare_server(stage: Stage) -> AsyncIterator[int]:
    port = port_of(stage, "bare")
    async with (
        stage.bare_database(SCHEMA) as address,
        child("bench.bare_route", str(port), address) as process,
    ):
        await answering(process, port, "/docs")
        yield port


# --- Clients -----------------------------------------------------------------------------------------------


async def accepted(port: int, bodies: Sequence[Mapping[str, Any]], token: str) -> float:
    """Applications a second. The requests are made before; a client only writes one and reads its answer."""
    requests = [
        request_of("/applications", body, token, f"{perf_counter()}-{number}")
        for number, body in enumerate(bodies)
    ]
    started = perf_counter()
    await created(port, requests)
    return len(requests) / (perf_counter() - started)


async def created(port: int, requests: Sequence[bytes]) -> None:
    """Each is sent by one of the clients and answered with 201."""
    waiting = iter(requests)
    await asyncio.gather(*[one_client(port, waiting) for _ in range(CLIENTS)])


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
