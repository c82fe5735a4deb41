"""Duty: which lawyer of an agency's roster somebody is handed to who asks for advice, and why."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from law.deadlines import SHANGHAI, day_of
from schemas.codes import DutyReason, Language
from schemas.facts import OnDuty
from schemas.ids import AgencyId, Pseudonym, SiteId

AHEAD: Final = timedelta(days=7)
"""How far somebody may be put off: who comes on duty later is not offered."""

SHOWN: Final = 16
"""So many of a roster are told."""

MANDARIN: Final = Language("zh")
"""Spoken by every lawyer, whatever else he speaks."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of a day, in China. Those that end before they begin go past midnight."""

    begin: time
    end: time

    def on(self, day: date) -> tuple[datetime, datetime]:
        """Of that day."""
        begins = datetime.combine(day, self.begin, SHANGHAI)
        ends = datetime.combine(day, self.end, SHANGHAI)
        return begins, ends if ends > begins else ends + timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A lawyer's time on duty."""

    agency: AgencyId
    site: SiteId | None
    """Where; None: for all of the agency."""
    lawyer: Pseudonym
    begins: datetime
    ends: datetime
    languages: tuple[Language, ...] = ()
    """Beside Mandarin."""
    phone: tuple[Hours, ...] = ()
    """When he answers the phone within that time; none: all along."""
    advising: int = 0
    """Consultations that he has and that are not closed."""

    def answers(self, at: datetime) -> tuple[datetime, datetime] | None:
        """From when to when he answers next, at that moment or later; None: not within this shift."""
        open_at = ((max(begins, at), ends) for begins, ends in self.windows(at) if ends > at)
        return min(open_at, default=None)

    def windows(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """When he answers, from the day before a moment on, as far as anybody is put off."""
        if not self.phone:
            yield self.begins, self.ends
            return
        first = day_of(max(at, self.begins)) - timedelta(days=1)
        for ahead in range(AHEAD.days + 3):
            for hours in self.phone:
                begins, ends = hours.on(first + timedelta(days=ahead))
                begins, ends = max(begins, self.begins), min(ends, self.ends)
                if begins < ends:
                    yield begins, ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who asks for advice: where, in which language, and when."""

    site: SiteId | None
    language: Language
    at: datetime


def on_duty(
    shifts: Sequence[Shift], asking: Asking, *, passed_over: Collection[Pseudonym] = ()
) -> tuple[OnDuty, ...]:
    """The lawyers of a roster in the order in which they are asked.

    Who answers soonest comes first; of these who speaks the caller's language, then who is on duty at this
    site, then who advises the fewest. Each lawyer once, in his best place.
    """
    found = [
        considered(shift, asking, *answers)
        for shift in shifts
        if shift.lawyer not in passed_over
        if (answers := shift.answers(asking.at)) and answers[0] <= asking.at + AHEAD
    ]
    best: dict[Pseudonym, OnDuty] = {}
    for each in sorted(found, key=place_of):
        best.setdefault(each.lawyer, each)
    return tuple(best.values())


def considered(shift: Shift, asking: Asking, answers_at: datetime, until: datetime) -> OnDuty:
    speaks = asking.language in (MANDARIN, *shift.languages)
    here = shift.site in (None, asking.site)
    reasons = (
        "on-duty" if answers_at <= asking.at else "on-duty-later",
        "speaks-language" if speaks else "other-language",
        "this-site" if here else "other-site",
    )
    return OnDuty(
        lawyer=shift.lawyer,
        site=shift.site,
        answers_at=answers_at,
        until=until,
        reasons=tuple(DutyReason(reason) for reason in reasons),
        advising=shift.advising,
    )


def place_of(each: OnDuty) -> tuple[datetime, bool, bool, int, Pseudonym]:
    """What the order goes by; the id at last, so that it comes out the same again."""
    speaks, here = "speaks-language" in each.reasons, "this-site" in each.reasons
    return each.answers_at, not speaks, not here, each.advising, each.lawyer


def named(lawyer: Pseudonym, asking: Asking, roster: Sequence[OnDuty]) -> OnDuty:
    """The lawyer whom somebody named; he need not be on the roster."""
    found = next((each for each in roster if each.lawyer == lawyer), None)
    return found or OnDuty(
        lawyer=lawyer, answers_at=asking.at, reasons=(DutyReason("not-on-roster"),), advising=0
    )
