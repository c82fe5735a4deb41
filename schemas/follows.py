"""What a letter follows: the header that makes all letters about a case between two provinces one chain."""

import hashlib
import re
from base64 import urlsafe_b64encode
from typing import NamedTuple

_FORM = re.compile(r"sent=(-|[A-Za-z0-9_-]{43}),heard=(-|[A-Za-z0-9_-]{43})", re.ASCII)


class Follows(NamedTuple):
    """Digests of the letters that a letter came after. The signature covers them.

    By `sent` a writer's own letters hang together, so that none can be dropped or moved; by `heard` he signs
    what the other side had signed. Letters that cross hear the same one.
    """

    sent: str | None
    """The last letter of the writer to the addressee about this case; `None` for the first."""
    heard: str | None
    """The last letter of the addressee about this case that the writer had applied."""

    def __str__(self) -> str:
        return f"sent={self.sent or '-'},heard={self.heard or '-'}"


def read_follows(text: str) -> Follows:
    """What a header says. Raises ValueError."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise ValueError("expected sent=<digest or ->,heard=<digest or ->")
    sent, heard = found.groups()
    return Follows(None if sent == "-" else sent, None if heard == "-" else heard)


def digest_of(signed: bytes) -> str:
    """SHA-256 of a letter's `signed_bytes`, in base64url without padding: what names the letter."""
    return urlsafe_b64encode(hashlib.sha256(signed).digest()).rstrip(b"=").decode()
