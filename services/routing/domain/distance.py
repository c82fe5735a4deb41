"""Places on the map, in whole micro-degrees, and how far they are from one another."""

from math import cos, hypot, radians
from typing import Final, NamedTuple

METRES_PER_MICRO_DEGREE: Final = 0.111_195
"""Along a meridian, on a sphere of 6,371 km."""


class Point(NamedTuple):
    """A place in micro-degrees: 22.517 degrees are 22,517,000."""

    latitude: int
    longitude: int


def metres(a: Point, b: Point) -> int:
    """The distance to the next hundred metres, so that no rounding of a processor decides anything.

    The earth counts as flat between the two: within China's provinces that is right to a few per mille.
    """
    north = a.latitude - b.latitude
    east = (a.longitude - b.longitude) * cos(radians((a.latitude + b.latitude) / 2_000_000))
    return round(hypot(north, east) * METRES_PER_MICRO_DEGREE / 100) * 100
