"""A matter, and with `expand` all that a page about it shows beside it: one question instead of four."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from chassis.auth import Caller, NotPermitted
from chassis.http import Uow, Who, case_router
from chassis.unit_of_work import UnitOfWork
from schemas.ids import CaseId
from services.mediation.api import PERMISSIONS as OF_PARTS
from services.mediation.api import STAFF, Claims, claims_of
from services.mediation.clocks_api import ClockView, clocks_of
from services.mediation.domain.matter import Matter
from services.mediation.repository import papers_of

router = case_router()

PERMISSIONS = {"read_matter": STAFF}


class Part(StrEnum):
    """What can be shown with a matter."""

    CLAIMS = "claims"
    CLOCKS = "clocks"
    PAPERS = "papers"


class Parts(BaseModel):
    """What was asked for with a matter; null: it was not asked for."""

    claims: Claims | None = None
    """Every member's money, as `/claims` answers."""
    clocks: Sequence[ClockView] | None = None
    """As `/clocks` answers."""
    papers: Sequence[str] | None = None
    """As `/papers` answers; for those who may list them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpandedMatter(Matter):
    """A matter with what was asked for beside it."""

    expanded: Parts


@router.get("/cases/{case_id}/matter")
async def read_matter(
    case_id: CaseId, uow: Uow, who: Who, expand: Annotated[list[Part] | None, Query()] = None
) -> Matter | ExpandedMatter:
    """The owner's work on a case; `expand` says what to show with it, and may be repeated."""
    matter = uow.get(Matter, case_id)
    if not expand:
        return matter
    of_matter = {field.name: getattr(matter, field.name) for field in fields(matter)}
    return ExpandedMatter(**of_matter, expanded=parts_of(matter, frozenset(expand), who, uow))


def parts_of(matter: Matter, wanted: frozenset[Part], who: Caller, uow: UnitOfWork) -> Parts:
    """Raises NotPermitted for what the caller could not read by itself."""
    lists_papers = OF_PARTS["list_papers"]
    if Part.PAPERS in wanted and not who.roles & lists_papers:
        raise NotPermitted(", ".join(sorted(who.roles)), ", ".join(sorted(lists_papers)))
    return Parts(
        claims=claims_of(matter.case_id, uow) if Part.CLAIMS in wanted else None,
        clocks=clocks_of(matter, uow) if Part.CLOCKS in wanted else None,
        papers=papers_of(uow) if Part.PAPERS in wanted else None,
    )
