"""Which agencies of a kind are nearest to a place: in its county, else its city, else its province."""

from collections.abc import Collection, Mapping
from itertools import groupby

from schemas.ids import AgencyId, Division, Seat


def nearest(seats: Mapping[AgencyId, Seat], kinds: Collection[str], place: Division) -> tuple[AgencyId, ...]:
    """All of them in the smallest division that has one and that the place lies in; none, if none has."""
    around = (place, place[:4] + "00", place[:2] + "0000")
    found = sorted(
        (around.index(seat.division), id)
        for id, seat in seats.items()
        if seat.kind in kinds and seat.division in around
    )
    return next((tuple(id for _, id in level) for _, level in groupby(found, key=lambda each: each[0])), ())
