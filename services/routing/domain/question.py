"""What a route is decided from: the facts of the case that count, and what has been tried."""

from dataclasses import dataclass
from datetime import date

from schemas.codes import CaseType, Language, WorkerClass
from schemas.ids import AgencyId, Division


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Who is to have this case?"""

    intake: AgencyId
    """Who has the case."""
    home: Division
    work: Division
    case_type: CaseType
    on: date
    urgent: bool = False
    language: Language | None = None
    worker_class: WorkerClass | None = None
    asked: frozenset[AgencyId] = frozenset()
    """Nobody is asked twice."""
    proposed: AgencyId | None = None
    """Who is competent in the view of an agency that refused."""
    declined: bool = False
    """The agency that has the case finds itself not competent."""
