"""What a file lacks: telling the applicants, once, and recording what they supply."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import BaseModel, Field, model_validator

from chassis.http import Uow, Who, case_router
from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.limits import law_for
from law.shown import RuleView, rule_view
from schemas.codes import MISSING, LegalBasis, MissingCode
from schemas.entered import entered
from schemas.facts import TimeLimit
from schemas.fields import Sealed
from schemas.ids import CaseId, Epoch
from services.intake.api import CLERKS, STAFF
from services.intake.domain import supplementing
from services.intake.domain.case import Case
from services.intake.domain.errors import NothingAskedHere
from services.intake.domain.supplement import Supplement
from services.intake.persons import Body
from services.intake.repository import REPLY_NOTE, REQUEST_NOTE

log = logging.getLogger(__name__)
router: APIRouter = case_router()

PERMISSIONS = {
    "request_information": CLERKS | {"director"},
    "record_supply": CLERKS | {"director"},
    "read_supplement": STAFF,
    "open_supplement_note": CLERKS | {"lawyer", "mediator", "director"},
}

Missing = Annotated[MissingCode, entered(MISSING)]
Note = Annotated[str, Field(min_length=1, max_length=4000)]


class RequestBody(Body):
    """All that is missing: there is no second request."""

    epoch: Epoch
    missing: Annotated[tuple[Missing, ...], Field(min_length=1, max_length=len(MISSING))]
    note: Note | None = None
    """What exactly is meant; sealed."""

    @model_validator(mode="after")
    def check_once(self) -> Self:
        """A thing is missing once."""
        if len(set(self.missing)) != len(self.missing):
            raise ValueError("the same thing is named twice")
        return self


class SupplyBody(Body):
    """What came of it, or what the applicants explain."""

    epoch: Epoch
    supplied: Annotated[tuple[Missing, ...], Field(max_length=len(MISSING))] = ()
    note: Note | None = None
    """What the applicants explained; sealed."""

    @model_validator(mode="after")
    def check_something(self) -> Self:
        """A reply says something."""
        if not self.supplied and not self.note:
            raise ValueError("nothing is supplied and nothing explained")
        return self


class MissingView(BaseModel):
    """One thing that was missing."""

    code: MissingCode
    zh: str
    en: str
    outstanding: bool


class SupplementView(BaseModel):
    """What the applicants were told, and what of it came."""

    requested_at: datetime
    limit: TimeLimit
    rule: RuleView | None
    """The rule that sets it, and whether that is to be confirmed; null for one that is not known here."""
    replied_at: datetime | None
    missing: Sequence[MissingView]


class NoteView(BaseModel):
    """What was written beside the codes."""

    request: str | None
    reply: str | None


@router.post("/cases/{case_id}/supplement", status_code=201)
async def request_information(case_id: CaseId, body: RequestBody, who: Who, uow: Uow) -> Case:
    """Tell the applicants of all that is missing, and start the time that they have."""
    case = uow.expect(Case, case_id)
    law = law_for(case.facts, uow.province, uow.use(Law))
    note = keep_note(REQUEST_NOTE, body.note, uow)
    said = supplementing.request(case, body.missing, note, law, by=who.agency, epoch=body.epoch, at=uow.now)
    return uow.emit(case, said, legal_basis="LAL-43")


@router.post("/cases/{case_id}/supplement/replies", status_code=201)
async def record_supply(case_id: CaseId, body: SupplyBody, who: Who, uow: Uow) -> Case:
    """Record what the applicants supplied. The first reply stops the time."""
    case = uow.expect(Case, case_id)
    note = keep_note(REPLY_NOTE, body.note, uow)
    said = supplementing.supply(case, body.supplied, note, by=who.agency, epoch=body.epoch, at=uow.now)
    return uow.emit(case, said, legal_basis="LAL-43")


@router.get("/cases/{case_id}/supplement")
async def read_supplement(case_id: CaseId, uow: Uow) -> SupplementView:
    """What the applicants were told is missing, in words."""
    case = uow.get(Case, case_id)
    if (found := case.supplement) is None:
        raise NothingAskedHere(number=case.facts.number, case_id=case_id)
    return supplement_view(found, uow.use(Law))


@router.get("/cases/{case_id}/supplement/note")
async def open_supplement_note(case_id: CaseId, legal_basis: LegalBasis, who: Who, uow: Uow) -> NoteView:
    """What was written beside the codes. Who looked, and on which legal basis, is logged."""
    uow.get(Case, case_id)
    said = {"case_id": case_id, "legal_basis": legal_basis, "actor": who.sub, "agency": who.agency}
    log.info("supplement_note_opened", extra=said)
    return NoteView(request=note_of(REQUEST_NOTE, uow), reply=note_of(REPLY_NOTE, uow))


def supplement_view(supplement: Supplement, law: Law) -> SupplementView:
    return SupplementView(
        requested_at=supplement.requested_at,
        limit=supplement.limit,
        rule=rule_view(supplement.limit.rule, law),
        replied_at=supplement.replied_at,
        missing=[missing_view(code, supplement) for code in supplement.missing],
    )


def missing_view(code: MissingCode, supplement: Supplement) -> MissingView:
    called = MISSING.get(code)
    return MissingView(
        code=code,
        zh=called.zh if called else code,
        en=called.en if called else code,
        outstanding=code in supplement.outstanding,
    )


def keep_note(name: str, text: str | None, uow: UnitOfWork) -> Sealed | None:
    if text is None:
        return None
    note = uow.vault.seal({"text": text})
    uow.vault.keep(name, note)
    return note


def note_of(name: str, uow: UnitOfWork) -> str | None:
    sealed = uow.vault.get(name)
    return str(uow.vault.unseal(sealed)["text"]) if sealed else None
