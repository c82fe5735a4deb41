"""A service's own log, folded, is what its database says: aggregates, timers, and what its vault may hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from casebridge.audit.books import Book, CaseBook, Name
from casebridge.audit.logs import Said
from casebridge.audit.report import Report, Rule
from chassis.case_state import Kept
from chassis.folding import Aggregates, Folding
from schemas.envelope import Received, Sealed


@dataclass(slots=True)
class Folded:
    """One service's cases of a slice, as its log tells them."""

    folding: Folding
    cases: dict[Name, Aggregates] = field(default_factory=dict)
    boxes: dict[Name, set[str]] = field(default_factory=dict)
    failed: dict[Name, str] = field(default_factory=dict)

    def take(self, said: Said) -> None:
        """Fold an event of the service's own log."""
        if not isinstance(said.message, Received):
            return
        name = (said.topic.province, said.case_id)
        self.boxes.setdefault(name, set()).update(sealed_boxes(said.message.event))
        try:
            self.folding.fold(self.cases.setdefault(name, {}), said.message.event)
        except Exception as error:  # noqa: BLE001 - a fold is total; one that is not is a finding
            self.failed.setdefault(name, f"{said.envelope.type} does not fold: {type(error).__name__}")


def check_states(book: Book, cases: Mapping[Name, CaseBook], folded: Folded, report: Report) -> None:
    """Compare, case by case. What waits in the outbox is not on the log yet, so such a case is left out."""
    own = book.service.log
    for name, case in cases.items():
        if any(topic == f"cn{name[0]}.{own}" for topic in case.unsent):
            report.counts["cases not compared: they wait in the outbox"] += 1
            continue
        where = f"{book.service.name}: cn{name[0]} case {name[1]}"
        if name in folded.failed:
            report.add(Rule.STATE, where, folded.failed[name])
            continue
        rebuilt = folded.cases.get(name, {})
        check_aggregates(where, case, rebuilt, report, foldable=kinds_of(book))
        check_timers(where, case, rebuilt, report)
        if book.service.opens_seals:
            check_vault(where, case, folded.boxes.get(name, set()), report)


def kinds_of(book: Book) -> frozenset[type]:
    """The kinds that say how they fold."""
    return frozenset(store.kind for store in book.service.stores if store.folds)


def check_aggregates(
    where: str, case: CaseBook, rebuilt: Aggregates, report: Report, *, foldable: frozenset[type]
) -> None:
    stored = {key for key in case.aggregates if key[0] in foldable}
    for kind, id in sorted(stored ^ rebuilt.keys(), key=lambda key: (key[0].__name__, key[1])):
        found, expected = ("a row", "none") if (kind, id) in stored else ("no row", "one")
        report.add(Rule.STATE, where, f"{kind.__name__} {id}: found {found}, the log says {expected}")
    for key in sorted(stored & rebuilt.keys(), key=lambda key: (key[0].__name__, key[1])):
        report.counts["aggregates compared with their log"] += 1
        difference = compare(case.aggregates[key], rebuilt[key])
        if difference:
            report.add(Rule.STATE, where, f"{key[0].__name__} {key[1]}: {difference}")
    report.counts["aggregates that cannot be rebuilt"] += len(case.aggregates) - len(stored)


def compare(row: tuple[Any, int, dict[str, Any]], kept: Kept) -> str:
    """In words, without values: they may be anything. Empty when the row is what the log says."""
    state, version, columns = row
    if version != kept.version:
        return f"version {version}, the log has {kept.version} events"
    if state != kept.aggregate:
        names = [n for n in field_names(state) if getattr(state, n) != getattr(kept.aggregate, n, None)]
        return f"differs in {', '.join(names) or 'its kind'}"
    expected = kept.stored.columns(kept.aggregate)
    wrong = [name for name, value in columns.items() if name in expected and expected[name] != value]
    return f"columns differ: {', '.join(wrong)}" if wrong else ""


def field_names(state: Any) -> list[str]:
    return list(getattr(type(state), "__dataclass_fields__", ()))


def check_timers(where: str, case: CaseBook, rebuilt: Aggregates, report: Report) -> None:
    """The rows of timers are exactly what the rebuilt aggregates say is due."""
    expected: dict[tuple[str, str, str], datetime] = {
        (kind.__name__, id, name): at
        for (kind, id), kept in rebuilt.items()
        for name, at in kept.aggregate.due.items()
    }
    report.counts["timers"] += len(case.timers)
    for key in sorted(expected.keys() | case.timers.keys()):
        if expected.get(key) != case.timers.get(key):
            kind, id, name = key
            found = (
                "one at another time"
                if key in expected and key in case.timers
                else ("none" if key in expected else "one")
            )
            said = "it is due" if key in expected else "none is due"
            report.add(Rule.TIMERS, where, f"{kind} {id} {name}: found {found}, by the log {said}")


def check_vault(where: str, case: CaseBook, boxes: set[str], report: Report) -> None:
    """What enters a vault is also in an own event, so that the log can rebuild it."""
    report.counts["sealed data"] += len(case.boxes)
    for name, box in sorted(case.boxes.items()):
        if box not in boxes:
            report.add(Rule.VAULT, where, f"{name.partition('/')[0]}: no own event carries it")


def sealed_boxes(value: Any) -> set[str]:
    """Every sealed box in an event, in its fields and in the values inside it."""
    if isinstance(value, Sealed):
        return {value.box}
    if isinstance(value, BaseModel):
        return set().union(*(sealed_boxes(getattr(value, name)) for name in type(value).model_fields))
    if isinstance(value, tuple):
        return set().union(*(sealed_boxes(item) for item in value))
    return set()
