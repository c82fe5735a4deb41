"""Which partner agencies have a topic of their own, and hear of the cases that are referred to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.codes import AgencyKind
from schemas.ids import AgencyId, Province
from schemas.matters import ReferralMade

# Wages Regulation Art. 10 (reports are handed on) and 38 (one shared platform) bind these two. Others follow,
# each with its legal basis.
TOLD_KINDS: Final = frozenset({AgencyKind("labour-inspection"), AgencyKind("human-resources")})
"""Kinds of agencies that may be told how a case goes on which was referred to them."""


@dataclass(frozen=True, slots=True)
class Partners:
    """The agencies that have a topic, by the province that writes it."""

    agencies: Mapping[Province, frozenset[AgencyId]]

    def hears_of(self, referral: ReferralMade, province: Province) -> bool:
        """Whether the agency that a case is referred to is told so on its topic."""
        return referral.kind in TOLD_KINDS and referral.to in self.agencies.get(province, ())
