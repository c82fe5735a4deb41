"""What people ask of notify: work lists, what a case's people were told, and another try."""

from typing import Annotated

from fastapi import Query, Request

from chassis.agencies import Agencies
from chassis.http import Database, Uow, Who, case_router, runtime_of
from schemas.codes import RecipientKind
from schemas.ids import AgencyId, CaseId, NoticeId
from services.notify import worklists
from services.notify.domain.notice import Notice, NoticeState
from services.notify.domain.sight import SENDERS, sight_of
from services.notify.telling import message_name
from services.notify.views import AlertView, view
from services.notify.worklists import Wanted

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
        "director",
        "operator",
    }
)

PERMISSIONS: dict[str, frozenset[str]] = {
    "list_notices": STAFF | {"coordinator"},  # objections wait for the decision of a bureau
    "list_notices_of_case": STAFF,
    "send_again": SENDERS,
}


@router.get("/notices")
async def list_notices(
    who: Who,
    database: Database,
    request: Request,
    status: NoticeState | None = None,
    recipient: RecipientKind | None = None,
    agency: AgencyId | None = None,
    after: NoticeId | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[Notice | AlertView]:
    """The work list of the caller's agency, newest first; by his role, more notices of his province."""
    sight = sight_of(who.roles, who.agency, runtime_of(request).engine.reference[Agencies].seats)
    wanted = Wanted(status=status, recipient=recipient, agency=agency, after=after)
    found = await worklists.list_notices(database, who.province, wanted, sight, limit=limit)
    return [view(notice, sight) for notice in found]


@router.get("/cases/{case_id}/notices")
async def list_notices_of_case(case_id: CaseId, uow: Uow) -> list[Notice]:
    """What the people of a case were told, oldest first."""
    return sorted(uow.all(Notice), key=lambda notice: notice.queued_at)


@router.post("/cases/{case_id}/notices/{notice_id}/attempts", status_code=201)
async def send_again(case_id: CaseId, notice_id: NoticeId, uow: Uow) -> Notice:
    """Try a notice again that was given up, once what was wrong is put right."""
    notice = uow.expect(Notice, notice_id)
    message = uow.vault.get(message_name(notice_id))
    return uow.emit(notice, notice.send_again(message, at=uow.now))
