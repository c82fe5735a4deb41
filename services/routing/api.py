"""What people ask of routing over HTTP: who has a case. What each of them does stands in `*_api.py`."""

from typing import Annotated

from fastapi import Query
from pydantic import BaseModel, ConfigDict

from chassis.http import Uow, case_router
from schemas.ids import CaseId
from services.routing.domain.custody import Custody
from services.routing.domain.following import Following

router = case_router()

STAFF = frozenset(
    {
        "intake_clerk",
        "hotline_clerk",
        "receiver",
        "sender",
        "caseworker",
        "lawyer",
        "mediator",
        "coordinator",
        "director",
        "operator",
    }
)

PERMISSIONS = {"see_custody": STAFF, "see_following": STAFF}

Limit = Annotated[int, Query(ge=1, le=200)]
After = Annotated[str, Query(max_length=64)]


class Body(BaseModel):
    """What a request says; a misspelt field is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)


@router.get("/cases/{case_id}/custody")
async def see_custody(case_id: CaseId, uow: Uow) -> Custody:
    """Who has the case, every transfer of it, and what the common superior was asked."""
    return uow.get(Custody, case_id)


@router.get("/cases/{case_id}/following")
async def see_following(case_id: CaseId, uow: Uow) -> Following:
    """How a case goes that another jurisdiction has, as its owner tells."""
    return uow.get(Following, case_id)
