"""All rules and the calendar as one immutable snapshot: the release's, the deployment's own over them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, pairwise
from pathlib import Path
from types import MappingProxyType
from typing import Self

from law.calendar import ONE_DAY, Calendar
from law.deadlines import Agreed, Counting, Pause, count, day_of
from law.files import Found, LawRefused, Written, holidays_of, read_own, read_shipped
from law.overlay import check_overlay
from law.rule import NATION, Region, Rule, Unit
from schemas.facts import Period
from schemas.ids import RuleId, RuleVersion


class NoSuchRule(LookupError):
    """No rule has that id, or no version that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """The time limits that a deployment goes by, as they hold in one region."""

    version: str
    """Names the exact content of all files."""
    rules: Mapping[RuleId, tuple[Rule, ...]]
    """By id; the nation's first, then by region and by the first day in force."""
    calendar: Calendar
    region: Region = NATION

    def in_region(self, region: str) -> Self:
        """The same, as it holds there: `44`, `3301`, or a division of six digits."""
        return replace(self, region=Region(region))

    def rule(self, id: RuleId, on: date) -> Rule:
        """The version in force on a day: that of the smallest region that has one. Raises NoSuchRule.

        Before all versions of the nation, the first: what began before a law goes by it as well.
        """
        versions = self.rules.get(id, ())
        local = [rule for rule in versions if self.region.startswith(rule.region) and rule.in_force(on)]
        if local:
            return max(local, key=lambda rule: (len(rule.region), rule.valid_from))
        national = [rule for rule in versions if rule.region == NATION]
        if not national:
            where = self.region or "the nation"
            raise NoSuchRule(f"found no rule {id} for {where}, expected one of {len(self.rules)} known ones")
        return national[0]

    def named(self, version: RuleVersion) -> Rule:
        """The version of that name, in force or not, of whatever region. Raises NoSuchRule."""
        id = RuleId(version.partition(":")[0])
        for rule in self.rules.get(id, ()):
            if rule.version == version:
                return rule
        raise NoSuchRule(f"found no rule {version}, expected one of {len(self.rules.get(id, ()))} versions")

    def count(self, id: RuleId, start: datetime, pauses: Iterable[Pause] = ()) -> Counting:
        """A time limit by the version in force when it starts. Raises NoSuchRule, PauseStillOpen."""
        return count(self.rule(id, day_of(start)), start, pauses, self.calendar, self.region)

    def due(self, id: RuleId, start: datetime, pauses: Iterable[Pause] = ()) -> datetime:
        """The last moment of a time limit. Raises as `count` does."""
        return self.count(id, start, pauses).due

    def period(self, id: RuleId, on: date) -> Period:
        """The length of a rule, as a letter tells it. Raises NoSuchRule."""
        rule = self.rule(id, on)
        assert rule.unit in (Unit.DAYS, Unit.WORKING_DAYS), (
            f"letters cannot tell {rule.version} in {rule.unit}"
        )
        return Period(days=rule.duration, working=rule.unit is Unit.WORKING_DAYS, rule=rule.version)

    def count_period(self, period: Period, start: datetime, pauses: Iterable[Pause] = ()) -> Counting:
        """A length that a letter states, by our calendar. Raises PauseStillOpen.

        What pauses it, our own version of the rule says that it was taken from; none, if we do not know it.
        """
        try:
            terms = self.named(period.rule).pause if period.rule else None
        except NoSuchRule:
            terms = None
        unit = Unit.WORKING_DAYS if period.working else Unit.DAYS
        agreed = Agreed(duration=period.days, unit=unit, pause=terms)
        return count(agreed, start, pauses, self.calendar, self.region)


