"""Says what was decided about a matter, with what follows from it for the rights of the applicants."""

from collections.abc import Sequence

from chassis.unit_of_work import UnitOfWork
from law.book import Law
from law.limits import law_for
from schemas.matters import MatterEvent
from services.mediation.domain import rights
from services.mediation.domain.matter import Matter


def say(
    matter: Matter, said: Sequence[MatterEvent], uow: UnitOfWork, *, legal_basis: str | None = None
) -> Matter:
    """Emit both in one unit. Returns what the matter is now."""
    now = uow.emit(matter, said, legal_basis=legal_basis)
    law = law_for(now.facts, uow.province, uow.use(Law))
    return uow.emit(now, rights.follow(now, said, law, at=uow.now))
