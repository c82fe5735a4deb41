"""The one-time notice of what a review waits for, as a paper.

It fills the names that intake fills: the template is the same, and a province's own goes over both.
"""

from collections.abc import Mapping
from typing import Any, Final

from chassis.unit_of_work import UnitOfWork
from schemas.codes import PAPERS, SUPPLEMENT_RESULTS, PaperCode, SupplementResult
from schemas.facts import CaseFacts
from schemas.words import in_words
from services.mediation.domain.aid_clocks import SUPPLY_BY
from services.mediation.domain.errors import NothingAsked
from services.mediation.domain.matter import Matter
from services.mediation.domain.review import Supplement
from services.mediation.repository import last_paper

SUPPLIED: Final = SupplementResult("supplied")
PARTLY_SUPPLIED: Final = SupplementResult("partly-supplied")
WORDED: Final = ("worker_class", "channel", "evidence", "relation", "language")


def one_time_notice(matter: Matter, _: int, uow: UnitOfWork) -> dict[str, Any]:
    """Raises NothingAsked where the owner did not pause the review itself."""
    asked = matter.aid.review.supplement
    if asked is None:
        raise NothingAsked(case_id=matter.case_id)
    # The clock, not the event: the holidays of a year may have been published since.
    clock = [each for each in matter.clocks if each.name == SUPPLY_BY][-1]
    return {
        **{name: in_words(CaseFacts, name, getattr(matter.facts, name), "zh") for name in WORDED},
        "missing": [missing(code, asked) for code in asked.missing],
        "note": last_paper("supplement", uow) if asked.noted else None,
        "due_at": clock.limit.due_at,
        "provisional": clock.limit.provisional,
        "requested_at": clock.started_at,
        "result": result_in_words(asked),
        "part_came": asked.result == PARTLY_SUPPLIED,
        "resumed_at": clock.ended_at,
    }


def missing(code: PaperCode, asked: Supplement) -> Mapping[str, Any]:
    """What came is known of all together; which part of it came is filled in by hand."""
    called = PAPERS.get(code)
    return {
        "code": code,
        "zh": called.zh if called else code,
        "en": called.en if called else code,
        "outstanding": asked.result != SUPPLIED,
    }


def result_in_words(asked: Supplement) -> str | None:
    if asked.result is None:
        return None
    called = SUPPLEMENT_RESULTS.get(asked.result)
    return called.zh if called else asked.result
