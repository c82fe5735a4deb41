"""Working days of the People's Republic: weekends, statutory holidays, and weekends that were shifted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Final, Self

from law.rule import NATION, Region
from schemas.ids import Wording

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)
ONE_WEEK: Final = timedelta(days=7)

WEEKEND: Final = Wording("周末", "weekend")


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """One paragraph of a notice: days of rest, and the weekend days on which people work for them."""

    name: Wording
    first: date
    last: date
    work: tuple[date, ...] = ()
    region: Region = NATION
    """Where it holds; some autonomous regions have holidays of their own."""

    @property
    def days(self) -> Iterator[date]:
        return days_from(self.first, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Days of rest in a row that have one name."""

    first: date
    last: date
    name: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What the State Council's notices say. A year without one has weekends alone, and is provisional."""

    rest: Mapping[date, Wording]
    """Holidays, whatever day of the week they are, and what they are called."""
    work: frozenset[date]
    """Weekend days on which people work."""
    years: frozenset[int]
    """The years whose notice is in."""
    regional: tuple[Holiday, ...] = field(default=())
    """Holidays of a region alone; `in_region` puts them in."""

    @classmethod
    def of(cls, holidays: Iterable[Holiday], years: Iterable[int]) -> Self:
        """The calendar of the nation, which knows those of the regions."""
        known = tuple(holidays)
        calendar = cls(rest=MappingProxyType({}), work=frozenset(), years=frozenset(years))
        national = calendar.with_holidays(holiday for holiday in known if holiday.region == NATION)
        return replace(national, regional=tuple(holiday for holiday in known if holiday.region != NATION))

    def with_holidays(self, holidays: Iterable[Holiday]) -> Self:
        """With more holidays; what they say of a day goes before what was said of it."""
        rest, work = dict(self.rest), set(self.work)
        for holiday in holidays:
            rest |= dict.fromkeys(holiday.days, holiday.name)
            work -= set(holiday.days)
            work |= set(holiday.work)
            for day in holiday.work:
                rest.pop(day, None)
        return replace(self, rest=MappingProxyType(rest), work=frozenset(work))

    def in_region(self, region: Region) -> Self:
        """The calendar that people of the region go by."""
        own = [holiday for holiday in self.regional if region.startswith(holiday.region)]
        return self.with_holidays(own) if own else self

    def is_working(self, day: date) -> bool:
        """Whether it is no rest day (Civil Procedure Law Art. 85)."""
        return day in self.work or (day.weekday() < SATURDAY and day not in self.rest)

    def name_of(self, rest: date) -> Wording:
        """Why people rest on that day."""
        return self.rest.get(rest, WEEKEND)

    def rests(self, first: date, last: date) -> tuple[Rest, ...]:
        """The rest days from the first to the last day, in rows."""
        rows: list[Rest] = []
        for name, days in groupby(self._resting(first, last), key=self.name_of):
            for day in days:
                if rows and rows[-1].name == name and rows[-1].last == day - ONE_DAY:
                    rows[-1] = replace(rows[-1], last=day)
                else:
                    rows.append(Rest(first=day, last=day, name=name))
        return tuple(rows)

    def shifted(self, first: date, last: date) -> tuple[date, ...]:
        """The weekend days between them, both included, on which people work."""
        return tuple(sorted(day for day in self.work if first <= day <= last))

    def unknown_years(self, first: date, last: date) -> frozenset[int]:
        """The years whose notice is still to come and could change a day from the first to the last.

        The notice of a year may move days of the last week of the year before, as that of 2023 did.
        """
        return frozenset(range(first.year, (last + ONE_WEEK).year + 1)) - self.years

    def roll_forward(self, day: date) -> date:
        """The day itself if it is a working day, else the next one that is."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def roll_back(self, day: date) -> date:
        """The day itself if it is a working day, else the last one before that is."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that is `count` after `day`, which is not counted; before it, if negative."""
        for _ in range(count):
            day = self.roll_forward(day + ONE_DAY)
        for _ in range(-count):
            day = self.roll_back(day - ONE_DAY)
        return day

    def working_days(self, after: date, until: date) -> int:
        """How many working days there are after the one day until the other, which is included."""
        return sum(map(self.is_working, days_from(after + ONE_DAY, until)))

    def _resting(self, first: date, last: date) -> Iterator[date]:
        return (day for day in days_from(first, last) if not self.is_working(day))


def days_from(first: date, last: date) -> Iterator[date]:
    """Every day from the first to the last; none if the last comes before."""
    return (first + timedelta(days=count) for count in range((last - first).days + 1))
