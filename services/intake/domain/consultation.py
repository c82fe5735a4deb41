"""Consultation: advice that somebody asked for, before there is an application, or without one."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from schemas.cases import ConsultationClosed, ConsultationEvent, ConsultationHanded, ConsultationOpened
from schemas.codes import Channel, ConsultationOutcome, ConsultationTopic, HandingCode, Language
from schemas.facts import OnDuty
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Pseudonym, SiteId
from services.intake.domain.duty import MANDARIN, SHOWN
from services.intake.domain.errors import ConsultationOver, NobodyOnDuty, NotTheAdviser

LONGEST_MINUTES = 1440
PERSON = ("name", "phone", "address")


class ConsultationState(StrEnum):
    """Whether somebody is still being advised."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consultation:
    """What was asked and how it ended. An application that follows has its id."""

    case_id: CaseId
    agency: AgencyId
    channel: Channel
    opened_at: datetime
    site: SiteId | None = None
    topics: tuple[ConsultationTopic, ...] = ()
    language: Language = MANDARIN
    """In which they were handed to somebody."""
    lawyer: Pseudonym | None = None
    """To whom it was handed; None: whoever took it advises."""
    answers_at: datetime | None = None
    """From when he answers: where nobody was on duty, whoever is next calls back then."""
    handed_to: tuple[Pseudonym, ...] = ()
    """All to whom it was handed, in that order."""
    state: ConsultationState = ConsultationState.OPEN
    closed_at: datetime | None = None
    outcome: ConsultationOutcome | None = None
    minutes: int | None = None
    referred_to: AgencyId | None = None

    @property
    def id(self) -> str:
        return self.case_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return {}

    def hand(
        self,
        to: OnDuty | None,
        roster: Sequence[OnDuty],
        because: HandingCode,
        *,
        language: Language,
        by: AgencyId | None,
        at: datetime,
    ) -> list[ConsultationEvent]:
        """Hand whoever asks to a lawyer of the roster, or to one who was named.

        Raises:
            ConsultationOver: if it has ended.
            NotTheAdviser: if somebody else hands it over.
            NobodyOnDuty: if there is nobody on the roster, now or soon.
        """
        self.check_adviser(by)
        if to is None:
            raise NobodyOnDuty(agency=self.agency, at=at)
        others = tuple(each for each in roster if each.lawyer != to.lawyer)[:SHOWN]
        return [
            ConsultationHanded(
                case_id=self.case_id,
                at=at,
                agency=self.agency,
                because=because,
                language=language,
                to=to,
                considered=others,
            )
        ]

    def close(
        self,
        outcome: ConsultationOutcome,
        *,
        by: AgencyId | None,
        at: datetime,
        topics: Sequence[ConsultationTopic] = (),
        minutes: int | None = None,
        referred_to: AgencyId | None = None,
        note: Sealed | None = None,
    ) -> list[ConsultationEvent]:
        """Say how it ended; if not said, it took as long as it was open.

        Raises:
            ConsultationOver: if it has ended.
            NotTheAdviser: if somebody else closes it.
        """
        self.check_adviser(by)
        return [
            ConsultationClosed(
                case_id=self.case_id,
                at=at,
                agency=self.agency,
                outcome=outcome,
                topics=tuple(topics) or self.topics,
                minutes=minutes if minutes is not None else minutes_between(self.opened_at, at),
                referred_to=referred_to,
                note=note,
            )
        ]

    def check_adviser(self, by: AgencyId | None) -> None:
        """Raises ConsultationOver, NotTheAdviser."""
        if self.state is ConsultationState.CLOSED:
            raise ConsultationOver(case_id=self.case_id, found=self.outcome or "closed")
        if by != self.agency:
            raise NotTheAdviser(case_id=self.case_id, expected=self.agency, found=by or "nobody")

    def turn(self, outcome: str, *, at: datetime) -> list[ConsultationEvent]:
        """An application followed. Advice that had ended stays as it ended."""
        if self.state is ConsultationState.CLOSED:
            return []
        return self.close(ConsultationOutcome(outcome), by=self.agency, at=at)

    @classmethod
    def opened(cls, event: ConsultationOpened) -> Self:
        return cls(
            case_id=event.case_id,
            agency=event.agency,
            channel=event.channel,
            opened_at=event.at,
            site=event.site,
            topics=event.topics,
        )

    def after(self, event: ConsultationEvent) -> Self:
        """This consultation once the event has happened."""
        match event:
            case ConsultationOpened():
                return self.opened(event)
            case ConsultationHanded(to=to):
                return replace(
                    self,
                    language=event.language,
                    lawyer=to.lawyer,
                    answers_at=to.answers_at,
                    handed_to=(*self.handed_to, to.lawyer),
                )
            case ConsultationClosed():
                return replace(
                    self,
                    state=ConsultationState.CLOSED,
                    closed_at=event.at,
                    outcome=event.outcome,
                    topics=event.topics,
                    minutes=event.minutes,
                    referred_to=event.referred_to,
                )


def minutes_between(opened_at: datetime, closed_at: datetime) -> int:
    """Begun minutes count; a consultation that nobody closed for days counts as a day."""
    return min(max(math.ceil((closed_at - opened_at) / timedelta(minutes=1)), 0), LONGEST_MINUTES)


def taken_over(told: Any, said: Mapping[str, Any], *, names_contact: bool) -> dict[str, Any]:
    """The contact of an application, with what was told before it: nobody is asked twice.

    Args:
        told: what the consultation sealed. Total: another release may have sealed it.
        said: what the application says; it wins, but for who is called, unless it names somebody.
    """
    before = told if isinstance(told, dict) else {}
    called = {} if names_contact else {name: before[name] for name in PERSON if name in before}
    return {**before, **said, **called}
