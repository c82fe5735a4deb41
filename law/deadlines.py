"""When a time limit ends (Civil Procedure Law Art. 85): pure functions of rule, start, pauses and calendar.

The day of the start is not counted. A last day that is a rest day rolls forward. A pause adds its length in
what the rule counts in, and no limit ends while it is paused. Hours run through. What is counted back from a
day ahead ends on a working day before it.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Final, Protocol

from law.calendar import Calendar
from law.rule import NATION, PauseTerms, Region, Rule, Unit
from law.steps import Counted, Ended, NotPaused, Paused, Rolled, Started, Step, WhyNot

# The law counts days of Beijing time, which has had no summer time since 1991.
SHANGHAI: Final = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Pause:
    """A time during which the clock stands still. Without an end it lasts as long as the rule allows."""

    begins: datetime
    ends: datetime | None = None


class Lasting(Protocol):
    """What has a length: a rule, or a period that two agencies agreed on."""

    @property
    def duration(self) -> int: ...
    @property
    def unit(self) -> Unit: ...
    @property
    def pause(self) -> PauseTerms | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A length that a letter states, with the terms of pause of the rule that it was taken from."""

    duration: int
    unit: Unit
    pause: PauseTerms | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """When a time limit ends, and how that was counted."""

    due: datetime
    steps: tuple[Step, ...]
    unknown_years: frozenset[int]
    """Years whose holidays are not published and could move the end."""

    @property
    def provisional(self) -> bool:
        """Whether the end may move once the holidays of a year are published."""
        return bool(self.unknown_years)


class PauseStillOpen(ValueError):
    """A pause has no end, and the rule sets none: nobody can say yet when the time limit ends."""


def due(
    rule: Rule, start: datetime, pauses: Iterable[Pause], calendar: Calendar, region: Region = NATION
) -> datetime:
    """The last moment of the time limit. Raises PauseStillOpen."""
    return count(rule, start, pauses, calendar, region).due


def count(
    lasting: Lasting,
    start: datetime,
    pauses: Iterable[Pause],
    calendar: Calendar,
    region: Region = NATION,
) -> Counting:
    """The same with every step: of days, the last second of the last one. Raises PauseStillOpen."""
    local = calendar.in_region(region)
    admitted = list(admit(lasting.pause, sorted(pauses, key=lambda pause: pause.begins), local))
    if lasting.unit is Unit.HOURS:
        return count_hours(lasting, start, admitted)
    if lasting.unit is Unit.WORKING_DAYS_BEFORE:
        return count_back(lasting, start, local)
    return count_days(lasting, start, admitted, local)


def day_of(moment: datetime) -> date:
    """The day that a moment falls on, in Beijing time."""
    return moment.astimezone(SHANGHAI).date()


def end_of(day: date) -> datetime:
    """The last second of a day in Beijing time."""
    return datetime.combine(day, time(23, 59, 59), SHANGHAI)


# --- Pauses -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A pause as far as the terms of the rule allow it."""

    begins: datetime
    ends: datetime
    asked: Pause
    why_not: WhyNot | None = None
    """It does not count at all."""

    @property
    def cut(self) -> bool:
        """Whether it lasted longer than it counts."""
        return self.asked.ends is None or self.ends < self.asked.ends


def admit(terms: PauseTerms | None, pauses: Sequence[Pause], calendar: Calendar) -> Iterator[Admitted]:
    """Each pause in order, with its end. Those beyond the number that the rule allows do not count."""
    for number, pause in enumerate(pauses, start=1):
        if terms is None:
            yield refused(pause, WhyNot.NOTHING_PAUSES)
        elif terms.at_most is not None and number > terms.at_most:
            yield refused(pause, WhyNot.TOO_MANY)
        else:
            longest = longest_end(terms, pause, calendar)
            ends = [each for each in (pause.ends, longest) if each is not None]
            if not ends:
                raise PauseStillOpen(f"found a pause since {pause.begins} without an end, expected one")
            yield Admitted(begins=pause.begins, ends=max(pause.begins, min(ends)), asked=pause)


def refused(pause: Pause, why_not: WhyNot) -> Admitted:
    return Admitted(begins=pause.begins, ends=pause.begins, asked=pause, why_not=why_not)


def longest_end(terms: PauseTerms, pause: Pause, calendar: Calendar) -> datetime | None:
    """When the pause ends at the latest."""
    if terms.longest is None:
        return None
    if terms.unit is Unit.HOURS:
        return pause.begins + timedelta(hours=terms.longest)
    return end_of(last_day(day_of(pause.begins), terms.longest, terms.unit, calendar))


# --- Days, working days, months -----------------------------------------------------------------------------


def last_day(start: date, duration: int, unit: Unit, calendar: Calendar) -> date:
    """The start is not counted; a last day that is a rest day rolls forward to the next working day."""
    return calendar.roll_forward(add(start, duration, unit, calendar))


def add(day: date, duration: int, unit: Unit, calendar: Calendar) -> date:
    """The day that is so much later, a rest day or not. Hours are no days."""
    match unit:
        case Unit.DAYS:
            return day + timedelta(days=duration)
        case Unit.WORKING_DAYS:
            return calendar.add_working_days(day, duration)
        case Unit.WORKING_DAYS_BEFORE:
            return calendar.add_working_days(day, -duration)
        case Unit.MONTHS:
            return add_months(day, duration)
        case Unit.HOURS:
            raise ValueError("found hours, expected days, working days or months")


