"""Which awards were made in a matter: the parts, and the award of the rest; what each is called."""

from collections.abc import Iterator

from schemas.codes import EnforcementTitle
from schemas.matters import PartNumber
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.errors import NoSuchAward
from services.mediation.domain.keys import AWARD, PARTIAL_AWARD, numbered
from services.mediation.domain.matter import Matter
from services.mediation.domain.proceeding import Proceeding


def awards_of(matter: Matter) -> Iterator[tuple[str, Proceeding]]:
    """The award, and each partial one, with what it is called among the titles."""
    arbitration = matter.proceedings.last(ProceedingKind.ARBITRATION)
    if arbitration and arbitration.state is ProceedingState.AWARDED:
        yield AWARD, arbitration
    for part in matter.proceedings.of(ProceedingKind.PARTIAL_AWARD):
        yield numbered(PARTIAL_AWARD, part.part), part


def award_called(matter: Matter, title: EnforcementTitle, part: PartNumber | None = None) -> Proceeding:
    """The award of that name. Raises NoSuchAward."""
    made, name = dict(awards_of(matter)), numbered(title, part if title == PARTIAL_AWARD else None)
    if name not in made:
        raise NoSuchAward(found=name, expected=", ".join(made) or "nothing")
    return made[name]
