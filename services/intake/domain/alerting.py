"""Raises an alert when several applications in a short time are against one employer, or from one project."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from law.threshold import SEVERAL, Threshold
from schemas.cases import EmployerAlerted
from schemas.codes import AlertSubject
from schemas.ids import CaseNumber, EmployerCode, Pseudonym
from services.intake.domain.case import Case

NAMED: Final = 64
"""So many of the other applications an alert names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """Whom an application is against, and under which key others are found that are so too."""

    about: AlertSubject
    code: EmployerCode | None
    name: Pseudonym | None
    """Where there is no code."""

    @property
    def key(self) -> str:
        key = self.code or self.name
        assert key, "it has a code or a name"
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One application, as it counts."""

    number: CaseNumber
    at: datetime
    workers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The applications against the same one before this, since the last alert and in the time that counts."""

    alerted_at: datetime | None = None
    """The last alert, however long ago."""
    cases: int = 0
    workers: int = 0
    latest: tuple[CaseNumber, ...] = ()

    def reaches(self, came: Received, threshold: Threshold) -> bool:
        """Whether an alert is due with one more. Not soon after another one: hundreds at once raise one."""
        if self.alerted_at is not None and came.at < self.alerted_at + threshold.quiet:
            return False
        cases, workers = self.cases + 1, self.workers + came.workers
        return cases >= threshold.cases or (cases >= SEVERAL and workers >= threshold.workers)

    def after(self, came: Received, threshold: Threshold) -> "Before":
        """What is known before the next one. What was told of is not counted again."""
        if self.reaches(came, threshold):
            return Before(alerted_at=came.at)
        return replace(
            self,
            cases=self.cases + 1,
            workers=self.workers + came.workers,
            latest=(came.number, *self.latest)[:NAMED],
        )


def alert(
    case: Case, against: Against, before: Before, threshold: Threshold, *, at: datetime
) -> list[EmployerAlerted]:
    """Say that this application reached the figures, if it did."""
    came = Received(number=case.facts.number, at=at, workers=case.facts.members)
    if not before.reaches(came, threshold):
        return []
    since = at - threshold.within
    return [
        EmployerAlerted(
            case_id=case.case_id,
            at=at,
            agency=case.agency,
            about=against.about,
            employer=against.code,
            name=against.name,
            work=case.facts.work,
            since=max(since, before.alerted_at or since),
            cases=before.cases + 1,
            workers=before.workers + came.workers,
            threshold=threshold.version,
            others=before.latest,
        )
    ]
