"""The clocks of aid: of its review, of papers that are missing, of assignments."""

from typing import Final

from schemas.codes import SupplementResult
from schemas.facts import CaseFacts, TimeLimit
from schemas.ids import RuleVersion
from schemas.matters import (
    AidAdvanced,
    AidGranted,
    AidLapsed,
    AidRefused,
    AidRegularised,
    AidTerminated,
    AssignmentAccepted,
    AssignmentMade,
    AssignmentReplaced,
    EngagementSigned,
    ObjectionDecided,
    ObjectionFiled,
    ReviewPaused,
    ReviewResumed,
    ReviewStarted,
)
from services.mediation.domain.aid import ASSIGNMENT, AidEvent
from services.mediation.domain.clocks import Clocks
from services.mediation.domain.limitation import KEPT

REVIEW_BY: Final = "review_by"
SUPPLY_BY: Final = "supply_by"
REGULARISE_BY: Final = "regularise_by"
ENGAGE_BY: Final = "engage_by"
OBJECTION_BY: Final = "objection_by"

NOTHING_CAME: Final = (SupplementResult("not-supplied"), SupplementResult("not-needed"))


def clocked_aid(clocks: Clocks, event: AidEvent, facts: CaseFacts) -> Clocks:
    """What becomes of the clocks of review and assignment."""
    match event:
        case ReviewStarted(rule=rule, version=version, review_by=by, provisional=provisional):
            # From the receipt, whoever reviews, and however often the case has moved since.
            limit = TimeLimit(rule=version or RuleVersion(rule), due_at=by, provisional=provisional)
            return clocks.start(REVIEW_BY, limit, facts.received_at)
        case AidGranted(stage=stage, at=at):
            decided = clocks.meet(REVIEW_BY, at).meet(f"{REGULARISE_BY}/{stage}", at)
            if event.assign_by is None:
                return decided
            counted_by = event.version or RuleVersion(event.assign_rule or ASSIGNMENT)
            limit = TimeLimit(rule=counted_by, due_at=event.assign_by, provisional=event.provisional)
            return decided.start(f"assign_by/{stage}", limit, at)
        case AssignmentMade(stage=stage, assignment=number, limit=limit, at=at):
            assigned = clocks.meet(f"assign_by/{stage}", at)
            return assigned.start(f"{ENGAGE_BY}/{stage}.{number}", limit, at) if limit else assigned
        case AssignmentReplaced(stage=stage, ended=earlier, assignment=number, limit=limit, at=at):
            stopped = clocks.stop(f"{ENGAGE_BY}/{stage}.{earlier}", at)
            return stopped.start(f"{ENGAGE_BY}/{stage}.{number}", limit, at) if limit else stopped
        case EngagementSigned(stage=stage, assignment=number, at=at):
            return clocks.meet(f"{ENGAGE_BY}/{stage}.{number}", at)
        case AssignmentAccepted():
            return clocks
        case ReviewPaused(at=at, limit=limit):
            paused = clocks.pause(REVIEW_BY, at)
            return paused.start(SUPPLY_BY, limit, at) if limit else paused
        case ReviewResumed(at=at, limit=limit, result=result):
            ended = clocks.stop(SUPPLY_BY, at) if result in NOTHING_CAME else clocks.meet(SUPPLY_BY, at)
            return ended.resume(REVIEW_BY, limit) if limit else ended
        case AidAdvanced(stage=stage, at=at, limit=limit, assign_limit=assign_limit):
            advanced = clocks.start(f"{REGULARISE_BY}/{stage}", limit, at) if limit else clocks
            return advanced.start(f"assign_by/{stage}", assign_limit, at) if assign_limit else advanced
        case AidRegularised(stage=stage, at=at):
            return clocks.meet(f"{REGULARISE_BY}/{stage}", at)
        case AidLapsed(stage=stage, at=at):
            names = {clock.name for clock in clocks if clock.name.startswith(f"{ENGAGE_BY}/{stage}.")}
            for name in (*names, f"{REGULARISE_BY}/{stage}", f"assign_by/{stage}"):
                clocks = clocks.stop(name, at)
            return clocks
        case AidRefused(at=at):
            return clocks.meet(REVIEW_BY, at).stop_all(at, but=KEPT)
        case AidTerminated(at=at):
            return clocks.stop_all(at, but=KEPT)
        case ObjectionFiled(received_at=received_at, limit=limit):
            return clocks.start(OBJECTION_BY, limit, received_at) if limit else clocks
        case ObjectionDecided(at=at):
            return clocks.meet(OBJECTION_BY, at)
