"""What routing does on hearing of intake and mediation: one event, one look, one decision, emitted."""

from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.limitation import Learned
from schemas.cases import (
    ApplicationAdopted,
    ApplicationAmended,
    ApplicationDeemedWithdrawn,
    ApplicationImported,
    ApplicationSubmitted,
    ApplicationWithdrawn,
    DocumentAdded,
    DocumentRemoved,
    MemberJoined,
    MemberLeft,
    RepresentativesSet,
)
from schemas.codes import RecallCode
from schemas.matters import MatterConcluded, MatterNotCompetent
from schemas.transfers import CustodyBegun, RemovalReported
from services.routing import repository
from services.routing.deciding import next_step, note_site, take_step
from services.routing.domain import acting, amending, asking, ending, passing_on, removing
from services.routing.domain.custody import Custody
from services.routing.domain.item import (
    CONTACT,
    document_item,
    member_item,
    representatives_item,
)
from services.routing.domain.progress import MilestoneEvent, progress_of, report
from services.routing.domain.task import Task
from services.routing.enclosing import keep_item


def begin_custody(event: ApplicationSubmitted, uow: UnitOfWork) -> None:
    """The agency that took the case in owns it; ask who is to have it."""
    begun = CustodyBegun(
        case_id=event.case_id,
        at=uow.now,
        owner=event.agency,
        epoch=1,
        facts=event.facts,
        site=event.site,
        contact=event.contact,
    )
    uow.vault.keep(CONTACT, event.contact)
    if event.site:
        note_site("", event.agency, uow.province, event.site, uow)
    custody = uow.begin(Custody.begin, begun)
    if event.facts.imported:
        return  # Its owner has long been decided, and it is placed once all of it is here.
    step = next_step(custody, uow)
    begun_with = asking.follow(custody, step.route, step.id, uow.use(Law), here=uow.province, at=uow.now)
    take_step(custody, begun_with, step, uow)


def keep_member(event: MemberJoined, uow: UnitOfWork) -> None:
    """Keep what must travel with the case; send it at once if an accepted transfer waits for it."""
    keep_item(member_item(event), event.person, uow)


def keep_representatives(event: RepresentativesSet, uow: UnitOfWork) -> None:
    """Keep who speaks for a group, so that they need not choose again elsewhere."""
    keep_item(representatives_item(), uow.vault.seal({"members": list(event.members)}), uow)


def revise_custody(event: ApplicationAmended, uow: UnitOfWork) -> None:
    """Know the case as it is now."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, amending.revise(custody, event, here=uow.province, at=uow.now))


def let_member_go(event: MemberLeft, uow: UnitOfWork) -> None:
    """Send a member no longer on who left, or tell who has the case now."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, amending.depart(custody, event, here=uow.province, at=uow.now))


def keep_document(event: DocumentAdded, uow: UnitOfWork) -> None:
    """Keep what is told of a document to who takes the case on. Its bytes do not travel by letter."""
    about = uow.vault.unseal(event.about)
    told = {
        "kind": event.kind,
        "media_type": event.media_type,
        "size_bytes": event.size_bytes,
        "sha256": event.sha256,
        "member_id": event.member_id,
        "file_name": about.get("file_name"),
    }
    keep_item(document_item(event), uow.vault.seal(told), uow)


def drop_document(event: DocumentRemoved, uow: UnitOfWork) -> None:
    """Send a document no longer on that was removed, and tell those who may have a copy of it."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, removing.remove(custody, event, here=uow.province, at=uow.now))


def drop_copy(event: RemovalReported, uow: UnitOfWork) -> None:
    """Who has the case now, or had it before, removed a document that is here as well."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, removing.take_removal(custody, event, here=uow.province, at=uow.now))


def place_case(event: ApplicationAdopted, uow: UnitOfWork) -> None:
    """The data of a case that came to us are there: the owner shall act."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, acting.place(custody, event, at=uow.now))


def go_on_with_case(event: ApplicationImported, uow: UnitOfWork) -> None:
    """All of a case that was imported is there: the owner shall act, from where it stood."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, acting.go_on(custody, event, at=uow.now))


def end_custody(event: ApplicationWithdrawn | ApplicationDeemedWithdrawn, uow: UnitOfWork) -> None:
    """Take back what is offered and what help is asked, and end."""
    custody = uow.get(Custody, event.case_id)
    custody = uow.emit(custody, ending.withdraw(custody, event, here=uow.province, at=uow.now))
    for task in uow.all(Task):
        uow.emit(task, ending.recall_help(custody, task, at=uow.now))


def ask_elsewhere(event: MatterNotCompetent, uow: UnitOfWork) -> None:
    """The owner is not competent: ask whoever is."""
    custody = uow.get(Custody, event.case_id)
    step = next_step(custody, uow, proposed=event.proposed, declined=True)
    declined = passing_on.decline(
        custody, event, step.route, step.id, uow.use(Law), here=uow.province, at=uow.now
    )
    take_step(custody, declined, step, uow)


def note_conclusion(event: MatterConcluded, uow: UnitOfWork) -> None:
    """The owner has concluded the matter: it is no load any more, and needs no help."""
    custody = uow.get(Custody, event.case_id)
    for task in uow.all(Task):
        uow.emit(task, task.recall(RecallCode("case-concluded"), at=uow.now))
    uow.insert(
        repository.work_done,
        {"province": uow.province, "case_id": uow.case_id, "agency": custody.owner},
    )


def learn_dates(event: Learned, uow: UnitOfWork) -> None:
    """Keep what the owner learned, so that it travels with the case."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, amending.learn(custody, event, at=uow.now))


def report_progress(event: MilestoneEvent, uow: UnitOfWork) -> None:
    """Tell those who had the case, and the national desk."""
    custody = uow.get(Custody, event.case_id)
    uow.emit(custody, report(custody, progress_of(event), here=uow.province))
