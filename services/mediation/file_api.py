"""How a concluded case comes to rest: its file, claims that are given up, the archive."""

from typing import Annotated

from pydantic import Field

from chassis.http import Uow, Who, case_router
from law.book import Law
from law.limits import law_for
from schemas.codes import FILE_DEFECTS, FileDefect
from schemas.entered import entered
from schemas.ids import CaseId, MemberId
from services.mediation.api import HELPERS, OFFICE, Command, Prose, act, keep
from services.mediation.domain import archiving
from services.mediation.domain.acts import RECOVERING
from services.mediation.domain.claim import Claim
from services.mediation.domain.matter import Matter

router = case_router()

PERMISSIONS = {
    "submit_file": HELPERS,
    "return_file": OFFICE,
    "approve_file": OFFICE,
    "give_claim_up": OFFICE,
    "archive_matter": OFFICE,
}


class ReturnBody(Command):
    """What is wrong with the file."""

    defects: Annotated[
        tuple[Annotated[FileDefect, entered(FILE_DEFECTS)], ...], Field(min_length=1, max_length=64)
    ]
    remarks: Prose | None = None


@router.post("/cases/{case_id}/file", status_code=201)
async def submit_file(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Hand the file of a concluded case in."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    return uow.emit(matter, archiving.submit(matter, act(body, who, uow), law))


@router.post("/cases/{case_id}/file/return", status_code=201)
async def return_file(case_id: CaseId, body: ReturnBody, who: Who, uow: Uow) -> Matter:
    """Return the file, to be completed."""
    matter = uow.expect(Matter, case_id)
    law = law_for(matter.facts, uow.province, uow.use(Law))
    remarks = keep("file-remarks", body.remarks, uow)
    returned = archiving.give_back(matter, act(body, who, uow), body.defects, remarks, law)
    return uow.emit(matter, returned)


@router.post("/cases/{case_id}/file/approval", status_code=201)
async def approve_file(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Find the file complete and in order."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, archiving.approve(matter, act(body, who, uow)))


@router.post("/cases/{case_id}/claims/{member_id}/renunciation", status_code=201)
async def give_claim_up(case_id: CaseId, member_id: MemberId, body: Command, who: Who, uow: Uow) -> Claim:
    """Record that a member does not pursue the rest of his claim."""
    claim = uow.expect(Claim, member_id)
    uow.get(Matter, case_id).check_owner(act(body, who, uow), *RECOVERING)
    return uow.emit(claim, claim.give_up(at=uow.now))


@router.post("/cases/{case_id}/archive", status_code=201)
async def archive_matter(case_id: CaseId, body: Command, who: Who, uow: Uow) -> Matter:
    """Let the case rest: its file is approved, its recovery ended, the work evaluated."""
    matter = uow.expect(Matter, case_id)
    return uow.emit(matter, archiving.archive(matter, act(body, who, uow), uow.all(Claim)))
