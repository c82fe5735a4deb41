"""Labour arbitration: hearing, awards and parts of them, execution in advance, setting aside."""

from schemas.codes import (
    AdvanceClaim,
    AdvanceRefusal,
    Disputant,
    EffectiveCause,
    PostponementGround,
    RefusalGround,
    SettingAsideGround,
)
from schemas.facts import TimeLimit
from schemas.fields import Few, Public, Sealed, UtcTime
from schemas.ids import AgencyId, Count, ExternalRef, Fen, MemberId
from schemas.matters.acts import OwnersAct, PartNumber, Remedy


class ArbitrationFiled(OwnersAct, type="casebridge.arbitration.filed.v1"):
    """Labour arbitration was applied for (Arbitration Law Art. 28)."""

    commission: Public[AgencyId]
    """The commission."""
    claim_fen: Public[Fen]
    """What is claimed there, in fen."""
    limit: Public[TimeLimit | None] = None
    """Until when the commission decides whether it accepts; if it is silent, a suit is open (Art. 29)."""
    proof: Sealed | None = None
    """The proof of filing, which the court will ask for."""
    unaided: Public[bool | None] = None
    """Whether the workers do it for themselves, without aid for this stage; absent if they are aided."""


class ArbitrationAccepted(OwnersAct, type="casebridge.arbitration.accepted.v1"):
    """The commission accepts the application."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    limit: Public[TimeLimit | None] = None
    """Until when it ends with an award (Art. 43)."""


class ArbitrationExtended(OwnersAct, type="casebridge.arbitration.extended.v1"):
    """A complex case has more time for its award, up to sixty days from the acceptance (Art. 43)."""

    commission: Public[AgencyId]
    """The commission."""
    limit: Public[TimeLimit | None] = None
    """Until when it ends with an award now."""


class ArbitrationRefused(OwnersAct, type="casebridge.arbitration.refused.v1"):
    """The commission does not accept the application: a suit is open (Art. 29)."""

    commission: Public[AgencyId]
    """The commission."""
    because: Public[RefusalGround]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ArbitrationAwarded(OwnersAct, type="casebridge.arbitration.awarded.v1"):
    """The commission decided. What each member gets is said by one `claim.determined` a member."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    awarded_fen: Public[Fen]
    """The sum for all members, in fen."""
    final: Public[bool]
    """Whether it is effective when it is made (Art. 47); a worker may sue all the same (Art. 48)."""
    received_at: Public[UtcTime]
    """When the workers received it; the time for a suit runs from it."""
    limit: Public[TimeLimit | None] = None
    """Until when they may sue (Art. 48, 50)."""
    set_aside: Public[TimeLimit | None] = None
    """Until when the employer may ask that a final award be set aside (Art. 49); absent of any other."""
    with_parts_fen: Public[Fen | None] = None
    """That sum with all that partial awards gave before, in fen; absent if there were none."""


class ArbitrationSettled(OwnersAct, type="casebridge.arbitration.settled.v1"):
    """The parties settled before the commission. What each member gets is said by `claim.determined`."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    settled_fen: Public[Fen]
    """The sum for all members, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ArbitrationWithdrawn(OwnersAct, type="casebridge.arbitration.withdrawn.v1"):
    """The application for arbitration was withdrawn."""

    commission: Public[AgencyId]
    """The commission."""


class ArbitrationEffective(OwnersAct, type="casebridge.arbitration.effective.v1"):
    """An award is effective for one member, whatever others do (SPC Interpretation I Art. 17)."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    member_id: Public[MemberId]
    """For whom."""
    because: Public[EffectiveCause]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to him now."""
    effective: Public[Count | None] = None
    """For how many members it is effective with him; earlier releases did not say."""


class HearingSet(OwnersAct, type="casebridge.hearing.set.v1"):
    """The commission set a day for the hearing, or another one (Arbitration Law Art. 35)."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When it is."""
    noticed_at: Public[UtcTime]
    """When the workers were told."""
    short_notice: Public[bool]
    """Whether that was later than the law allows; a good reason to ask that it be postponed."""
    limit: Public[TimeLimit | None] = None
    """Until when a party may ask that it be postponed; absent if that is over when the hearing is set."""
    place: Sealed | None = None
    """Where, in words: the room, the address, how to join from afar. Under the case's key."""


class HearingPostponementAsked(OwnersAct, type="casebridge.hearing.postponement_asked.v1"):
    """A party asks, with a reason, that the hearing be postponed; the commission decides."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When the hearing is."""
    by: Public[Disputant]
    """Which side asks."""
    because: Public[PostponementGround]
    """Why."""


