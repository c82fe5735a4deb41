"""Which partner agencies have a topic of their own, and hear of the cases that are referred to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from schemas.cases import ApplicationSubmitted
from schemas.codes import AgencyKind
from schemas.ids import AgencyId, ExternalRef, Province
from schemas.matters import ReferralMade

# Wages Regulation Art. 10 (reports are handed on) and 38 (one shared platform) bind these two. Others follow,
# each with its legal basis.
TOLD_KINDS: Final = frozenset({AgencyKind("labour-inspection"), AgencyKind("human-resources")})
"""Kinds of agencies that may be told how a case goes on which was referred to them."""


ALERT: Final = "employer-alert"
"""Kind of the notices of an alert that a centre finds on its list, and that goes to a partner's topic."""

FIGURES: Final = "alert-figures"
"""Kind of those on the list of another agency: who hears of an employer hears of no case that told of him."""


@dataclass(frozen=True, slots=True)
class Partners:
    """The agencies that have a topic, by the province that writes it."""

    agencies: Mapping[Province, frozenset[AgencyId]]

    def hears_of(self, referral: ReferralMade, province: Province) -> bool:
        """Whether the agency that a case is referred to is told so on its topic."""
        return referral.kind in TOLD_KINDS and referral.to in self.agencies.get(province, ())

    def has(self, agency: AgencyId, province: Province) -> bool:
        """Whether an agency has a topic."""
        return agency in self.agencies.get(province, ())

    def sender_of(self, application: ApplicationSubmitted, province: Province) -> AgencyId | None:
        """The agency that handed a case in, if it has a topic: it hears how its own case goes on."""
        sender = application.handed_in_by
        return sender if sender in self.agencies.get(province, ()) else None


def number_of(application: ApplicationSubmitted) -> ExternalRef | None:
    """The number under which the agency that handed it in keeps the case."""
    numbers = application.facts.external_refs or ()
    return next((each.number for each in numbers if each.issuer == application.handed_in_by), None)
