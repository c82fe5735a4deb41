"""Employer and project: by what two applications against the same one are known."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from schemas.codes import AlertSubject
from schemas.ids import EmployerCode

EMPLOYER: Final = AlertSubject("employer")
PROJECT: Final = AlertSubject("project")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opponent:
    """An employer by his code; one without a code, or a project, by a name that may be a person's."""

    about: AlertSubject = EMPLOYER
    code: EmployerCode | None
    name: str
    """Never in the clear anywhere."""

    @property
    def is_known(self) -> bool:
        """Whether two that are the same here are the same outside as well."""
        return self.code is not None or not self.name.endswith(":")


def employer_of(code: EmployerCode | None, contact: Any) -> Opponent:
    """The employer of an application. Total: the contact may have been sealed by another release.

    An employer of whom nothing is known is the same as another of whom nothing is known.
    """
    return Opponent(code=code, name=f"employer:{plain(contact, 'employer_name')}")


def opponents_of(code: EmployerCode | None, contact: Any) -> Iterator[Opponent]:
    """The employer, and the project if one is named: its subcontractors are employers of their own."""
    yield employer_of(code, contact)
    if name := plain(contact, "project"):
        yield Opponent(about=PROJECT, code=None, name=f"project:{name}")


def plain(contact: Any, field: str) -> str:
    """What people write in one way and another, as one."""
    said = contact.get(field) if isinstance(contact, dict) else None
    return "".join(unicodedata.normalize("NFKC", said).split()) if isinstance(said, str) else ""
