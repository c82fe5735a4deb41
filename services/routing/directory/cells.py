"""How a cell of the directory's files is read: to its one canonical text, or to what was expected instead.

Canonical means: two files that say the same thing, however they were typed, give the same cells, and so the
same version. Coordinates are whole micro-degrees, lists are sorted words, days are ISO 8601.
"""

import re
from typing import Final

from chassis.cells import Read
from services.routing.domain.opening import Hours

DEGREES: Final = re.compile(r"(-?)(\d{1,3})(?:\.(\d{1,9}))?", re.ASCII)


def degrees(lowest: int, highest: int) -> Read:
    """Degrees with up to nine decimals, as whole micro-degrees."""

    def read(text: str) -> str:
        match = DEGREES.fullmatch(text)
        if match:
            sign, whole, part = match.groups()
            micro = round(int(f"{whole}{part or '':0<9}") / 1_000)
            found = -micro if sign else micro
            if lowest * 1_000_000 <= found <= highest * 1_000_000:
                return str(found)
        raise ValueError(f"degrees from {lowest} to {highest}, such as 22.5176")

    return read


def hours(text: str) -> str:
    Hours.read(text)
    return "; ".join(" ".join(part.split()) for part in text.split(";"))
