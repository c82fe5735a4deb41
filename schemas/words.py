"""What the values of messages are called: codes, money, moments and places, in both languages."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any, Final, Literal, get_args

from pydantic import AwareDatetime, BaseModel

from schemas.codes import Known
from schemas.facts import TimeLimit
from schemas.ids import PROVINCES, AgencyId, Province, Wording

Language = Literal["zh", "en"]

# People read the time of day of China, wherever in it they are.
CHINA: Final = timezone(timedelta(hours=8))

_PROVISIONAL: Final[Mapping[Language, str]] = {"zh": "（暂定）", "en": " (provisional)"}
_YES_NO: Final = {True: Wording("是", "yes"), False: Wording("否", "no")}


def in_words(
    kind: type[BaseModel],
    name: str,
    value: Any,
    language: Language,
    agencies: Mapping[AgencyId, Wording] | None = None,
) -> str:
    """The value of the field of that name, as a person reads it. Takes Python values and those of JSON.

    Args:
        agencies: what agencies are called; one that is not in it keeps its id.
    """
    if value is None:
        return "—"
    if isinstance(value, tuple | list):
        separator = "、" if language == "zh" else ", "
        return separator.join(in_words(kind, name, each, language, agencies) for each in value)
    if isinstance(value, bool):
        return str(getattr(_YES_NO[value], language))
    if name.endswith("_fen"):
        return yuan(int(value), language)
    parts = _parts_of(kind, name)
    if TimeLimit in parts:
        return until(
            value if isinstance(value, TimeLimit) else TimeLimit.model_validate_json(json.dumps(value)),
            language,
        )
    if datetime in parts or AwareDatetime in parts:
        return moment(value if isinstance(value, datetime) else datetime.fromisoformat(value))
    called = (agencies or {}).get(value) if AgencyId in parts else _wordings(kind, name).get(value)
    return str(getattr(called, language)) if called else str(value)


def moment(time: datetime) -> str:
    """`2026-03-02 09:12`, in the time of China."""
    return time.astimezone(CHINA).strftime("%Y-%m-%d %H:%M")


def until(limit: TimeLimit, language: Language) -> str:
    """The last moment of a time limit, and whether it may move."""
    provisional = _PROVISIONAL[language] if limit.provisional else ""
    return moment(limit.due_at) + provisional


def yuan(fen: int, language: Language) -> str:
    """`12,800.50元` or `CNY 12,800.50`; whole yuan without their fen."""
    whole, rest = divmod(fen, 100)
    amount = f"{whole:,}.{rest:02}" if rest else f"{whole:,}"
    return f"{amount}元" if language == "zh" else f"CNY {amount}"


@cache
def _wordings(kind: type[BaseModel], name: str) -> Mapping[str, Wording]:
    """What the values that the field can have are called: those of its code, or the provinces."""
    parts = _parts_of(kind, name)
    if Province in parts:
        return {str(code): called for code, called in PROVINCES.items()}
    return next((part.values for part in parts if isinstance(part, Known)), {})


@cache
def _parts_of(kind: type[BaseModel], name: str) -> tuple[Any, ...]:
    field = kind.model_fields[name]
    return tuple(_parts(field.annotation))


def _parts(annotation: Any) -> Iterator[Any]:
    """A type, what it is a new name for, and what it is made of."""
    yield annotation
    if (meant := getattr(annotation, "__supertype__", None)) is not None:
        yield from _parts(meant)
    for part in get_args(annotation):
        yield from _parts(part)
