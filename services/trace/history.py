"""What each field of a case file was said to be, by whom, and when: nothing is overwritten. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from schemas.facts import CaseFacts
from services.trace.steps import Step

FILE: Final = frozenset({"cases", "transfers", "matters"})
"""The logs that a case file is made of; the others are about our own work."""

ONE_OF_MANY: Final = ("member_id", "transfer_id", "task_id", "assignment", "instalment")
"""Names the one of several that an event is about: two members' claims are two fields."""


class FieldId(NamedTuple):
    """A field of a case file: `claim.due_fen` of a member."""

    province: str
    name: str
    of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A value that a field took, and the step that said so."""

    value: Any
    step: Step


def history_of(steps: Iterable[Step]) -> Mapping[FieldId, list[Change]]:
    """The values of each field as they were recorded; saying the same again is no change."""
    found: dict[FieldId, list[Change]] = {}
    for step in steps:
        if step.log in FILE:
            for field, value in fields_of(step):
                changes = found.setdefault(field, [])
                if not changes or changes[-1].value != value:
                    changes.append(Change(value=value, step=step))
    return found


def fields_of(step: Step) -> Iterator[tuple[FieldId, Any]]:
    """What a step says, field by field; the facts of a case are fields of their own."""
    about = step.type.split(".")[1]
    key = next((name for name in ONE_OF_MANY if name in step.said), None)
    of = str(step.said[key]) if key else None
    for name, value in step.said.items():
        if name == "facts":
            for fact in CaseFacts.model_fields.keys() & value.keys():
                yield FieldId(step.province, f"facts.{fact}", None), value[fact]
        elif name != key:
            yield FieldId(step.province, f"{about}.{name}", of), value
