"""Puts a counting into words, step by step, in Chinese or English, and what may not be final."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from law.calendar import Rest
from law.deadlines import SHANGHAI, Counting
from law.limitation import Weighed
from law.reminders import Reminding
from law.rule import PauseTerms, Rule
from law.steps import Counted, Ended, NotPaused, Paused, Rolled, Started, Step
from schemas.codes import LEGAL_BASES, LIMITATION_ACTS
from schemas.ids import PROVINCES, Province, Wording
from schemas.words import Language

_FILES: Final = {"zh": "zh-CN.toml", "en": "en.toml"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Lines for a person to read."""

    head: tuple[str, ...]
    """What the rule is, and what it rests on."""
    steps: tuple[str, ...]
    """The counting; the last line says what is due."""
    marks: tuple[str, ...]
    """Why it may not be final; empty if it is."""
    reminders: tuple[str, ...] = ()


def explain(
    rule: Rule,
    counting: Counting,
    language: Language,
    reminders: Iterable[Reminding] = (),
    weighed: Iterable[Weighed] = (),
) -> Explanation:
    """The counting of a rule in words, after what may have let it begin anew."""
    said = Said(language)
    return Explanation(
        head=tuple(said.head(rule)),
        steps=(*map(said.begun, weighed), *map(said.step, counting.steps)),
        marks=(*said.provisional(counting), *said.unconfirmed(rule)),
        reminders=tuple(
            said.line("head", "remind", at=said.moment(rung.at), to=said.text("reminded", rung.to))
            for rung in reminders
        ),
    )


def basis_in_words(article: str, language: Language) -> str:
    """The article as people call it; its code, where that is not known."""
    known = LEGAL_BASES.get(article)
    return str(getattr(known, language)) if known else article


def region_in_words(region: str, language: Language) -> str:
    """The province, with the code where it is a part of one."""
    if not region:
        return said_in(language, "head", "nation")
    name = str(getattr(PROVINCES[Province(region[:2])], language))
    return name if len(region) == 2 else f"{name} ({region})"


def said_in(language: Language, table: str, key: str) -> str:
    return str(texts(language)[table][key])


