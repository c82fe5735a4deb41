"""The deployment that stories are told in, made anew now and then, and always after one that went wrong."""

from collections import Counter as Tally
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx

from casebridge.audit import audit, settled
from casebridge.services import NAMES, load_service
from casebridge.time_travel import NeverQuiet
from chassis.embedded.parts import Addresses
from tests.deployment import Deployment, deployed
from tests.journeys.people.asking import Counter
from tests.journeys.people.steps import Story
from tests.journeys.people.telling import Telling, WentWrong
from tests.stage import Provinces, on_stage

PROVINCES: Final = ("00", "42", "44", "51")
STORIES: Final = 20
"""A town of so many stories is left: its stations are full, its clock is years ahead, its logs are long."""


@dataclass
class Town:
    """The services of four jurisdictions, and who has been told of in them."""

    addresses: Addresses
    folder: Path
    built: int = 0
    told: int = 0
    """Stories, in the present town."""
    tally: Tally[str] = field(default_factory=Tally)
    acts: Tally[str] = field(default_factory=Tally)
    """How often what was asked for, and what was answered."""
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    deployment: Deployment | None = None
    stage: Provinces | None = None

    async def tell(self, story: Story) -> str | None:
        """The story in words if it went wrong. What went wrong must not spoil the next one."""
        if self.told == STORIES:
            await self.leave()
        self.told += 1
        limits = httpx.Limits(max_connections=64)
        async with httpx.AsyncClient(timeout=30, limits=limits) as http:
            telling = Telling(Counter(await self.open(), http))
            try:
                await telling.tell(story)
                await self.check()
            except (WentWrong, NeverQuiet, AssertionError, httpx.HTTPError) as error:
                await self.leave()
                return "\n".join([*telling.lines, f"{type(error).__name__}: {error}"])
            finally:
                self.tally["stories"] += 1
                self.tally["cases"] += len(telling.cases)
                self.acts += telling.acts
        return None

    async def open(self) -> Provinces:
        """The town, built if there is none."""
        if self.stage is None:
            self.built += 1
            folder = self.folder / str(self.built)
            services = [load_service(name) for name in NAMES]
            enter = self.stack.enter_async_context
            self.deployment = await enter(deployed(self.addresses, folder, services, PROVINCES))
            self.stage = await enter(on_stage([self.deployment], folder / "clock"))
        return self.stage

    async def leave(self) -> None:
        self.told, self.stage = 0, None
        await self.stack.aclose()
        self.stack = AsyncExitStack()

    async def check(self) -> None:
        """No service has failed, nothing is held or waits, and the audit finds nothing. Raises WentWrong."""
        assert self.stage
        assert self.deployment
        self.stage.check()
        told = [(service, self.deployment.settings(service)) for service in map(load_service, NAMES)]
        report = await audit(told, now=self.stage.clock.now())
        if not report.ok:  # Notices may still have been on their way; then it is looked at once more.
            await settled(told, within_s=30)
            report = await audit(told, now=self.stage.clock.now())
        if not report.ok or report.counts["cases held"] or report.counts["events waiting"]:
            raise WentWrong(report.text())
