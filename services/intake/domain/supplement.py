"""Supplement: what the applicants were told, once, that their file lacks, and what of it came."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from schemas.cases import ApplicationInfoRequested, ApplicationSupplied
from schemas.codes import MissingCode
from schemas.facts import TimeLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """One request, which is the only one. A first reply stops its clock."""

    requested_at: datetime
    missing: tuple[MissingCode, ...]
    outstanding: tuple[MissingCode, ...]
    limit: TimeLimit
    replied_at: datetime | None = None

    @classmethod
    def requested(cls, event: ApplicationInfoRequested) -> Self:
        return cls(requested_at=event.at, missing=event.missing, outstanding=event.missing, limit=event.limit)

    def after(self, event: ApplicationSupplied) -> Self:
        replied_at = self.replied_at or event.at
        return replace(self, outstanding=event.outstanding, replied_at=replied_at)
