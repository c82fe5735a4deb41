"""How a cell of a file is read: to its one canonical text, or to what was expected instead."""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date
from typing import Final

CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")

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


def whole(lowest: int, highest: int) -> Read:
    def read(text: str) -> str:
        if not re.fullmatch(r"\d{1,9}", text, re.ASCII) or not lowest <= int(text) <= highest:
            raise ValueError(f"a whole number from {lowest} to {highest}")
        return str(int(text))

    return read


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
