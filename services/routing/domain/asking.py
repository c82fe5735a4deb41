"""Asks for somebody to take a case: whom the route names, or the common superior to decide."""

from datetime import date, datetime

from law.book import Law
from law.deadlines import day_of
from schemas.codes import EscalationCause
from schemas.facts import Candidate
from schemas.ids import AgencyId, Province, TransferId
from schemas.transfers import CustodyEvent, RouteDecided, TransferEscalated, TransferOffered
from services.routing.domain.acting import placed
from services.routing.domain.custody import REFUSALS, Custody
from services.routing.domain.dispute import COMMON_SUPERIOR_DECIDES
from services.routing.domain.route import ESCALATE, STAY, Question, Route
from services.routing.domain.times import TO_ANSWER, TO_DECIDE, TO_DELIVER, ladder


def question(
    custody: Custody, on: date, *, proposed: AgencyId | None = None, declined: bool = False
) -> Question:
    """What is asked of the directory about this case."""
    return Question(
        intake=custody.owner,
        home=custody.facts.home,
        work=custody.facts.work,
        case_type=custody.facts.case_type,
        on=on,
        urgent=custody.facts.urgent,
        asked=custody.approached,
        proposed=proposed,
        declined=declined,
    )


def follow(
    custody: Custody, route: Route, id: TransferId, law: Law, *, here: Province, at: datetime
) -> list[CustodyEvent]:
    """Do what the route says: ask its first candidate under the transfer `id`, or let the owner act."""
    decided = RouteDecided(
        case_id=custody.case_id,
        at=at,
        mode=route.mode,
        candidates=route.candidates,
        directory_version=route.directory_version,
        rules_version=route.rules_version,
        legal_basis=route.legal_basis,
        inputs=route.inputs,
    )
    chosen, superior = route.chosen, route.superior
    if route.mode == ESCALATE and superior:
        asked = escalated(custody, superior, id, law.in_region(superior.province), here=here, at=at)
        # After two refusals it is not the route that decides, and it would decide otherwise.
        return [asked] if custody.disputed() else [decided, asked]
    if chosen is None or chosen.mode == STAY:
        stays = chosen is not None and not custody.asked
        return [decided, placed(custody, "route-stays" if stays else "no-candidate-left", at=at)]
    return [decided, offered(custody, chosen, route, id, law.in_region(chosen.province), here=here, at=at)]


def offered(
    custody: Custody,
    to: Candidate,
    route: Route | None,
    id: TransferId,
    law: Law,
    *,
    direction: TransferId | None = None,
    here: Province,
    at: datetime,
) -> TransferOffered:
    """Ask the agency. `law` is that of its province; `route` is None where it was not decided here."""
    return TransferOffered(
        case_id=custody.case_id,
        at=at,
        to_province=to.province,
        sender=here,
        transfer_id=id,
        to=to.agency,
        site=to.site,
        offered_by=custody.owner,
        mode=to.mode,
        epoch=custody.epoch,
        facts=custody.facts,
        reasons=to.reasons_for,
        legal_basis=route.legal_basis if route else (COMMON_SUPERIOR_DECIDES,),
        answer_within=to.answer_within or law.period(TO_ANSWER, day_of(at)),
        deliver_by=law.due(TO_DELIVER, at),
        asked=custody.asked,
        direction=direction,
    )


def escalated(
    custody: Custody, superior: Candidate, id: TransferId, law: Law, *, here: Province, at: datetime
) -> TransferEscalated:
    """Ask the common superior. The owner stays liable."""
    failed = [each for each in custody.transfers if each.epoch == custody.epoch and each.failed]
    because = "refused-twice" if len(failed) >= REFUSALS else "nobody-left"
    if any(each.directed for each in failed):
        because = "direction-failed"
    rule, decide_by = law.rule(TO_DECIDE, day_of(at)), law.due(TO_DECIDE, at)
    return TransferEscalated(
        case_id=custody.case_id,
        at=at,
        to_province=superior.province,
        sender=here,
        transfer_id=id,
        superior=superior.agency,
        escalated_by=custody.owner,
        epoch=custody.epoch,
        because=EscalationCause(because),
        facts=custody.facts,
        asked=custody.asked,
        legal_basis=(COMMON_SUPERIOR_DECIDES,),
        decide_by=decide_by,
        decide_rule=rule.version,
        remind=ladder(rule, at, decide_by, law, after=at),
    )
