"""What happens on every stimulus in every state: found by asking the domain itself, so that it cannot lie.

Aggregates are made of the contract's frozen samples, one for each state that can be told apart from outside.
Each is given every letter, command, timer and fact, and what it says is written down. `docs/protocol.md` is
made of it.
"""

from law.book import Law
from services.routing.domain.protocol.custody import transfers
from services.routing.domain.protocol.escalation import escalations
from services.routing.domain.protocol.help import errands, tasks
from services.routing.domain.protocol.kind import Cell, Kind, Source, cells_of
from services.routing.domain.protocol.offer import offers

__all__ = ["Cell", "Kind", "Source", "cells_of", "kinds"]


def kinds(law: Law) -> tuple[Kind, ...]:
    """Everything that takes part in the handshake."""
    return (transfers(law), offers(law), escalations(), tasks(law), errands())
