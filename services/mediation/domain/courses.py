"""Courses: what may follow what in each proceeding, and which clocks that moves. Decisions and folds read it.

`docs/proceedings.md` is drawn from these tables.
"""

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Final

from schemas.ids import RuleId
from schemas.matters import (
    AgreementBreached,
    AgreementConsented,
    AgreementInstalmentPaid,
    AgreementPerformed,
    ConfirmationAccepted,
    ConfirmationApplied,
    ConfirmationConfirmed,
    ConfirmationDismissed,
    FileApproved,
    FileReturned,
    FileSubmitted,
    MatterArchived,
    MatterConcluded,
    MediationAgreed,
    OwnersAct,
)
from services.mediation.domain.acts import RECOVERING, MatterState


class ProceedingKind(StrEnum):
    """What a proceeding is."""

    AGREEMENT = "agreement"
    CONFIRMATION = "confirmation"
    FILE = "file"


class ProceedingState(StrEnum):
    """Where a proceeding stands."""

    NOTHING = "nothing"
    """It has not begun."""
    AGREED = "agreed"
    BREACHED = "breached"
    PERFORMED = "performed"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    ARCHIVED = "archived"


S = ProceedingState


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that may happen in a proceeding."""

    says: type[OwnersAct]
    """The event that says it."""
    at: tuple[ProceedingState, ...]
    """Where the proceeding stands when it may happen."""
    then: ProceedingState | None = None
    """Where it stands thereafter; None: where it stood."""
    meets: tuple[str, ...] = ()
    """Clocks that are met by it."""
    starts: str | None = None
    """The clock that it starts."""
    rule: RuleId | None = None
    """The time limit of that clock; None: what the parties agreed on."""
    anew: bool = False
    """Whether it begins another proceeding of its kind."""
    when_passed: str | None = None
    """The clock that says it, by passing; None: a person does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What may happen in a proceeding of one kind, in the order of a life without trouble."""

    kind: ProceedingKind
    title: str
    during: tuple[MatterState, ...]
    """Where the matter stands when people may act in it."""
    steps: tuple[Step, ...]


PAY_BY: Final = "pay_by"
"""With the number of the instalment: `pay_by/2`."""
CONFIRMATION_ACCEPT_BY: Final = "confirmation_accept_by"
CONFIRMATION_DECIDE_BY: Final = "confirmation_decide_by"
HAND_IN_BY: Final = "hand_in_by"
FILE_REVIEW_BY: Final = "file_review_by"

COURSES: Final = (
    Course(
        kind=ProceedingKind.AGREEMENT,
        title="An agreement and its performance",
        during=RECOVERING,
        steps=(
            Step(says=MediationAgreed, at=(S.NOTHING,), then=S.AGREED, starts=PAY_BY, anew=True),
            Step(says=AgreementConsented, at=(S.AGREED, S.BREACHED), starts=PAY_BY),
            Step(says=AgreementInstalmentPaid, at=(S.AGREED, S.BREACHED), meets=(PAY_BY,)),
            Step(says=AgreementBreached, at=(S.AGREED, S.BREACHED), then=S.BREACHED, when_passed=PAY_BY),
            Step(says=AgreementPerformed, at=(S.AGREED, S.BREACHED), then=S.PERFORMED, meets=(PAY_BY,)),
        ),
    ),
    Course(
        kind=ProceedingKind.CONFIRMATION,
        title="Judicial confirmation of an agreement",
        during=RECOVERING,
        steps=(
            Step(
                says=ConfirmationApplied,
                at=(S.NOTHING, S.DISMISSED),
                then=S.APPLIED,
                starts=CONFIRMATION_ACCEPT_BY,
                rule=RuleId("confirmation-acceptance"),
                anew=True,
            ),
            Step(
                says=ConfirmationAccepted,
                at=(S.APPLIED,),
                then=S.ACCEPTED,
                meets=(CONFIRMATION_ACCEPT_BY,),
                starts=CONFIRMATION_DECIDE_BY,
                rule=RuleId("confirmation-decision"),
            ),
            Step(
                says=ConfirmationConfirmed,
                at=(S.ACCEPTED,),
                then=S.CONFIRMED,
                meets=(CONFIRMATION_DECIDE_BY,),
            ),
            Step(
                says=ConfirmationDismissed,
                at=(S.APPLIED, S.ACCEPTED),
                then=S.DISMISSED,
                meets=(CONFIRMATION_ACCEPT_BY, CONFIRMATION_DECIDE_BY),
            ),
        ),
    ),
    Course(
        kind=ProceedingKind.FILE,
        title="The file of a concluded case",
        during=(MatterState.CONCLUDED, MatterState.EVALUATED),
        steps=(
            Step(says=MatterConcluded, at=(S.NOTHING,), starts=HAND_IN_BY, rule=RuleId("file-hand-in")),
            Step(
                says=FileSubmitted,
                at=(S.NOTHING, S.RETURNED),
                then=S.SUBMITTED,
                meets=(HAND_IN_BY,),
                starts=FILE_REVIEW_BY,
                rule=RuleId("file-review"),
            ),
            Step(
                says=FileReturned,
                at=(S.SUBMITTED,),
                then=S.RETURNED,
                meets=(FILE_REVIEW_BY,),
                starts=HAND_IN_BY,
                rule=RuleId("file-again"),
            ),
            Step(says=FileApproved, at=(S.SUBMITTED,), then=S.APPROVED, meets=(FILE_REVIEW_BY,)),
            Step(says=MatterArchived, at=(S.APPROVED,), then=S.ARCHIVED),
        ),
    ),
)

STEPS: Final = {step.says: (course, step) for course in COURSES for step in course.steps}
"""Every kind of event says one step of one course."""

CLOCKS: Final = frozenset(
    chain.from_iterable(
        (*step.meets, *(name for name in (step.starts, step.when_passed) if name))
        for _, step in STEPS.values()
    )
)
"""The clocks of proceedings: they run beside the aid, and go on after its conclusion."""


def rule_of(says: type[OwnersAct]) -> RuleId:
    """The time limit that the step starts."""
    _, step = STEPS[says]
    assert step.rule is not None, f"{says.__name__} starts no clock of the law"
    return step.rule
