"""What intake does when a case arrives from another agency or leaves for one, and when a time passes."""

from chassis.unit_of_work import Due, UnitOfWork
from law.book import Law
from law.limits import law_for
from schemas.facts import Enclosure
from schemas.ids import TransferId
from schemas.matters import MatterArchived, MatterConcluded
from schemas.transfers import CustodyAmended, CustodyBegun, CustodyEnded, CustodyReduced, OfferEnclosed
from services.intake.domain import erasing, grouping, supplementing
from services.intake.domain.capacity import authority_of
from services.intake.domain.case import Case, adopt
from services.intake.domain.document import Document, announced
from services.intake.domain.member import NO_CLAIM, Member, chosen_from, join_from
from services.intake.domain.person import identity_of
from services.intake.opponents import remember_opponents
from services.intake.repository import CONTACT, document_name, shred, vault_name


def join_member(event: OfferEnclosed, uow: UnitOfWork) -> None:
    """Let a member who comes with a case join, under the pseudonym that he has in this province."""
    if event.enclosure.kind == "member":  # all else comes with the custody
        join_enclosed(event.enclosure, event.transfer_id, uow)


def join_enclosed(came: Enclosure, transfer: TransferId | None, uow: UnitOfWork) -> None:
    """Keep who he is, and say that he joined."""
    person = uow.vault.unseal(came.content)
    worker = uow.vault.pseudonym(identity_of(person, otherwise=came.id))
    agent = authority_of(person)
    joined = join_from(came, case_id=uow.case_id, worker=worker, agent=agent, transfer=transfer, at=uow.now)
    uow.vault.keep(vault_name(joined.member_id), came.content)
    if member := uow.find(Member, came.id):
        uow.emit(member, [joined])
    else:
        uow.begin(Member.joined, joined)


def adopt_case(event: CustodyBegun, uow: UnitOfWork) -> None:
    """Take a case in that came from another agency; its members joined before."""
    contact = event.contact
    known = uow.find(Case, event.case_id)
    adopted = known.adopt_again(event, contact, at=uow.now) if known else adopt(event, contact, at=uow.now)
    if adopted is None:
        return
    if known:
        case = uow.emit(known, [adopted])
        if adopted.from_province == uow.province:
            uow.emit(case, grouping.recount(case, uow.all(Member), at=uow.now))
        else:
            for left in grouping.stay_away(case, uow.all(Member), adopted.transfer_id, at=uow.now):
                uow.emit(uow.get(Member, left.member_id), [left])
    else:
        uow.begin(Case.begun, adopted)
    if contact:
        uow.vault.keep(CONTACT, contact)
    remember_opponents(event.facts, uow.vault.unseal(contact) if contact else None, uow)


def keep_up(event: CustodyAmended, uow: UnitOfWork) -> None:
    """Take what came after a case has moved. What was said here comes back, and changes nothing.

    It may come back when something else has been said: taken anew it would go round for ever.
    """
    case = uow.find(Case, event.case_id)
    if case and not event.said_here:
        match event.enclosure.kind:
            case "representatives":
                keep_representatives(case, event, uow)
            case "member":
                join_late(case, event, uow)
            case "document":
                expect_document(case, event.enclosure, uow)


def join_late(case: Case, event: CustodyAmended, uow: UnitOfWork) -> None:
    """Let a member join who joined elsewhere when the case was on its way here."""
    if not grouping.may_come_late(case, uow.find(Member, event.enclosure.id)):
        return
    said = grouping.join_more(case, [event.enclosure.claim_fen or NO_CLAIM], at=uow.now)
    uow.emit(case, said)
    join_enclosed(event.enclosure, None, uow)


def let_member_go(event: CustodyReduced, uow: UnitOfWork) -> None:
    """Let a member leave who left elsewhere. What was said here comes back equal, and changes nothing."""
    case, member = uow.find(Case, event.case_id), uow.find(Member, event.id)
    if case and member and event.because:
        left, of_case = grouping.depart(case, member, uow.all(Member), event.because, at=uow.now)
        uow.emit(member, left)
        uow.emit(case, of_case)


def drop_document(event: CustodyReduced, uow: UnitOfWork) -> None:
    """Take out what was removed where the case is now: the copy here is destroyed as well."""
    case, document = uow.find(Case, event.case_id), uow.find(Document, event.id)
    if case and document and event.removal:
        removed = document.removed_there(case, event.removal, at=uow.now)
        if removed:
            shred(uow, document.document_id)
        uow.emit(document, removed)


def expect_document(case: Case, came: Enclosure, uow: UnitOfWork) -> None:
    """Say that a document came with the case; a job fetches its bytes."""
    known = uow.find(Document, came.id)
    if known and not known.comes_again(case, here=uow.province):
        return
    told = uow.vault.unseal(came.content)
    file_name = told.get("file_name") if isinstance(told, dict) else None
    about = uow.vault.seal({"file_name": file_name if isinstance(file_name, str) else "document"})
    for added in announced(case, came, told, about, at=uow.now):
        uow.vault.keep(document_name(added.document_id), about)
        if known:
            uow.emit(known, [added])
        else:
            uow.begin(Document.added, added)


def keep_representatives(case: Case, event: CustodyAmended, uow: UnitOfWork) -> None:
    """Let those speak for a group who spoke for it elsewhere."""
    chosen = chosen_from(uow.vault.unseal(event.enclosure.content))
    members = {member.id for member in grouping.present(uow.all(Member))}
    uow.emit(case, case.represented_by(chosen, members, at=uow.now))


def hand_over_case(event: CustodyEnded, uow: UnitOfWork) -> None:
    """Note that the case is no longer here."""
    if case := uow.find(Case, event.case_id):
        uow.emit(case, case.hand_over(event, at=uow.now))


def let_nobody_join(event: MatterConcluded, uow: UnitOfWork) -> None:
    """Note that the aid is done."""
    if case := uow.find(Case, event.case_id):
        uow.emit(case, case.conclude(event, at=uow.now))


def start_retention(event: MatterArchived, uow: UnitOfWork) -> None:
    """Count how long the data of an archived case are kept."""
    if case := uow.find(Case, event.case_id):
        law = law_for(case.facts, uow.province, uow.use(Law))
        uow.emit(case, erasing.retain(case, event, law, at=uow.now))


def deem_withdrawn(due: Due, uow: UnitOfWork) -> None:
    """End an application to which nothing was supplied in time."""
    case = uow.get(Case, due.id)
    uow.emit(case, supplementing.deem_withdrawn(case, at=uow.now))
