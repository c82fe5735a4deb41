"""Sets a final award aside: the employer asks, the intermediate court dismisses that, or sets it aside."""

from datetime import datetime

from law.book import Law
from law.limits import limit_of
from schemas.codes import SettingAsideGround
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import MatterEvent, SettingAsideApplied, SettingAsideDismissed, SettingAsideGranted
from services.mediation.domain.acts import Act
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import NotFinalAward, NotReceivedYet
from services.mediation.domain.matter import Matter
from services.mediation.domain.remedies import Opener


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


def dismiss(matter: Matter, act: Act, docket: ExternalRef) -> list[MatterEvent]:
    """The award stands. Raises OutOfCourse."""
    matter.check_step(act, SettingAsideDismissed)
    return [SettingAsideDismissed(**matter.said(act.at), court=court_of(matter), docket=docket)]


def grant(
    matter: Matter, act: Act, docket: ExternalRef, *, served_at: datetime, law: Law
) -> list[MatterEvent]:
    """The award falls, and the parties may sue over the dispute. Raises OutOfCourse, NotReceivedYet."""
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
        )
    ]


def court_of(matter: Matter) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.SETTING_ASIDE)
