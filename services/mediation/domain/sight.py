"""Who sees which matters of his province in the lists of all cases."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final

from schemas.ids import AgencyId, Pseudonym

PROVINCIAL: Final = frozenset({"operator", "coordinator"})
"""Who runs the deployment, and who decides on objections at the bureau over the owners."""

HELPERS: Final = frozenset({"lawyer", "mediator"})
"""They work for whoever assigned them: cases of several agencies, of each some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a caller sees: all matters; else those of one owner, or those that one person works on."""

    own: AgencyId | None = None
    """Those of this owner alone."""
    assignee: Pseudonym | None = None
    """Those alone that he works on."""


def sight_of(roles: Set[str], agency: AgencyId | None, sub: Pseudonym) -> Sight:
    """Who has two roles sees the wider one. A token without an agency sees no agency's matters."""
    if roles & PROVINCIAL:
        return Sight()
    if roles <= HELPERS:
        return Sight(assignee=sub)
    return Sight(own=agency or AgencyId("none"))
