"""Whether a route comes out as it did when it is decided again, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from schemas.facts import Candidate
from schemas.transfers import RouteDecided
from services.routing.domain.route import Route


@dataclass(frozen=True, slots=True)
class Differs:
    """One thing that came out otherwise."""

    what: str
    """`mode`, `rules`, `candidate 2` or `candidate 2, reasons_against`."""
    then: str
    now: str


def compared(decided: RouteDecided, again: Route) -> Iterator[Differs]:
    """What differs; nothing where the decision is the same."""
    said = (
        ("mode", decided.mode, again.mode),
        ("rules", decided.rules_version, again.rules_version),
        ("directory", decided.directory_version, again.directory_version),
        ("legal_basis", decided.legal_basis, again.legal_basis),
    )
    yield from (Differs(what, words(then), words(now)) for what, then, now in said if then != now)
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
    if value is None:
        return "nothing"
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
