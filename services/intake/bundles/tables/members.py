"""`members.csv`: one row a member, with the columns of a list of members."""

from typing import Final

from law.deadlines import day_of
from services.intake.bundles.cells import CASE
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Told
from services.intake.lists.columns import COLUMNS as MEMBER_COLUMNS
from services.intake.lists.reading import member_of

FILE: Final = "members.csv"
COLUMNS: Final = (CASE, *MEMBER_COLUMNS)


def take(row: Row, reading: Reading) -> None:
    case = reading.case_of(FILE, row)
    if case is None:
        return
    cells = {column: cell for column, cell in row.cells.items() if column is not CASE}
    member = member_of(row.line, cells, day_of(case.received_at), reading.wrong.by_file[FILE])
    if member is None:
        return
    if member.identity in case.identities:
        expected = "each person once in a case"
        reading.wrong.note(FILE, row.line, "id_number", member.id_number or member.name, expected)
        return
    case.add(Told(row.line, reading.new_member_id(), member))
