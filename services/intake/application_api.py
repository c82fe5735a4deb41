"""An application, and with `expand` what a page about it shows beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Annotated

from fastapi import Query
from pydantic import BaseModel

from chassis.http import Uow, case_router
from law.book import Law
from schemas.ids import CaseId
from services.intake.api import STAFF
from services.intake.domain.case import Case
from services.intake.domain.member import Member
from services.intake.supplement_api import SupplementView, supplement_view

router = case_router()

PERMISSIONS = {"read_application": STAFF}


class Part(StrEnum):
    """What can be shown with an application."""

    MEMBERS = "members"
    SUPPLEMENT = "supplement"


class Parts(BaseModel):
    """What was asked for with an application; null: it was not asked for, or is not there."""

    members: Sequence[Member] | None = None
    """As `/members` answers."""
    supplement: SupplementView | None = None
    """As `/supplement` answers; null where nobody was told that anything is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpandedCase(Case):
    """An application with what was asked for beside it."""

    expanded: Parts


@router.get("/cases/{case_id}")
async def read_application(
    case_id: CaseId, uow: Uow, expand: Annotated[list[Part] | None, Query()] = None
) -> Case | ExpandedCase:
    """The application, without personal data; `expand` says what to show with it, and may be repeated."""
    case = uow.get(Case, case_id)
    if not expand:
        return case
    supplement = case.supplement if Part.SUPPLEMENT in expand else None
    parts = Parts(
        members=uow.all(Member) if Part.MEMBERS in expand else None,
        supplement=supplement_view(supplement, uow.use(Law)) if supplement else None,
    )
    return ExpandedCase(**{field.name: getattr(case, field.name) for field in fields(case)}, expanded=parts)
