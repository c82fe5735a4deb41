"""Passes on a case that was not taken: by a refusal, by silence, by who has closed or is not competent."""

from collections.abc import Mapping
from datetime import datetime

from law.book import Law
from schemas.codes import LapseCause, RecallCode
from schemas.facts import Candidate
from schemas.ids import AgencyId, Province, TransferId
from schemas.matters import MatterNotCompetent
from schemas.transfers import CustodyEvent, OfferRejected, TransferLapsed, TransferRejected
from services.routing.domain.asking import follow, offered
from services.routing.domain.custody import Custody
from services.routing.domain.route import Route
from services.routing.domain.transfer import Transfer


def reject(
    custody: Custody,
    answer: OfferRejected,
    route: Route,
    next_id: TransferId,
    law: Law,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """Ask the next agency, or let the owner act; a refusal of an offer that is over changes nothing."""
    found = custody.open_transfer(answer.transfer_id)
    if found is None:
        return []
    said = rejected(found, answer, at=at)
    return [said, *follow(custody.after(said), route, next_id, law, here=here, at=at)]


def lapse(
    custody: Custody,
    id: TransferId,
    route: Route,
    next_id: TransferId,
    law: Law,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """A deadline of an offer has passed: ask the next agency, or let the owner act."""
    found = custody.open_transfer(id)
    if found is None:
        return []
    said = lapsed(found, at=at)
    return [said, *follow(custody.after(said), route, next_id, law, here=here, at=at)]


def decline(
    custody: Custody,
    declined: MatterNotCompetent,
    route: Route,
    next_id: TransferId,
    law: Law,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """The owner is not competent: take an open offer back, and follow a route that knows it.

    What the superior directed, or is still to decide, stands.
    """
    if not custody.has(declined.epoch) or custody.enclosing or custody.dispute:
        return []
    if any(each.open and each.directed for each in custody.transfers):
        return []
    because = RecallCode("not-competent")
    recalls = [each.recalled(because, at=at) for each in custody.transfers if each.open]
    for recalled in recalls:
        custody = custody.after(recalled)
    return [*recalls, *follow(custody, route, next_id, law, here=here, at=at)]


def successor(
    custody: Custody,
    closed: Mapping[AgencyId, Candidate | None],
    route: Route,
    next_id: TransferId,
    law: Law,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """An agency that is asked has closed: its successor is asked instead, else whoever is next.

    An acceptance that was decided before counts, as long as it comes first.

    Args:
        closed: those that have closed, with who goes on; None where nobody does.
    """
    found = next((each for each in custody.transfers if each.open and each.to in closed), None)
    if found is None:
        return []
    recalled = found.recalled(RecallCode("agency-closed"), at=at)
    asking = custody.after(recalled)
    to = closed[found.to]
    # A direction binds the agency that it names, and no other: the superior decides again.
    if to is None or found.directed or to.agency in custody.approached or to.agency == custody.owner:
        return [recalled, *follow(asking, route, next_id, law, here=here, at=at)]
    to = to.model_copy(update={"mode": found.mode or to.mode})
    law = law.in_region(to.province)
    return [recalled, offered(asking, to, route, next_id, law, here=here, at=at)]


def rejected(transfer: Transfer, answer: OfferRejected, *, at: datetime) -> TransferRejected:
    return TransferRejected(
        case_id=transfer.case_id,
        at=at,
        transfer_id=transfer.id,
        agency=answer.agency,
        code=answer.code,
        legal_basis=answer.legal_basis,
        proposed=answer.proposed,
        no_proposal=answer.no_proposal,
    )


def lapsed(transfer: Transfer, *, at: datetime) -> TransferLapsed:
    return TransferLapsed(
        case_id=transfer.case_id,
        at=at,
        to_province=transfer.to_province,
        transfer_id=transfer.id,
        to=transfer.to,
        because=LapseCause("not-answered" if transfer.answer_by else "not-delivered"),
        due_at=transfer.lapses_at,
    )
