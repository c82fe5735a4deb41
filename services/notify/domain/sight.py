"""Who sees which notices of his province, in the list of all cases."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Final

from schemas.codes import AgencyKind
from schemas.ids import AgencyId, Seat

OPERATORS: Final = frozenset({"operator"})
DIRECTORS: Final = frozenset({"director"})
SENDERS: Final = OPERATORS | DIRECTORS | {"caseworker"}
"""Those who try again what did not reach an applicant."""

LEGAL_AID: Final = frozenset({AgencyKind("legal-aid-centre"), AgencyKind("justice-bureau")})
"""Agencies of legal aid. Staff of others see what is addressed to these, whatever their role."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a caller sees: all notices; else those of his agency, and perhaps those of the applicants."""

    everything: bool
    agency: AgencyId | None
    applicants: bool


def sight_of(roles: Set[str], agency: AgencyId | None, seats: Mapping[AgencyId, Seat]) -> Sight:
    """By role, unless the agency is known and is none of legal aid. Operators see everything."""
    seat = seats.get(agency) if agency else None
    ours = seat is None or seat.kind in LEGAL_AID
    return Sight(
        everything=bool(roles & OPERATORS) or (ours and bool(roles & DIRECTORS)),
        agency=agency,
        applicants=ours and bool(roles & SENDERS),
    )
