"""Pages of a list by what its rows are ordered by: the next page costs the same, however far down it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import Column, ColumnElement, Row, tuple_

from chassis.errors import ChassisError

BETWEEN = "~"
"""Stands in no key: neither in a number, nor in a moment, nor in an id."""


@dataclass(eq=False)
class NoCursor(ChassisError):
    """Found {found} as `after`, expected `next` of a page in the same order."""

    zh: ClassVar[str] = "`after` 为{found}，应为同一排序方式上一页的 `next`。"
    found: str
    status: ClassVar[int] = 422


def cursor_after(
    rows: Sequence[Row[*tuple[Any, ...]]], keys: Sequence[Column[Any]], limit: int
) -> str | None:
    """Where a full page ends, by what its last row was then; None after the last page.

    What moves in the list meanwhile hides no other row from the next page.
    """
    if len(rows) < limit:
        return None
    return BETWEEN.join(written(getattr(rows[-1], key.name)) for key in keys)


def beyond(cursor: str, keys: Sequence[Column[Any]]) -> ColumnElement[bool]:
    """The condition that a row comes after a cursor of the same keys. Raises NoCursor."""
    parts = cursor.split(BETWEEN)
    if len(parts) != len(keys):
        raise NoCursor(found=cursor)
    try:
        values = [read(part, key.type.python_type) for part, key in zip(parts, keys, strict=True)]
    except ValueError:
        raise NoCursor(found=cursor) from None
    return tuple_(*keys) > tuple_(*values)


def written(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def read(part: str, kind: type[Any]) -> Any:
    """Raises ValueError."""
    if kind is not datetime:
        return kind(part)
    moment = datetime.fromisoformat(part)
    if moment.tzinfo is None:
        raise ValueError("no time zone")
    return moment
