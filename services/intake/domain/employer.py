"""Employer: by what two applications against the same one are known."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from schemas.ids import EmployerCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Employer:
    """An employer by his code; one without a code by a name that may be a person's, so never in the clear."""

    code: EmployerCode | None
    name: str


def employer_of(code: EmployerCode | None, contact: Any) -> Employer:
    """The employer of an application. Total: the contact may have been sealed by another release.

    An employer of whom nothing is known is the same as another of whom nothing is known.
    """
    said = contact.get("employer_name") if isinstance(contact, dict) else None
    plain = "".join(unicodedata.normalize("NFKC", said).split()) if isinstance(said, str) else ""
    return Employer(code=code, name=f"employer:{plain}")
