"""A case rests once its file is approved, its recovery ended and the work evaluated; not before."""

from dataclasses import replace

import pytest

from schemas.codes import ClaimEnd, FileDefect
from schemas.ids import AgencyId
from schemas.matters import (
    EvaluationCompleted,
    FileApproved,
    FileReturned,
    FileSubmitted,
    MatterArchived,
    MatterConcluded,
    MatterEvent,
)
from schemas.samples import a
from services.mediation.domain import archiving, concluding
from services.mediation.domain.acts import MatterState
from services.mediation.domain.claim import Claim
from services.mediation.domain.clocks import ClockState
from services.mediation.domain.errors import (
    ClaimOver,
    NotEvaluated,
    NotTheOwner,
    OutOfCourse,
    OutOfTurn,
    RecoveryOpen,
)
from services.mediation.domain.matter import Matter
from tests.domain.test_matter import FIRM, HERE, IN_HAND, LAW, NOW, claims, matter

DEFECTS = (FileDefect("unsigned"),)
DONE = (*IN_HAND, a(MatterConcluded), a(EvaluationCompleted))
APPROVED = (*DONE, a(FileSubmitted), a(FileApproved))
BY_FIRM = replace(HERE, by=FIRM)


def ended(because: str = "paid") -> list[Claim]:
    return [replace(claim, ended=ClaimEnd(because)) for claim in claims(due_fen=100, recovered_fen=100)]


def test_the_conclusion_starts_the_clock_of_the_file_and_who_worked_on_it_hands_it_in() -> None:
    found = matter(*IN_HAND)
    (concluded,) = concluding.conclude(found, HERE, "no-result", claims(), LAW)  # type: ignore[arg-type]
    found = found.after(concluded)
    assert found.due.keys() == {"hand_in_by"}

    (submitted,) = archiving.submit(found, BY_FIRM, LAW)

    assert isinstance(submitted, FileSubmitted)
    assert (submitted.by, submitted.submission) == (FIRM, 1)
    assert found.after(submitted).due.keys() == {"file_review_by"}


def test_a_returned_file_is_handed_in_again_with_a_clock_of_its_own() -> None:
    found = matter(*DONE, a(FileSubmitted))

    (returned,) = archiving.give_back(found, HERE, DEFECTS, None, LAW)
    back = found.after(returned)
    (again,) = archiving.submit(back, BY_FIRM, LAW)

    assert isinstance(returned, FileReturned)
    assert returned.limit
    assert back.due == {"hand_in_by": returned.limit.due_at}
    assert isinstance(again, FileSubmitted)
    assert again.submission == 2


def test_a_file_that_comes_too_late_is_taken_and_the_breach_stays() -> None:
    found = matter(*IN_HAND)
    (concluded,) = concluding.conclude(found, HERE, "no-result", claims(), LAW)  # type: ignore[arg-type]
    late = found.after(concluded)
    (breached,) = late.breach("hand_in_by", at=NOW)
    (submitted,) = archiving.submit(late.after(breached), BY_FIRM, LAW)

    (clock,) = (c for c in late.after(breached).after(submitted).clocks if c.name == "hand_in_by")
    assert (clock.state, clock.open) == (ClockState.BREACHED, False)


def test_the_owner_reviews_and_not_who_handed_the_file_in() -> None:
    found = matter(*DONE, a(FileSubmitted))

    with pytest.raises(NotTheOwner):
        archiving.approve(found, BY_FIRM)
    with pytest.raises(NotTheOwner):
        archiving.give_back(found, BY_FIRM, DEFECTS, None, LAW)
    assert archiving.approve(found, HERE) == [a(FileApproved, at=NOW)]


def test_there_is_no_file_before_the_conclusion_and_none_is_reviewed_that_is_not_there() -> None:
    with pytest.raises(OutOfTurn):
        archiving.submit(matter(*IN_HAND), HERE, LAW)
    with pytest.raises(OutOfCourse):
        archiving.approve(matter(*DONE), HERE)
    with pytest.raises(OutOfCourse):
        archiving.submit(matter(*DONE, a(FileSubmitted)), HERE, LAW)


def test_a_case_whose_file_is_approved_and_whose_members_are_paid_rests() -> None:
    (archived,) = archiving.archive(matter(*APPROVED), HERE, ended())

    assert isinstance(archived, MatterArchived)
    assert (archived.determined_fen, archived.recovered_fen, archived.given_up) == (300, 300, 0)
    rests = matter(*APPROVED, archived)
    assert (rests.state, rests.due) == (MatterState.ARCHIVED, {})
    with pytest.raises(OutOfTurn):
        archiving.archive(rests, HERE, ended())


@pytest.mark.parametrize(
    ("events", "of", "refusal"),
    [
        ((*DONE, a(FileSubmitted)), ended(), OutOfCourse),
        (APPROVED, claims(due_fen=100), RecoveryOpen),
        (APPROVED, [*ended()[:2], *claims()[2:]], RecoveryOpen),
        ((*IN_HAND, a(MatterConcluded), a(FileSubmitted), a(FileApproved)), ended(), NotEvaluated),
        (IN_HAND, ended(), OutOfTurn),
    ],
)
def test_nothing_else_rests(
    events: tuple[MatterEvent, ...], of: list[Claim], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        archiving.archive(matter(*events), HERE, of)


def test_a_member_may_give_the_rest_up_and_that_is_counted() -> None:
    (claim, *others) = claims(due_fen=100, recovered_fen=40)
    given_up = claim.after(*claim.give_up(at=NOW))

    assert (given_up.ended, given_up.recovered_fen) == ("given-up", 40)
    with pytest.raises(ClaimOver):
        given_up.give_up(at=NOW)
    (archived,) = archiving.archive(matter(*APPROVED), HERE, [given_up, *ended()[1:]])
    assert isinstance(archived, MatterArchived)
    assert (archived.given_up, archived.recovered_fen) == (1, 240)
    assert len(others) == 2


def test_strangers_hand_nothing_in() -> None:
    with pytest.raises(Exception, match="in the hands of"):
        archiving.submit(matter(*DONE), replace(HERE, by=AgencyId("stranger")), LAW)


def test_the_fold_of_an_unknown_past_stays_total() -> None:
    found: Matter = matter(a(FileReturned), a(MatterArchived))

    assert found.state is MatterState.ARCHIVED
