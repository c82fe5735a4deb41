"""Who spoke for a group when, and whether so many could."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from law.deadlines import day_of
from schemas.ids import MemberId
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.running import Bundle, Running, Spell
from services.intake.domain.case import MOST_REPRESENTATIVES
from services.intake.domain.grouping import FEWEST
from services.intake.domain.representing import speaking

FILE: Final = "representatives.csv"
BEFORE: Final[Mapping[str, str]] = {"arbitration": "arbitration", "suit": "court"}
"""The forum that a case is before, by its stage."""


def chosen(case: Running) -> Iterator[tuple[datetime, Sequence[MemberId]]]:
    """Who spoke for the group from then on, each time that it changed."""
    days = {at for spell in case.spells for at in (spell.since, ended(spell)) if at}
    groups = (at for at in sorted(days) if is_group(case, at))
    return ((at, [spell.of.id for spell in at_work(case, at)]) for at in groups)


def is_group(case: Running, at: datetime) -> bool:
    """Whether there are several then: one alone speaks for himself."""
    return sum(told.left is None or told.left.at > at for told in case.members) >= FEWEST


def ended(spell: Spell) -> datetime | None:
    """Since when he speaks for it no more: others were chosen, or he left; None: he still does."""
    left_at = spell.of.left.at if spell.of.left else None
    return min(filter(None, (spell.until, left_at)), default=None)


def at_work(case: Running, at: datetime) -> Sequence[Spell]:
    """Those who speak for it then."""
    return [each for each in case.spells if each.since <= at and ((end := ended(each)) is None or at < end)]


def fit_representatives(case: Running, bundle: Bundle, now: datetime, outlook: Outlook) -> None:
    for place, spell in enumerate(case.spells):
        for column, found, expected in wrong_spell(case, spell, case.spells[:place]):
            bundle.wrong.note(FILE, spell.line, column, found, expected)
    members, speak = len(case.staying), len(at_work(case, now))
    for each in speaking(speak, members):
        if BEFORE.get(case.said["stage"]) == each.forum and not each.enough:
            outlook.warnings.append(
                f"cases.csv line {case.line}: {case.number}, {speak} speak for {members} members; "
                f"{each.forum} wants {each.lowest} to {each.highest} ({each.article})."
            )


def wrong_spell(case: Running, spell: Spell, before: Sequence[Spell]) -> Iterator[tuple[str, str, str]]:
    """Column, what was found in it, and what was expected."""
    if not is_group(case, spell.since):
        yield "member", spell.of.body.name, f"a case of {FEWEST} or more members: one speaks for himself"
    if spell.until and spell.until <= spell.since:
        yield "until", str(day_of(spell.until)), "a day after that in since"
    if (left := spell.of.left) and left.at <= spell.since:
        yield "since", str(day_of(spell.since)), f"a day before he left, which he did on {day_of(left.at)}"
    if any(each.of is spell.of and overlap(each, spell) for each in before):
        yield "since", str(day_of(spell.since)), "a day on which he did not speak for it already"
    speak = at_work(case, spell.since)
    begun = [each for each in speak if each.since == spell.since]
    if len(speak) > MOST_REPRESENTATIVES and spell is begun[-1]:
        yield "since", f"{len(speak)} from that day", f"at most {MOST_REPRESENTATIVES} at a time"


def overlap(one: Spell, other: Spell) -> bool:
    return (other.until is None or one.since < other.until) and (one.until is None or other.since < one.until)
