"""Spans for those who collect them: one per batch, one per event that was chosen."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any, NamedTuple

from fastapi.telemetry import TelemetryConfig
from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.sdk.trace.sampling import ALWAYS_ON, ParentBased, TraceIdRatioBased
from opentelemetry.trace import Link, NonRecordingSpan, SpanContext, SpanKind, Status, StatusCode, TraceFlags

from chassis.telemetry.contexts import context_of

# Two buses of one service have a batch at the same time, each in its own task.
_batch: ContextVar["_Batch | None"] = ContextVar("batch", default=None)


class Traces:
    """Spans of one service: one per batch, one per event that was chosen. Without a collector, nothing."""

    def __init__(
        self,
        service: str,
        *,
        endpoint: str | None = None,
        ratio: float = 1.0,
        to: SpanProcessor | None = None,
    ) -> None:
        """`endpoint` is an OTLP/HTTP collector; `ratio` of the traces are recorded, by all the same."""
        if to is None and endpoint is not None:
            to = BatchSpanProcessor(OTLPSpanExporter(endpoint=f"{endpoint}/v1/traces"))
        self.provider: TracerProvider | None = None
        self._ids = _GivenIds()
        if to is not None:
            by_trace = TraceIdRatioBased(ratio)
            resource = Resource.create({"service.name": service})
            self.provider = TracerProvider(
                sampler=ParentBased(root=by_trace, remote_parent_sampled=by_trace), resource=resource
            )
            self.provider.add_span_processor(_WithoutAddresses())
            self.provider.add_span_processor(to)
            self._batches = self.provider.get_tracer("casebridge")
            # Events were chosen before they get here, and nothing of theirs is to be redacted.
            chosen = TracerProvider(
                sampler=ALWAYS_ON, resource=resource, id_generator=self._ids, shutdown_on_exit=False
            )
            chosen.add_span_processor(to)
            self._events = chosen.get_tracer("casebridge")
            self._sampled_below = by_trace.bound

    @property
    def for_fastapi(self) -> TelemetryConfig:
        """`FastAPI(telemetry=…)`: spans of requests, and nothing that repeats what was sent."""
        return {
            "tracer_provider": self.provider,
            "tracing": self.provider is not None,
            "operation_spans": False,
            "metrics": False,
            "logs": False,
            "auto_configure": False,
        }

    @contextmanager
    def batch(self, records: int) -> Iterator[None]:
        """The transaction for a poll. Events handled inside link to it."""
        if self.provider is None:
            yield
            return
        span = self._batches.start_span("batch", context=_NO_PARENT)
        span.set_attribute("casebridge.records", records)
        batch = _Batch([Link(span.get_span_context())], [])
        token = _batch.set(batch)
        try:
            with _ended(span):
                yield
        finally:
            _batch.reset(token)
            for handling in batch.handled:
                self._make_span(handling, batch.links)

    def event(
        self, type: str, traceparent: str, *, after: str | None, **ids: str
    ) -> AbstractContextManager[None]:
        """The handling of one event. `traceparent` is what its effects carry, `after` what it carried."""
        # What the sampler would say, asked before anything is built: it is asked for every event.
        if self.provider is None or not self._chosen(traceparent):
            return _NOTHING
        return _Handling(type, traceparent, after, ids, self._handled)

    def _handled(self, handling: "_Handling") -> None:
        """Make its span once the batch is through: between two events it costs several times as much.

        What the SDK needs for a span has to be fetched into the processor's caches, and drives ours out.
        """
        if batch := _batch.get():
            batch.handled.append(handling)
        else:
            self._make_span(handling, ())

    def _make_span(self, handling: "_Handling", links: Sequence[Link]) -> None:
        parent = context_of(handling.after)
        # The span must have the id that went into the outbox, or the effects would have no parent.
        self._ids.given = context_of(handling.traceparent)
        span = self._events.start_span(
            handling.name,
            context=trace.set_span_in_context(NonRecordingSpan(parent)) if parent else _NO_PARENT,
            kind=SpanKind.CONSUMER,
            links=links,
            attributes={f"casebridge.{name}": value for name, value in handling.ids.items()},
            start_time=handling.begun_ns,
        )
        self._ids.given = None
        if handling.error:
            _note_error(span, handling.error)
        span.end(handling.ended_ns)

    def _chosen(self, traceparent: str) -> bool:
        """Whether this trace is one of those that are recorded, as `TraceIdRatioBased` decides it.

        It was made here, so the lower half of its id and its flags are where they should be.
        """
        asked = int(traceparent[53:], 16) & TraceFlags.SAMPLED
        return bool(asked) and int(traceparent[19:35], 16) < self._sampled_below

    def close(self) -> None:
        """Send what is left."""
        if self.provider is not None:
            self.provider.shutdown()


@contextmanager
def _ended(span: trace.Span) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        _note_error(span, type(error))
        raise
    finally:
        span.end()


def _note_error(span: trace.Span, kind: type[BaseException]) -> None:
    """The SDK would record the text of an exception; only its type may leave."""
    span.set_status(Status(StatusCode.ERROR))
    span.set_attribute("error.type", kind.__name__)


class _Handling:
    """The handling of one event that was chosen: all that its span will say."""

    def __init__(
        self,
        name: str,
        traceparent: str,
        after: str | None,
        ids: Mapping[str, str],
        done: Callable[["_Handling"], None],
    ) -> None:
        self.name = name
        self.traceparent = traceparent
        self.after = after
        self.ids = ids
        self.begun_ns = self.ended_ns = 0
        self.error: type[BaseException] | None = None
        self._done = done

    def __enter__(self) -> None:
        self.begun_ns = time.time_ns()

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self.ended_ns, self.error = time.time_ns(), kind
        self._done(self)


class _Batch(NamedTuple):
    """What the events of a transaction link to, and those whose spans are to be made."""

    links: Sequence[Link]
    handled: list[_Handling]


_NOTHING = nullcontext()

_NO_PARENT = trace.set_span_in_context(trace.INVALID_SPAN)


class _GivenIds(RandomIdGenerator):
    """Gives a span the id that was decided before it began. Spans are begun one by one on the event loop."""

    def __init__(self) -> None:
        self.given: SpanContext | None = None

    def generate_span_id(self) -> int:
        return self.given.span_id if self.given else super().generate_span_id()

    def generate_trace_id(self) -> int:
        return self.given.trace_id if self.given else super().generate_trace_id()


class _WithoutAddresses(SpanProcessor):
    """FastAPI's spans repeat the address of a request, and people put what they know of a person into it.

    The route, with its parameters unfilled, is the span's name.
    """

    def on_start(self, span: Span, parent_context: Any = None) -> None:
        for name in ("url.path", "url.query", "url.full"):
            if span.attributes and name in span.attributes:
                span.set_attribute(name, "REDACTED")

    def on_end(self, span: ReadableSpan) -> None:
        """Nothing is left to do."""
