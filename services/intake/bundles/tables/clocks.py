"""`clocks.csv`: one row for each time limit that the earlier system kept."""

from datetime import datetime
from typing import Final

from schemas.ids import RuleId
from schemas.past import PastClock
from services.intake.bundles.cells import CASE, RULE, ending, moment
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.domain.standing import CLOCK_STATES
from services.intake.lists.columns import a, worded

FILE: Final = "clocks.csv"

COLUMNS: Final = (
    CASE,
    a("rule", "规则", "The rule that sets the time limit.", RULE, required=True),
    a("started", "起算时间", "With the act that starts it.", moment, required=True),
    a("due", "到期时间", "When it ends.", ending, required=True),
    a("paused", "中止时间", "Of a review: since when it stands still.", moment),
    a("resumed", "恢复时间", "Of a review: since when it goes on.", moment),
    a("state", "状态", "Checked against the days, if it is given.", worded(CLOCK_STATES)),
)

TIMES: Final = ("started", "due", "paused", "resumed")


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    said = {name: datetime.fromisoformat(row.said[name]) for name in TIMES if name in row.said}
    clock = PastClock(
        rule=RuleId(row.said["rule"]),
        started_at=said["started"],
        due_at=said["due"],
        paused_at=said.get("paused"),
        resumed_at=said.get("resumed"),
    )
    for name in ("started", "paused", "resumed"):
        if name in said:
            reading.check_past(FILE, row.line, name, said[name])
    case.clocks.append((row.line, clock, row.said.get("state")))
