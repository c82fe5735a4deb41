"""Places on the map, in whole micro-degrees, and how far they are from one another."""

from math import cos, hypot, radians
from typing import Final, NamedTuple

METRES_PER_MICRO_DEGREE: Final = 0.111_195
"""Along a meridian, on a sphere of 6,371 km."""

HALF_RADIAN: Final = radians(0.5) / 1_000_000


class Point(NamedTuple):
    """A place in micro-degrees: 22.517 degrees are 22,517,000."""

    latitude: int
    longitude: int


def metres(a: tuple[int, int], b: tuple[int, int]) -> int:
    """The distance to the next hundred metres, so that no rounding of a processor decides anything.

    The earth counts as flat between the two: within China's provinces that is right to a few per mille.
    """
    a_north, a_east = a
    b_north, b_east = b
    east = (a_east - b_east) * cos((a_north + b_north) * HALF_RADIAN)
    return round(hypot(a_north - b_north, east) * METRES_PER_MICRO_DEGREE / 100) * 100
