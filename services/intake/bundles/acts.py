"""An act of a case, from the cells of its row."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from schemas.past import PastAct

READ: Final[Mapping[str, Callable[[str], Any]]] = {
    "final": lambda text: text == "yes",
    "served_at": datetime.fromisoformat,
    "last_day": datetime.fromisoformat,
    "part": int,
    "claim_fen": int,
    "advance_claims": lambda text: tuple(text.split()),
    "ordered_fen": int,
    "pay_by": datetime.fromisoformat,
    "members": lambda text: tuple(text.split()),
}
"""Fields that are no text."""


def act_of(code: str, at: datetime, fields: Mapping[str, str], said: Mapping[str, str]) -> PastAct:
    """An act with the fields that are filled; the codes were read before.

    Args:
        fields: the fields of the act, and the columns that fill them.
    """
    filled = {field: READ.get(field, str)(said[column]) for field, column in fields.items() if column in said}
    return PastAct.model_validate({"code": code, "at": at, **filled})
