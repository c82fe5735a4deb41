"""A person as his papers say: the form of what is sealed, and whether an ID number can be right."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from schemas.ids import Wording

RESIDENT_ID: Final = "resident-id"
NO_PAPER: Final = "none"

ID_KINDS: Final[Mapping[str, Wording]] = MappingProxyType(
    {
        RESIDENT_ID: Wording("居民身份证", "resident identity card"),
        "hk-mo-tw-residence-permit": Wording("港澳台居民居住证", "residence permit of HK, Macao and Taiwan"),
        "hk-mo-permit": Wording("港澳居民来往内地通行证", "mainland travel permit of HK and Macao"),
        "tw-permit": Wording("台湾居民来往大陆通行证", "mainland travel permit of Taiwan"),
        "foreign-residence-id": Wording("外国人永久居留身份证", "foreign permanent resident card"),
        "passport": Wording("护照", "passport"),
        "temporary-id": Wording("临时居民身份证", "temporary identity card"),
        "foreign-work-permit": Wording("外国人工作许可证", "work permit of a foreigner"),
        "seafarer-passport": Wording("海员证", "seafarer's passport"),
        "household-register": Wording("户口簿", "household register"),
        "birth-certificate": Wording("出生医学证明", "birth certificate"),
        NO_PAPER: Wording("无证件", "no paper at all"),
        "other": Wording("其他证件", "another paper"),
    }
)
"""Papers that a person is known by."""

NUMBERED_ALIKE: Final = MappingProxyType(
    {
        RESIDENT_ID: "",
        "temporary-id": "",
        "hk-mo-tw-residence-permit": "8[123]0000",
        "foreign-residence-id": "9",
    }
)
"""Papers whose numbers of 18 digits are built by GB 11643, and how they begin."""

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"


class NotAnIdNumber(ValueError):
    """The text is no citizen identity number. The message does not repeat it."""


def written_plainly(number: str) -> str:
    """Without spaces and dashes, in half-width capitals: one person has one pseudonym."""
    return re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", number)).upper()


def read_resident_id(number: str) -> str:
    """Check a citizen identity number by GB 11643: form, date of birth, check digit.

    The place never rejects: divisions were dissolved and renumbered, and people kept their numbers.

    Raises:
        NotAnIdNumber: if it cannot be right.
    """
    plain = written_plainly(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", plain, re.ASCII):
        raise NotAnIdNumber("expected 17 digits and a check digit or X")
    try:
        date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))
    except ValueError:
        raise NotAnIdNumber("the date of birth is no day") from None
    if _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, plain, strict=False)) % 11] != plain[-1]:
        raise NotAnIdNumber("the check digit of the ID number disagrees: a digit is wrong")
    return plain


def read_number(kind: str, number: str) -> str:
    """Check a number as far as its kind of paper allows. Raises NotAnIdNumber."""
    plain = written_plainly(number)
    if not re.fullmatch(r"[0-9A-Z()/.]{4,32}", plain, re.ASCII):
        raise NotAnIdNumber("expected 4 to 32 letters and digits")
    begins = NUMBERED_ALIKE.get(kind)
    # Residence cards of foreigners had 15 letters and digits until 2023; they are valid until they expire.
    if begins is None or (kind == "foreign-residence-id" and re.fullmatch(r"[A-Z]{3}[0-9]{12}", plain)):
        return plain
    if not re.match(begins, plain):
        raise NotAnIdNumber("the number does not begin as those of such papers do")
    return read_resident_id(plain)


def born_on(kind: str, number: str | None) -> date | None:
    """The date of birth that an 18-digit number states; None where the paper's number states none."""
    plain = written_plainly(number or "")
    if kind not in NUMBERED_ALIKE or not re.fullmatch(r"[0-9]{17}[0-9X]", plain, re.ASCII):
        return None
    return date(int(plain[6:10]), int(plain[10:12]), int(plain[12:14]))


def sex_of(kind: str, number: str | None) -> str | None:
    """What an 18-digit number states by its last digit but one; None where the paper's number states none."""
    if born_on(kind, number) is None:
        return None
    return "男" if int(written_plainly(number or "")[16]) % 2 else "女"


def identity_of(person: Any, otherwise: str) -> str:
    """What a pseudonym is made of: the number, and the kind of paper unless it is the identity card.

    Total, since it also reads what another province's release sealed: `otherwise` stands for a person
    without a number.
    """
    number = person.get("id_number") if isinstance(person, dict) else None
    if not isinstance(number, str) or not number:
        return f"unknown:{otherwise}"
    kind = person.get("id_kind") or RESIDENT_ID
    return written_plainly(number) if kind == RESIDENT_ID else f"{kind}:{written_plainly(number)}"
