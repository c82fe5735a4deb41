"""Whether a commission could be asked to review an agreement: one of a labour relation, and in time."""

from typing import Final

from law.book import Law
from law.deadlines import day_of
from law.limits import limit_of
from schemas.codes import Relation
from schemas.ids import RuleId
from services.intake.bundles.running import AGREED, Bundle, Running
from services.intake.domain.steps.arbitration_review import APPLIED

REVIEW: Final = RuleId("arbitration-review")
SERVICE: Final = Relation("service")


def fit_reviews(case: Running, bundle: Bundle, law: Law) -> None:
    agreed_at = None
    for line in case.steps:
        agreed_at = line.act.at if line.act.code == AGREED else agreed_at
        if line.act.code != APPLIED or agreed_at is None:
            continue
        wrong, column = bundle.wrong, line.columns["act"]
        if case.relation == SERVICE:
            expected = "an agreement of a labour relation: a commission reviews no other"
            wrong.note(line.file, line.line, column, case.relation, expected)
        due_at = limit_of(REVIEW, agreed_at, law).due_at
        if line.act.at > due_at:
            found, expected = str(day_of(line.act.at)), f"a day until {day_of(due_at)}"
            wrong.note(line.file, line.line, column, found, expected)
