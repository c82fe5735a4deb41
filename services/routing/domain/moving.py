"""Moves a case that was accepted: encloses what goes with it, and says who owns it from now on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from law.book import Law
from schemas.codes import AskedResult, CustodyEnd, OfferEnd, RecallCode
from schemas.facts import CaseFacts, Enclosed, Enclosure
from schemas.ids import DocumentId, MemberId, Province, TransferId
from schemas.transfers import (
    CustodyEnded,
    CustodyEvent,
    OfferAccepted,
    TransferCompleted,
    TransferEnclosed,
    TransferVoided,
)
from services.routing.domain import removing
from services.routing.domain.acting import placed
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.ending import forward
from services.routing.domain.item import CONTACT, DOCUMENT, MEMBER, Departed, Item
from services.routing.domain.times import TO_ENCLOSE
from services.routing.domain.transfer import Transfer, TransferState

MEMBER_LEFT: Final = "member-left"
"""The change that is told of a member who left."""


def accepting(custody: Custody, answer: OfferAccepted) -> Transfer | None:
    """The transfer that the acceptance is good for.

    That of an open offer, however late the letter comes: nothing has happened instead. Also that of an
    offer that lapsed while the letter of an acceptance in time was under way, as long as nobody but the
    superior was asked since. What was asked of the next agency, or placed with the owner, stands.
    """
    found = custody.transfer(answer.transfer_id)
    if found is None or found.open:
        return found
    in_time = found.state is TransferState.LAPSED and found.decided_in_time(answer)
    stands = custody.state is CustodyState.ESCALATED and found.epoch == custody.epoch
    last = custody.transfers[-1].id == found.id
    return found if in_time and stands and last else None


def to_enclose(custody: Custody, answer: OfferAccepted) -> tuple[Item, ...]:
    """What must be sealed for the addressee before `settle`; nothing if the acceptance is void."""
    return custody.items if accepting(custody, answer) else ()


def settle(
    custody: Custody,
    answer: OfferAccepted,
    enclosures: Sequence[Enclosure],
    law: Law,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """Move the case; or, if the offer has ended meanwhile, void the acceptance.

    Whatever comes to the owner first counts: a recall, a deadline or a direction that it has applied
    voids the acceptance, an acceptance that it has applied makes them come too late.
    """
    found = custody.transfer(answer.transfer_id)
    if found is None or found.state in (TransferState.ENCLOSING, TransferState.COMPLETED):
        return []
    if accepting(custody, answer) is None:
        return [voided(found, answer, at=at)]
    because = RecallCode("accepted-after-all")
    recalls = [each.recalled(because, at=at) for each in custody.disputes if each.waiting]
    by = law.due(TO_ENCLOSE, at)
    return [*recalls, *enclose(custody, found, enclosures, by, here=here, at=at)]


def enclose(
    custody: Custody,
    transfer: Transfer,
    enclosures: Sequence[Enclosure],
    enclose_by: datetime | None,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """Send what goes with the case. With the last of the members announced, the case moves.

    There is always something to send at the acceptance: the contact, or what an earlier transfer brought.
    """
    sent: list[CustodyEvent] = [enclosed(transfer, each, enclose_by, at=at) for each in enclosures]
    if custody.count(MEMBER) < custody.facts.members:
        return sent
    return [*sent, *complete(custody, transfer, here=here, at=at)]


def give_up_enclosing(custody: Custody, id: TransferId, *, at: datetime) -> list[CustodyEvent]:
    """Members who were announced never came: nothing moves by halves, and the owner acts again."""
    found = custody.enclosing
    if found is None or found.id != id:
        return []
    recalled = found.recalled(RecallCode("members-missing"), at=at)
    return [recalled, placed(custody, "recalled", at=at)]


def complete(custody: Custody, transfer: Transfer, *, here: Province, at: datetime) -> list[CustodyEvent]:
    """The case is the other agency's from now on. Only the owner of this epoch can say so.

    It is told as it was sent: what left on the way leaves there as well, and is told of afterwards.
    """
    departed = [each for each in custody.departed if each.transfer == transfer.id]
    facts = with_again(custody.facts, [each.item for each in departed if each.item.kind == MEMBER])
    moved: list[CustodyEvent] = [
        TransferCompleted(
            case_id=custody.case_id,
            at=at,
            to_province=transfer.to_province,
            transfer_id=transfer.id,
            owner=transfer.to,
            epoch=custody.epoch + 1,
            facts=facts,
            enclosed=Enclosed(
                members=custody.count(MEMBER) + sum(each.item.kind == MEMBER for each in departed),
                documents=custody.count(DOCUMENT) + sum(each.item.kind == DOCUMENT for each in departed),
                contacts=custody.count(CONTACT),
            ),
            asked=(*custody.asked, transfer.asked(AskedResult("accepted"))),
            followers=tuple(dict.fromkeys((*custody.followers, here))),
        ),
        CustodyEnded(
            case_id=custody.case_id,
            at=at,
            epoch=custody.epoch,
            because=CustodyEnd("transferred"),
            agency=transfer.to,
            province=transfer.to_province,
            transfer_id=transfer.id,
        ),
    ]
    gone = custody.after(moved[0]).after(moved[1])
    return [*moved, *(said for each in departed for said in told_of(gone, each, here=here, at=at))]


def told_of(gone: Custody, departed: Departed, *, here: Province, at: datetime) -> Sequence[CustodyEvent]:
    """Whoever has the case now hears who, or what, left on the way."""
    id, removal = departed.item.id, departed.removal
    if removal:
        return removing.reports(gone, DocumentId(id), removal, removing.next_owner(gone), here=here)
    return forward(
        gone, MEMBER_LEFT, departed.at, member=MemberId(id), left=departed.because, here=here, at=at
    )


def with_again(facts: CaseFacts, members: Sequence[Item]) -> CaseFacts:
    """The facts as they were with these members."""
    if not members:
        return facts
    claims_fen = sum(each.claim_fen or 0 for each in members)
    changed = {"members": facts.members + len(members), "claim_fen": facts.claim_fen + claims_fen}
    return facts.model_copy(update=changed)


def voided(transfer: Transfer, answer: OfferAccepted, *, at: datetime) -> TransferVoided:
    """The evidence for an acceptance that came after the end."""
    return TransferVoided(
        case_id=transfer.case_id,
        at=at,
        to_province=transfer.to_province,
        transfer_id=transfer.id,
        to=answer.agency,
        because=OfferEnd(transfer.state),
        ended_at=transfer.ended_at or at,
        accepted_at=answer.at,
    )


def enclosed(
    transfer: Transfer, enclosure: Enclosure, enclose_by: datetime | None, *, at: datetime
) -> TransferEnclosed:
    return TransferEnclosed(
        case_id=transfer.case_id,
        at=at,
        to_province=transfer.to_province,
        transfer_id=transfer.id,
        enclosure=enclosure,
        enclose_by=transfer.enclose_by or enclose_by,
    )
