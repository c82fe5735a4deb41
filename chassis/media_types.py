"""What a document is, by its first bytes: a name can say anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Final

from chassis.errors import ChassisError

LOOKED_AT: Final = 512
"""So many bytes say it."""


@dataclass(eq=False)
class TypeRefused(ChassisError):
    """The document is {found}, expected {expected}."""

    zh: ClassVar[str] = "材料类型为 {found}，应为 {expected}。"
    found: str
    expected: str
    status: ClassVar[int] = 415


OFFICE: Final = "application/vnd.openxmlformats-officedocument"

BEGINNINGS: Final[Mapping[str, tuple[bytes, ...]]] = MappingProxyType(
    {
        "application/pdf": (b"%PDF-",),
        "image/jpeg": (b"\xff\xd8\xff",),
        "image/png": (b"\x89PNG\r\n\x1a\n",),
        "image/tiff": (b"II*\0", b"MM\0*"),
        "audio/mpeg": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
        "audio/amr": (b"#!AMR",),
    }
)
"""How documents begin that say what they are at once."""

PACKED: Final = b"PK\x03\x04"

# A packed document says with the name of one of its first files what it is. OFD is GB/T 33190.
INSIDE: Final[Mapping[str, bytes]] = MappingProxyType(
    {
        "application/ofd": b"OFD.xml",
        f"{OFFICE}.wordprocessingml.document": b"word/",
        f"{OFFICE}.spreadsheetml.sheet": b"xl/",
    }
)
PACKED_ALIKE: Final = b"[Content_Types].xml"

TAKEN: Final = (*BEGINNINGS, *INSIDE, "image/webp", "audio/wav", "video/mp4", "audio/mp4")
"""Papers as they are scanned, photographed or written, and recordings of what was said."""


def media_type_of(beginning: bytes, stated: str | None) -> str:
    """The type of a document. Raises TypeRefused if it is of none, or of another than was stated."""
    found = recognised(beginning, stated)
    if found is None:
        raise TypeRefused("of a type that is not taken", f"one of {', '.join(sorted(TAKEN))}")
    if stated not in (None, "application/octet-stream", found):
        raise TypeRefused(found, "the type that `Content-Type` states")
    return found


def recognised(beginning: bytes, stated: str | None) -> str | None:
    for kind, starts in BEGINNINGS.items():
        if beginning.startswith(starts):
            return kind
    if beginning.startswith(PACKED):
        return packed(beginning, stated)
    if beginning[4:8] == b"ftyp":  # one form for both: whether there are pictures stands far inside
        return "audio/mp4" if stated == "audio/mp4" or beginning[8:11] == b"M4A" else "video/mp4"
    if beginning.startswith(b"RIFF"):
        return {b"WAVE": "audio/wav", b"WEBP": "image/webp"}.get(beginning[8:12])
    return None


def packed(beginning: bytes, stated: str | None) -> str | None:
    for kind, name in INSIDE.items():
        if name in beginning:
            return kind
    office = [kind for kind in INSIDE if kind.startswith(OFFICE)]
    return stated if stated in office and PACKED_ALIKE in beginning else None
