"""Sets a final award aside, or a final part: the employer asks, the court dismisses that or grants it."""

from datetime import datetime
from typing import Final

from law.book import Law
from law.limits import limit_of
from schemas.codes import ResumptionCause, SettingAsideGround
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    MatterEvent,
    PartNumber,
    SettingAsideAccepted,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
)
from services.mediation.domain import suspending
from services.mediation.domain.acts import Act
from services.mediation.domain.awards import award_called
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import NotFinalAward, NotReceivedYet
from services.mediation.domain.keys import challenged_key, title_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.remedies import Opener

NOT_SET_ASIDE: Final = ResumptionCause("not-set-aside")
WITHDRAWN: Final = ResumptionCause("application-withdrawn")


def apply(
    matter: Matter,
    act: Act,
    court: AgencyId,
    because: SettingAsideGround,
    part: PartNumber | None = None,
) -> list[MatterEvent]:
    """The employer asks for it. Whether he asks in time the court decides, who knows when he received it.

    Args:
        part: which partial award; the award itself if it is not said.

    Raises:
        OutOfCourse: if nothing was awarded, or he asked before.
        NoSuchAward: if there is no award that is called so.
        NotFinalAward: if the award is not one of Arbitration Law Art. 47.
    """
    matter.check_step(act, SettingAsideApplied, challenged_key(part))
    if not award_called(matter, title_of(part), part).final_award:
        raise NotFinalAward(case_id=matter.case_id)
    return [SettingAsideApplied(**matter.said(act.at), court=court, because=because, part=part)]


def accept(
    matter: Matter, act: Act, docket: ExternalRef, part: PartNumber | None = None
) -> list[MatterEvent]:
    """The court takes it on, and the enforcement of the award stands still. Raises OutOfCourse."""
    matter.check_step(act, SettingAsideAccepted, challenged_key(part))
    court = court_of(matter, part)
    accepted = SettingAsideAccepted(**matter.said(act.at), court=court, docket=docket, part=part)
    return [accepted, *suspending.suspend(matter, part, at=act.at)]


def withdraw(matter: Matter, act: Act, law: Law, part: PartNumber | None = None) -> list[MatterEvent]:
    """The employer withdrew it: the award stands, and its enforcement goes on. Raises OutOfCourse."""
    matter.check_step(act, SettingAsideWithdrawn, challenged_key(part))
    withdrawn = SettingAsideWithdrawn(**matter.said(act.at), court=court_of(matter, part), part=part)
    return [withdrawn, *suspending.go_on(matter, part, WITHDRAWN, law, at=act.at)]


def dismiss(
    matter: Matter, act: Act, docket: ExternalRef, law: Law, part: PartNumber | None = None
) -> list[MatterEvent]:
    """The award stands, and its enforcement goes on. Raises OutOfCourse."""
    matter.check_step(act, SettingAsideDismissed, challenged_key(part))
    court = court_of(matter, part)
    dismissed = SettingAsideDismissed(**matter.said(act.at), court=court, docket=docket, part=part)
    return [dismissed, *suspending.go_on(matter, part, NOT_SET_ASIDE, law, at=act.at)]


def grant(
    matter: Matter,
    act: Act,
    docket: ExternalRef,
    *,
    served_at: datetime,
    law: Law,
    part: PartNumber | None = None,
) -> list[MatterEvent]:
    """The award falls with its enforcement, and the parties may sue. Raises OutOfCourse, NotReceivedYet."""
    matter.check_step(act, SettingAsideGranted, challenged_key(part))
    if served_at > act.at:
        raise NotReceivedYet(found=served_at, expected=act.at)
    return [
        SettingAsideGranted(
            **matter.said(act.at),
            court=court_of(matter, part),
            docket=docket,
            served_at=served_at,
            remedies=matter.remedies(Opener.SET_ASIDE),
            limit=limit_of(rule_of(SettingAsideGranted), served_at, law),
            part=part,
        ),
        *suspending.end(matter, part, at=act.at),
    ]


def court_of(matter: Matter, part: PartNumber | None) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.SETTING_ASIDE, challenged_key(part))
