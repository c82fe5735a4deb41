"""Rights of the applicants that run out."""

from datetime import date
from typing import Annotated, TypeAlias

from pydantic import StringConstraints

from schemas.codes import (
    LimitationActCode,
)
from schemas.facts import KeyDates, TimeLimit
from schemas.fields import Few, Public, Sealed, UtcTime, Value
from schemas.ids import Count, RuleId
from schemas.matters.acts import OwnersAct, Remedy

ClockName = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}(/[a-z0-9.-]{1,40})?$")]
"""A clock as `GET /v1/cases/{case_id}/clocks` names it: `limitation_by/arbitration-limitation`."""


class RunningLimit(Value):
    """A time limit for the applicants, as it is counted now."""

    clock: Public[ClockName]
    """Its clock."""
    since: Public[UtcTime]
    """What the present time runs from."""
    limit: Public[TimeLimit]
    """When it ends; of what is suspended, when it would if it went on at once."""
    suspended: Public[bool | None] = None
    """True while something suspends it: it does not run, and nobody can say when it ends."""


class LimitationCounted(OwnersAct, type="casebridge.limitation.counted.v1"):
    """Time limits of the claim were counted from the facts (LDMAL Art. 27, Civil Code Art. 188)."""

    dates: KeyDates
    """The days that are known."""
    limits: Public[Few[RunningLimit]]
    """What runs from them, through all that interrupted or suspended it."""


class LimitationInterrupted(OwnersAct, type="casebridge.limitation.interrupted.v1"):
    """A claim, relief that was sought, or a promise let time limits begin anew (LDMAL Art. 27)."""

    code: Public[LimitationActCode]
    """What it was."""
    on: Public[date]
    """When."""
    limits: Public[Few[RunningLimit]]
    """What it let begin anew."""
    paper: Sealed | None = None
    """What proves it."""


class LimitationSuspended(OwnersAct, type="casebridge.limitation.suspended.v1"):
    """Something keeps the applicants from using their rights: time limits stand still while it lasts."""

    code: Public[LimitationActCode]
    """What it is."""
    on: Public[date]
    """Since when."""
    until: Public[date | None] = None
    """The day on which it was over, if it is."""
    limits: Public[Few[RunningLimit]]
    """What it suspends."""
    paper: Sealed | None = None
    """What proves it."""


class LimitationResumed(OwnersAct, type="casebridge.limitation.resumed.v1"):
    """What suspended time limits is over: they run on."""

    code: Public[LimitationActCode]
    """What it was."""
    on: Public[date]
    """Since when it had lasted."""
    until: Public[date]
    """The day on which it was over."""
    limits: Public[Few[RunningLimit]]
    """What runs on."""


class LimitationAtRisk(OwnersAct, type="casebridge.limitation.at_risk.v1"):
    """A right of the applicants runs out soon; said once a step of the ladder of its rule."""

    clock: Public[ClockName]
    """Which clock."""
    rule: Public[RuleId]
    """The rule that sets the time limit."""
    due_at: Public[UtcTime]
    """When it ends."""
    days: Public[Count]
    """How many days are left; 0 on the last one, and when it can be said only afterwards."""
    advance: Public[bool | None] = None
    """True if aid may be given in advance: fewer than seven days are left (Legal Aid Law Art. 44)."""


class RightOpened(OwnersAct, type="casebridge.right.opened.v1"):
    """What happened gives the applicants a right that runs out: to confirmation, to enforcement."""

    clock: Public[ClockName]
    """Its clock."""
    since: Public[UtcTime]
    """What it runs from."""
    limit: Public[TimeLimit]
    """Until when it can be used."""


class RightUsed(OwnersAct, type="casebridge.right.used.v1"):
    """The applicants used a right elsewhere: recognition of an injury was applied for, a suit was filed."""

    clock: Public[ClockName]
    """Its clock."""
    on: Public[date]
    """When."""
    paper: Sealed | None = None
    """What proves it."""


class RightLapsed(OwnersAct, type="casebridge.right.lapsed.v1"):
    """A right was not used in time. Nobody is in breach; the law says what follows."""

    clock: Public[ClockName]
    """Its clock."""
    rule: Public[RuleId]
    """The rule that set the time limit."""
    due_at: Public[UtcTime]
    """When it ended."""
    remedies: Public[Few[Remedy] | None] = None
    """The ways that are open to the workers now because it lapsed; absent if it opens none."""


LimitationStep: TypeAlias = (
    LimitationCounted
    | LimitationInterrupted
    | LimitationSuspended
    | LimitationResumed
    | LimitationAtRisk
    | RightOpened
    | RightUsed
    | RightLapsed
)
"""What happens to rights that run out."""
