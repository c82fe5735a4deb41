"""Who sees which applications of his province in the lists of all cases."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from schemas.ids import AgencyId

PROVINCIAL: Final = frozenset({"operator"})
"""Those who run the deployment see to it that no case of the province is stuck."""

DESKS: Final = frozenset({"intake_clerk", "hotline_clerk", "caseworker", "director"})
"""Whom a worker or another authority asks about a case, whoever has it; who takes in an application too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a caller sees: all applications; else those of his agency, and others if he knows which ones."""

    everything: bool
    agency: AgencyId | None
    finds: bool
    """Whether he finds an application of any agency by its number, the worker, or an alert."""

    @property
    def own(self) -> AgencyId | None:
        """The agency whose cases are listed to him; None: those of all. A token without one sees none."""
        return None if self.everything else self.agency or AgencyId("none")


def sight_of(roles: Set[str], agency: AgencyId | None) -> Sight:
    """By role alone: work lists are of those who have the case."""
    return Sight(everything=bool(roles & PROVINCIAL), agency=agency, finds=bool(roles & DESKS))
