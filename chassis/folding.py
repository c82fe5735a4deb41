"""Rebuilds aggregates from their own log: what the audit compares with, and what a restored database gets."""

from collections.abc import Iterable, Mapping
from typing import Any

from chassis.case_state import Kept
from chassis.stored import Folds, Stored
from schemas.envelope import Message

Aggregates = dict[tuple[type, str], Kept]
"""The aggregates of one case, by kind and id."""


class Folding:
    """The stores of one service, asked by the event. Pure: nothing here reads or writes."""

    def __init__(self, stores: Iterable[Stored[Any]]) -> None:
        self._of: Mapping[type, tuple[Stored[Any], Folds[Any]]] = {
            event: (store, store.folds) for store in stores if store.folds for event in store.folds.events
        }

    def folds(self, kind: type[Message]) -> bool:
        """Whether an aggregate of this service is made of such events."""
        return kind in self._of

    def fold(self, aggregates: Aggregates, event: Message) -> None:
        """What the event's aggregate is after it, and the number of its events. Others are left alone."""
        if self.folds(type(event)):
            key, kept = self.folded(aggregates, event)
            aggregates[key] = kept

    def folded(
        self, aggregates: Mapping[tuple[type, str], Kept], event: Message
    ) -> tuple[tuple[type, str], Kept]:
        """The aggregate that the event belongs to, as it is after it. For events that fold."""
        store, folds = self._of[type(event)]
        key = (store.kind, folds.id_of(event))
        before = aggregates.get(key)
        if before is None:
            return key, Kept(folds.start(event), 1, store)
        return key, Kept(before.aggregate.after(event), before.version + 1, store)
