"""What a service would know that heard the same events, as they are written and read again."""

from collections.abc import Sequence
from typing import Any, TypeVar

from schemas.envelope import Message

M = TypeVar("M", bound=Message)


def read_again(event: M) -> M:
    return type(event).model_validate_json(event.model_dump_json())


def folded(begin: Any, events: Sequence[Message]) -> Any:
    """The aggregate that the events make, each as it was read again."""
    first, *more = map(read_again, events)
    found = begin(first)
    for event in more:
        found = found.after(event)
    return found
