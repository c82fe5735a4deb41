"""Records what an authority answered that a part of the matter was referred to."""

from datetime import date

from law.deadlines import day_of
from schemas.codes import ReferralResult
from schemas.fields import Sealed
from schemas.ids import ExternalRef
from schemas.matters import MatterEvent, ReferralAnswered
from services.mediation.domain.acts import RECOVERING, Act
from services.mediation.domain.errors import DayAhead, NoReferral
from services.mediation.domain.matter import Matter


def answer(
    matter: Matter,
    act: Act,
    referral: int,
    result: ReferralResult,
    on: date,
    *,
    number: ExternalRef | None,
    note: Sealed | None,
) -> list[MatterEvent]:
    """The authority answered. Raises NoReferral, DayAhead."""
    matter.check_owner(act, *RECOVERING)
    if not 1 <= referral <= len(matter.referrals):
        raise NoReferral(found=referral, expected=len(matter.referrals))
    if on > day_of(act.at):
        raise DayAhead(found=on, expected=day_of(act.at))
    return [
        ReferralAnswered(
            **matter.said(act.at),
            referral=referral,
            subject_matter=matter.referrals[referral - 1],
            result=result,
            on=on,
            number=number,
            note=note,
        )
    ]
