"""What provinces have agreed on: whose cases the other takes on or helps with, and how soon it answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Self

from schemas.codes import CaseType, RouteMode
from schemas.facts import Period
from schemas.ids import AgreementId, Province, Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One province hands cases over, or asks for help; the other takes them on, or helps."""

    id: AgreementId
    sender: Province
    """Where the matter arose, or who asks for help."""
    receiver: Province
    """Who takes cases on, or helps."""
    mode: RouteMode
    """`transfer`, `forward` or `collaborate`."""
    case_types: frozenset[CaseType]
    """What it covers; empty for everything."""
    answer_within: Period | None
    """How long the receiver has for its answer; none where the rules of the law hold."""
    valid_from: date
    valid_to: date | None
    """Its last day."""
    name: Wording

    def covers(self, case_type: CaseType, on: date) -> bool:
        """Whether it holds for that type of case on that day."""
        served = not self.case_types or case_type in self.case_types
        return served and self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Agreements:
    """All agreements, found by who sends, who receives, and what for."""

    by_parties: Mapping[tuple[Province, Province, RouteMode], tuple[Agreement, ...]]

    @classmethod
    def of(cls, agreements: Iterable[Agreement] = ()) -> Self:
        found: dict[tuple[Province, Province, RouteMode], tuple[Agreement, ...]] = {}
        for each in sorted(agreements, key=lambda agreement: agreement.id):
            parties = (each.sender, each.receiver, each.mode)
            found[parties] = (*found.get(parties, ()), each)
        return cls(MappingProxyType(found))

    def between(
        self, sender: Province, receiver: Province, mode: RouteMode, case_type: CaseType, on: date
    ) -> Agreement | None:
        """The one that holds; of several the latest to begin, and of those the first by id."""
        found = [a for a in self.by_parties.get((sender, receiver, mode), ()) if a.covers(case_type, on)]
        return max(found, key=lambda agreement: agreement.valid_from) if found else None
