"""Does what the common superior directs, and presses it while it does not decide."""

from datetime import datetime

from law.book import Law
from schemas.codes import RouteReason
from schemas.facts import Candidate
from schemas.ids import Province, TransferId
from schemas.transfers import CustodyEvent, DirectionGiven
from services.routing.domain.acting import placed
from services.routing.domain.asking import offered
from services.routing.domain.custody import Custody
from services.routing.domain.transfer import DIRECTED


def heed(
    custody: Custody,
    letter: DirectionGiven,
    next_id: TransferId,
    law: Law,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """Do what the superior directs: offer the case to who must take it, or act.

    The first direction that answers what is still asked counts. What crossed an acceptance, a recall or
    a withdrawal, or comes from somebody who was not asked, changes nothing.
    """
    dispute = custody.dispute
    if dispute is None or letter.transfer_id != dispute.id:
        return []
    if (letter.superior, letter.sender, letter.epoch) != (dispute.superior, dispute.province, custody.epoch):
        return []
    directed = dispute.directed(letter, at=at)
    if letter.agency == custody.owner:
        return [directed, placed(custody, "directed", at=at)]
    to = Candidate(
        agency=letter.agency,
        province=letter.province,
        mode=DIRECTED,
        reasons_for=(RouteReason("directed"),),
    )
    law = law.in_region(letter.province)
    return [directed, offered(custody, to, None, next_id, law, direction=dispute.id, here=here, at=at)]


def press(custody: Custody, id: TransferId, law: Law, *, at: datetime) -> list[CustodyEvent]:
    """The superior let its time pass: it is told, and everybody sees it, until it decides."""
    dispute = custody.dispute
    if dispute is None or dispute.id != id:
        return []
    return [dispute.overdue(law.in_region(dispute.province), at=at)]
