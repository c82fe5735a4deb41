"""A rule as the APIs show it, in words, with the mark of what a legal office must still confirm."""

from pydantic import BaseModel

from law.book import Law, NoSuchRule
from law.explain import Said
from law.rule import Rule
from schemas.codes import LegalBasis
from schemas.ids import RuleVersion


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
