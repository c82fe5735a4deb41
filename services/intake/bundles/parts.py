"""Which of several partial awards a row is about."""

from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.domain.steps.arbitration import PARTIAL_AWARD


def part_of(file: str, row: Row, reading: Reading, column: str) -> int | None:
    """Its number, which is the first if none is named; None where the column names no partial award."""
    part = row.said.get("part")
    if row.said.get(column) == PARTIAL_AWARD:
        return int(part or 1)
    if part:
        reading.wrong.note(file, row.line, "part", part, "it of a partial award alone")
    return None
