"""Whom it is told to that many apply against one employer: the centre, and human resources."""

from typing import Final

from chassis.agencies import Agencies
from chassis.unit_of_work import UnitOfWork
from schemas.cases import EmployerAlerted
from schemas.codes import AgencyKind
from schemas.facts import AlertFigures
from schemas.ids import AgencyId, Division
from schemas.partner import AlertTold
from services.notify.domain.desks import nearest
from services.notify.partners import ALERT, FIGURES, TOLD_KINDS, Partners
from services.notify.telling import announce_to_agency, tell_staff

CENTRE: Final = frozenset({AgencyKind("legal-aid-centre")})


def list_alert(event: EmployerAlerted, uow: UnitOfWork) -> None:
    """Those of the place of work find it on their lists, and human resources hear it where they have a topic.

    The centre sees which case it is. The others act on an employer who pays nobody, and not on this case
    (Wages Regulation Art. 10, 38): what they find and hear are figures, without a name and without a case,
    and nothing of what follows in this one.
    """
    seats = uow.use(Agencies).seats
    place = place_of(event, uow)
    centres = nearest(seats, CENTRE, place) or (event.agency,)
    watching = nearest(seats, TOLD_KINDS, place)
    for agency in centres:
        tell_staff(ALERT, event, uow, agency)
    figures = figures_of(event)
    for agency in watching:
        tell_staff(FIGURES, event, uow, agency, alert=figures)
        if uow.use(Partners).has(agency, uow.province):
            announce_to_agency(ALERT, event, told(event, agency), uow, agency, figures)


def figures_of(event: EmployerAlerted) -> AlertFigures:
    """The alert, without the case that reached the figure."""
    return AlertFigures(
        taken_in_by=event.agency,
        about=event.about,
        employer=event.employer,
        work=event.work,
        since=event.since,
        until=event.at,
        cases=event.cases,
        workers=event.workers,
        threshold=event.threshold,
    )


def told(event: EmployerAlerted, to: AgencyId) -> AlertTold:
    """The same, as a partner reads it on its topic."""
    return AlertTold(
        at=event.at,
        to=to,
        agency=event.agency,
        about=event.about,
        employer=event.employer,
        work=event.work,
        since=event.since,
        cases=event.cases,
        workers=event.workers,
        threshold=event.threshold,
    )


def place_of(event: EmployerAlerted, uow: UnitOfWork) -> Division:
    """Where they worked; if that is in another province, where they applied."""
    seat = uow.use(Agencies).seats.get(event.agency)
    if event.work.startswith(uow.province):
        return event.work
    return seat.division if seat else Division(uow.province + "0000")
