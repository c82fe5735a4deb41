"""Which justice bureaus stand over an agency: those of its own division and of the ones around it."""

from collections.abc import Mapping
from typing import Final

from schemas.codes import AgencyKind
from schemas.ids import AgencyId, Division, Seat
from services.mediation.domain.errors import NotTheBureau

JUSTICE_BUREAU: Final = AgencyKind("justice-bureau")


def check_bureau(bureau: AgencyId | None, agency: AgencyId, seats: Mapping[AgencyId, Seat]) -> AgencyId:
    """The justice bureau over a legal-aid agency decides (Legal Aid Law Art. 49). Raises NotTheBureau."""
    found = seats.get(bureau) if bureau else None
    under = seats.get(agency)
    if not bureau or not found or not under or found.kind != JUSTICE_BUREAU:
        raise NotTheBureau(found=bureau or "nobody", agency=agency)
    if not covers(found.division, under.division):
        raise NotTheBureau(found=bureau, agency=agency)
    return bureau


def bureau_over(agency: AgencyId, seats: Mapping[AgencyId, Seat]) -> AgencyId | None:
    """The one of the smallest division around an agency, to which the applicants may object."""
    under = seats.get(agency)
    over = [
        (seat.division.endswith("00"), seat.division.endswith("0000"), id)
        for id, seat in seats.items()
        if under and seat.kind == JUSTICE_BUREAU and covers(seat.division, under.division)
    ]
    return min(over)[2] if over else None


def covers(wider: Division, division: Division) -> bool:
    """Whether a division is the wider one, or a part of it."""
    return wider in (division, f"{division[:4]}00", f"{division[:2]}0000")
