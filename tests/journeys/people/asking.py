"""One question to a service, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import httpx

from schemas.ids import AgencyId, Province
from tests.stage import Provinces

PROBLEM: Final = "urn:casebridge:problem:"
TOKEN_LASTS: Final = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    etag: str | None
    said: Any
    replayed: bool = False

    @property
    def good(self) -> bool:
        return self.status < 400

    @property
    def problem(self) -> str:
        """The rule that stands against it, or what came instead of a rule."""
        found = self.said.get("type", "") if isinstance(self.said, dict) else ""
        return (
            found.removeprefix(PROBLEM) if found.startswith(PROBLEM) else f"no problem of ours: {self.said}"
        )

    def __str__(self) -> str:
        return str(self.status) if self.good else f"{self.status} {self.problem}"


@dataclass(frozen=True)
class Counter:
    """Where people ask: each the services of the province of his agency."""

    stage: Provinces
    http: httpx.AsyncClient
    tokens: dict[tuple[str, str], tuple[datetime, str]] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        return self.stage.clock.now()

    async def look(self, role: str, agency: str, service: str, path: str) -> Answer:
        return await self._send("GET", role, agency, service, path, {})

    async def ask(
        self,
        role: str,
        agency: str,
        service: str,
        path: str,
        body: Mapping[str, Any],
        *,
        etag: str | None,
        key: str | None = None,
    ) -> Answer:
        """Ask for a change of what was seen under that tag."""
        headers = {"Idempotency-Key": key or str(uuid4())} | ({"If-Match": etag} if etag else {})
        return await self._send("POST", role, agency, service, path, headers, body)

    async def _send(
        self,
        method: str,
        role: str,
        agency: str,
        service: str,
        path: str,
        headers: Mapping[str, str],
        body: Mapping[str, Any] | None = None,
    ) -> Answer:
        told = {"Authorization": f"Bearer {self._token(role, agency)}", **headers}
        address = f"{self.stage.address(service, Province(agency[:2]))}/v1{path}"
        answer = await self.http.request(method, address, headers=told, json=body)
        is_json = "json" in answer.headers.get("content-type", "")
        return Answer(
            answer.status_code,
            answer.headers.get("ETag"),
            answer.json() if is_json else answer.text,
            "idempotent-replayed" in answer.headers,
        )

    def _token(self, role: str, agency: str) -> str:
        """Those from before a step of the clock may have expired."""
        known = self.tokens.get((role, agency))
        if known and self.now - known[0] < TOKEN_LASTS:
            return known[1]
        deployment = self.stage.deployments[Province(agency[:2])]
        sub = f"{role}-of-{agency}".replace("_", "-")
        token = deployment.token(role, agency[:2], agency=AgencyId(agency), sub=sub)
        self.tokens[role, agency] = (self.now, token)
        return token
