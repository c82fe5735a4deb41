"""Numbers that other authorities gave a case: nothing that names a person passes for one."""

import re

from schemas.ids import ExternalRef
from services.intake.domain.person import NotAnIdNumber, read_resident_id

MOBILE = re.compile(r"(\+?86)?1[3-9][0-9]{9}", re.ASCII)


def written_number(number: ExternalRef) -> ExternalRef:
    """The number as its issuer writes it. Raises ValueError, without repeating what was entered."""
    plain = re.sub(r"[\s-]", "", number)
    if MOBILE.fullmatch(plain):
        raise ValueError("found a phone number, expected the number of a case")
    try:
        read_resident_id(plain)
    except NotAnIdNumber:
        return number
    raise ValueError("found an ID number, expected the number of a case")