def add_months(day: date, count: int) -> date:
    """The same day of a later month, or its last if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def count_days(lasting: Lasting, start: datetime, pauses: Sequence[Admitted], calendar: Calendar) -> Counting:
    """Day by day: of the nominal last day, each pause moves it, and the last one rolls."""
    first = day_of(start)
    nominal = add(first, lasting.duration, lasting.unit, calendar)
    working = lasting.unit is Unit.WORKING_DAYS
    steps: list[Step] = [Started(at=start, day=first), counted(first, nominal, lasting, calendar)]
    free_from = first
    for pause in pauses:
        # The day on which a pause begins is counted, the day on which it ends is not.
        earliest = earliest_pause(lasting.pause, nominal)
        begins, ends = max(day_of(pause.begins), free_from, earliest), day_of(pause.ends)
        rolled = calendar.roll_forward(nominal)
        why_not = pause.why_not or (WhyNot.AFTER_THE_END if begins > rolled else None)
        if why_not or ends <= begins:
            too_short = WhyNot.TOO_EARLY if ends <= earliest else WhyNot.NO_WHOLE_DAY
            steps.append(not_paused(pause, why_not or too_short))
            continue
        free_from = ends
        if lasting.pause and lasting.pause.last_months:
            nominal = max(nominal, add_months(ends, lasting.pause.last_months))
            steps.append(paused_in_the_end(pause, begins, ends, lasting.pause.last_months, to=nominal))
            continue
        length = calendar.working_days(begins, ends) if working else (ends - begins).days
        base = rolled if begins > nominal else nominal
        nominal = max(add(base, length, Unit.WORKING_DAYS if working else Unit.DAYS, calendar), ends)
        steps.append(paused(pause, first=begins, last=ends, length=length, unit=lasting.unit, to=nominal))
    last = calendar.roll_forward(nominal)
    if last != nominal:
        rests = calendar.rests(nominal, last)
        steps.append(Rolled(nominal=nominal, to=last, rests=rests))
    ended = end_of(last)
    # Calendar days and months depend on holidays at their end alone.
    looked_at = first if working or any(each.why_not is None for each in pauses) else nominal
    return Counting(
        due=ended, steps=(*steps, Ended(at=ended)), unknown_years=calendar.unknown_years(looked_at, last)
    )


def earliest_pause(terms: PauseTerms | None, nominal: date) -> date:
    """The first day from which a pause can count."""
    return add_months(nominal, -terms.last_months) if terms and terms.last_months else date.min


def counted(first: date, nominal: date, lasting: Lasting, calendar: Calendar) -> Counted:
    """How the length was counted off; of working days, what was passed over."""
    after = first + timedelta(days=1)
    working = lasting.unit is Unit.WORKING_DAYS
    return Counted(
        duration=lasting.duration,
        unit=lasting.unit,
        to=nominal,
        rests=calendar.rests(after, nominal) if working else (),
        shifted=calendar.shifted(after, nominal) if working else (),
    )


def paused(pause: Admitted, *, first: date, last: date, length: int, unit: Unit, to: date) -> Paused:
    return Paused(
        begins=pause.begins,
        ends=pause.ends,
        cut=pause.cut,
        first=first,
        last=last,
        length=length,
        unit=unit,
        to=to,
    )


def paused_in_the_end(pause: Admitted, first: date, last: date, months: int, *, to: date) -> Paused:
    """So many months begin when the pause ends (Civil Code Art. 194)."""
    in_months = paused(pause, first=first, last=last, length=months, unit=Unit.MONTHS, to=to)
    return replace(in_months, anew=True)


def not_paused(pause: Admitted, why_not: WhyNot) -> NotPaused:
    return NotPaused(begins=pause.asked.begins, ends=pause.asked.ends, why_not=why_not)


# --- Days before something ----------------------------------------------------------------------------------


def count_back(lasting: Lasting, ahead: datetime, calendar: Calendar) -> Counting:
    """Working days before a day that lies ahead; neither it nor a rest day is counted, and nothing rolls."""
    day = day_of(ahead)
    last = add(day, lasting.duration, lasting.unit, calendar)
    counted = Counted(
        duration=lasting.duration,
        unit=lasting.unit,
        to=last,
        rests=calendar.rests(last, day),
        shifted=calendar.shifted(last, day),
    )
    ended = end_of(last)
    steps = (Started(at=ahead, day=day), counted, Ended(at=ended))
    return Counting(due=ended, steps=steps, unknown_years=calendar.unknown_years(last, day))


# --- Hours --------------------------------------------------------------------------------------------------


def count_hours(lasting: Lasting, start: datetime, pauses: Sequence[Admitted]) -> Counting:
    """To the second, through nights and holidays; no calendar can move it."""
    ends_at = start.astimezone(SHANGHAI) + timedelta(hours=lasting.duration)
    steps: list[Step] = [
        Started(at=start, day=day_of(start)),
        Counted(duration=lasting.duration, unit=lasting.unit, to=ends_at, rests=(), shifted=()),
    ]
    free_from = start
    for pause in pauses:
        begins = max(pause.begins, free_from)
        why_not = pause.why_not or (WhyNot.AFTER_THE_END if begins > ends_at else None)
        if why_not or pause.ends <= begins:
            steps.append(not_paused(pause, why_not or WhyNot.NO_WHOLE_DAY))
            continue
        free_from = pause.ends
        ends_at += pause.ends - begins
        steps.append(
            Paused(
                begins=begins,
                ends=pause.ends,
                cut=pause.cut,
                first=day_of(begins),
                last=day_of(pause.ends),
                length=(pause.ends - begins) / timedelta(hours=1),
                unit=Unit.HOURS,
                to=ends_at,
            )
        )
    return Counting(due=ends_at, steps=(*steps, Ended(at=ends_at)), unknown_years=frozenset())
