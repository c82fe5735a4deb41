"""Whom it is told to that aid is refused, that an agreement is not kept, and how a claim goes on at court."""

from chassis.unit_of_work import UnitOfWork
from schemas.matters import (
    AgreementBreached,
    AidRefused,
    AidTerminated,
    ArbitrationAwarded,
    ArbitrationEffective,
    AssignmentReplaced,
    ConfirmationConfirmed,
    EnforcementApplied,
    LitigationFinal,
    MatterArchived,
    ObjectionDecided,
    ObjectionFiled,
)
from services.notify.telling import tell_staff, tell_worker

# --- The decision on aid -----------------------------------------------------------------------------------


def tell_of_refusal(event: AidRefused, uow: UnitOfWork) -> None:
    """The applicants hear on which article it rests, and who decides if they object (Art. 49)."""
    tell_worker("refused", event, uow)


def tell_of_termination(event: AidTerminated, uow: UnitOfWork) -> None:
    tell_worker("terminated", event, uow)


def list_objection(event: ObjectionFiled, uow: UnitOfWork) -> None:
    """The justice bureau has five days; of one that came with an imported case, what is left of them."""
    waits = bool(event.undecided)
    tell_staff("objection-waiting", event, uow, event.bureau, even_past=waits)


def tell_of_objection(event: ObjectionDecided, uow: UnitOfWork) -> None:
    """The owner must act on what was corrected."""
    tell_worker("objection-decided", event, uow)
    tell_staff("objection-decided", event, uow, event.agency)


def tell_of_replacement(event: AssignmentReplaced, uow: UnitOfWork) -> None:
    tell_worker("reassigned", event, uow)


# --- The agreement and its performance ---------------------------------------------------------------------


def tell_of_breach(event: AgreementBreached, uow: UnitOfWork) -> None:
    """Time runs for the ways that are open now: the workers hear of it, and who works for them."""
    tell_worker("breached", event, uow)
    tell_staff("breach-to-act-on", event, uow, event.agency)


def tell_of_confirmation(event: ConfirmationConfirmed, uow: UnitOfWork) -> None:
    tell_worker("confirmed", event, uow)


# --- Commission and court ----------------------------------------------------------------------------------


def tell_of_award(event: ArbitrationAwarded, uow: UnitOfWork) -> None:
    tell_worker("awarded", event, uow)


def tell_of_effect(event: ArbitrationEffective, uow: UnitOfWork) -> None:
    """It is said once a member; who is reached for all of them hears of it with the first."""
    if event.effective in (None, 1):
        tell_worker("award-effective", event, uow)


def tell_of_final_judgment(event: LitigationFinal, uow: UnitOfWork) -> None:
    tell_worker("judgment-final", event, uow)


def tell_of_enforcement(event: EnforcementApplied, uow: UnitOfWork) -> None:
    tell_worker("enforcing", event, uow)


def tell_of_archive(event: MatterArchived, uow: UnitOfWork) -> None:
    tell_worker("archived", event, uow)
