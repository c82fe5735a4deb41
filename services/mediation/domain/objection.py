"""Objection as a part of the aid: what the applicants object to, and what the justice bureau says."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from schemas.codes import ObjectedCode, ObjectionResult
from schemas.ids import AgencyId
from schemas.matters import ObjectionDecided, ObjectionFiled

REFUSAL: Final = ObjectedCode("refusal")
TERMINATION: Final = ObjectedCode("termination")
CORRECTED: Final = ObjectionResult("corrected")


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """An objection to the latest refusal or termination."""

    against: ObjectedCode
    bureau: AgencyId
    received_at: datetime
    result: ObjectionResult | None = None

    @property
    def open(self) -> bool:
        return self.result is None

    def after(self, event: ObjectionDecided) -> Self:
        """This objection once the event has happened."""
        return replace(self, bureau=event.bureau, result=event.result)


def filed(event: ObjectionFiled) -> Objection:
    """The objection that an event files."""
    return Objection(against=event.against, bureau=event.bureau, received_at=event.received_at)
