"""What people do with a case between agencies: answer, recall, explain, direct, withdraw, help."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from schemas.codes import CLARIFICATIONS, IMPOSSIBILITIES, NO_PROPOSALS, REJECTIONS, TASK_KINDS, WITHDRAWALS
from tests.journeys.people.sight import Sight, Thing
from tests.journeys.people.wishes import Wish, pick

AGENCIES: Final = (
    "442000-legal-aid",
    "420900-legal-aid",
    "510521-legal-aid",
    "440100-legal-aid",
    "440000-legal-aid",
    "510100-legal-aid",
    "510521-station-zhongshan",
)
"""Those that somebody may propose, direct, or ask for help."""

NOBODY: Final = "449999-legal-aid"
"""An agency that the directory does not know."""

OFFER: Final = frozenset({"not-the-addressee", "offer-already-answered", "offer-not-open", "answer-too-late"})
OPEN_OFFER: Final = ("waiting", "acknowledged", "clarifying")
OPEN_TRANSFER: Final = ("offered", "delivered", "acknowledged", "clarifying", "supplied")
RECALL: Final = frozenset({"not-the-owner", "transfer-not-known", "transfer-not-open", "directed-by-law"})
ERRAND: Final = frozenset({"not-the-addressee", "errand-already-done", "errand-not-open"})
CLOSE: Final = timedelta(minutes=5)
"""So near to a deadline nothing is sure."""


def between_agencies(sight: Sight, mood: int, now: datetime) -> Iterator[Wish]:
    """Every wish about who has the case, and about help."""
    for offer in sight.offers:
        yield from of_offer(sight, offer, mood, now)
    if sight.custody:
        yield from of_custody(sight, sight.custody)
        yield from of_help_wanted(sight, sight.custody, mood)
    for escalation in sight.escalations:
        yield of_escalation(sight, escalation, mood)
    for task in sight.tasks:
        yield of_task(sight, task, now)
    for errand in sight.errands:
        yield from of_errand(sight, errand, mood, now)
    if sight.application:
        yield of_application(sight, sight.application, mood)


def of_offer(sight: Sight, offer: Thing, mood: int, now: datetime) -> Iterator[Wish]:
    open = offer["state"] in OPEN_OFFER and now < datetime.fromisoformat(offer["answer_by"]) - CLOSE
    directed = offer["mode"] == "directed"

    def wish(verb: str, what: str, **said: Any) -> Wish:
        refusals = OFFER | said.pop("refusals", frozenset())
        said.setdefault("sure", open)
        said.setdefault("never", offer["state"] not in OPEN_OFFER)
        return Wish(
            verb=verb,
            words=f"{verb} {offer['transfer_id'][-4:]}",
            role="receiver",
            agency=offer["agency"],
            service="routing",
            path=f"{offer.path}/{what}",
            seen=offer,
            refusals=refusals,
            **said,
        )

    noted = offer["acknowledged_at"] is not None
    yield wish(
        "takes note of",
        "acknowledgement",
        sure=open and not noted,
        refusals=frozenset({"offer-already-acknowledged"}),
    )
    asks = {"about": [pick(sorted(CLARIFICATIONS), mood)], "question": {"text": "Which site was it?"}}
    yield wish(
        "asks back about",
        "questions",
        body=asks,
        sure=open and not offer["standstills"],
        refusals=frozenset({"waits-for-clarification", "asked-often"}),
    )
    yield wish("accepts", "acceptance", weight=2.0)
    refused = frozenset({"directed-by-law", "proposes-itself", "proposes-two-things", "agency-not-known"})
    named = pick((*AGENCIES, NOBODY), mood)
    why = {"code": pick(sorted(REJECTIONS), mood), "legal_basis": "LAL-38"}
    yield wish(
        f"refuses, naming {named},",
        "rejection",
        body={**why, "proposed": named},
        sure=open and not directed and named not in (NOBODY, offer["agency"]),
        refusals=refused,
    )
    yield wish(
        "refuses, naming nobody,",
        "rejection",
        body={**why, "no_proposal": pick(sorted(NO_PROPOSALS), mood)},
        sure=open and not directed,
        refusals=refused,
    )


def of_custody(sight: Sight, custody: Thing) -> Iterator[Wish]:
    def wish(verb: str, transfer: Any, what: str, **said: Any) -> Wish:
        return Wish(
            verb=verb,
            words=f"{verb} {transfer['id'][-4:]}",
            role="sender",
            agency=custody["owner"],
            service="routing",
            path=f"{sight.path}/transfers/{transfer['id']}/{what}",
            seen=custody,
            **said,
        )

    for transfer in custody["transfers"]:
        open = transfer["state"] in OPEN_TRANSFER and custody["state"] == "asking"
        undirected = transfer["mode"] != "directed"
        yield wish(
            "recalls",
            transfer,
            "recall",
            sure=open and undirected,
            never=transfer["state"] not in OPEN_TRANSFER or not undirected,
            refusals=RECALL,
            weight=0.5,
        )
        if transfer["clarifications"]:
            yield wish(
                "explains",
                transfer,
                "clarification",
                body={"answer": {"text": "The one at the river."}},
                sure=transfer["state"] == "clarifying",
                never=transfer["state"] != "clarifying",
                refusals=frozenset({"not-the-owner", "transfer-not-known", "nothing-asked"}),
                weight=2.0,
            )
    for dispute in custody["disputes"]:
        waiting = dispute["state"] == "waiting"
        yield wish(
            "takes back escalation",
            dispute,
            "recall",
            sure=waiting,
            never=not waiting,
            refusals=RECALL,
            weight=0.5,
        )


def of_escalation(sight: Sight, escalation: Thing, mood: int) -> Wish:
    to = pick((*AGENCIES, escalation["escalated_by"], NOBODY), mood)
    waiting = escalation["state"] == "waiting"
    return Wish(
        verb="directs",
        words=f"directs {to} to take the case on escalation {escalation['transfer_id'][-4:]}",
        role="coordinator",
        agency=escalation["superior"],
        service="routing",
        path=f"{escalation.path}/direction",
        seen=escalation,
        body={"to": to},
        sure=waiting and to not in (NOBODY, escalation["superior"]),
        never=not waiting or to == NOBODY,
        refusals=frozenset(
            {"not-the-superior", "escalation-not-open", "cannot-be-directed", "agency-not-known"}
        ),
        weight=2.0,
    )


def of_application(sight: Sight, application: Thing, mood: int) -> Wish:
    return Wish(
        verb="withdraws",
        words="withdraws the application",
        role="caseworker",
        agency=application["agency"],
        service="intake",
        path=f"{sight.path}/withdrawal",
        seen=application,
        body={"because": pick(sorted(WITHDRAWALS), mood), "epoch": application["epoch"]},
        sure=application["state"] in ("submitted", "complete"),
        refusals=frozenset({"not-here", "stale-epoch", "not-the-owner"}),
        weight=0.15,
    )


# --- Help ---------------------------------------------------------------------------------------------------


def of_help_wanted(sight: Sight, custody: Thing, mood: int) -> Iterator[Wish]:
    helper = pick((*AGENCIES, NOBODY), mood)
    here = custody["state"] != "ended"
    yield Wish(
        verb="asks for help",
        words=f"asks {helper} for help",
        role="caseworker",
        agency=custody["owner"],
        service="routing",
        path=f"{sight.path}/tasks",
        seen=None,
        body={"to": helper, "kind": pick(sorted(TASK_KINDS), mood), "details": {"site": "the tower"}},
        sure=here and helper != NOBODY,
        never=not here,
        refusals=frozenset({"not-here", "not-the-owner", "agency-not-known"}),
        weight=0.15,
    )


def of_task(sight: Sight, task: Thing, now: datetime) -> Wish:
    inner = task["task"]
    open = inner["state"] not in ("done", "impossible", "recalled")
    until = max(now, datetime.fromisoformat(inner["due_by"])) + timedelta(days=2)
    return Wish(
        verb="gives more time for",
        words=f"gives more time for task {inner['task_id'][-4:]}",
        role="sender",
        agency=inner["asked_by"],
        service="routing",
        path=f"{task.path}/extension",
        seen=task,
        body={"due_by": until.isoformat(), "because": "helper-asked"},
        sure=open,
        never=not open,
        refusals=frozenset({"not-the-owner", "task-not-open", "not-later"}),
        weight=0.2,
    )


def of_errand(sight: Sight, errand: Thing, mood: int, now: datetime) -> Iterator[Wish]:
    inner = errand["errand"]
    open = inner["state"] not in ("done", "impossible", "closed")

    def wish(verb: str, what: str, body: dict[str, Any], *, sure: bool = open) -> Wish:
        return Wish(
            verb=verb,
            words=f"{verb} errand {inner['task_id'][-4:]}",
            role="caseworker",
            agency=inner["agency"],
            service="routing",
            path=f"{errand.path}/{what}",
            seen=errand,
            body=body,
            sure=sure,
            never=not sure,
            refusals=ERRAND,
            weight=0.5,
        )

    wants = {"wants_until": (now + timedelta(days=30)).isoformat()} if mood % 2 else {}
    yield wish("takes note of", "acknowledgement", wants, sure=inner["state"] == "waiting")
    yield wish("helps with", "result", {"result": "done", "papers": {"found": "a permit"}})
    because = pick(sorted(IMPOSSIBILITIES), mood)
    yield wish("cannot help with", "impossibility", {"because": because, "reason": {"text": "It is gone."}})
