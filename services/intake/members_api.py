"""A group that changes: who joins one by one or by a list, who leaves, and who speaks for it."""

from collections.abc import Sequence
from typing import Annotated, Self

from fastapi import APIRouter, Query, Request, Response
from pydantic import Base64Bytes, BaseModel, Field, model_validator

from chassis.http import MyTurn, SentFile, Uow, Who, case_router, runtime_of
from chassis.unit_of_work import UnitOfWork
from law.deadlines import day_of
from schemas.codes import LEAVINGS, LeavingCode
from schemas.entered import entered
from schemas.ids import CaseId, Count, Epoch, Fen, MemberId
from services.intake.api import CLERKS, STAFF
from services.intake.applications import ApplicationBody
from services.intake.domain import grouping
from services.intake.domain.case import Case
from services.intake.domain.errors import MemberAlready
from services.intake.domain.member import Member
from services.intake.domain.representing import Speaking, speaking
from services.intake.lists.reading import Mistakes, read_list
from services.intake.persons import Body, MemberBody
from services.intake.submission_api import Receipt, check_capacity, submit
from services.intake.taking_in import join, pseudonym_of

router: APIRouter = case_router()

PERMISSIONS = {
    "apply_with_list": CLERKS,
    "check_list": CLERKS,
    "join_members": CLERKS | {"director"},
    "join_list": CLERKS | {"director"},
    "let_member_leave": CLERKS | {"director"},
    "set_representatives": CLERKS | {"director"},
    "read_representatives": STAFF,
}


class ListedApplicationBody(ApplicationBody):
    """An application whose members stand in a list; `representatives` counts its rows from 0."""

    members: Annotated[tuple[MemberBody, ...], Field(max_length=0)] = ()
    member_list: Base64Bytes
    """The file, in base64: CSV, or an .xlsx workbook."""


class JoiningBody(Body):
    """Who joins a case that runs."""

    epoch: Epoch
    members: Annotated[tuple[MemberBody, ...], Field(min_length=1, max_length=1000)]

    @model_validator(mode="after")
    def check_once(self) -> Self:
        """Nobody joins twice."""
        if len({member.identity for member in self.members}) != len(self.members):
            raise ValueError("the same person is named twice")
        return self


SAID = {code: called for code, called in LEAVINGS.items() if code != grouping.ELSEWHERE}
"""What people may say; that a member left elsewhere is seen when the case comes back without him."""


class LeavingBody(Body):
    """Why a member leaves."""

    epoch: Epoch
    because: Annotated[LeavingCode, entered(SAID)]


class RepresentativesBody(Body):
    """Who speaks for the group from now on; nobody: each for himself."""

    epoch: Epoch
    members: Annotated[tuple[MemberId, ...], Field(max_length=64)]


class Checked(BaseModel):
    """What a list holds, without anybody's data."""

    members: Count
    claim_fen: Fen


class Joined(BaseModel):
    """Who joined, and what the case has now."""

    joined: Sequence[MemberId]
    members: Count
    claim_fen: Fen


class Representatives(BaseModel):
    """Who speaks for a group, and whether that is enough where it may have to go."""

    members: Sequence[MemberId]
    forums: Sequence[Speaking]


@router.post("/applications/with-list", status_code=201)
async def apply_with_list(
    body: ListedApplicationBody, who: Who, uow: Uow, turn: MyTurn, response: Response
) -> Receipt:
    """Take in an application whose members stand in a list: all of them, or if a row is wrong nobody."""
    listed = read_list(body.member_list, day_of(uow.now))
    members = tuple(member for _, member in listed)
    return await submit(body.model_copy(update={"members": members}), who, uow, turn, response)


@router.post("/member-lists/check")
async def check_list(raw: SentFile, request: Request) -> Checked:
    """Say what is wrong with a list before anybody applies with it. Nothing of it is kept."""
    members = [member for _, member in read_list(raw, day_of(runtime_of(request).clock.now()))]
    return Checked(members=len(members), claim_fen=sum(member.claim_fen for member in members))


