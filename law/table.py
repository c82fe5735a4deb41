"""All rules as rows: for the command line, and for the page that reviewers read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from law.book import Law
from law.explain import basis_in_words, said_in
from law.rule import PauseTerms, Rule
from schemas.ids import RuleVersion
from schemas.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One version of a rule in short."""

    version: RuleVersion
    text: str
    length: str
    start: str
    article: str
    source: str
    confidence: str
    confirmed: bool


def rows_of(law: Law, region: str, language: Language) -> Iterator[Row]:
    """Every version that can come to hold in the region, by id; of the nation's rules for no region."""
    for versions in law.rules.values():
        for rule in versions:
            if region.startswith(rule.region):
                yield row_of(rule, language)


def row_of(rule: Rule, language: Language) -> Row:
    """The rule as its file states it."""
    return Row(
        version=rule.version,
        text=str(getattr(rule, language)),
        length=f"{rule.duration} {said_in(language, 'units', rule.unit)}",
        start=str(getattr(rule.start, language)),
        article=basis_in_words(rule.article, language),
        source=rule.source,
        confidence=rule.confidence,
        confirmed=rule.confirmed,
    )


_HEAD: Final = """\
# Time limits

Made from `law/rules/` by `casebridge contract generate`; [law.md](law.md) says how they are read and how a
deployment states its own. **C**, confidence: H, the reading is sure; M or L, to be confirmed by the deploying
province's legal office. What rests on `AGREEMENT` has no legal source: it is our default where agencies
agreed on nothing else. **At least**: a right, or a duty to keep something, that must not be cut short.

| rule | 中文 | length | from | article | pauses | C |
|---|---|---|---|---|---|---|
"""


def as_markdown(law: Law) -> str:
    """The page of all rules of the nation, with confidence and article."""
    rules = [rule for versions in law.rules.values() for rule in versions if not rule.region]
    return _HEAD + "".join(_line(rule) for rule in rules)


def _line(rule: Rule) -> str:
    row = row_of(rule, "en")
    bound = "at least " if rule.bound == "at-least" else ""
    cells = (
        f"`{rule.id}`: {rule.en}",
        rule.zh,
        bound + row.length,
        row.start,
        f"{rule.article}<br>{rule.source}",
        _pauses(rule.pause),
        rule.confidence,
    )
    return "| " + " | ".join(cells) + " |\n"


def _pauses(terms: PauseTerms | None) -> str:
    if terms is None:
        return "–"
    times = f"; {terms.at_most} times" if terms.at_most else ""
    longest = f", {terms.longest} {said_in('en', 'units', terms.unit)} each" if terms.longest else ""
    return terms.en + times + longest
