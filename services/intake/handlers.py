"""What intake does when a case arrives from another agency or leaves for one."""

from chassis.unit_of_work import UnitOfWork
from schemas.transfers import CustodyBegun, CustodyEnded, OfferEnclosed
from services.intake.domain.case import Case, adopt
from services.intake.domain.employer import employer_of
from services.intake.domain.member import Member, chosen_from, join_from
from services.intake.domain.person import identity_of
from services.intake.repository import CONTACT, REPRESENTATIVES, remember_employer, vault_name


def take_in_enclosure(event: OfferEnclosed, uow: UnitOfWork) -> None:
    """Keep what came with a case: a member joins, all else waits for the case to be adopted."""
    match event.enclosure.kind:
        case "member":
            join_member(event, uow)
        case "contact" | "representatives" as name:
            uow.vault.keep(name, event.enclosure.content)


def join_member(event: OfferEnclosed, uow: UnitOfWork) -> None:
    """Let a member join under the pseudonym that he has in this province."""
    came = event.enclosure
    person = uow.vault.unseal(came.content)
    worker = uow.vault.pseudonym(identity_of(person, otherwise=came.id))
    joined = join_from(came, case_id=event.case_id, worker=worker, at=uow.now)
    uow.vault.keep(vault_name(joined.member_id), came.content)
    if member := uow.find(Member, came.id):
        uow.emit(member, [joined])
    else:
        uow.begin(Member.joined, joined)


def adopt_case(event: CustodyBegun, uow: UnitOfWork) -> None:
    """Take a case in that came from another agency; its members joined before."""
    contact = event.contact or uow.vault.get(CONTACT)
    known = uow.find(Case, event.case_id)
    adopted = known.adopt_again(event, contact, at=uow.now) if known else adopt(event, contact, at=uow.now)
    if adopted is None:
        return
    case = uow.emit(known, [adopted]) if known else uow.begin(Case.begun, adopted)
    if contact:
        uow.vault.keep(CONTACT, contact)
    employer = employer_of(event.facts.employer, uow.vault.unseal(contact) if contact else None)
    remember_employer(uow, employer.code or uow.vault.pseudonym(employer.name))
    if came := uow.vault.get(REPRESENTATIVES):
        chosen = chosen_from(uow.vault.unseal(came))
        members = {member.id for member in uow.all(Member)}
        uow.emit(case, case.represented_by(chosen, members, at=uow.now))


def hand_over_case(event: CustodyEnded, uow: UnitOfWork) -> None:
    """Note that the case is no longer here."""
    if case := uow.find(Case, event.case_id):
        uow.emit(case, case.hand_over(event, at=uow.now))
