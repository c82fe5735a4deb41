"""Whom applications are against: the keys that they are found under, and how many there were lately."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic_core import to_json
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.bulk import fetch
from chassis.unit_of_work import UnitOfWork
from law.threshold import Threshold
from schemas.cases import EmployerAlerted
from schemas.facts import CaseFacts
from schemas.ids import EmployerCode, Province
from services.intake.domain.alerting import Against, Before, Received
from services.intake.domain.case import ENDED, ApplicationState
from services.intake.domain.employer import Opponent, employer_of, opponents_of
from services.intake.repository import application_employers, application_opponents, employer_alerts


def named(opponent: Opponent, uow: UnitOfWork) -> Against:
    """Under a code, which everybody may know, or else a pseudonym."""
    name = None if opponent.code else uow.vault.pseudonym(opponent.name)
    return Against(about=opponent.about, code=opponent.code, name=name)


def employer_key(code: EmployerCode | None, contact: Any, uow: UnitOfWork) -> str:
    """Under which key applications against the same employer are found."""
    return named(employer_of(code, contact), uow).key


def known_opponents(facts: CaseFacts, contact: Any, uow: UnitOfWork) -> Sequence[Against]:
    """Those whom others may be against as well. Not an employer of whom nothing is known."""
    return [named(each, uow) for each in opponents_of(facts.employer, contact) if each.is_known]


def remember_opponents(facts: CaseFacts, contact: Any, uow: UnitOfWork) -> None:
    """Note whom the application is against."""
    of_case = {"province": uow.province, "case_id": uow.case_id}
    uow.insert(application_employers, of_case | {"employer": employer_key(facts.employer, contact, uow)})
    for against in known_opponents(facts, contact, uow):
        row = of_case | {"opponent": against.key, "received_at": facts.received_at}
        uow.insert(application_opponents, row)


def remember_alert(event: EmployerAlerted, uow: UnitOfWork) -> None:
    """Note when it was said; the next one is counted from there."""
    row = {
        "province": uow.province,
        "opponent": event.employer or event.name,
        "case_id": uow.case_id,
        "raised_at": event.at,
    }
    uow.insert(employer_alerts, row)


# --- Counting ----------------------------------------------------------------------------------------------

# Two at the same moment see nothing of each other before they are committed: both would miss the alert, or
# both raise it. So whoever counts has the name of the employer until it is committed. Soon after an alert
# there is no other, so nothing is counted and nobody waits: an employer against whom hundreds apply slows
# nobody down. Sorted, so that two transactions do not wait for each other.
LOCK_COUNTED = """
    SELECT place, pg_advisory_xact_lock(hashtextextended(name, 0))
    FROM (
        SELECT place, 'alert ' || province || ' ' || opponent AS name
        FROM jsonb_to_recordset($1::text::jsonb) AS asked(
            place integer, province text, opponent text, quiet_since timestamptz)
        WHERE NOT EXISTS (
            SELECT FROM employer_alert AS alert
            WHERE alert.province = asked.province AND alert.opponent = asked.opponent
              AND alert.raised_at > asked.quiet_since
        )
        ORDER BY 2 OFFSET 0
    ) AS counted
"""

# After the lock, in a statement of its own: it sees what the one before has committed. What was withdrawn or
# erased presses nobody any more, and who withdrew and came again counts once.
COUNT = """
    SELECT asked.place, last.raised_at, count(number) AS cases, coalesce(sum(members), 0) AS workers,
           coalesce((array_agg(number ORDER BY found.received_at DESC)
                     FILTER (WHERE number IS NOT NULL))[1:64], '{}') AS latest
    FROM jsonb_to_recordset($1::text::jsonb) AS asked(
        place integer, province text, opponent text, since timestamptz)
    CROSS JOIN LATERAL (
        SELECT max(raised_at) AS raised_at FROM employer_alert AS alert
        WHERE alert.province = asked.province AND alert.opponent = asked.opponent
    ) AS last
    LEFT JOIN LATERAL (
        SELECT number, members, against.received_at FROM application_opponent AS against
        CROSS JOIN LATERAL (
            SELECT number, members FROM application
            WHERE application.province = asked.province AND application.case_id = against.case_id
              AND standing <> ALL($2) OFFSET 0
        ) AS applied
        WHERE against.province = asked.province AND against.opponent = asked.opponent
          AND against.received_at > greatest(asked.since, last.raised_at)
        OFFSET 0
    ) AS found ON true
    GROUP BY 1, 2
"""
PRESSES_NOBODY = sorted([*ENDED, ApplicationState.ERASED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """How many were against this one before an application that comes now?"""

    province: Province
    against: Against
    came: Received
    threshold: Threshold

    def asked(self, place: int) -> Mapping[str, Any]:
        at: datetime = self.came.at
        return {
            "place": place,
            "province": self.province,
            "opponent": self.against.key,
            "since": at - self.threshold.within,
            "quiet_since": at - self.threshold.quiet,
        }


async def count_before(
    connection: AsyncConnection, wanted: Sequence[Sequence[Question]]
) -> Sequence[Sequence[Before | None]]:
    """What was before each; None where it is quiet after an alert. Those who ask at once count too.

    Ask last: whoever asks is counted for those behind him, and should not fail any more.
    """
    questions = [question for each in wanted for question in each]
    asked = [question.asked(place) for place, question in enumerate(questions)]
    locked = await fetch(connection, LOCK_COUNTED, to_json(asked).decode())
    counted = [asked[row["place"]] for row in locked]
    rows = await fetch(connection, COUNT, to_json(counted).decode(), PRESSES_NOBODY) if counted else []
    found = {row["place"]: before_in(dict(row)) for row in rows}
    answers = iter(in_turn(questions, found))
    return [[next(answers) for _ in each] for each in wanted]


def before_in(row: Mapping[str, Any]) -> Before:
    return Before(
        alerted_at=row["raised_at"],
        cases=row["cases"],
        workers=int(row["workers"]),
        latest=tuple(row["latest"]),
    )


def in_turn(questions: Iterable[Question], found: Mapping[int, Before]) -> Sequence[Before | None]:
    """Each sees those before it in the same round, of which the database does not know yet."""
    known: dict[tuple[Province, str], Before] = {}
    answers: list[Before | None] = []
    for place, question in enumerate(questions):
        name = question.province, question.against.key
        before = known.get(name) or found.get(place)
        answers.append(before)
        if before:
            known[name] = before.after(question.came, question.threshold)
    return answers
