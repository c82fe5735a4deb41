"""What partial awards give one member: each by itself, as a court may set aside or replace one alone."""

from dataclasses import dataclass, replace
from typing import Final, Self

from schemas.codes import Determination
from schemas.ids import Fen
from schemas.matters import PartNumber

PARTLY: Final = Determination("partial-award")
JUDGMENT: Final = Determination("judgment")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartDue:
    """What one partial award gave a member."""

    part: PartNumber
    due_fen: Fen
    by: Determination = PARTLY
    """What fixed it last: the award, or a judgment in its place."""
    fell: bool = False
    """Whether a court set it aside, and nothing has been decided in its place."""


@dataclass(frozen=True, slots=True)
class PartsDue:
    """All of them, in order."""

    all: tuple[PartDue, ...] = ()

    @property
    def due_fen(self) -> Fen | None:
        """What those that stand come to; None if none does."""
        standing = [each.due_fen for each in self.all if not each.fell]
        return sum(standing) if standing else None

    def standing(self, part: PartNumber) -> PartDue | None:
        """What that part gives him, if it stands."""
        return next((each for each in self.all if each.part == part and not each.fell), None)

    def fell(self, but: PartNumber | None = None) -> bool:
        """Whether one fell that nothing has been decided in the place of, beside the one that is named."""
        return any(each.fell and each.part != but for each in self.all)

    def due_by(self, part: PartNumber) -> Fen:
        found = self.standing(part)
        return found.due_fen if found else 0

    def with_part(self, now: PartDue) -> Self:
        """One more; or another amount of one that is there."""
        if all(each.part != now.part for each in self.all):
            return replace(self, all=(*self.all, now))
        return replace(self, all=tuple(now if each.part == now.part else each for each in self.all))

    def without(self, part: PartNumber) -> Self:
        """A court set it aside."""
        return self.with_part(PartDue(part=part, due_fen=0, fell=True))
