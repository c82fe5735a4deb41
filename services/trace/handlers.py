"""Writes down every event that is heard, and each case when it is first heard of with its number."""

import json
from typing import Any

from pydantic_core import to_json

from chassis.unit_of_work import UnitOfWork
from schemas.envelope import Message, Received, public_view, topic_of
from schemas.facts import CaseFacts
from services.trace.repository import known_cases, steps

SHOWN_WHOLE = frozenset({"notices", "ops", "keys"})
"""Logs about our own work: all of an event is shown but what is sealed. Of others, what partners may see."""

SECRET = frozenset({"message", "wrapped"})
BESIDE = frozenset({"case_id", "at", "facts"})
"""What the row says already."""


def write_down(received: Received, uow: UnitOfWork) -> None:
    """Every event of all services passes here, so nothing is looked up, and nothing decided."""
    event, envelope = received.event, received.envelope
    log = topic_of(type(event))
    uow.insert(
        steps,
        {
            "province": uow.province,
            "case_id": uow.case_id,
            "log": log,
            "service": envelope.service,
            "sequence": envelope.sequence,
            "event_id": envelope.id,
            "type": envelope.type,
            "at": envelope.time,
            "recorded_at": envelope.recordedtime,
            "applied_at": uow.now,
            "caused_by": envelope.causationid,
            "actor": envelope.actor.partition(":")[0] if envelope.actor else None,
            "agency": envelope.agency,
            "legal_basis": envelope.legalbasis,
            "said": json.dumps(shown(event, log), ensure_ascii=False),
            "counted": True,
        },
    )
    facts, number = getattr(event, "facts", None), getattr(event, "number", None)
    if isinstance(facts, CaseFacts):
        uow.insert(known_cases, known_row(uow, received) | facts_row(facts))
    elif number is not None:
        uow.insert(known_cases, known_row(uow, received) | NO_FACTS | {"number": number})


def shown(event: Message, log: str) -> dict[str, Any]:
    """What a timeline may show of an event."""
    if log in SHOWN_WHOLE:
        return event.model_dump(mode="json", exclude={*SECRET, *BESIDE}, exclude_none=True)
    view = public_view(event)
    # Those that the first log says are kept once; every other log repeats them.
    kept = BESIDE - {"facts"} if log == "cases" else BESIDE
    return {name: value for name, value in view.items() if name not in kept}


def known_row(uow: UnitOfWork, received: Received) -> dict[str, Any]:
    return {
        "province": uow.province,
        "case_id": uow.case_id,
        "opened_at": received.envelope.recordedtime,
    }


def facts_row(facts: CaseFacts) -> dict[str, Any]:
    """Of the worker's home no more than its province is kept."""
    return {
        "number": facts.number,
        "case_type": facts.case_type,
        "worker_class": facts.worker_class,
        "home": facts.home_province,
        "work": facts.work_province,
        "members": facts.members,
        "claim_fen": facts.claim_fen,
        "external_refs": to_json(facts.external_refs).decode() if facts.external_refs else None,
        "channel": facts.channel,
    }


NO_FACTS = dict.fromkeys(
    ("case_type", "worker_class", "home", "work", "members", "claim_fen", "external_refs", "channel")
)
