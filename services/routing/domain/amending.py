"""Notes what goes with a case, as it joins or changes, here or at an earlier owner."""

from datetime import datetime

from law.limitation import Learned, facts_after
from schemas.cases import ApplicationAmended, MemberLeft
from schemas.facts import Enclosure
from schemas.fields import Sealed
from schemas.ids import Province
from schemas.transfers import (
    CustodyAmended,
    CustodyEvent,
    CustodyFactsAmended,
    CustodyReduced,
    TransferForwarded,
)
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.ending import end, forward
from services.routing.domain.item import ELSEWHERE, MEMBER, Item, item_of
from services.routing.domain.moving import MEMBER_LEFT, complete, enclose, enclosed


def amend(
    custody: Custody, item: Item, content: Sealed, letter: Sealed | None, *, here: Province, at: datetime
) -> list[CustodyEvent]:
    """Note what goes with the case. `letter`: the same sealed for the addressee, while one is enclosing.

    Intake lets who comes with a case join, and says so: what goes with the case already is that echo.
    """
    if custody.state is CustodyState.ENDED or custody.carries(item):
        return []
    noted = amended(custody, item, content, at=at).model_copy(update={"said_here": True})
    transfer = custody.enclosing
    if transfer is None or letter is None:
        return [noted]
    enclosures = [item.enclosing(letter)]
    enclosing = custody.after(noted)
    return [noted, *enclose(enclosing, transfer, enclosures, transfer.enclose_by, here=here, at=at)]


def amended(custody: Custody, item: Item, content: Sealed, *, at: datetime) -> CustodyAmended:
    return CustodyAmended(case_id=custody.case_id, at=at, enclosure=item.enclosing(content))


def learn(custody: Custody, event: Learned, *, at: datetime) -> list[CustodyEvent]:
    """The owner learned more of the days that time limits go by: the next one counts from the same facts."""
    facts = facts_after(custody.facts, event)
    if custody.state is CustodyState.ENDED or custody.epoch != event.epoch or facts == custody.facts:
        return []
    return [CustodyFactsAmended(case_id=custody.case_id, at=at, epoch=custody.epoch, facts=facts)]


def revise(
    custody: Custody, amended: ApplicationAmended, *, here: Province, at: datetime
) -> list[CustodyEvent]:
    """Know the case as it is now. Who has accepted it and waited for members who left need not wait on."""
    facts = custody.facts.with_members_of(amended.facts)
    if not custody.has(amended.epoch) or facts == custody.facts:
        return []
    revised = CustodyFactsAmended(case_id=custody.case_id, at=at, epoch=custody.epoch, facts=facts)
    knowing = custody.after(revised)
    waiting = knowing.enclosing
    if waiting is None or knowing.count(MEMBER) < knowing.facts.members:
        return [revised]
    return [revised, *complete(knowing, waiting, here=here, at=at)]


def depart(custody: Custody, left: MemberLeft, *, here: Province, at: datetime) -> list[CustodyEvent]:
    """Send a member no longer on who left; tell who has the case now, if he went with it.

    Who did not come back with the case is not with this custody: nobody need be told.
    """
    if left.because == ELSEWHERE:
        return []
    if custody.moved and left.epoch < custody.epoch:
        return forward(
            custody, MEMBER_LEFT, left.at, member=left.member_id, left=left.because, here=here, at=at
        )
    if not custody.takes_along(MEMBER, left.member_id):
        return []
    return [
        CustodyReduced(case_id=custody.case_id, at=at, kind=MEMBER, id=left.member_id, because=left.because)
    ]


def take_change(
    custody: Custody,
    letter: TransferForwarded,
    enclosure: Enclosure | None,
    onward: Sealed | None = None,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """An earlier owner heard of a change: make it here, or send it on if the case went on.

    Nobody else is believed. What was before him he vouches for: so who passes it on says it himself.

    Args:
        enclosure: sealed again: under our key of the case, or for the province that has it now.
        onward: the same sealed for the addressee, while one is enclosing.
    """
    if not custody.was_with(letter.sender, here=here):
        return []
    if custody.moved:
        return forward(
            custody,
            letter.change,
            letter.changed_at,
            because=letter.because,
            enclosure=enclosure,
            member=letter.member_id,
            left=letter.left,
            here=here,
            at=at,
        )
    if custody.state is CustodyState.ENDED:
        return []
    if letter.change == "withdrawn":
        return end(custody, letter.changed_at, letter.because, here=here, at=at)
    if letter.change == MEMBER_LEFT and letter.member_id:
        id, left = letter.member_id, letter.left
        return [CustodyReduced(case_id=custody.case_id, at=at, kind=MEMBER, id=id, because=left)]
    return take_enclosure(custody, enclosure, onward, at=at) if enclosure else []


def take_enclosure(
    custody: Custody, enclosure: Enclosure, onward: Sealed | None, *, at: datetime
) -> list[CustodyEvent]:
    """Note what comes from before, and send it after what is on its way already.

    Whoever was announced here is still waited for: a member who comes from before is not one of them.
    """
    noted = CustodyAmended(case_id=custody.case_id, at=at, enclosure=enclosure)
    transfer = custody.enclosing
    if transfer is None or onward is None:
        return [noted]
    letter = item_of(enclosure).enclosing(onward)
    return [noted, enclosed(transfer, letter, transfer.enclose_by, at=at)]
