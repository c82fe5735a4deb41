"""Processes that are measured from outside: a service as production runs it, or a floor beside it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager

import httpx

from bench.stage import Stage
from chassis.embedded.ports import remembered_port
from tests.deployment import Deployment, until

Process = asyncio.subprocess.Process


def port_of(stage: Stage, name: str) -> int:
    """A free one."""
    return remembered_port(stage.folder / "addresses.json", name)


@asynccontextmanager
async def child(
    module: str, *arguments: str, environment: Mapping[str, str] | None = None
) -> AsyncIterator[Process]:
    """`python -m module`, ended at the end."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        module,
        *arguments,
        env={**os.environ, **(environment or {})},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def answering(process: Process, port: int, path: str) -> None:
    """Wait until it answers there with 200."""

    async def answers() -> bool:
        assert process.returncode is None, f"the process ended with {process.returncode}"
        try:
            async with httpx.AsyncClient(timeout=5) as client:
                return (await client.get(f"http://127.0.0.1:{port}{path}")).status_code == 200
        except httpx.HTTPError:
            return False

    await until(answers, f"an answer from {path}", 90)


@asynccontextmanager
async def ready_service(
    stage: Stage,
    deployment: Deployment,
    name: str,
    provinces: Sequence[str] = (),
    *,
    replica: int = 1,
    settings: Mapping[str, str] | None = None,
) -> AsyncIterator[tuple[Process, int]]:
    """A service with its relay and its bus, telemetry at its defaults; the process and its port.

    `provinces`: those that it serves, if another process serves the others of the deployment.
    `settings`: what its environment says otherwise.
    """
    provinces = provinces or deployment.provinces
    port = port_of(stage, f"{name} {' '.join(provinces)} {replica}")
    environment = {
        "CASEBRIDGE_PROVINCES": ",".join(provinces),
        "CASEBRIDGE_KAFKA": stage.addresses.kafka,
        "CASEBRIDGE_DATABASE_URL": deployment.databases[name],
        "CASEBRIDGE_DATA": str(deployment.folder),
        "CASEBRIDGE_HTTP_PORT": str(port),
        **(settings or {}),
    }
    async with child(f"services.{name}", environment=environment) as process:
        await answering(process, port, "/readyz")
        yield process, port
