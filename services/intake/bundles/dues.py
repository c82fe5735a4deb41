"""What a member is due in all: by one award beside the others, or by a sum in the place of all."""

from dataclasses import dataclass, field

from services.intake.domain.steps.arbitration import AWARD, Award
from services.intake.domain.steps.suits import Dispute

THE_AWARD: Award = (AWARD, None)


@dataclass(slots=True)
class Due:
    """What one member is due, as one act after the other fixed it."""

    awards: dict[Award, int] = field(default_factory=dict)
    """What each award gives him, or the judgment over it alone."""
    fell: set[Award] = field(default_factory=set)
    """What a court set aside, and nothing has been decided in its place."""
    judged: set[Award] = field(default_factory=set)
    """What a judgment took the place of."""
    instead_fen: int | None = None
    """What an agreement gives him, or a judgment over all of them."""

    def award(self, award: Award, fen: int) -> None:
        """The commission decided, or the parties settled before it."""
        self.awards[award] = fen
        self.instead_fen = None

    def replace(self, about: Dispute, fen: int) -> None:
        """A court decided, over one award or over all; or the parties agreed."""
        if about.award is None or self.instead_fen is not None:
            self.instead_fen = fen
        else:
            self.awards[about.award] = fen
            self.judged.add(about.award)
            self.fell.discard(about.award)

    def fall(self, award: Award) -> None:
        """A court set that award aside. What a judgment had taken the place of stays as it is."""
        if self.instead_fen is None and award in self.awards and award not in self.judged:
            del self.awards[award]
            self.fell.add(award)

    @property
    def in_all_fen(self) -> int | None:
        """None while more is to be decided."""
        if self.instead_fen is not None:
            return self.instead_fen
        whole = THE_AWARD in self.awards and not self.fell
        return sum(self.awards.values()) if whole else None
