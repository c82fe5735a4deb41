"""Whether a stage of a case is aided: each is a grant of its own. Workers may always act for themselves."""

from typing import Final

from schemas.codes import AidStage
from services.mediation.domain.acts import MatterState
from services.mediation.domain.errors import NotAided
from services.mediation.domain.matter import Matter

ARBITRATION: Final = AidStage("arbitration")
FIRST_INSTANCE: Final = AidStage("first-instance")
ENFORCEMENT: Final = AidStage("enforcement")


def check_aided(matter: Matter, stage: AidStage, *, unaided: bool) -> bool | None:
    """Whether aid covers what is begun. Returns what its event says of that. Raises NotAided.

    Args:
        unaided: that the workers act for themselves. Then it is recorded, as the next stage hangs on it.
    """
    if unaided:
        return True
    over = matter.state is MatterState.TERMINATED
    covered = () if over else matter.aid.covered
    if stage not in covered:
        raise NotAided(found=stage, expected=", ".join(covered) or "none")
    return None
