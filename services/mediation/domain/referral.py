"""What authorities answered to which something was referred, as a part of a matter."""

from dataclasses import dataclass
from datetime import date

from schemas.codes import ReferralResult
from schemas.ids import ExternalRef
from schemas.matters import ReferralAnswered


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralAnswer:
    """One answer; an authority may answer more than once."""

    referral: int
    """Which referral, from 1."""
    result: ReferralResult
    on: date
    number: ExternalRef | None = None
    """Under which the authority keeps it."""


def answer_of(event: ReferralAnswered) -> ReferralAnswer:
    return ReferralAnswer(referral=event.referral, result=event.result, on=event.on, number=event.number)
