"""`representatives.csv`: one row for each time that a member spoke for the group."""

from datetime import datetime
from typing import Final

from chassis.cells import words
from services.intake.bundles.cells import CASE, moment
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Spell
from services.intake.lists.columns import a

FILE: Final = "representatives.csv"

COLUMNS: Final = (
    CASE,
    a("member", "成员 代表人", "Who: as in `money.csv`.", words(200, "a member"), required=True),
    a("since", "推选日期", "Since when he spoke for the group.", moment, required=True),
    a("until", "更换日期", "Since when he did so no more; empty: he still does.", moment),
)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    told = reading.member_in(case, FILE, row) if case else None
    if case is None or told is None:
        return
    since, until = datetime.fromisoformat(row.said["since"]), row.said.get("until")
    reading.check_done(FILE, row.line, "since", since, case)
    spell = Spell(line=row.line, of=told, since=since, until=datetime.fromisoformat(until) if until else None)
    if spell.until:
        reading.check_past(FILE, row.line, "until", spell.until)
    case.spells.append(spell)
