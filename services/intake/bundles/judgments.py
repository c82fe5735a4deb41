"""In which of several suits of a member that was decided which a row tells of."""

from collections.abc import Iterator

from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Line, Running, Told
from services.intake.domain.steps.suits import decides, decides_on_appeal, dispute_of

DECIDING = {"judged": decides, "judged-on-appeal": decides_on_appeal}
"""What an amount of a judgment is called, and which acts give one."""


def suits_called(docket: str, case: Running) -> Iterator[int | None]:
    """The lines of the suits that have that number."""
    return (line.suit for line in case.history if line.suit and line.act.docket == docket)


def suit_of(file: str, row: Row, told: Told, case: Running, reading: Reading) -> int | None:
    """The line of the suit: the one that is named, or the only one in which that was decided of him."""
    kind, docket = row.said["kind"], row.said.get("docket")
    if kind not in DECIDING:
        if docket:
            reading.wrong.note(file, row.line, "docket", docket, "it of a judgment alone")
        return None
    his = decided(kind, told, case)
    found = [each for each in his if each in set(suits_called(docket, case))] if docket else his
    if len(found) > 1 or (docket and not found):
        known = ", ".join(numbers_of(his, case)) or "there is none"
        expected = f"the number of one of his suits that was {kind}: {known}"
        reading.wrong.note(file, row.line, "docket", docket or "", expected)
    return found[0] if len(found) == 1 else None


def decided(kind: str, told: Told, case: Running) -> list[int]:
    """The lines of the suits in which that was decided, as they stand in their table."""
    about = {line.suit for line in case.history if is_of(line, told)}
    lines = (line for line in case.history if DECIDING[kind](line.act))
    return sorted(line.suit for line in lines if line.suit and line.suit in about)


def is_of(line: Line, told: Told) -> bool:
    """Whether a suit was filed for him by that."""
    return line.act.code == "suit-filed" and dispute_of(line.act).binds(told.id)


def numbers_of(suits: list[int], case: Running) -> Iterator[str]:
    return (line.act.docket or "" for line in case.history if line.suit in suits and line.act.docket)
