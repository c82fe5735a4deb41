"""`consents.csv`: what each member of a group said to its agreement."""

from datetime import datetime
from typing import Final

from chassis.cells import words
from schemas.ids import MemberId
from services.intake.bundles.cells import CASE, PART, moment
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Answer, Running
from services.intake.bundles.tables.suits import MOST_NAMED
from services.intake.lists.columns import a

FILE: Final = "consents.csv"

COLUMNS: Final = (
    CASE,
    a(
        "members",
        "成员",
        "Who, as in `money.csv`, several with `;` between them; empty: all who stand in no other row.",
        words(MOST_NAMED, "members"),
    ),
    a("agreement", "协议序号", "To which agreement, as they were made; empty: the first.", PART),
    a("consented", "同意日期", "When they consented.", moment),
    a(
        "refused",
        "不同意日期",
        "When they said that they do not. With neither day they have not answered yet.",
        moment,
    ),
)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    answer = Answer(line=row.line, consented_at=day_in("consented", row), refused_at=day_in("refused", row))
    for column, at in (("consented", answer.consented_at), ("refused", answer.refused_at)):
        if at:
            reading.check_done(FILE, row.line, column, at, case)
    agreement = int(row.said.get("agreement", 1))
    if "members" not in row.said:
        give(None, case.number, agreement, answer, case, reading)
    for told in reading.named_in(case, FILE, row):
        give(told.id, told.body.name, agreement, answer, case, reading)


def give(
    member: MemberId | None, called: str, agreement: int, answer: Answer, case: Running, reading: Reading
) -> None:
    """One answer each; `member` None: all others."""
    given = case.answers[agreement]
    if member in given:
        expected = f"each member once of an agreement; line {given[member].line} has him already"
        reading.wrong.note(FILE, answer.line, "members", called, expected)
    given.setdefault(member, answer)


def day_in(column: str, row: Row) -> datetime | None:
    return datetime.fromisoformat(row.said[column]) if column in row.said else None
