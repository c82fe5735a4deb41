"""What is said: messages, events about a case, letters to other provinces, and who may see them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, ClassVar, get_args, get_origin

from pydantic import BaseModel

from schemas.fields import Privacy, Public, UtcTime, Value, privacy_of
from schemas.ids import CaseId, Province


class TypeTaken(TypeError):
    """Two classes claim one message type, or a type is not of the form `casebridge.<thing>.<past>.v<N>`."""


_types: dict[str, "type[Message]"] = {}
_registered: "Mapping[str, type[Message]]" = MappingProxyType(_types)


class Message(Value):
    """Something that was said. One that is no `Event` is about no case: it is not numbered, and not kept."""

    type: ClassVar[str] = ""
    at: Public[UtcTime]
    """When it happened; travels as `ce_time` too. Legal clocks run from it."""

    def __init_subclass__(cls, *, type: str = "", **config: Any) -> None:
        super().__init_subclass__(**config)
        cls.type = type
        if not type:
            return
        if not well_formed(type):
            raise TypeTaken(f"{cls.__name__}: found {type!r}, expected casebridge.<thing>.<past>.v<N>")
        if type in _types:
            raise TypeTaken(f"{cls.__name__}: {type} is taken by {_types[type].__qualname__}")
        _types[type] = cls

    @property
    def subject(self) -> str:
        """What it is about; the key of the record, so that what is said about one thing stays in order."""
        raise NotImplementedError


class Event(Message):
    """A fact about one case, on the log of the service that owns it."""

    case_id: Public[CaseId]
    """The case; travels as `ce_subject` too, and is the key."""

    @property
    def subject(self) -> str:
        return self.case_id


class Letter(Event):
    """A fact that another province must learn: it goes to the log, and to the addressee's mailbox."""

    to_province: Public[Province]
    """The addressee."""


class OpeningLetter(Letter):
    """A letter that says who writes: its reader may not know the case yet, or believes only some."""

    sender: Public[Province]
    """The jurisdiction that writes; that of `ce_source`."""


def event_types() -> Mapping[str, type[Message]]:
    """Every message class by its type; a live view."""
    return _registered


@cache
def topic_of(kind: type[Message]) -> str:
    """The topic that a message class is logged on, without its province: its module or folder of modules."""
    return kind.__module__.split(".")[1]


@cache
def dataschema_of(kind: type[Message]) -> str:
    """The name of the JSON Schema that describes the class."""
    return f"urn:casebridge:schema:{kind.type}"


def public_view(message: Message) -> dict[str, Any]:
    """What partner agencies see of a message: its `Public` fields, ready for JSON."""
    kind = message.__class__
    if kind not in _public_fields:
        _public_fields[kind] = _public(kind)
    return message.model_dump(mode="json", include=_public_fields[kind], exclude_none=True)


_public_fields: dict[type[Message], dict[str, Any]] = {}


def _public(kind: type[BaseModel]) -> dict[str, Any]:
    """The public fields in the form that `model_dump(include=…)` takes, into values and tuples of values."""
    chosen: dict[str, Any] = {}
    for name, described in kind.model_fields.items():
        if privacy_of(kind, name) is Privacy.PUBLIC:
            within = (described.annotation, *get_args(described.annotation))
            inner = next((a for a in within if isinstance(a, type) and issubclass(a, BaseModel)), None)
            if inner is None:
                chosen[name] = True
            elif get_origin(described.annotation) is tuple:
                chosen[name] = {"__all__": _public(inner)}
            else:
                chosen[name] = _public(inner)
    return chosen


def is_number(text: str) -> bool:
    """Whether it consists of ASCII digits."""
    return text.isascii() and text.isdigit()


def is_word(text: str) -> bool:
    """Whether it consists of small ASCII letters."""
    return text.isascii() and text.isalpha() and text.islower()


def well_formed(type: str) -> bool:
    """Whether it is `casebridge.<thing>.<past>.v<N>`; words are lower case and may hold `_`."""
    words = type.split(".")
    return (
        len(words) == 4
        and words[0] == "casebridge"
        and is_word(words[1].replace("_", ""))
        and is_word(words[2].replace("_", ""))
        and words[3][:1] == "v"
        and is_number(words[3][1:])
    )
