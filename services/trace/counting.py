"""What the ministry's figures count, and what of it makes a rate or a share. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from schemas.cases import (
    ApplicationAdopted,
    ApplicationDeemedWithdrawn,
    ApplicationSubmitted,
    ApplicationWithdrawn,
)
from schemas.ids import Province
from schemas.matters import (
    AidGranted,
    AidRefused,
    AssignmentMade,
    EvaluationCompleted,
    MatterAccepted,
    MatterArchived,
    MatterConcluded,
    MediationAgreed,
    MediationSessionHeld,
    RecoveryRecorded,
)

RECEIVED: Final = "received"
CONCLUDED: Final = "concluded"
RECOVERED: Final = "recovered"
AGREED: Final = "agreed"
BROKEN_OFF: Final = "broken-off"
EVALUATED_OF: Final = "concluded, evaluated"
"""A case that was concluded, once it is evaluated, too: counted on the day of its conclusion."""

COUNTED: Final[Mapping[str, str]] = {
    ApplicationSubmitted.type: RECEIVED,
    ApplicationAdopted.type: "taken_over",
    ApplicationWithdrawn.type: "withdrawn",
    ApplicationDeemedWithdrawn.type: "withdrawn",
    MatterAccepted.type: "accepted",
    AidGranted.type: "granted",
    AidRefused.type: "refused",
    AssignmentMade.type: "assigned",
    MatterConcluded.type: CONCLUDED,
    EvaluationCompleted.type: "evaluated",
    MatterArchived.type: "archived",
}
"""What happens to a case once, by its event: of several, such as a grant for each stage, the first counts."""

EVERY: Final[Mapping[str, str]] = {
    RecoveryRecorded.type: RECOVERED,
    MediationAgreed.type: AGREED,
    MediationSessionHeld.type: BROKEN_OFF,
}
"""What happens to a case again and again: every one counts, of sessions those that were broken off."""

STAGES: Final[Mapping[str, tuple[str, str]]] = {
    "accept": (RECEIVED, "accepted"),
    "review": ("accepted", "granted"),
    "assign": ("granted", "assigned"),
    "work": ("assigned", CONCLUDED),
    "evaluate": (CONCLUDED, "evaluated"),
    "archive": (CONCLUDED, "archived"),
    "whole": (RECEIVED, CONCLUDED),
}
"""From what to what a stage runs. A case that came from another deployment has no first receipt here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What happened in one month to the cases of one kind; the smallest that figures are made of."""

    province: Province
    case_type: str | None
    channel: str | None
    month: str
    what: str
    """A word of COUNTED, or one of EVERY."""
    cases: int
    workers: int
    fen: int
    """Claimed by those received, received by those recovered, else 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How much of everything; money in fen."""

    received: int
    workers: int
    """Members of the cases received."""
    claimed_fen: int
    """By the members of the cases received, as they applied."""
    taken_over: int
    """Cases that came from other agencies' provinces."""
    withdrawn: int
    accepted: int
    granted: int
    refused: int
    assigned: int
    concluded: int
    evaluated: int
    archived: int
    recovered_fen: int
    """Money that members received, by when it was recorded, whenever their cases came in."""
    payments: int


def figures_of(cells: Iterable[Cell]) -> Figures:
    """The sums."""
    cases: dict[str, int] = {}
    workers: dict[str, int] = {}
    fen: dict[str, int] = {}
    for cell in cells:
        cases[cell.what] = cases.get(cell.what, 0) + cell.cases
        workers[cell.what] = workers.get(cell.what, 0) + cell.workers
        fen[cell.what] = fen.get(cell.what, 0) + cell.fen
    counted = {what: cases.get(what, 0) for what in COUNTED.values()}
    return Figures(
        **counted,
        workers=workers.get(RECEIVED, 0),
        claimed_fen=fen.get(RECEIVED, 0),
        recovered_fen=fen.get(RECOVERED, 0),
        payments=cases.get(RECOVERED, 0),
    )


def split(cells: Sequence[Cell], by: Callable[[Cell], str | None]) -> Mapping[str, Figures]:
    """The figures of each value, in the order of values; `unknown` where there is none."""
    keys = sorted({by(cell) or "unknown" for cell in cells})
    return {key: figures_of(cell for cell in cells if (by(cell) or "unknown") == key) for key in keys}


def share(part: int, whole: int) -> float | None:
    """To four digits; None where there is nothing to have a share of."""
    return round(part / whole, 4) if whole else None
