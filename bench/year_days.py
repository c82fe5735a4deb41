"""The days of the simulated year: many stories live through the same ones, and time passes when all wait."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from casebridge.time_travel import TimeTraveller
from chassis.clock import Clock
from law.deadlines import SHANGHAI, day_of

NOON = time(12, tzinfo=SHANGHAI)
QUIET_WITHIN_S = 300.0
ONE_DAY = timedelta(days=1)

Story = Callable[[], Awaitable[None]]


@dataclass(kw_only=True)
class Days:
    """Stands where a story expects its traveller: whoever travels waits for the noon of the day he names.

    People act on their day, a few at a time; then the clock steps to the next day on which somebody acts or
    a timer is due, and all that was due until its noon happens before anybody acts.
    """

    traveller: TimeTraveller
    clock: Clock
    at_once: int
    """How many stories act at the same time."""
    sleeping: list[tuple[date, int, asyncio.Event]] = field(default_factory=list)
    awake: int = 0
    steps: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        self.room = asyncio.Semaphore(self.at_once)

    async def travel(self, moment: datetime) -> datetime:
        """Sleep until that day; a moment of today has come."""
        day = day_of(moment)
        if day > day_of(self.clock.now()):
            self.room.release()
            await self.sleep_until(day)
            await self.room.acquire()
        return self.clock.now()

    async def sleep_until(self, day: date) -> None:
        morning = asyncio.Event()
        heapq.heappush(self.sleeping, (day, next(self.numbers), morning))
        self.note(-1)
        await morning.wait()

    async def quiet(self, *, notices: bool = False) -> None:
        """Notices go out a little later, together; nobody acts on them, and the next day may begin."""
        await self.traveller.quiet(QUIET_WITHIN_S, notices=notices)

    async def live(self, stories: Iterable[tuple[date, Story]]) -> None:
        """Every story from its day to its end. The first that fails ends them all."""
        async with asyncio.TaskGroup() as tasks:
            for day, story in stories:
                self.note(+1)
                tasks.create_task(self.begin(day, story))
            tasks.create_task(self.pass_days())

    async def begin(self, day: date, story: Story) -> None:
        await self.sleep_until(day)
        async with self.room:
            await story()
        self.note(-1)

    async def pass_days(self) -> None:
        while True:
            await self.idle.wait()
            if not self.sleeping:
                return
            await self.pass_until(self.sleeping[0][0])
            today = day_of(self.clock.now())
            while self.sleeping and self.sleeping[0][0] <= today:
                self.note(+1)
                heapq.heappop(self.sleeping)[2].set()

    async def pass_until(self, day: date) -> None:
        """Day by day, but for those on which nothing is due."""
        await self.quiet()
        while (due := await self.traveller.next_timer()) and day_of(due) < day:
            await self.step(day_of(due) + ONE_DAY)
        await self.step(day)

    async def step(self, day: date) -> None:
        noon = datetime.combine(day, NOON)
        if noon > self.clock.now():
            self.clock.step_to(noon)
            self.steps += 1
            await self.quiet()

    def note(self, more: int) -> None:
        """One more is awake, or one fewer."""
        self.awake += more
        (self.idle.clear if self.awake else self.idle.set)()