def load_law(folder: Path | None = None) -> Law:
    """What this release brings, with the files of the deployment's folder over it. Raises LawRefused."""
    found = Found()
    read_shipped(found)
    shipped = tuple(found.rules)
    if folder is not None:
        read_own(folder, found)
    own = tuple(found.rules[len(shipped) :])
    by_year = holidays_of(found.tables)
    calendar = Calendar.of(
        (holiday for holidays in by_year.values() for holiday in holidays),
        (year for region, year in by_year if region == NATION),
    )
    rules = merged(shipped, own)
    for written in own:
        check_overlay(written, replaced_by(written, rules, shipped), calendar)
    return Law(version=f"sha256-{found.digest.hexdigest()[:32]}", rules=rules, calendar=calendar)


def merged(shipped: Sequence[Written], own: Sequence[Written]) -> Mapping[RuleId, tuple[Rule, ...]]:
    """All versions; a deployment's own takes the place of the shipped one of that name. Raises LawRefused."""
    for files in (shipped, own):
        check_once(files)
    by_name = {written.rule.version: written for written in (*shipped, *own)}
    ordered = sorted(
        by_name.values(), key=lambda each: (each.rule.id, each.rule.region, each.rule.valid_from)
    )
    for _, versions in groupby(ordered, key=lambda each: (each.rule.id, each.rule.region)):
        check_order(list(versions))
    known = {written.rule.id for written in ordered if written.rule.region == NATION}
    for written in ordered:
        if written.rule.id not in known and not written.rule.local:
            expected = "the id of a rule of the nation, or `local = true`"
            raise LawRefused(written.file, f"rule {written.rule.id}", "id", written.rule.id, expected)
    grouped = groupby((written.rule for written in ordered), key=lambda rule: rule.id)
    return MappingProxyType({id: tuple(versions) for id, versions in grouped})


def check_once(written: Sequence[Written]) -> None:
    """Raises LawRefused."""
    seen: dict[RuleVersion, str] = {}
    for each in written:
        name = each.rule.version
        if name in seen:
            raise LawRefused(
                each.file, f"rule {each.rule.id}", "valid_from", name, f"it once, as in {seen[name]}"
            )
        seen[name] = each.file


def check_order(versions: Sequence[Written]) -> None:
    """Versions of one rule follow one another; of the nation's, without a gap. Raises LawRefused."""
    for earlier, later in pairwise(versions):
        ends, follows = earlier.rule.valid_to, later.rule.valid_from
        if ends is not None and (
            ends >= follows or (earlier.rule.region == NATION and ends + ONE_DAY < follows)
        ):
            expected = f"{follows - ONE_DAY}, the day before {later.rule.version}, or nothing"
            raise LawRefused(earlier.file, f"rule {earlier.rule.id}", "valid_to", str(ends), expected)
    last = versions[-1]
    if last.rule.region == NATION and last.rule.valid_to is not None:
        expected = "nothing, because no version follows"
        raise LawRefused(last.file, f"rule {last.rule.id}", "valid_to", str(last.rule.valid_to), expected)


def replaced_by(
    ours: Written, rules: Mapping[RuleId, tuple[Rule, ...]], shipped: Sequence[Written]
) -> list[Rule]:
    """The rules of wider regions, and the shipped ones of the nation, that it takes the place of."""
    rule = ours.rule
    wider = [
        other
        for other in rules[rule.id]
        if rule.region.startswith(other.region) and len(other.region) < len(rule.region)
    ]
    if rule.region == NATION:
        wider = [written.rule for written in shipped if written.rule.id == rule.id]
    return in_force_since(rule, wider)


def in_force_since(rule: Rule, versions: Sequence[Rule]) -> list[Rule]:
    """Those of the versions that are in force on some day on which the rule is."""
    found = []
    for _, regional in groupby(versions, key=lambda each: each.region):
        row = list(regional)
        for version, later in zip(row, [*row[1:], None], strict=True):
            ends = version.valid_to or (later.valid_from - ONE_DAY if later else date.max)
            begins = date.min if version is versions[0] and version.region == NATION else version.valid_from
            if begins <= (rule.valid_to or date.max) and rule.valid_from <= ends:
                found.append(version)
    return found
