"""What a matter and a case answer to every command, timer and fact: found by asking them in every state.

A state is the way that leads to it, as a list of what an aggregate is given: so none is there that nothing
leads to. `docs/answers.md` is made of it.
"""

from casebridge.answers.case import cases
from casebridge.answers.matter import matters
from law.book import Law
from services.routing.domain.protocol import Cell, Kind, Source, cells_of

__all__ = ["Cell", "Kind", "Source", "cells_of", "kinds"]


def kinds(law: Law) -> tuple[Kind, ...]:
    """What intake and mediation decide about."""
    return (cases(law), matters(law))
