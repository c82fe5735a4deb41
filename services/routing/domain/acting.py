"""The owner acts itself: it is placed, takes back what it asked, or has others help it."""

from datetime import datetime

from law.book import Law
from law.deadlines import day_of
from schemas.cases import ApplicationAdopted, ApplicationImported
from schemas.codes import PlacementCause, RecallCode, TaskKind
from schemas.facts import Candidate
from schemas.fields import Sealed
from schemas.ids import AgencyId, Province, TaskId, TransferId
from schemas.past import Past
from schemas.transfers import CustodyEvent, CustodyPlaced, TaskRequested
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.errors import DirectedByLaw, NotHere, TransferNotOpen
from services.routing.domain.route import legal_basis_of
from services.routing.domain.times import TO_HELP, ladder_of_help


def place(custody: Custody, adopted: ApplicationAdopted, *, at: datetime) -> list[CustodyEvent]:
    """The data of a case that came to us are there: the owner shall act."""
    if custody.state is not CustodyState.BEGUN or adopted.epoch != custody.epoch:
        return []
    return [placed(custody, "adopted", at=at)]


def go_on(custody: Custody, imported: ApplicationImported, *, at: datetime) -> list[CustodyEvent]:
    """All of an imported case is here: its owner, whom nobody chose by a route, goes on with it."""
    if custody.state is not CustodyState.BEGUN or imported.epoch != custody.epoch:
        return []
    return [placed(custody, "imported", past=imported.past, at=at)]


def placed(custody: Custody, because: str, *, past: Past | None = None, at: datetime) -> CustodyPlaced:
    return CustodyPlaced(
        case_id=custody.case_id,
        at=at,
        owner=custody.owner,
        epoch=custody.epoch,
        because=PlacementCause(because),
        past=past,
    )


def recall(custody: Custody, id: TransferId, *, by: AgencyId | None, at: datetime) -> list[CustodyEvent]:
    """Take an offer back, to act oneself. Raises NotTheOwner, TransferNotKnown or TransferNotOpen."""
    custody.check_owner(by)
    if (dispute := custody.dispute) and dispute.id == id:
        return [dispute.recalled(RecallCode("sender-request"), at=at), placed(custody, "recalled", at=at)]
    found = custody.known(id)
    if not found.open:
        raise TransferNotOpen(transfer=id, found=found.state)
    if found.directed:
        raise DirectedByLaw(transfer=id)
    return [found.recalled(RecallCode("sender-request"), at=at), placed(custody, "recalled", at=at)]


def ask_help(
    custody: Custody,
    helper: Candidate,
    kind: TaskKind,
    id: TaskId,
    details: Sealed | None,
    law: Law,
    *,
    here: Province,
    at: datetime,
) -> TaskRequested:
    """Ask for help; ownership stays. Raises NotHere: the facts of a case that is over go to nobody.

    Args:
        details: sealed for the helper's province.
        law: as it holds for the helper.
    """
    if custody.state is CustodyState.ENDED:
        raise NotHere(case=custody.case_id)
    within = helper.answer_within or law.period(TO_HELP, day_of(at))
    counting = law.count_period(within, at)
    return TaskRequested(
        case_id=custody.case_id,
        at=at,
        to_province=helper.province,
        sender=here,
        task_id=id,
        to=helper.agency,
        asked_by=custody.owner,
        epoch=custody.epoch,
        kind=kind,
        facts=custody.facts,
        due_by=counting.due,
        due_rule=within.rule,
        provisional=counting.provisional or None,
        legal_basis=legal_basis_of(kind),
        remind=ladder_of_help(within.rule, at, counting.due, law) or None,
        details=details,
    )
