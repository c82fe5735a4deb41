"""Working days of the People's Republic: weekends, statutory holidays, and weekends that were shifted."""

from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the State Council's notices say. A year without one has weekends alone, and is provisional."""

    rest: frozenset[date]
    """Holidays, whatever day of the week they are."""
    work: frozenset[date]
    """Weekend days on which people work."""
    years: frozenset[int]
    """The years whose notice is in."""

    def is_working(self, day: date) -> bool:
        """Whether it is no rest day (Civil Procedure Law Art. 85)."""
        return day in self.work or (day.weekday() < SATURDAY and day not in self.rest)

    def is_provisional(self, day: date) -> bool:
        """Whether the notice for that year is still to come."""
        return day.year not in self.years

    def roll_forward(self, day: date) -> date:
        """The day itself if it is a working day, else the next one that is."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` after `day`, which is not counted."""
        for _ in range(count):
            day = self.roll_forward(day + ONE_DAY)
        return day