@router.post("/cases/{case_id}/members", status_code=201)
async def join_members(case_id: CaseId, body: JoiningBody, who: Who, uow: Uow) -> Joined:
    """Let more workers join a case that runs."""
    case = uow.expect(Case, case_id)
    grouping.check_joining(case, by=who.agency, epoch=body.epoch)
    check_capacity(body.members, day_of(uow.now))
    known = known_workers(uow)
    for member in body.members:
        if (id := known.get(pseudonym_of(member, uow))) is not None:
            raise MemberAlready(number=case.facts.number, member=id)
    return join_all(case, body.members, uow)


@router.post("/cases/{case_id}/members/list", status_code=201)
async def join_list(
    case_id: CaseId, raw: SentFile, epoch: Annotated[Epoch, Query()], who: Who, uow: Uow
) -> Joined:
    """Let everybody on a list join a case that runs: all of them, or if a row is wrong nobody.

    The body is the file itself: CSV in UTF-8 or GB 18030, or an .xlsx workbook.
    """
    case = uow.expect(Case, case_id)
    grouping.check_joining(case, by=who.agency, epoch=epoch)
    mistakes = Mistakes()
    listed = read_list(raw, day_of(uow.now), mistakes)
    known = known_workers(uow)
    for line, member in listed:
        if pseudonym_of(member, uow) in known:
            expected = "somebody who is not a member of the case yet"
            mistakes.note(line, "id_number", member.id_number or member.name, expected)
    mistakes.check()
    return join_all(case, [member for _, member in listed], uow)


@router.post("/cases/{case_id}/members/{member_id}/departure", status_code=201)
async def let_member_leave(
    case_id: CaseId, member_id: MemberId, body: LeavingBody, who: Who, uow: Uow
) -> Case:
    """A member leaves; the others go on."""
    case, member = uow.expect(Case, case_id), uow.get(Member, member_id)
    left, of_case = grouping.leave(
        case, member, uow.all(Member), body.because, by=who.agency, epoch=body.epoch, at=uow.now
    )
    uow.emit(member, [left])
    return uow.emit(case, of_case)


@router.post("/cases/{case_id}/representatives", status_code=201)
async def set_representatives(
    case_id: CaseId, body: RepresentativesBody, who: Who, uow: Uow
) -> Representatives:
    """Record whom the members chose to speak for them; it replaces whom they chose before."""
    case = uow.expect(Case, case_id)
    chosen = grouping.represent(
        case, body.members, uow.all(Member), by=who.agency, epoch=body.epoch, at=uow.now
    )
    return representatives_of(uow.emit(case, chosen, legal_basis="LDMAL-7"))


@router.get("/cases/{case_id}/representatives")
async def read_representatives(case_id: CaseId, uow: Uow) -> Representatives:
    """Who speaks for the group, and whether they are as many as arbitration and court want."""
    return representatives_of(uow.get(Case, case_id))


def representatives_of(case: Case) -> Representatives:
    return Representatives(
        members=case.representatives, forums=speaking(len(case.representatives), case.facts.members)
    )


def known_workers(uow: UnitOfWork) -> dict[str, MemberId]:
    """Who is part of the case now, by pseudonym."""
    return {member.worker: member.member_id for member in grouping.present(uow.all(Member))}


def join_all(case: Case, members: Sequence[MemberBody], uow: UnitOfWork) -> Joined:
    """How many there are is said before who they are: a transfer that waits for members must not go early."""
    said = grouping.join_more(case, [member.claim_fen for member in members], at=uow.now)
    now = uow.emit(case, said).facts
    joined = [join(member, pseudonym_of(member, uow), uow) for member in members]
    return Joined(joined=joined, members=now.members, claim_fen=now.claim_fen)
