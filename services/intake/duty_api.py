"""Duty: the roster of an agency's lawyers, who is there now, and handing a consultation to him."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Self

from fastapi import APIRouter, Query, Request
from pydantic import AfterValidator, AwareDatetime, BaseModel, Field, model_validator

from chassis.auth import Caller
from chassis.http import Database, MyTurn, SentFile, Uow, Who, case_router, runtime_of
from chassis.rounds import Turn
from chassis.unit_of_work import UnitOfWork
from schemas.codes import HANDINGS, LANGUAGES, HandingCode, Language
from schemas.entered import entered
from schemas.facts import OnDuty
from schemas.ids import AgencyId, CaseId, Count, Pseudonym, SiteId
from services.intake import rosters
from services.intake.api import CLERKS, STAFF
from services.intake.domain.consultation import Consultation
from services.intake.domain.duty import MANDARIN, Asking, Shift, named, on_duty
from services.intake.domain.errors import NobodyTakesItIn, ShiftRefused
from services.intake.lists.rosters import hours_of, read_roster
from services.intake.persons import Body
from services.intake.rosters import Advised

router: APIRouter = case_router()

PERMISSIONS = {
    "see_duty": STAFF,
    "read_roster_of": STAFF,
    "set_roster": frozenset({"caseworker", "director"}),
    "set_roster_list": frozenset({"caseworker", "director"}),
    "hand_consultation": CLERKS | {"lawyer", "director"},
    "list_advised": STAFF,
}

CALLS = "hotline-12348"
"""Advice that is asked for this way is handed to whoever is on duty."""

LONGEST_DAYS = 31
ON_DUTY, BY_NAME = HandingCode("on-duty"), HandingCode("by-name")


def phone_hours(text: str) -> str:
    """Raises ValueError for what is no hours of a day."""
    hours_of(text)
    return text


class ShiftBody(Body):
    """A lawyer's time on duty."""

    lawyer: Pseudonym
    """The id under which he signs in; no name."""
    begins: AwareDatetime
    ends: AwareDatetime
    site: SiteId | None = None
    """Where; if left out, for all of the agency."""
    languages: Annotated[tuple[Annotated[Language, entered(LANGUAGES)], ...], Field(max_length=16)] = ()
    """What he speaks beside Mandarin."""
    phone_window: Annotated[str, Field(max_length=100), AfterValidator(phone_hours)] = ""
    """When he answers the phone, of every day in China: `09:00-12:00,14:00-17:30`; empty: all the time."""
    withdrawn: bool = False
    """Takes back what was said of this lawyer and beginning."""

    def shift(self, agency: AgencyId) -> Shift:
        said = self.model_dump(exclude={"phone_window", "withdrawn"})
        return Shift(**said, agency=agency, phone=hours_of(self.phone_window))


class RosterBody(Body):
    """Times on duty; the others of the agency stay as they are."""

    shifts: Annotated[tuple[ShiftBody, ...], Field(min_length=1, max_length=1000)]


class HandingBody(Body):
    """To whom a consultation is handed: to whom the roster says, or to somebody who is named."""

    because: Annotated[HandingCode, entered(HANDINGS)] = ON_DUTY
    lawyer: Pseudonym | None = None
    """Who is named."""
    language: Annotated[Language, entered(LANGUAGES)] | None = None
    """The language that they speak best; if left out, as before."""

    @model_validator(mode="after")
    def check_named(self) -> Self:
        if (self.because == BY_NAME) != (self.lawyer is not None):
            raise ValueError("`lawyer` goes with `by-name`, and with nothing else")
        return self


class RosterSet(BaseModel):
    """How many times on duty were written down."""

    shifts: Count


class DutyView(BaseModel):
    """Who would be handed a consultation, in this order, and why."""

    agency: AgencyId
    at: datetime
    on_duty: Sequence[OnDuty]
    """Who answers now."""
    later: Sequence[OnDuty]
    """Who is next, within a week; the first of them calls back where nobody answers now."""


@router.get("/duty")
async def see_duty(
    who: Who,
    database: Database,
    request: Request,
    site: SiteId | None = None,
    at: AwareDatetime | None = None,
    agency: AgencyId | None = None,
    language: Annotated[Language, entered(LANGUAGES)] = MANDARIN,
) -> DutyView:
    """Who is on duty at a site, now or at another moment: of the caller's agency, or of one that is named."""
    moment = at or runtime_of(request).clock.now()
    whose = agency or agency_of(who)
    shifts = await rosters.shifts_between(database, rosters.coming(who.province, whose, moment))
    found = on_duty(shifts, Asking(site=site, language=language, at=moment))
    now = [each for each in found if each.answers_at <= moment]
    return DutyView(agency=whose, at=moment, on_duty=now, later=found[len(now) :])


