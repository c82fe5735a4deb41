"""How much agencies and sites have to do: open offers and matters, as this deployment knows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Self

from schemas.facts import KnownLoad
from schemas.ids import AgencyId, SiteId


@dataclass(frozen=True, slots=True)
class Load:
    """A snapshot. Who is not in it has nothing to do."""

    agencies: Mapping[AgencyId, int] = field(default_factory=lambda: MappingProxyType({}))
    sites: Mapping[SiteId, int] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def known(cls, loads: Iterable[KnownLoad]) -> Self:
        """What an earlier decision weighed."""
        loads = tuple(loads)
        return cls(
            {each.agency: each.open for each in loads if each.site is None},
            {each.site: each.open for each in loads if each.site is not None},
        )
