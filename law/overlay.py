"""Whether a region's rule gives less than the nation's: it may, if it says so and names its article."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from law.calendar import Calendar, days_from
from law.deadlines import SHANGHAI, Agreed, Lasting, count
from law.files import LawRefused, Written
from law.rule import Bound, PauseTerms, Rule, Unit


@dataclass(frozen=True, slots=True)
class Looser:
    """In what a rule is looser, and than what."""

    field: str
    found: str
    expected: str


def check_overlay(ours: Written, wider: Sequence[Rule], calendar: Calendar) -> None:
    """Compare with every rule that it takes the place of. Raises LawRefused."""
    rule = ours.rule
    for other in wider:
        if rule.bound is not other.bound:
            raise refusal(ours, "bound", rule.bound, f"{other.bound}, as in {other.version}")
        if other.in_letters and rule.unit not in (Unit.DAYS, Unit.WORKING_DAYS):
            raise refusal(
                ours, "unit", rule.unit, "days or working-days, because the length is told in letters"
            )
        if Unit.WORKING_DAYS_BEFORE in {rule.unit, other.unit} and rule.unit is not other.unit:
            raise refusal(ours, "unit", rule.unit, f"{other.unit}, as in {other.version}")
        looser = looser_in(rule, other, calendar)
        if looser and not rule.loosens:
            expected = f"{looser.expected}, or `loosens = true` with the article that allows more"
            raise refusal(ours, looser.field, looser.found, expected)
        if looser and rule.article == other.article:
            expected = "the article that allows to loosen, which is not that of the rule of the nation"
            raise refusal(ours, "article", rule.article, expected)


def refusal(ours: Written, field: str, found: str, expected: str) -> LawRefused:
    return LawRefused(ours.file, f"rule {ours.rule.id}", field, found, expected)


def looser_in(ours: Rule, wider: Rule, calendar: Calendar) -> Looser | None:
    """What makes it looser, if anything does."""
    swapped = ours.bound is Bound.AT_LEAST
    longer = partial(_longer_from, swapped=swapped, calendar=calendar)
    if day := longer(length_of(ours), length_of(wider)):
        than = "less" if swapped else "more"
        expected = f"not {than} than {wider.duration} {wider.unit} ({wider.version}), as from {day:%Y-%m-%d}"
        return Looser("duration", f"{ours.duration} {ours.unit}", expected)
    if (ours.interrupt, wider.interrupt)[swapped] and not (wider.interrupt, ours.interrupt)[swapped]:
        found, expected = ("nothing", "what interrupts") if swapped else ("something", "nothing")
        return Looser("interrupt", found, f"{expected}, as in {wider.version}")
    stricter, freer = (wider.pause, ours.pause) if not swapped else (ours.pause, wider.pause)
    if freer is None:
        return None
    found, allowed = (
        str(ours.pause and pause_in_words(ours.pause)),
        wider.pause and pause_in_words(wider.pause),
    )
    if stricter is None or pauses_more(freer, stricter, calendar):
        return Looser("pause", found, f"no looser one than {allowed} ({wider.version})")
    return None


def length_of(rule: Rule) -> Agreed:
    return Agreed(duration=rule.duration, unit=rule.unit)


def pause_in_words(terms: PauseTerms) -> str:
    longest = f"{terms.longest} {terms.unit}" if terms.longest else "any length"
    return f"{terms.at_most or 'any number'} of {longest}"


def pauses_more(ours: PauseTerms, wider: PauseTerms, calendar: Calendar) -> bool:
    """Whether more pauses count, or longer ones."""
    if wider.at_most is not None and (ours.at_most is None or ours.at_most > wider.at_most):
        return True
    if wider.last_months and (ours.last_months is None or ours.last_months > wider.last_months):
        return True
    if wider.longest is None:
        return False
    if ours.longest is None:
        return True
    mine = Agreed(duration=ours.longest, unit=ours.unit)
    other = Agreed(duration=wider.longest, unit=wider.unit)
    return _longer_from(mine, other, swapped=False, calendar=calendar) is not None


def _longer_from(ours: Lasting, wider: Lasting, *, swapped: bool, calendar: Calendar) -> datetime | None:
    """A start from which our length ends later than the wider one; none, if there is none.

    Five working days are less than seven days, except around a holiday: so every start in the years whose
    holidays are known is tried, and one year of weekends alone.
    """
    mine, other = (wider, ours) if swapped else (ours, wider)
    if mine.unit is other.unit:
        starts: Iterator[datetime] = iter(
            [datetime(max(calendar.years, default=2023), 3, 2, tzinfo=SHANGHAI)]
        )
        return next(starts) if mine.duration > other.duration else None
    return next(
        (
            start
            for start in starts_in(calendar)
            if count(mine, start, (), calendar).due > count(other, start, (), calendar).due
        ),
        None,
    )


def starts_in(calendar: Calendar) -> Iterator[datetime]:
    """The first and the last moment of every day that comes into question."""
    first, last = min(calendar.years, default=2023), max(calendar.years, default=2023)
    for day in days_from(date(first, 1, 1), date(last + 1, 12, 31)):
        yield datetime.combine(day, time(0), SHANGHAI)
        yield datetime.combine(day, time(0), SHANGHAI) + timedelta(hours=23, minutes=59)