@router.get("/duty/shifts")
async def read_roster_of(
    who: Who,
    database: Database,
    first: Annotated[AwareDatetime, Query(alias="from")],
    last: Annotated[AwareDatetime, Query(alias="to")],
    agency: AgencyId | None = None,
) -> Sequence[Shift]:
    """The roster between two moments, a month at most."""
    until = min(last, first + timedelta(days=LONGEST_DAYS))
    wanted = rosters.Wanted(who.province, agency or agency_of(who), first, until)
    return await rosters.shifts_between(database, wanted)


@router.post("/duty/shifts", status_code=201)
async def set_roster(body: RosterBody, who: Who, uow: Uow) -> RosterSet:
    """Write times on duty down for the caller's agency."""
    agency = agency_of(who)
    return write_down([(each.shift(agency), each.withdrawn) for each in body.shifts], who, uow)


@router.post("/duty/shifts/list", status_code=201)
async def set_roster_list(raw: SentFile, who: Who, uow: Uow) -> RosterSet:
    """Write a list of times on duty down: all of it, or if a row is wrong nothing.

    The body is the file itself: CSV in UTF-8 or GB 18030, or an .xlsx workbook.
    """
    return write_down(read_roster(raw, agency_of(who)), who, uow)


@router.post("/cases/{case_id}/consultation/handing", status_code=201)
async def hand_consultation(
    case_id: CaseId, body: HandingBody, who: Who, uow: Uow, turn: MyTurn
) -> Consultation:
    """Hand it to whom the roster says and who was not asked before, or to somebody who is named."""
    consultation = uow.expect(Consultation, case_id)
    language = body.language or consultation.language
    asking = Asking(site=consultation.site, language=language, at=uow.now)
    shifts = await shifts_of(consultation, uow, turn)
    passed_over = () if body.lawyer else consultation.handed_to
    roster = on_duty(shifts, asking, passed_over=passed_over)
    to = named(body.lawyer, asking, roster) if body.lawyer else next(iter(roster), None)
    return uow.emit(
        consultation,
        consultation.hand(to, roster, body.because, language=language, by=who.agency, at=uow.now),
    )


@router.get("/duty/consultations")
async def list_advised(
    who: Who,
    database: Database,
    lawyer: Pseudonym | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Sequence[Advised]:
    """What the caller, or the lawyer who is named, was handed and has not closed."""
    return await rosters.advised_by(database, who.province, lawyer or who.sub, limit)


async def hand_call(
    consultation: Consultation, language: Language, uow: UnitOfWork, turn: Turn
) -> Consultation:
    """Hand a call to whoever is on duty, or is next. An agency without a roster advises as it did."""
    if consultation.channel != CALLS:
        return consultation
    shifts = await shifts_of(consultation, uow, turn)
    roster = on_duty(shifts, Asking(site=consultation.site, language=language, at=uow.now))
    if not roster:
        return consultation
    handed = consultation.hand(
        roster[0], roster, ON_DUTY, language=language, by=consultation.agency, at=uow.now
    )
    return uow.emit(consultation, handed)


async def shifts_of(consultation: Consultation, uow: UnitOfWork, turn: Turn) -> Sequence[Shift]:
    """The roster from which somebody is drawn, one at a time: the next sees whom the last was handed to."""
    await turn.guard({f"duty of {consultation.agency} in {uow.province}"})
    return await turn.ask(rosters.find_shifts, rosters.coming(uow.province, consultation.agency, uow.now))


def agency_of(who: Caller) -> AgencyId:
    """Raises NobodyTakesItIn."""
    if who.agency is None:
        raise NobodyTakesItIn
    return who.agency


def write_down(shifts: Sequence[tuple[Shift, bool]], who: Caller, uow: UnitOfWork) -> RosterSet:
    """Raises ShiftRefused for a time that is empty or too long."""
    for shift, withdrawn in shifts:
        if not timedelta(0) < shift.ends - shift.begins <= timedelta(days=LONGEST_DAYS):
            raise ShiftRefused(begins=shift.begins, ends=shift.ends, days=LONGEST_DAYS)
        rosters.set_shift(uow, shift, who.sub, withdrawn=withdrawn)
    return RosterSet(shifts=len(shifts))
