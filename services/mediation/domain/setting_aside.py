"""Sets a final award aside: the employer asks, the intermediate court dismisses that, or sets it aside."""

from datetime import datetime
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import ResumptionCause, SettingAsideGround
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    MatterEvent,
    SettingAsideAccepted,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
)
from services.mediation.domain import suspending
from services.mediation.domain.acts import Act
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import NotFinalAward, NotReceivedYet
from services.mediation.domain.matter import Matter
from services.mediation.domain.remedies import Opener

NOT_SET_ASIDE: Final = ResumptionCause("not-set-aside")
WITHDRAWN: Final = ResumptionCause("application-withdrawn")


def apply(matter: Matter, act: Act, court: AgencyId, because: SettingAsideGround) -> list[MatterEvent]:
    """The employer asks for it. Whether he asks in time the court decides, who knows when he received it.

    Raises:
        OutOfCourse: if nothing was awarded, or he asked before.
        NotFinalAward: if the award is not one of Arbitration Law Art. 47.
    """
    matter.check_step(act, SettingAsideApplied)
    arbitration = matter.proceedings.last(ProceedingKind.ARBITRATION)
    if arbitration is None or not arbitration.final_award:
        raise NotFinalAward(case_id=matter.case_id)
    return [SettingAsideApplied(**matter.said(act.at), court=court, because=because)]


def accept(matter: Matter, act: Act, docket: ExternalRef) -> list[MatterEvent]:
    """The court takes it on, and the enforcement of the award stands still. Raises OutOfCourse."""
    matter.check_step(act, SettingAsideAccepted)
    accepted = SettingAsideAccepted(**matter.said(act.at), court=court_of(matter), docket=docket)
    return [accepted, *suspending.suspend(matter, at=act.at)]


def withdraw(matter: Matter, act: Act, law: Law) -> list[MatterEvent]:
    """The employer withdrew it: the award stands, and its enforcement goes on. Raises OutOfCourse."""
    matter.check_step(act, SettingAsideWithdrawn)
    withdrawn = SettingAsideWithdrawn(**matter.said(act.at), court=court_of(matter))
    return [withdrawn, *suspending.go_on(matter, WITHDRAWN, law, at=act.at)]


def dismiss(matter: Matter, act: Act, docket: ExternalRef, law: Law) -> list[MatterEvent]:
    """The award stands, and its enforcement goes on. Raises OutOfCourse."""
    matter.check_step(act, SettingAsideDismissed)
    dismissed = SettingAsideDismissed(**matter.said(act.at), court=court_of(matter), docket=docket)
    return [dismissed, *suspending.go_on(matter, NOT_SET_ASIDE, law, at=act.at)]


def grant(
    matter: Matter, act: Act, docket: ExternalRef, *, served_at: datetime, law: Law
) -> list[MatterEvent]:
    """The award falls with its enforcement, and the parties may sue. Raises OutOfCourse, NotReceivedYet."""
    matter.check_step(act, SettingAsideGranted)
    if served_at > act.at:
        raise NotReceivedYet(found=served_at, expected=act.at)
    return [
        SettingAsideGranted(
            **matter.said(act.at),
            court=court_of(matter),
            docket=docket,
            served_at=served_at,
            remedies=matter.remedies(Opener.SET_ASIDE),
            limit=limit_of(rule_of(SettingAsideGranted), served_at, law),
        ),
        *suspending.end(matter, at=act.at),
    ]


def court_of(matter: Matter) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.SETTING_ASIDE)
