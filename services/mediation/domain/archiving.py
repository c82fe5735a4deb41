"""Archives a case: its file is handed in, returned or approved; then it rests."""

from collections.abc import Sequence

from law.book import Law
from law.limits import limit_of
from schemas.codes import FileDefect
from schemas.fields import Sealed
from schemas.matters import FileApproved, FileReturned, FileSubmitted, MatterArchived, MatterEvent
from services.mediation.domain.acts import Act
from services.mediation.domain.claim import GIVEN_UP, Claim, registered_of, sums_of
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import STEPS, rule_of
from services.mediation.domain.errors import NotEvaluated, RecoveryOpen
from services.mediation.domain.matter import Matter


def submit(matter: Matter, act: Act, law: Law) -> list[MatterEvent]:
    """Who worked on the case hands its file in. Raises OutOfCourse."""
    matter.check_step(act, FileSubmitted)
    assert act.by is not None, "who is involved is an agency"
    file = matter.proceedings.last(ProceedingKind.FILE)
    return [
        FileSubmitted(
            **matter.said(act.at),
            by=act.by,
            submission=file.times + 1 if file else 1,
            limit=limit_of(rule_of(FileSubmitted), act.at, law),
        )
    ]


def give_back(
    matter: Matter, act: Act, defects: tuple[FileDefect, ...], remarks: Sealed | None, law: Law
) -> list[MatterEvent]:
    """The owner returns the file, with what is wrong with it. Raises OutOfCourse."""
    check_reviewer(matter, act)
    matter.check_step(act, FileReturned)
    limit = limit_of(rule_of(FileReturned), act.at, law)
    return [FileReturned(**matter.said(act.at), defects=defects, limit=limit, remarks=remarks)]


def approve(matter: Matter, act: Act) -> list[MatterEvent]:
    """The owner finds the file complete and in order. Raises OutOfCourse."""
    check_reviewer(matter, act)
    matter.check_step(act, FileApproved)
    return [FileApproved(**matter.said(act.at))]


def archive(matter: Matter, act: Act, claims: Sequence[Claim]) -> list[MatterEvent]:
    """The case rests.

    Raises:
        OutOfCourse: if its file is not approved.
        RecoveryOpen: while a claim is neither paid nor given up, nor ended otherwise.
        NotEvaluated: if the work is not evaluated, as that of every migrant worker's case is.
    """
    check_reviewer(matter, act)
    matter.check_step(act, MatterArchived)
    counted = registered_of(claims)
    unpaid = sum(claim.ended is None for claim in counted)
    if unpaid:
        raise RecoveryOpen(found=unpaid)
    if matter.grade is None:
        raise NotEvaluated(case_id=matter.case_id)
    sums = sums_of(claims)
    return [
        MatterArchived(
            **matter.said(act.at),
            claimed_fen=sums.claimed_fen,
            determined_fen=sums.due_fen,
            recovered_fen=sums.recovered_fen,
            given_up=sum(claim.ended == GIVEN_UP for claim in counted),
        )
    ]


def check_reviewer(matter: Matter, act: Act) -> None:
    """The owner reviews, not who handed the file in for it."""
    course, _ = STEPS[FileApproved]
    matter.check_owner(act, *course.during)
