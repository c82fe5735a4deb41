"""Who applies on which day of the year, by which channel, and what becomes of it: the same for the same seed.

Of the figures that are published for 2023: 480,000 cases of 540,000 workers, so that most apply alone; a part
of an eighth by the wage green channel; most places take applications online; nine of ten mediations succeed.
Which journey a case takes is weighed so that these come out, and every journey is taken once at least.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from casebridge.demo.stories import STORIES, Story
from casebridge.demo.stories.further import FURTHER

FIRST_DAY: Final = date(2025, 3, 1)
LAST_DAY: Final = date(2026, 2, 28)
SPRING_FESTIVAL: Final = date(2026, 2, 17)
SEED: Final = 2026

JOURNEYS: Final = (*STORIES, *FURTHER)
WEIGHTS: Final = {
    "Zhoushan": 350,
    "Wuqing": 1537,
    "Yizheng": 4,
    "Fuping": 50,
    "Zhongshan": 12,
    "Zhongshan by phone": 24,
    "Refused and corrected": 150,
    "Deemed withdrawn": 400,
    "Aid in advance": 150,
    "Confirmed on the last day": 500,
    "A day too late": 60,
    "Payment order objected to": 500,
    "Silent arbitration": 150,
    "Instalments breached": 100,
    "Three do not consent": 1,
    "Two heirs": 12,
    "Rider": 800,
}
"""Of 4,800 cases, a hundredth of the nation's: 1.12 workers a case."""

CHANNELS: Final = {
    "wage-green-channel": 13,
    "mini-program": 18,
    "national-law-site": 7,
    "provincial-law-site": 12,
    "window": 25,
    "workstation-host": 12,
    "workstation-arbitration-court": 4,
    "contact-point": 6,
    "partner-referral": 2,
    "outreach": 1,
}
"""Of a hundred who come to a window in the stories; hotline and stations have stories of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One who applies."""

    day: date
    story: Story
    window: str
    """The channel that he takes where the story says window."""


def plan(cases: int, *, seed: int = SEED) -> Sequence[Planned]:
    """At least as many as there are journeys."""
    draw = random.Random(seed)
    days, busy = calendar()
    rest = max(0, cases - len(JOURNEYS))
    stories = [*JOURNEYS, *draw.choices(JOURNEYS, [WEIGHTS[story.title] for story in JOURNEYS], k=rest)]
    channels = draw.choices(list(CHANNELS), list(CHANNELS.values()), k=len(stories))
    return [
        Planned(day=day, story=story, window=channel)
        for day, story, channel in zip(
            draw.choices(days, busy, k=len(stories)), stories, channels, strict=True
        )
    ]


def calendar() -> tuple[Sequence[date], Sequence[float]]:
    """The days of the year, and how busy each is."""
    days = [FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]
    return days, [busy_on(day) for day in days]


def busy_on(day: date) -> float:
    """Before Spring Festival those who were not paid want to go home with their money."""
    until = (SPRING_FESTIVAL - day).days
    season = 3.0 if 1 <= until <= 42 else 0.2 if -7 <= until <= 0 else 1.0
    return season * (0.4 if day.weekday() >= 5 else 1.0)
