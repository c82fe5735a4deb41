"""Ids: made in order of time, or derived from what they stand for."""

import hashlib
import os
import threading
from datetime import datetime, timedelta

from chassis.clock import EPOCH

_MILLISECOND = timedelta(milliseconds=1)
_RANDOM_BITS = 74

_STORE = 4096

_lock = threading.Lock()
_random = b""
"""Random bytes: the system is asked for many at a time, as each asking costs."""
_used = 0
"""How many of them were given."""
_last = 0
"""The 48 bits of time and 74 random bits of the id before, as one number."""


def uuid7(now: datetime) -> str:
    """A UUIDv7 (RFC 9562), larger than any that this process made before.

    Within one millisecond, or when the time given is behind, the id before is raised by a random step
    (method 2 of section 6.2), so that ids stay hard to guess.
    """
    global _last
    milliseconds = (now - EPOCH) // _MILLISECOND
    with _lock:
        if milliseconds > _last >> _RANDOM_BITS:
            _last = milliseconds << _RANDOM_BITS | _random_number(10) >> 80 - _RANDOM_BITS
        else:
            _last += 1 + _random_number(4)
        number = _last
    return _uuid(7, number >> 74, number >> 62 & 0xFFF, number & (1 << 62) - 1)


def _random_number(size: int) -> int:
    """A number of so many bytes. Called under the lock: no byte is given twice."""
    global _random, _used
    if len(_random) < _used + size:
        _random, _used = os.urandom(_STORE), 0
    taken = _random[_used : _used + size]
    _used += size
    return int.from_bytes(taken, "big")


def derived_id(*parts: str) -> str:
    """A UUIDv8, the same for the same parts wherever it is made: a repeated request meets its own case."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode()
        # The length keeps ("ab", "c") and ("a", "bc") apart.
        digest.update(len(encoded).to_bytes(4, "big") + encoded)
    number = int.from_bytes(digest.digest()[:16], "big")
    return _uuid(8, number >> 80, number >> 64 & 0xFFF, number & (1 << 62) - 1)


def _uuid(version: int, high: int, middle: int, low: int) -> str:
    """48 bits, the version, 12 bits, the variant of RFC 9562, 62 bits."""
    number = high << 80 | version << 76 | middle << 64 | 0b10 << 62 | low
    text = number.to_bytes(16, "big").hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
