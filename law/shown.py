"""A rule as APIs and pages show it, in words, with the mark of what a legal office must still confirm."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from law.book import Law, NoSuchRule
from law.explain import Said
from law.rule import Rule
from schemas.codes import LegalBasis
from schemas.ids import RuleId, RuleVersion


class Bilingual(BaseModel):
    """A sentence, in both languages."""

    zh: str
    en: str


class RuleView(BaseModel):
    """A rule in words. It is the version that was in force when the clock started."""

    text: Bilingual
    article: LegalBasis
    consequence: Bilingual | None
    """What follows when the time has passed."""
    confirmed: bool
    """False: to be confirmed by the deploying province's legal office."""
    mark: Bilingual | None
    """The same in words; null if it is confirmed."""


def rule_view(version: RuleVersion, law: Law) -> RuleView | None:
    """Null for a version that this release and the deployment's files do not know."""
    try:
        rule = law.named(version)
    except NoSuchRule:
        return None
    return RuleView(
        text=Bilingual(zh=rule.zh, en=rule.en),
        article=rule.article,
        consequence=Bilingual(**rule.consequence._asdict()) if rule.consequence else None,
        confirmed=rule.confirmed,
        mark=mark_of(rule),
    )


def mark_of(rule: Rule) -> Bilingual | None:
    """`TO BE CONFIRMED …`, as `casebridge law explain` says it."""
    zh, en = (Said(language).unconfirmed(rule) for language in ("zh", "en"))
    return Bilingual(zh=zh[0], en=en[0]) if zh and en else None


LIMITS: Final = ("limit", "assign_limit", "hand_in", "answer_within")
"""Where events tell a time limit, or a length of time."""

VERSIONS: Final = ("version", "answer_rule", "due_rule", "decide_rule")
"""Where events name the version of a rule."""


def unconfirmed(said: Mapping[str, Any], on: date, law: Law) -> bool:
    """Whether what an event says on a day rests on a rule that a legal office must still confirm."""
    return any(not rule.confirmed for rule in rules_of(said, on, law))


def rules_of(said: Mapping[str, Any], on: date, law: Law) -> Iterator[Rule]:
    """The rules that an event names, those that this release knows: by version, else by id."""
    versions = [*map(said.get, VERSIONS), *(limit.get("rule") for limit in limits_of(said))]
    ids = [said.get(name) for name in ("rule", "end_rule", "assign_rule")] if not any(versions) else []
    for version in filter(None, versions):
        yield from (rule for rule in law.rules.get(version.partition(":")[0], ()) if rule.version == version)
    for id in filter(None, ids):
        if id in law.rules:
            yield law.rule(RuleId(id), on)


def limits_of(said: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from (limit for name in LIMITS if (limit := said.get(name)))
    yield from (each["limit"] for each in said.get("limits") or ())


def provisional(said: Mapping[str, Any]) -> bool:
    """Whether a time limit that an event tells may still move."""
    return bool(said.get("provisional")) or any(limit.get("provisional") for limit in limits_of(said))
