"""Finds what is near: points in cells of a twentieth of a degree, some five kilometres wide."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import cos, radians
from typing import Final, Self

from services.routing.domain.distance import METRES_PER_MICRO_DEGREE, Point, metres

CELL: Final = 50_000
"""In micro-degrees."""

SOUTH, NORTH = 3_000_000, 54_000_000
WEST, EAST = 73_000_000, 136_000_000
"""What China lies between; a point beyond counts to the outermost cell."""

ROUNDED_M: Final = 100
"""What rounding can take off a distance."""

ROWS: Final = (NORTH - SOUTH) // CELL + 1
COLUMNS: Final = (EAST - WEST) // CELL + 1


@dataclass(frozen=True, slots=True)
class Grid:
    """The points of each cell lie together in `members`; `begins` says where."""

    latitudes: Sequence[int]
    longitudes: Sequence[int]
    begins: Sequence[int]
    members: Sequence[int]

    @classmethod
    def of(cls, latitudes: Sequence[int], longitudes: Sequence[int], *, missing: int) -> Self:
        """By counting, in two passes. A point whose latitude is `missing` is nowhere."""
        counts = array("I", bytes(4 * (ROWS * COLUMNS + 1)))
        cells = array("i", (cell_of(*both, missing) for both in zip(latitudes, longitudes, strict=True)))
        for cell in cells:
            if cell >= 0:
                counts[cell + 1] += 1
        begins = array("I", accumulate(counts))
        free = array("I", begins)
        members = array("I", bytes(4 * begins[-1]))
        for row, cell in enumerate(cells):
            if cell >= 0:
                members[free[cell]] = row
                free[cell] += 1
        return cls(latitudes, longitudes, begins, members)

    def near(self, place: Point, within_m: int) -> Iterator[tuple[int, int]]:
        """Distance and number of the points within so many metres, the nearest first; ties by number.

        Ring by ring: what was found is certain to be next once all that is left lies farther away. The place
        may touch the edge of its cell, so that a ring is at least one cell less away than its number.
        """
        row, column = row_of(place.latitude), column_of(place.longitude)
        waiting: list[tuple[int, int]] = []
        for ring in range(max(ROWS, COLUMNS)):
            least = (ring - 1) * width_of_cell(place.latitude + ring * CELL) - ROUNDED_M
            certain = sorted(found for found in waiting if found[0] < least)
            yield from certain
            if least > within_m:
                return
            waiting = [found for found in waiting if found[0] >= least]
            for member in self._ring(row, column, ring):
                distance = metres(place, Point(self.latitudes[member], self.longitudes[member]))
                if distance <= within_m:
                    waiting.append((distance, member))
        yield from sorted(waiting)

    def _ring(self, row: int, column: int, ring: int) -> Iterator[int]:
        """The points of the cells that are exactly so many cells away."""
        for r in range(max(0, row - ring), min(ROWS, row + ring + 1)):
            across = abs(r - row) == ring
            for c in range(column - ring, column + ring + 1, 1 if across or not ring else 2 * ring):
                if 0 <= c < COLUMNS:
                    cell = r * COLUMNS + c
                    yield from self.members[self.begins[cell] : self.begins[cell + 1]]


def width_of_cell(latitude: int) -> float:
    """In metres. Cells grow narrower to the north, so the northernmost one counts."""
    return CELL * METRES_PER_MICRO_DEGREE * cos(radians(min(latitude / 1_000_000, 89)))


def cell_of(latitude: int, longitude: int, missing: int) -> int:
    """The number of the cell, -1 for a point that is nowhere."""
    return -1 if latitude == missing else row_of(latitude) * COLUMNS + column_of(longitude)


def row_of(latitude: int) -> int:
    return (min(max(latitude, SOUTH), NORTH) - SOUTH) // CELL


def column_of(longitude: int) -> int:
    return (min(max(longitude, WEST), EAST) - WEST) // CELL
