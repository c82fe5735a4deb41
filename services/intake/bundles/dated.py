"""Tables whose rows are proceedings: a column with a day says that something was done then."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.intake.bundles.acts import act_of
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Line, Running


@dataclass(frozen=True, slots=True)
class Dated:
    """A column with a day, and the act of that day."""

    column: str
    code: str
    fields: Mapping[str, str] = field(default_factory=dict)
    """The fields of the act, and the columns that fill them."""


def take_proceeding(
    file: str, row: Row, reading: Reading, acts: Sequence[Dated], suit: int | None = None
) -> Running | None:
    """What was done, by a row; the acts are in the order in which they are done. None if it was wrong.

    Args:
        suit: the line of the suit that it is about.
    """
    case = reading.case_of(file, row)
    if case is None:
        return None
    for column, expected in out_of_place(row, acts):
        reading.wrong.note(file, row.line, column, row.said[column], expected)
    for each in acts:
        if each.column in row.said:
            at = datetime.fromisoformat(row.said[each.column])
            reading.check_done(file, row.line, each.column, at, case)
            act = act_of(each.code, at, each.fields, row.said)
            columns = {**each.fields, "act": each.column}
            case.history.append(Line(line=row.line, act=act, file=file, columns=columns, suit=suit))
    return case


def out_of_place(row: Row, acts: Sequence[Dated]) -> Iterator[tuple[str, str]]:
    """Cells that are filled, but not the day that they belong to; and days that do not follow each other."""
    before: str | None = None
    placed = {column for each in acts if each.column in row.said for column in each.fields.values()}
    for each in acts:
        if each.column in row.said:
            if before and row.said[each.column] < row.said[before]:
                yield each.column, f"nothing before the day in {before}"
            before = each.column
            continue
        for column in each.fields.values():
            if column in row.said and column not in placed:
                yield column, f"a day in {each.column} as well"


def check_served(file: str, row: Row, reading: Reading, made: str) -> None:
    """What was made on the day in a column was served on that day, or later."""
    served = row.said.get("served")
    if served and made in row.said:
        reading.check_past(file, row.line, "served", datetime.fromisoformat(served))
        if served < row.said[made]:
            reading.wrong.note(file, row.line, "served", served, f"nothing before the day in {made}")
