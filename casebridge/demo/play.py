"""Plays a story: people ask through the public APIs, and each step ends when its effect is visible."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from uuid import uuid4

import httpx

from casebridge.demo.cast import Agency, Person
from casebridge.demo.screen import Screen
from casebridge.time_travel import TimeTraveller
from chassis.clock import Clock
from law.deadlines import SHANGHAI
from schemas.ids import Province

SEEN_S: Final = 20.0
PAUSE_S: Final = 0.05
LONGEST_PAUSE_S: Final = 0.5
PATIENCE: Final = 0.2
"""Of what somebody has waited already, he waits so much more before he looks again: his looks cost the
services as much as an act does."""
ATTEMPTS: Final = 5


class StoryFailed(Exception):
    """The story does not go, or end, as it must; the sentence says what was found and expected."""


class Scene(Protocol):
    """Where a story is played: one deployment, or one for each province."""

    @property
    def clock(self) -> Clock: ...

    @property
    def traveller(self) -> TimeTraveller: ...

    def address(self, service: str, province: Province) -> str:
        """Where a service of a province answers."""

    def token(self, person: Person) -> str:
        """A fresh one."""

    def check(self) -> None:
        """Raises when a part has ended by itself."""


@dataclass(kw_only=True)
class Play:
    """One telling of a story on a stage."""

    stage: Scene
    screen: Screen
    http: httpx.AsyncClient
    asked_at: float = 0.0
    latencies: list[tuple[str, float]] = field(default_factory=list)
    """What became visible, and how many seconds after the request."""

    # --- Telling -------------------------------------------------------------------------------------------

    def saw(self, who: Agency, text: str) -> None:
        """Tell what is visible now; its latency runs from the last request."""
        seconds = asyncio.get_running_loop().time() - self.asked_at
        self.latencies.append((text, seconds))
        self.screen.step(seconds, who.name, text)

    async def later(self, **passed: float) -> None:
        """Let time pass for the whole deployment: `days=3`, `hours=2`."""
        await self.until(self.stage.clock.now() + timedelta(**passed))

    async def begin_in_the_morning(self) -> None:
        """At nine in China, so that what must happen on one day does, whenever the demo is started."""
        tomorrow = self.stage.clock.now().astimezone(SHANGHAI) + timedelta(days=1)
        await self.until(tomorrow.replace(hour=9, minute=0, second=0, microsecond=0))

    async def until(self, moment: datetime) -> None:
        now = await self.stage.traveller.travel(moment)
        self.screen.later(f"it is {now.astimezone(SHANGHAI):%Y-%m-%d %H:%M} in China")

    def check(self, what: str, found: object, expected: object) -> None:
        """Compare how the story went with how it must. Raises StoryFailed."""
        if found != expected:
            raise StoryFailed(f"{what}: found {found}, expected {expected}")
        self.screen.checked(f"{what}: {found}")

    def sure(self, what: str, is_so: bool, found: object) -> None:
        """Check something that is either so or not. Raises StoryFailed with what was found."""
        if not is_so:
            raise StoryFailed(f"expected: {what}; found {found}")
        self.screen.checked(what)

    # --- Asking --------------------------------------------------------------------------------------------

    async def post(
        self, who: Person, service: str, path: str, body: Mapping[str, Any], *, seen_as: str | None = None
    ) -> Any:
        """Ask for something new; or, as it was `seen_as`, for a change of what is there.

        Who is told that it has changed meanwhile looks at it again and repeats.
        """
        for _ in range(ATTEMPTS):
            headers = {"Idempotency-Key": str(uuid4())}
            if seen_as is not None:
                headers["If-Match"] = (await self._ask(who, service, "GET", seen_as)).headers["ETag"]
            self.asked_at = asyncio.get_running_loop().time()
            answer = await self._send(who, service, "POST", path, json=body, headers=headers)
            if answer.status_code != httpx.codes.PRECONDITION_FAILED:
                break
        return _good(answer).json()

    async def get(self, who: Person, service: str, path: str) -> Any:
        return (await self._ask(who, service, "GET", path)).json()

    async def find(self, who: Person, service: str, path: str) -> Any:
        """What is there, or None."""
        answer = await self._send(who, service, "GET", path)
        return None if answer.status_code == httpx.codes.NOT_FOUND else _good(answer).json()

    async def see(
        self, what: str, who: Person, service: str, path: str, shows: Callable[[Any], object]
    ) -> Any:
        """Wait until somebody who looks there sees it. Raises StoryFailed with what he saw instead."""
        clock = asyncio.get_running_loop().time
        began = clock()
        while not ((found := await self.find(who, service, path)) is not None and shows(found)):
            self.stage.check()
            waited = clock() - began
            if waited > SEEN_S:
                raise StoryFailed(f"{what}: not seen within {SEEN_S:g} s at {service}{path}, found {found}")
            await asyncio.sleep(min(max(PAUSE_S, PATIENCE * waited), LONGEST_PAUSE_S))
        return found

    async def _ask(self, who: Person, service: str, method: str, path: str, **said: Any) -> httpx.Response:
        return _good(await self._send(who, service, method, path, **said))

    async def _send(
        self, who: Person, service: str, method: str, path: str, headers: Mapping[str, str] = {}, **said: Any
    ) -> httpx.Response:
        told = {"Authorization": f"Bearer {self.stage.token(who)}", **headers}
        address = f"{self.stage.address(service, who.agency.province)}/v1{path}"
        try:
            return await self.http.request(method, address, headers=told, **said)
        except httpx.HTTPError as error:
            self.stage.check()
            raise StoryFailed(f"{method} {address}: no answer ({type(error).__name__})") from error


def _good(answer: httpx.Response) -> httpx.Response:
    if answer.is_error:
        asked = f"{answer.request.method} {answer.request.url.path}"
        raise StoryFailed(f"{asked}: found {answer.status_code} {answer.text[:400]}")
    return answer
