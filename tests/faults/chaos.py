"""What is done to the deployment while people work: one fault after the other, each healed, all counted."""

import asyncio
import random
import signal
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.postgres import EmbeddedPostgres
from tests.faults.proxy import Proxy
from tests.faults.rig import Rig, ServiceProcess

FAILPOINTS: Final = (
    "before_commit",
    "after_commit_before_offset",
    "after_send_before_ack",
    "after_publish_before_delete",
    "after_delete",
    "after_request_commit",
    "before_timer_commit",
    "after_file_before_delivered",
)

ONLY_AT: Final = {
    "after_request_commit": ("intake", "routing", "mediation"),
    "before_timer_commit": (),  # timers run days ahead; they come due after the stories, in `trial`
    "after_file_before_delivered": ("notify",),
}
"""Failpoints that not every service comes to in these stories."""

REACH_S: Final = 20.0
"""How long a service may take from its start to reach the place where it shall die."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is done to one target; no target has two at a time."""

    name: str
    target: object
    run: Callable[[], Awaitable[None]]


@dataclass
class Chaos:
    """A stream of faults on one rig, several at a time."""

    rig: Rig
    seed: int
    at_once: int = 2
    pause_s: float = 1.0
    busy: list[object] = field(default_factory=list)

    async def run(self, enough: Callable[[], bool]) -> None:
        """Fault after fault until it is enough; every kind comes before one comes again."""
        dice = random.Random(self.seed)
        waiting: list[Fault] = []
        async with asyncio.TaskGroup() as group:
            while not enough():
                if len(waiting) < self.at_once:
                    waiting += dice.sample(found := list(self.round(dice)), len(found))
                free = next((fault for fault in waiting if not self.taken(fault.target)), None)
                if free and len(self.busy) < self.at_once:
                    waiting.remove(free)
                    self.busy.append(free.target)
                    group.create_task(self.inflict(free))
                await asyncio.sleep(self.pause_s * dice.uniform(0.3, 1.7))

    def taken(self, target: object) -> bool:
        return any(target is other for other in self.busy)

    async def inflict(self, fault: Fault) -> None:
        try:
            await fault.run()
            self.rig.done[fault.name] += 1
        finally:
            self.busy = [other for other in self.busy if other is not fault.target]

    def round(self, dice: random.Random) -> Iterator[Fault]:
        """Each kind of fault once, at a service that the dice choose."""
        services = list(self.rig.services.values())
        for kill in (self.kill, self.pause, self.pause_past_lease):
            service = dice.choice(services)
            name = f"{service.name}: {kill.__name__.replace('_', ' ')}"
            yield Fault(name, service, bind(kill, service, dice))
        for failpoint in FAILPOINTS:
            able = [s for s in services if s.name in ONLY_AT.get(failpoint, self.rig.services)]
            if able:
                service = dice.choice(able)
                yield Fault(
                    f"{service.name}: armed with {failpoint}",
                    service,
                    bind(self.arm, service, failpoint, dice),
                )
        yield Fault("broker: restart", self.rig.kafka, bind(self.restart, self.rig.kafka))
        yield Fault("database: restart", self.rig.postgres, bind(self.restart, self.rig.postgres))
        for wire in (self.cut, self.refuse, self.blackhole, self.slow):
            for end in ("kafka", "postgres"):
                service = dice.choice(services)
                proxy: Proxy = getattr(service, end)
                yield Fault(f"{service.name}: {wire.__name__} from {end}", proxy, bind(wire, proxy, dice))

    # --- Processes -----------------------------------------------------------------------------------------

    async def kill(self, service: ServiceProcess, dice: random.Random) -> None:
        service.wanted = False
        self.rig.kill(service)
        await asyncio.sleep(dice.uniform(0, 1))
        service.wanted = True

    async def pause(self, service: ServiceProcess, dice: random.Random) -> None:
        await self.stop_for(service, dice.uniform(0.3, 3))

    async def pause_past_lease(self, service: ServiceProcess, dice: random.Random) -> None:
        """Longer than the relay's lease and the group's session: somebody else may have taken over."""
        await self.stop_for(service, 11)

    async def stop_for(self, service: ServiceProcess, seconds: float) -> None:
        self.rig.kill(service, signal.SIGSTOP)
        await asyncio.sleep(seconds)
        self.rig.kill(service, signal.SIGCONT)

    async def arm(self, service: ServiceProcess, failpoint: str, dice: random.Random) -> None:
        """Let it kill itself there, and wait until it has."""
        armed = f"{failpoint}:{dice.randrange(1, 6)}"
        await self.rig.arm(service, armed)
        deadline = asyncio.get_running_loop().time() + REACH_S
        while service.failpoint == armed:
            await asyncio.sleep(0.1)
            if asyncio.get_running_loop().time() < deadline:
                continue
            self.rig.done[f"{service.name}: did not come to {failpoint}"] += 1
            service.failpoint = None
            self.rig.kill(service)

    async def restart(self, part: EmbeddedKafka | EmbeddedPostgres) -> None:
        await asyncio.to_thread(part.kill, signal.SIGKILL)
        await asyncio.to_thread(part.start)

    # --- Wires ---------------------------------------------------------------------------------------------

    async def cut(self, proxy: Proxy, dice: random.Random) -> None:
        """Every connection breaks once; new ones are let through."""
        proxy.cut()

    async def refuse(self, proxy: Proxy, dice: random.Random) -> None:
        proxy.cut(refuse=True)
        await asyncio.sleep(dice.uniform(0.5, 3))
        proxy.heal()

    async def blackhole(self, proxy: Proxy, dice: random.Random) -> None:
        """Nothing comes through; then, by the dice, all of it late, or the connections break."""
        proxy.blackhole()
        await asyncio.sleep(dice.uniform(1, 5))
        if dice.random() < 0.5:
            proxy.cut()
        proxy.heal()

    async def slow(self, proxy: Proxy, dice: random.Random) -> None:
        proxy.latency_s = dice.uniform(0.02, 0.2)
        await asyncio.sleep(dice.uniform(1, 5))
        proxy.heal()


def bind(fault: Callable[..., Awaitable[None]], *arguments: object) -> Callable[[], Awaitable[None]]:
    def run() -> Awaitable[None]:
        return fault(*arguments)

    return run