@cache
def texts(language: Language) -> Mapping[str, Any]:
    return tomllib.loads((files("law") / "texts" / _FILES[language]).read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Said:
    """Words of one language."""

    language: Language

    def text(self, table: str, key: str) -> str:
        return said_in(self.language, table, key)

    def line(self, table: str, key: str, **found: object) -> str:
        return self.text(table, key).format(**found)

    def own(self, wording: Wording | PauseTerms | Rule) -> str:
        return str(getattr(wording, self.language))

    def joined(self, parts: Iterable[str]) -> str:
        return str(texts(self.language)["list"]).join(parts)

    # --- The rule ------------------------------------------------------------------------------------------

    def head(self, rule: Rule) -> list[str]:
        """What the rule says, and how sure that is."""
        region = region_in_words(rule.region, self.language)
        unit = self.text("units", rule.unit)
        lines = [
            self.line("head", "rule", id=rule.id, text=self.own(rule)),
            self.line(
                "head", "basis", article=basis_in_words(rule.article, self.language), source=rule.source
            ),
            self.line("head", "version", version=rule.version, valid_from=rule.valid_from, region=region),
            self.line("head", "length", duration=rule.duration, unit=unit, start=self.own(rule.start)),
            self.line("head", "confidence", confidence=self.text("confidence", rule.confidence)),
        ]
        if rule.reviewer:
            lines.append(self.line("head", "reviewer", reviewer=rule.reviewer))
        if rule.pause:
            lines.append(
                self.line("head", "pause", text=self.own(rule.pause), limits=self.limits(rule.pause))
            )
        if rule.interrupt:
            lines.append(self.line("head", "interrupt", text=self.own(rule.interrupt)))
        if rule.consequence:
            lines.append(self.line("head", "consequence", text=self.own(rule.consequence)))
        if rule.note:
            lines.append(self.line("head", "note", text=self.own(rule.note)))
        return lines

    def limits(self, terms: PauseTerms) -> str:
        at_most = self.line("head", "pause_at_most", at_most=terms.at_most) if terms.at_most else ""
        unit = self.text("units", terms.unit)
        longest = (
            self.line("head", "pause_longest", longest=terms.longest, unit=unit) if terms.longest else ""
        )
        months = self.line("head", "pause_last", months=terms.last_months) if terms.last_months else ""
        return at_most + longest + months

    # --- The steps -----------------------------------------------------------------------------------------

    def step(self, step: Step) -> str:
        match step:
            case Started(at=at, day=day):
                return self.line("steps", "Started", at=self.moment(at), day=self.day(day))
            case Counted():
                return self.counted(step)
            case Paused():
                return self.paused(step)
            case NotPaused(begins=begins, ends=ends, why_not=why_not):
                until = self.moment(ends) if ends else self.text("open", "end")
                reason = self.text("why_not", why_not)
                return self.line("steps", "NotPaused", begins=self.moment(begins), ends=until, why_not=reason)
            case Rolled(nominal=nominal, to=to, rests=rests):
                rolled = self.line("steps", "Rolled", nominal=self.day(nominal), to=self.day(to))
                return self.sentences(rolled, *self.rests("resting", rests))
            case Ended(at=at):
                return self.line("steps", "Ended", at=self.moment(at))

    def counted(self, step: Counted) -> str:
        to, key = self.end(step.to), f"Counted-{step.unit}"
        shifted = [self.day(day) for day in step.shifted]
        return self.sentences(
            self.line("steps", key, duration=step.duration, to=to),
            *self.rests("rests", step.rests),
            *([self.line("steps", "shifted", shifted=self.joined(shifted))] if shifted else []),
        )

    def paused(self, step: Paused) -> str:
        begins, ends, to = self.moment(step.begins), self.moment(step.ends), self.end(step.to)
        length = f"{step.length:g}"
        key = f"Paused-{step.unit}" + ("-anew" if step.anew else "")
        line = self.line("steps", key, begins=begins, ends=ends, length=length, to=to)
        return self.sentences(line, *([self.text("steps", "cut")] if step.cut else []))

    def rests(self, key: str, rests: Iterable[Rest]) -> list[str]:
        """The rows of rest days with their names."""
        rows = [f"{self.span(rest)} {self.own(rest.name)}" for rest in rests]
        return [self.line("steps", key, rests=self.joined(rows))] if rows else []

    def sentences(self, *parts: str) -> str:
        return ("" if self.language == "zh" else " ").join(parts)

    def begun(self, weighed: Weighed) -> str:
        """What let the time begin anew, or why it did not."""
        act = weighed.act
        called = LIMITATION_ACTS.get(act.code)
        what, on = self.own(called) if called else act.code, self.day(act.on)
        if weighed.why_not is None:
            return self.line("steps", "Begun", what=what, on=on)
        return self.line("steps", "NotBegun", what=what, on=on, why_not=self.text("why_not", weighed.why_not))

    # --- Marks ---------------------------------------------------------------------------------------------

    def provisional(self, counting: Counting) -> list[str]:
        years = self.joined(map(str, sorted(counting.unknown_years)))
        return [self.line("marks", "provisional", years=years)] if counting.provisional else []

    def unconfirmed(self, rule: Rule) -> list[str]:
        confidence = self.text("confidence", rule.confidence)
        return [] if rule.confirmed else [self.line("marks", "unconfirmed", confidence=confidence)]

    # --- Days and moments ----------------------------------------------------------------------------------

    def span(self, rest: Rest) -> str:
        if rest.first == rest.last:
            return self.day(rest.first)
        until = str(texts(self.language)["until"])
        return until.format(first=self.day(rest.first), last=self.day(rest.last))

    def end(self, to: date) -> str:
        return self.moment(to) if isinstance(to, datetime) else self.day(to)

    def day(self, day: date) -> str:
        """`2026-02-24 (Tue)`."""
        return f"{day:%Y-%m-%d} ({texts(self.language)['weekdays'][day.weekday()]})"

    def moment(self, at: datetime) -> str:
        """`2026-02-24 23:59:59 (Tue)`, in Beijing time."""
        local = at.astimezone(SHANGHAI)
        return f"{local:%Y-%m-%d %H:%M:%S} ({texts(self.language)['weekdays'][local.weekday()]})"
