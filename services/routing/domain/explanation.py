"""Whether a route comes out as it did when it is decided again, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from schemas.facts import Candidate, Period
from schemas.transfers import RouteDecided
from services.routing.domain.route import Route


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing that came out otherwise."""

    what: str
    """`mode`, `rules`, `candidate 2`, `candidate 2, reasons_against` or `law`."""
    then: str
    now: str


def compared(decided: RouteDecided, again: Route) -> Iterator[Differs]:
    """What differs, and whether the files of the law do; nothing where the decision is the same.

    Rules go by the day of the decision, so that files which only grew since decide alike.
    """
    found = [*heads_compared(decided, again), *candidates_of_both(decided, again)]
    yield from found
    then, now = (each.inputs.law_version if each.inputs else None for each in (decided, again))
    if found and then and then != now:
        yield Differs("law", then, words(now))


def heads_compared(decided: RouteDecided, again: Route) -> Iterator[Differs]:
    said = (
        ("mode", decided.mode, again.mode),
        ("rules", decided.rules_version, again.rules_version),
        ("directory", decided.directory_version, again.directory_version),
        ("legal_basis", decided.legal_basis, again.legal_basis),
    )
    yield from (Differs(what, words(then), words(now)) for what, then, now in said if then != now)


def candidates_of_both(decided: RouteDecided, again: Route) -> Iterator[Differs]:
    pairs = zip_longest(decided.candidates, again.candidates)
    for place, (then, now) in enumerate(pairs, 1):
        yield from candidates_compared(f"candidate {place}", then, now)


def candidates_compared(what: str, then: Candidate | None, now: Candidate | None) -> Iterator[Differs]:
    if then is None or now is None or then.agency != now.agency:
        yield Differs(what, then.agency if then else "nobody", now.agency if now else "nobody")
        return
    for name in Candidate.model_fields:
        before, after = getattr(then, name), getattr(now, name)
        if before != after:
            yield Differs(f"{what}, {name}", words(before), words(after))


def words(value: Any) -> str:
    match value:
        case None:
            return "nothing"
        case Period(days=days, working=working, rule=rule):
            return f"{days} {'working ' if working else ''}days" + (f" by {rule}" if rule else "")
        case tuple():
            return " ".join(map(str, value))
    return str(value)
