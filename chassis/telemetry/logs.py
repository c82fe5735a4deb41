"""Logs: one JSON object per line, a constant event name, data in fields, and no values of exceptions."""

import json
import logging
import sys
import threading
import traceback
from collections.abc import Mapping, Sequence, Set
from contextvars import ContextVar
from datetime import UTC, datetime
from types import MappingProxyType, TracebackType
from typing import Any, TextIO

OURS = ("schemas", "law", "chassis", "services", "casebridge", "bench", "tests")
"""Packages whose messages are written to hold no personal data."""

_bound: ContextVar[Mapping[str, Any]] = ContextVar("bound", default=MappingProxyType({}))
_own_attributes = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "color_message"}


class bound:
    """Every record logged inside carries these fields: `case_id`, `event_id`, `trace_id`.

    A class, since a generator would cost as much again as some handlers do.
    """

    __slots__ = ("_fields", "_token")

    def __init__(self, **fields: Any) -> None:
        self._fields = fields

    def __enter__(self) -> None:
        outer = _bound.get()
        self._token = _bound.set({**outer, **self._fields} if outer else self._fields)

    def __exit__(self, *_: object) -> None:
        _bound.reset(self._token)


def start_logging(service: str, *, level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send everything that is logged in this process, and what ends it, through `JsonLines`."""
    handler = logging.StreamHandler(stream or sys.stdout)
    handler.setFormatter(JsonLines(service))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # They bring handlers of their own, which would print what this one leaves out. Requests are logged by
    # nobody: their paths and queries can hold what a person typed.
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "faststream", "fastapi"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"
    sys.excepthook = _log_end_of_process
    threading.excepthook = lambda end: _log_end_of_thread(end.exc_type, end.exc_value, end.exc_traceback)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON."""

    def __init__(self, service: str) -> None:
        super().__init__()
        self.service = service

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] in OURS
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": str(record.msg) if ours else "library_says",
            "service": self.service,
            "logger": record.name,
        }
        line |= {name: _safe(value) for name, value in _bound.get().items()}
        if ours:
            extra = {name: value for name, value in vars(record).items() if name not in _own_attributes}
            line |= {name: _safe(value) for name, value in extra.items()}
        else:
            line["says"] = _what_a_library_says(record)
        if record.exc_info and record.exc_info[1] is not None:
            error = _first_of(record.exc_info[1])
            line["error"] = described(error)
            line["at"] = _places(error.__traceback__ or record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _first_of(error: BaseException) -> BaseException:
    """Of a group that a task group made, the failure that ended it: the group itself says nothing."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


def described(error: BaseException) -> str:
    """The types of an error and of its causes; the text of our own alone, as drivers repeat what they got."""
    known: list[str] = []
    found: BaseException | None = error
    while found is not None and len(known) < 5:
        ours = type(found).__module__.partition(".")[0] in OURS
        known.append(f"{type(found).__name__}: {found}" if ours else type(found).__name__)
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)
    return " <- ".join(known)


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)
    return [f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames[-12:]]


def _what_a_library_says(record: logging.LogRecord) -> str:
    """Its first line (asyncio adds a dump of the task), with errors among the arguments as their types."""
    arguments: Any = record.args
    if isinstance(arguments, tuple):
        arguments = tuple(_reduced(argument) for argument in arguments)
    elif isinstance(arguments, Mapping):
        arguments = {name: _reduced(argument) for name, argument in arguments.items()}
    try:
        text = str(record.msg) % arguments if arguments else str(record.msg)
    except (TypeError, ValueError, KeyError):
        text = str(record.msg)
    return (
        type(record.msg).__name__ if isinstance(record.msg, BaseException) else text.partition("\n")[0][:500]
    )


def _reduced(argument: object) -> object:
    return argument if isinstance(argument, str | int | float | None) else type(argument).__name__


def _safe(value: object) -> Any:
    """Plain values as they are, collections of them too; of anything else only what it is."""
    if isinstance(value, str | int | float | bool | None):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, BaseException):
        return described(value)
    if isinstance(value, Mapping):
        return {str(name): _safe(item) for name, item in value.items()}
    if isinstance(value, Sequence | Set) and not isinstance(value, bytes | bytearray | memoryview):
        return [_safe(item) for item in value]
    return type(value).__name__


def _log_end_of_process(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        logging.getLogger(__name__).critical("process_failed", exc_info=(kind, error, trace))


def _log_end_of_thread(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if error is not None:
        logging.getLogger(__name__).critical("thread_failed", exc_info=(kind, error, trace))
