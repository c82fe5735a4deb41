"""Advice: opening and closing a consultation, turning it into an application, counting them."""

import logging
from datetime import date, timedelta
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, Field, model_validator

from chassis.errors import NotFound
from chassis.http import Database, MyTurn, Uow, Who, case_router
from schemas.cases import ConsultationOpened
from schemas.codes import (
    CHANNELS,
    CONSULTATION_OUTCOMES,
    CONSULTATION_TOPICS,
    LANGUAGES,
    Channel,
    ConsultationOutcome,
    ConsultationTopic,
    Language,
    LegalBasis,
)
from schemas.entered import entered
from schemas.ids import AgencyId, CaseId, SiteId
from services.intake.api import CLERKS, STAFF
from services.intake.applications import ApplicationBody, ContactBody, EmployerBody
from services.intake.domain.consultation import LONGEST_MINUTES, Consultation
from services.intake.domain.errors import NobodyTakesItIn
from services.intake.duty_api import hand_call
from services.intake.persons import Body
from services.intake.repository import ADVICE, CONSULTED
from services.intake.submission_api import Receipt, submit
from services.intake.volume import Volume, volume_of

log = logging.getLogger(__name__)
router: APIRouter = case_router()

ADVISERS = CLERKS | {"lawyer"}

PERMISSIONS = {
    "open_consultation": ADVISERS,
    "read_consultation": STAFF,
    "open_consulted": ADVISERS | {"director"},
    "close_consultation": ADVISERS,
    "apply_after_consultation": CLERKS,
    "count_consultations": STAFF,
}

LONGEST_DAYS = 366
NOT_BY_HAND = frozenset({"turned-into-application", "applied-already"})
"""These are said by the application that follows."""

Topics = Annotated[
    tuple[Annotated[ConsultationTopic, entered(CONSULTATION_TOPICS)], ...], Field(max_length=16)
]


class ConsultationBody(Body):
    """Who asks, and what about. Nobody must say who he is to be advised."""

    channel: Annotated[Channel, entered(CHANNELS)]
    site: SiteId | None = None
    topics: Topics = ()
    language: Annotated[Language, entered(LANGUAGES)] = Language("zh")
    contact: ContactBody | None = None
    employer: EmployerBody = EmployerBody()
    narrative: Annotated[str, Field(max_length=20_000)] = ""
    """What happened, in their words; sealed."""

    def contact_to_seal(self) -> dict[str, Any]:
        """As in an application."""
        said = {
            **(self.contact.model_dump() if self.contact else {}),
            "employer_name": self.employer.name,
            "employer_place": self.employer.place,
            "project": self.employer.project,
            "narrative": self.narrative or None,
        }
        return {name: value for name, value in said.items() if value is not None}


class ClosingBody(Body):
    """How it ended."""

    outcome: Annotated[ConsultationOutcome, entered(CONSULTATION_OUTCOMES)]
    topics: Topics = ()
    """What it was about; if left out, what was said when it was opened."""
    minutes: Annotated[int, Field(strict=True, ge=0, le=LONGEST_MINUTES)] | None = None
    """How long it took; if left out, as long as it was open."""
    referred_to: AgencyId | None = None
    note: Annotated[str, Field(min_length=1, max_length=4000)] | None = None
    """What was advised; sealed."""

    @model_validator(mode="after")
    def check_outcome(self) -> Self:
        """A referral says where to; what an application brings about is not said by hand."""
        if (self.outcome == "referred") != (self.referred_to is not None):
            raise ValueError("`referred_to` goes with `referred`, and with nothing else")
        if self.outcome in NOT_BY_HAND:
            raise ValueError("the application says that, not a person")
        return self


class ConsultedView(BaseModel):
    """What was told, and what was advised."""

    told: dict[str, Any] | None
    advice: str | None


@router.post("/consultations", status_code=201)
async def open_consultation(body: ConsultationBody, who: Who, uow: Uow, turn: MyTurn) -> Consultation:
    """Somebody asks for advice. It has an id, and no case number; a call is handed to whoever is on duty."""
    if who.agency is None:
        raise NobodyTakesItIn
    said = body.contact_to_seal()
    contact = uow.vault.seal(said) if said else None
    if contact:
        uow.vault.keep(CONSULTED, contact)
    opened = uow.begin(
        Consultation.opened,
        ConsultationOpened(
            case_id=uow.case_id,
            at=uow.now,
            agency=who.agency,
            site=body.site,
            channel=body.channel,
            topics=body.topics,
            language=body.language,
            contact=contact,
        ),
    )
    return await hand_call(opened, body.language, uow, turn)


@router.get("/cases/{case_id}/consultation")
async def read_consultation(case_id: CaseId, uow: Uow) -> Consultation:
    """What was asked and how it ended, without personal data."""
    return uow.get(Consultation, case_id)


@router.get("/cases/{case_id}/consultation/told")
async def open_consulted(case_id: CaseId, legal_basis: LegalBasis, who: Who, uow: Uow) -> ConsultedView:
    """Who asked and what was told. Who looked, and on which legal basis, is logged."""
    uow.get(Consultation, case_id)
    said = {"case_id": case_id, "legal_basis": legal_basis, "actor": who.sub, "agency": who.agency}
    log.info("consultation_opened_up", extra=said)
    told, advice = uow.vault.get(CONSULTED), uow.vault.get(ADVICE)
    if told is None and advice is None:
        raise NotFound(kind="Told", id=case_id)
    return ConsultedView(
        told=uow.vault.unseal(told) if told else None,
        advice=uow.vault.unseal(advice)["text"] if advice else None,
    )


@router.post("/cases/{case_id}/consultation/closing", status_code=201)
async def close_consultation(case_id: CaseId, body: ClosingBody, who: Who, uow: Uow) -> Consultation:
    """Say how it ended."""
    consultation = uow.expect(Consultation, case_id)
    note = uow.vault.seal({"text": body.note}) if body.note else None
    said = consultation.close(
        body.outcome,
        by=who.agency,
        at=uow.now,
        topics=body.topics,
        minutes=body.minutes,
        referred_to=body.referred_to,
        note=note,
    )
    if note:
        uow.vault.keep(ADVICE, note)
    return uow.emit(consultation, said)


@router.post("/cases/{case_id}/application", status_code=201)
async def apply_after_consultation(
    case_id: CaseId, body: ApplicationBody, who: Who, uow: Uow, turn: MyTurn, response: Response
) -> Receipt:
    """Take an application in from who was advised; what they told then is not asked again."""
    consultation = uow.get(Consultation, case_id)
    receipt = await submit(body, who, uow, turn, response, consulted_at=consultation.opened_at)
    outcome = "turned-into-application" if receipt.case_id == case_id else "applied-already"
    uow.emit(consultation, consultation.turn(outcome, at=uow.now))
    return receipt


@router.get("/consultations/volume")
async def count_consultations(
    who: Who,
    database: Database,
    first: Annotated[date, Query(alias="from")],
    last: Annotated[date, Query(alias="to")],
) -> Volume:
    """How much advice was asked for in the caller's province, both days included; of a year at most."""
    last = min(last, first + timedelta(days=LONGEST_DAYS - 1))
    return await volume_of(database, who.province, first, last)
