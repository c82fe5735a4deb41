"""The W3C context that travels with every event: which trace it is part of, and whether that is recorded."""

import random
import re

from opentelemetry import trace
from opentelemetry.trace import SpanContext, TraceFlags

_TRACEPARENT = re.compile(r"(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})")


def new_traceparent() -> str:
    """The context of a new trace. It asks to be recorded; how many are is each deployment's ratio."""
    return f"00-{_number(128):032x}-{_number(64):016x}-01"


def child_traceparent(stored: str | None) -> str:
    """The context of what a stored one causes: same trace, same wish, own span. Without one, a new trace."""
    found = _TRACEPARENT.fullmatch(stored) if stored else None
    return f"00-{found[1]}-{_number(64):016x}-{found[3]}" if found else new_traceparent()


def _number(bits: int) -> int:
    """Never 0, which would be no id. Ids of traces are no secrets: the SDK takes its own from here too."""
    return random.getrandbits(bits) or 1


def current_traceparent(header: str | None = None) -> str:
    """The context of the request that is being answered; `header` is its `traceparent`, if it has one."""
    current = trace.get_current_span().get_span_context()
    if current.is_valid:
        return f"00-{current.trace_id:032x}-{current.span_id:016x}-{current.trace_flags:02x}"
    return child_traceparent(header)


def is_sampled(traceparent: str | None) -> bool:
    """Whether the context asks to be recorded."""
    found = _TRACEPARENT.fullmatch(traceparent or "")
    return found is not None and int(found[3], 16) & TraceFlags.SAMPLED != 0


def context_of(traceparent: str | None) -> SpanContext | None:
    """The context as the SDK has it; None for what is none."""
    found = _TRACEPARENT.fullmatch(traceparent or "")
    if found is None:
        return None
    flags = TraceFlags(int(found[3], 16))
    return SpanContext(int(found[1], 16), int(found[2], 16), is_remote=True, trace_flags=flags)
