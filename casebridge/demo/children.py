"""The five services as child processes: started together, watched, and ended with this process."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click
import httpx

from casebridge.services import NAMES
from chassis.embedded.environment import inherited_environment
from chassis.embedded.ports import remembered_port
from chassis.embedded.processes import Child, Command, spawn, tail

READY_S = 90.0
STOP_S = 15.0
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
PAUSE_S = 0.05


class ChildDied(click.ClickException):
    """A service ended by itself; the sentence says which, and shows the end of its log."""


@dataclass
class Children:
    """The services of the demo."""

    folder: Path
    environment: Mapping[str, str]
    """What every service is told, less its port."""
    running: dict[str, Child] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)

    def start(self, names: Sequence[str] = NAMES) -> None:
        """Launch them all; they are ready once `ready` says so."""
        for name in names:
            self.addresses[name], self.running[name] = self._launch(name)

    def _launch(self, name: str) -> tuple[str, Child]:
        port = remembered_port(self.folder / "addresses.json", name)
        log = self.log(name)
        log.parent.mkdir(parents=True, exist_ok=True)
        log.unlink(missing_ok=True)
        environment = inherited_environment(
            without=("CASEBRIDGE_",),
            **{**self.environment, "CASEBRIDGE_HTTP_PORT": str(port), "PYTHONUNBUFFERED": "1"},
        )
        command = Command(
            arguments=(sys.executable, "-m", f"services.{name}"),
            folder=Path.cwd(),
            environment=environment,
            log=log,
        )
        return f"http://127.0.0.1:{port}", spawn(command)

    def log(self, name: str) -> Path:
        return self.folder / "logs" / f"{name}.log"

    def check(self) -> None:
        """Raises ChildDied when a service has ended."""
        for name, child in self.running.items():
            if (code := child.exit_code()) is not None:
                log = self.log(name)
                raise ChildDied(f"{name} ended with {code}; {log} ends:\n{tail(log)}")

    async def ready(self, within_s: float = READY_S) -> None:
        """Wait until every service answers that it is ready and has read its logs. Raises ChildDied."""
        deadline = asyncio.get_running_loop().time() + within_s
        async with httpx.AsyncClient(timeout=5) as client:
            for name in self.running:
                while state := await self._not_ready(client, name):
                    self.check()
                    if asyncio.get_running_loop().time() > deadline:
                        raise ChildDied(f"{name} is not ready within {within_s:g} s: {state}")
                    await asyncio.sleep(PAUSE_S)

    async def _not_ready(self, client: httpx.AsyncClient, name: str) -> str:
        """Why a service is not ready; empty when it is."""
        try:
            answer = (await client.get(f"{self.addresses[name]}/readyz")).json()
        except httpx.HTTPError as error:
            return f"no answer ({type(error).__name__})"
        if answer["ready"] and answer["caught_up"]:
            return ""
        return ", ".join(answer["away"]) or "still reading its logs"

    def stop(self) -> None:
        """End them all, cleanly where they let themselves be ended in time."""
        for child in self.running.values():
            child.send(signal.SIGTERM)
        for child in self.running.values():
            try:
                child.wait(STOP_S)
            except subprocess.TimeoutExpired:
                child.send(KILL)
        self.running.clear()
