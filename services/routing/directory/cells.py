"""How a cell of the directory's files is read: to its one canonical text, or to what was expected instead.

Canonical means: two files that say the same thing, however they were typed, give the same cells, and so the
same version. Coordinates are whole micro-degrees, lists are sorted words, days are ISO 8601.
"""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from typing import Final

from services.routing.domain.opening import Hours

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
DEGREES: Final = re.compile(r"(-?)(\d{1,3})(?:\.(\d{1,9}))?", re.ASCII)

Read = Callable[[str], str]
"""Takes a cell without the spaces around it. Raises ValueError saying what was expected."""


def optional(read: Read) -> Read:
    """An empty cell stays empty."""
    return lambda text: read(text) if text else ""


def token(text: str) -> str:
    return matching(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}", "an id of letters, digits, dots and dashes")(text)


def words(most: int, expected: str) -> Read:
    """A text for people, on one line."""

    def read(text: str) -> str:
        found = text if text.isascii() else unicodedata.normalize("NFC", text)
        if not 0 < len(found) <= most or CONTROL.search(found):
            raise ValueError(f"{expected} of at most {most} characters on one line")
        return found

    return read


def day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise ValueError("a day such as 2026-03-01") from None


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


def written_degrees(micro: str) -> str:
    """Back to degrees, without zeros that say nothing."""
    return format(Decimal(micro) / 1_000_000, "f") if micro else ""


def whole(lowest: int, highest: int) -> Read:
    def read(text: str) -> str:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not lowest <= int(text) <= highest:
            raise ValueError(f"a whole number from {lowest} to {highest}")
        return str(int(text))

    return read


def hours(text: str) -> str:
    Hours.read(text)
    return "; ".join(" ".join(part.split()) for part in text.split(";"))


def matching(pattern: str, expected: str) -> Read:
    compiled = re.compile(pattern, re.ASCII)

    def read(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError(expected)
        return text

    return read


def one_of(known: Collection[str], expected: str = "") -> Read:
    def read(text: str) -> str:
        if text not in known:
            raise ValueError(expected or f"one of {', '.join(sorted(known))}")
        return text

    return read


def each_one_of(known: Collection[str]) -> Read:
    """Several, separated by spaces, in any order; none stands for all."""
    read = one_of(known)
    return lambda text: " ".join(sorted({read(word) for word in text.split()}))
