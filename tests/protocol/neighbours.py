"""What intake and mediation of a province say: on hearing routing, and because people wish it."""

from collections.abc import Iterable, Iterator
from typing import Any

from schemas.cases import ApplicationAdopted, ApplicationWithdrawn, DocumentRemoved, MemberJoined
from schemas.envelope import Event
from schemas.facts import Removal
from schemas.ids import AgencyId
from schemas.matters import MatterAccepted, MatterNotCompetent
from schemas.samples import a
from schemas.transfers import CustodyAmended, CustodyBegun, CustodyReduced, OfferEnclosed
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.item import DOCUMENT
from tests.protocol.clerk import CASE, Place, Post
from tests.protocol.scene import BEGIN, HUBEI, custody_of, has_paper, said


def reactions(before: Place, events: Iterable[Event]) -> Iterator[Post]:
    """What intake says on hearing routing, in that order; it has the document as long as the custody has."""
    has = has_paper(custody_of(before))
    for event in events:
        match event:
            case CustodyAmended(enclosure=came) if came.kind == DOCUMENT:
                has = True
            case CustodyReduced(removal=Removal() as removal):
                if has and removal.province != before.province:
                    yield said(before.province, "cases", copy_removed(removal))
                has = False
            case _:
                yield from (said(before.province, *each) for each in heard(event))


def heard(event: Event) -> Iterator[tuple[str, Event]]:
    """A member joins here too, a case is adopted."""
    match event:
        case OfferEnclosed(enclosure=came) if came.kind == "member":
            yield "cases", a(MemberJoined, case_id=CASE, at=BEGIN, member_id=came.id, person=came.content)
        case CustodyBegun(epoch=epoch) if epoch > 1:
            yield (
                "cases",
                a(
                    ApplicationAdopted,
                    case_id=CASE,
                    at=BEGIN,
                    facts=event.facts,
                    agency=event.owner,
                    epoch=epoch,
                    transfer_id=event.transfer_id,
                    from_province=event.from_province,
                    contact=event.contact,
                ),
            )


def removed(agency: AgencyId, epoch: int, **copy: Any) -> DocumentRemoved:
    """`copy`: of one that was removed elsewhere, where and when."""
    own: dict[str, Any] = {"province": None, "removed_at": None}
    return a(DocumentRemoved, case_id=CASE, at=BEGIN, agency=agency, epoch=epoch, **own | copy)


def copy_removed(removal: Removal) -> DocumentRemoved:
    copy = {"province": removal.province, "removed_at": removal.at, "because": removal.because}
    return removed(removal.agency, removal.epoch, **copy)


def wishes(custody: Custody) -> Iterator[tuple[str, str, Event]]:
    """What people may say at intake and to mediation: its budget, the log, and what is said.

    Intake may not know yet that the case has left; mediation acts on a case that is placed. Where the case
    began, intake has the document before routing hears of it.
    """
    epoch = custody.epoch - 1 if custody.moved else custody.epoch
    if custody.state is not CustodyState.ENDED or custody.moved:
        withdrawn = a(ApplicationWithdrawn, case_id=CASE, at=BEGIN, agency=custody.owner, epoch=epoch)
        yield "withdraw", "cases", withdrawn
        if has_paper(custody) or not custody.followers:
            yield "remove", "cases", removed(custody.owner, epoch)
    if custody.state is CustodyState.PLACED:
        acting = {"case_id": CASE, "at": BEGIN, "agency": custody.owner, "epoch": custody.epoch}
        yield "decline", "matters", a(MatterNotCompetent, proposed=HUBEI, **acting)
        yield "milestone", "matters", a(MatterAccepted, **acting)