class HearingPostponed(OwnersAct, type="casebridge.hearing.postponed.v1"):
    """The hearing is postponed; its new day is set by another `hearing.set`."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When the hearing would have been."""


class HearingPostponementRefused(OwnersAct, type="casebridge.hearing.postponement_refused.v1"):
    """The hearing is not postponed."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When it is."""


class HearingHeld(OwnersAct, type="casebridge.hearing.held.v1"):
    """The hearing took place. Whoever applied and did not come may be taken to withdraw (Art. 36)."""

    commission: Public[AgencyId]
    """The commission."""
    hearing_at: Public[UtcTime]
    """When it was set for."""
    absent: Public[Disputant | None] = None
    """Which side did not come, if one did not."""


class ArbitrationPartlyAwarded(OwnersAct, type="casebridge.arbitration.partly_awarded.v1"):
    """The commission decided what is clear already, and the rest goes on (Arbitration Law Art. 43)."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    awarded_fen: Public[Fen]
    """The sum of this part for all members, in fen; what each gets is said by `claim.determined`."""
    final: Public[bool]
    """Whether it is effective when it is made (Art. 47); a worker may sue all the same (Art. 48)."""
    received_at: Public[UtcTime]
    """When the workers received it; the time for a suit runs from it."""
    limit: Public[TimeLimit | None] = None
    """Until when they may sue over this part (Art. 48, 50)."""
    part: Public[PartNumber | None] = None
    """Which part, from 1; absent: the first."""
    so_far_fen: Public[Fen | None] = None
    """The sum of all parts up to this one that stand, in fen."""
    set_aside: Public[TimeLimit | None] = None
    """Until when the employer may ask that a final part be set aside (Art. 49); absent of any other."""


class ArbitrationPartEffective(OwnersAct, type="casebridge.arbitration.part_effective.v1"):
    """A partial award is effective for one member, whatever others do."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    member_id: Public[MemberId]
    """For whom."""
    because: Public[EffectiveCause]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to him now."""
    effective: Public[Count]
    """For how many members it is effective with him."""
    part: Public[PartNumber | None] = None
    """Which part, from 1; absent: the first."""


class AdvanceExecutionApplied(OwnersAct, type="casebridge.advance_execution.applied.v1"):
    """The workers ask for execution in advance of the award (Arbitration Law Art. 44), without security."""

    commission: Public[AgencyId]
    """The commission."""
    claims: Public[Few[AdvanceClaim]]
    """For what."""
    amount_fen: Public[Fen]
    """How much for all of them, in fen."""
    members: Public[Count]
    """For how many members."""


class AdvanceExecutionOrdered(OwnersAct, type="casebridge.advance_execution.ordered.v1"):
    """The commission orders it, and moves it to the court, which executes it of itself.

    What each member is to get is said by one `claim.advanced` a member.
    """

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    court: Public[AgencyId]
    """The court that it was moved to."""
    amount_fen: Public[Fen]
    """The sum for all members, in fen."""


class AdvanceExecutionRefused(OwnersAct, type="casebridge.advance_execution.refused.v1"):
    """The commission does not order it; the arbitration goes on."""

    commission: Public[AgencyId]
    """The commission."""
    because: Public[AdvanceRefusal]
    """Why."""


class SettingAsideApplied(OwnersAct, type="casebridge.setting_aside.applied.v1"):
    """The employer asks the intermediate court to set a final award aside, or a part (LDMAL Art. 49)."""

    court: Public[AgencyId]
    """The court."""
    because: Public[SettingAsideGround]
    """Why, as the employer says."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


class SettingAsideAccepted(OwnersAct, type="casebridge.setting_aside.accepted.v1"):
    """The court took the employer's application on: while it decides, the award is not executed."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """Its number there."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


class SettingAsideWithdrawn(OwnersAct, type="casebridge.setting_aside.withdrawn.v1"):
    """The employer withdrew the application: the award stands."""

    court: Public[AgencyId]
    """The court."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


class SettingAsideDismissed(OwnersAct, type="casebridge.setting_aside.dismissed.v1"):
    """The court does not set the award aside: it stands."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """Its number there."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""


class SettingAsideGranted(OwnersAct, type="casebridge.setting_aside.granted.v1"):
    """The court set the award aside. Nobody is due anything by it: one `claim.reopened` a member says so."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """Its number there."""
    served_at: Public[UtcTime]
    """When the workers received the ruling; the time for a suit runs from it."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""
    limit: Public[TimeLimit | None] = None
    """Until when the parties may sue over the dispute (Art. 49)."""
    part: Public[PartNumber | None] = None
    """Which partial award, from 1; absent: the award itself."""
