"""The courses beside an arbitration and after its award: hearing, part, advance, and setting it aside."""

from typing import Final

from schemas.ids import RuleId
from schemas.matters import (
    AdvanceExecutionApplied,
    AdvanceExecutionOrdered,
    AdvanceExecutionRefused,
    ArbitrationPartEffective,
    ArbitrationPartlyAwarded,
    HearingHeld,
    HearingPostponed,
    HearingPostponementAsked,
    HearingPostponementRefused,
    HearingSet,
    RightLapsed,
    SettingAsideAccepted,
    SettingAsideApplied,
    SettingAsideDismissed,
    SettingAsideGranted,
    SettingAsideWithdrawn,
)
from services.mediation.domain.acts import RECOVERING
from services.mediation.domain.course import Course, Other, ProceedingKind, Starting, Step
from services.mediation.domain.course import ProceedingState as S
from services.mediation.domain.remedies import Opener

POSTPONE_BY: Final = "postpone_by"
"""Until when a party may ask that the hearing be postponed."""
PART_SUE_BY: Final = "part_sue_by"
"""Of the second partial award `part_sue_by/2`, and so on."""
SET_ASIDE_BY: Final = "set_aside_by"
"""The employer's right, from the receipt of a final award; of the first partial one `set_aside_by/1`."""
SUE_ANEW_BY: Final = "sue_anew_by"
"""The right to sue over the dispute once the award is set aside; with the number of a part, as above."""

HEARD: Final = (Other(ProceedingKind.ARBITRATION, (S.ACCEPTED, S.OVERDUE)),)
"""An arbitration that was accepted and is not decided: what is late still counts."""

MADE: Final = (
    Other(ProceedingKind.ARBITRATION, (S.AWARDED,)),
    Other(ProceedingKind.PARTIAL_AWARD, (S.AWARDED,)),
)
"""An award, or a part of one; which of them is named is asked beside."""

HEARING: Final = Course(
    kind=ProceedingKind.HEARING,
    title="A hearing before the commission",
    during=RECOVERING,
    steps=(
        Step(
            says=HearingSet,
            at=(S.NOTHING, S.SET, S.POSTPONED, S.HELD),
            beside=HEARD,
            then=S.SET,
            starts=POSTPONE_BY,
            rule=RuleId("hearing-postponement"),
        ),
        Step(
            says=HearingPostponementAsked,
            at=(S.SET,),
            beside=HEARD,
            then=S.POSTPONEMENT_ASKED,
            meets=(POSTPONE_BY,),
        ),
        Step(says=RightLapsed, at=(S.SET,), when_passed=POSTPONE_BY),
        Step(says=HearingPostponed, at=(S.POSTPONEMENT_ASKED,), beside=HEARD, then=S.POSTPONED),
        Step(says=HearingPostponementRefused, at=(S.POSTPONEMENT_ASKED,), beside=HEARD, then=S.SET),
        Step(says=HearingHeld, at=(S.SET,), beside=HEARD, then=S.HELD, meets=(POSTPONE_BY,)),
    ),
)

PARTIAL_AWARD: Final = Course(
    kind=ProceedingKind.PARTIAL_AWARD,
    title="A partial award",
    during=RECOVERING,
    steps=(
        Step(
            says=ArbitrationPartlyAwarded,
            at=(S.NOTHING, S.AWARDED),
            beside=HEARD,
            then=S.AWARDED,
            anew=True,
            keyed=True,
            starts=PART_SUE_BY,
            rule=RuleId("suit-after-award"),
            starting="received_at",
            also=Starting(clock=SET_ASIDE_BY, rule=RuleId("set-aside"), limit="set_aside"),
        ),
        Step(says=ArbitrationPartEffective, at=(S.AWARDED,), when_passed=PART_SUE_BY, opens=Opener.AWARD),
    ),
)

ADVANCE_EXECUTION: Final = Course(
    kind=ProceedingKind.ADVANCE_EXECUTION,
    title="Execution in advance of the award",
    during=RECOVERING,
    steps=(
        Step(
            says=AdvanceExecutionApplied,
            at=(S.NOTHING, S.REFUSED, S.ORDERED),
            beside=HEARD,
            then=S.APPLIED,
            anew=True,
        ),
        Step(says=AdvanceExecutionOrdered, at=(S.APPLIED,), beside=HEARD, then=S.ORDERED),
        Step(says=AdvanceExecutionRefused, at=(S.APPLIED,), beside=HEARD, then=S.REFUSED),
    ),
)

SETTING_ASIDE: Final = Course(
    kind=ProceedingKind.SETTING_ASIDE,
    title="Setting a final award aside",
    during=RECOVERING,
    steps=(
        Step(
            says=SettingAsideApplied,
            at=(S.NOTHING,),
            either=MADE,
            then=S.APPLIED,
            meets=(SET_ASIDE_BY,),
            keyed=True,
            anew=True,
        ),
        Step(says=RightLapsed, at=(S.NOTHING,), when_passed=SET_ASIDE_BY),
        # Earlier releases did not ask whether the court took it on.
        Step(says=SettingAsideAccepted, at=(S.APPLIED,), then=S.ACCEPTED, keyed=True),
        Step(says=SettingAsideWithdrawn, at=(S.APPLIED, S.ACCEPTED), then=S.WITHDRAWN, keyed=True),
        Step(says=SettingAsideDismissed, at=(S.APPLIED, S.ACCEPTED), then=S.DISMISSED, keyed=True),
        Step(
            says=SettingAsideGranted,
            at=(S.APPLIED, S.ACCEPTED),
            then=S.SET_ASIDE,
            starts=SUE_ANEW_BY,
            rule=RuleId("suit-after-set-aside"),
            starting="served_at",
            keyed=True,
            opens=Opener.SET_ASIDE,
        ),
        Step(says=RightLapsed, at=(S.SET_ASIDE,), then=S.LAPSED, when_passed=SUE_ANEW_BY),
    ),
)

AWARD_COURSES: Final = (HEARING, PARTIAL_AWARD, ADVANCE_EXECUTION, SETTING_ASIDE)
