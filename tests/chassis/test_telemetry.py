import asyncio
import io
import json
import logging
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.errors import CaseHeld
from chassis.telemetry import (
    Metrics,
    Traces,
    bound,
    child_traceparent,
    current_traceparent,
    is_sampled,
    new_traceparent,
    start_logging,
)
from chassis.telemetry.metrics import observed

SECRET = "张三 51072519850101123X"
STORED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

log = logging.getLogger(__name__)


# --- Logs --------------------------------------------------------------------------------------------------


@pytest.fixture
def printed() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, sys.excepthook
    stream = io.StringIO()
    start_logging("routing", stream=stream)
    yield stream
    root.handlers[:], root.level, sys.excepthook = before


def lines(printed: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.getvalue().splitlines()]


def test_a_record_is_one_line_with_a_constant_name_and_fields(printed: io.StringIO) -> None:
    with bound(case_id="c1", event_id="e1"), bound(trace_id="t1"):
        log.info("offer_lapsed", extra={"epoch": 2, "agencies": ("a", "b"), "detail": "zwei\nZeilen"})
    log.warning("relay_interrupted")

    first, second = lines(printed)
    assert {
        "event": "offer_lapsed",
        "service": "routing",
        "level": "info",
        "epoch": 2,
    }.items() <= first.items()
    assert (first["case_id"], first["event_id"], first["trace_id"]) == ("c1", "e1", "t1")
    assert first["agencies"] == ["a", "b"]
    assert "case_id" not in second


def test_the_text_of_a_drivers_error_is_not_printed_but_ours_is(printed: io.StringIO) -> None:
    try:
        try:
            raise ValueError(SECRET)
        except ValueError as error:
            raise CaseHeld(case_id="c1", cause="poison") from error
    except CaseHeld:
        log.exception("handler_failed", extra={"because": KeyError(SECRET), "value": object()})

    (line,) = lines(printed)
    assert SECRET not in printed.getvalue()
    assert line["error"].startswith("CaseHeld: Case c1 is held (poison)")
    assert line["error"].endswith("<- ValueError")
    assert line["because"] == "KeyError"
    assert any("test_telemetry.py" in place for place in line["at"])


def test_of_a_task_group_the_failure_that_ended_it_is_named(printed: io.StringIO) -> None:
    try:
        try:
            raise ConnectionRefusedError(SECRET)
        except ConnectionRefusedError as refused:
            raise ExceptionGroup("unhandled errors in a TaskGroup", [refused]) from None
    except ExceptionGroup:
        log.exception("process_failed")
    (line,) = lines(printed)
    assert line["error"] == "ConnectionRefusedError"
    assert SECRET not in printed.getvalue()


async def test_neither_a_library_nor_a_forgotten_task_prints_the_text_of_an_error(
    printed: io.StringIO,
) -> None:
    logging.getLogger("aiokafka").error("Unable to reach %s: %s", "broker:9092", ValueError(SECRET))

    async def fail() -> None:
        raise ValueError(SECRET)

    task = asyncio.create_task(fail())
    await asyncio.wait([task])
    del task

    reached, forgotten = lines(printed)
    assert SECRET not in printed.getvalue()
    assert reached["says"] == "Unable to reach broker:9092: ValueError"
    assert forgotten["error"] == "ValueError"


def test_what_ends_a_process_is_logged_without_its_text() -> None:
    program = f"from chassis.telemetry import start_logging; start_logging('x'); raise ValueError({SECRET!r})"

    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert ended.returncode == 1
    assert SECRET not in ended.stdout + ended.stderr
    assert json.loads(ended.stdout)["event"] == "process_failed"


# --- Metrics -----------------------------------------------------------------------------------------------


def counted() -> Metrics:
    metrics = Metrics("routing")
    metrics.handled(500, 0.03)
    metrics.lag("local", "a", 4)
    metrics.lag("local", "b", 3)
    metrics.relayed("exchange", 3)
    metrics.outbox("exchange", 12, 4.5)
    metrics.duplicate("mailbox /cn44/routing")
    metrics.queued("gap")
    metrics.held("poison", "ValueError at custody.py:12")
    metrics.quarantined("no-key")
    metrics.timer_late(-0.1)
    return metrics


def test_what_is_counted_is_shown() -> None:
    text = counted().text().decode()

    for line in (
        "casebridge_records_handled_total 500.0",
        'casebridge_lag_records{cluster="local"} 7.0',
        'casebridge_outbox_records{cluster="exchange"} 12.0',
        'casebridge_outbox_age_seconds{cluster="exchange"} 4.5',
        'casebridge_duplicates_total{log="mailbox"} 1.0',
        'casebridge_queued_total{cause="gap"} 1.0',
        'casebridge_holds_total{cause="poison"} 1.0',
        'casebridge_quarantined_total{reason="no-key"} 1.0',
        "casebridge_timer_late_seconds_count 1.0",
    ):
        assert line in text.splitlines()


def test_a_cause_that_holds_no_case_any_more_shows_none() -> None:
    metrics = Metrics("routing")
    metrics.holding({"poison": 2, "gap": 1})
    metrics.holding({"gap": 3})

    assert 'casebridge_held_cases{cause="poison"} 0.0' in metrics.text().decode()
    assert 'casebridge_held_cases{cause="gap"} 3.0' in metrics.text().decode()


def test_two_services_in_one_process_count_apart() -> None:
    one, other = Metrics("routing"), Metrics("trace")
    one.handled(1, 0.1)

    assert "casebridge_records_handled_total 0.0" in other.text().decode()


def test_a_collector_is_sent_the_same_numbers() -> None:
    reader = InMemoryMetricReader()
    provider = observed(counted(), reader)

    data = reader.get_metrics_data()
    assert data is not None
    found = {
        metric.name: [(dict(point.attributes or {}), point.value) for point in metric.data.data_points]  # type: ignore[union-attr]
        for resource in data.resource_metrics
        for scope in resource.scope_metrics
        for metric in scope.metrics
    }
    provider.shutdown()

    assert found["casebridge_lag_records"] == [({"cluster": "local"}, 7.0)]
    assert found["casebridge_records_handled_total"] == [({}, 500.0)]
    assert ({"le": "0.05"}, 1.0) in found["casebridge_batch_seconds_bucket"]


# --- Traces ------------------------------------------------------------------------------------------------


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


def traces(spans: InMemorySpanExporter, ratio: float = 1.0) -> Traces:
    return Traces("routing", ratio=ratio, to=SimpleSpanProcessor(spans))


def named(spans: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in spans.get_finished_spans()}


def test_a_child_keeps_trace_and_wish_and_has_a_span_of_its_own() -> None:
    child = child_traceparent(STORED)

    assert child[:36] == STORED[:36]
    assert child != STORED
    assert is_sampled(child)
    assert not is_sampled(child_traceparent(STORED[:-1] + "0"))


@pytest.mark.parametrize(
    "stored", [None, "", "junk", STORED + "-x", STORED.replace("00-4b", "ff-4b"), "00-" + "0" * 32]
)
def test_without_a_usable_context_a_new_trace_begins(stored: str | None) -> None:
    child = child_traceparent(stored)

    assert child[3:35] != STORED[3:35]
    assert is_sampled(child)
    assert child_traceparent(child)[:36] == child[:36]
    assert len({new_traceparent(), new_traceparent(), child}) == 3


def test_the_span_of_an_event_is_the_one_that_its_effects_name(spans: InMemorySpanExporter) -> None:
    traced, own = traces(spans), child_traceparent(STORED)

    with traced.batch(7), traced.event("casebridge.offer.accepted.v1", own, after=STORED, case_id="c1"):
        pass

    span, batch = named(spans)["casebridge.offer.accepted.v1"], named(spans)["batch"]
    assert span.context is not None
    assert span.parent is not None
    assert f"00-{span.context.trace_id:032x}-{span.context.span_id:016x}-01" == own
    assert f"{span.parent.span_id:016x}" == STORED[36:52]
    assert [link.context for link in span.links] == [batch.context]
    assert batch.parent is None
    assert dict(span.attributes or {}) == {"casebridge.case_id": "c1"}


async def test_batches_at_the_same_time_keep_their_events_apart(spans: InMemorySpanExporter) -> None:
    traced, both = traces(spans), asyncio.Barrier(2)

    async def handle(name: str) -> None:
        with traced.batch(1):
            await both.wait()
            with traced.event(name, child_traceparent(None), after=None):
                await both.wait()

    await asyncio.gather(handle("one"), handle("other"))

    found = named(spans)
    linked = {found[name].links[0].context.span_id for name in ("one", "other")}
    assert linked == {
        s.context.span_id for s in spans.get_finished_spans() if s.name == "batch" and s.context
    }
    assert len(linked) == 2


def test_the_events_of_a_batch_that_fails_are_seen_and_lie_within_it(spans: InMemorySpanExporter) -> None:
    traced = traces(spans)

    def fail_to_save() -> None:
        with traced.batch(1):
            with traced.event("e", child_traceparent(STORED), after=STORED):
                pass
            raise KeyError

    with pytest.raises(KeyError):
        fail_to_save()

    event, batch = named(spans)["e"], named(spans)["batch"]
    assert (event.attributes or {}).get("error.type") is None
    assert (batch.attributes or {})["error.type"] == "KeyError"
    moments = [batch.start_time, event.start_time, event.end_time, batch.end_time]
    assert moments == sorted(moment or 0 for moment in moments)


def test_an_event_that_begins_a_trace_has_no_parent(spans: InMemorySpanExporter) -> None:
    own = child_traceparent(None)

    with traces(spans).event("timer", own, after=None):
        pass

    (span,) = spans.get_finished_spans()
    assert span.context is not None
    assert f"{span.context.trace_id:032x}" == own[3:35]
    assert span.parent is None


def test_a_span_of_a_failure_tells_its_type_alone(spans: InMemorySpanExporter) -> None:
    with (
        pytest.raises(ValueError, match="张三"),
        traces(spans).event("e", child_traceparent(STORED), after=STORED),
    ):
        raise ValueError(SECRET)

    (span,) = spans.get_finished_spans()
    assert (span.attributes or {})["error.type"] == "ValueError"
    assert SECRET not in span.to_json(indent=None)


@pytest.mark.parametrize(("flags", "ratio"), [("00", 1.0), ("01", 0.0)])
def test_what_was_not_chosen_is_not_recorded(spans: InMemorySpanExporter, flags: str, ratio: float) -> None:
    stored = STORED[:-2] + flags

    with traces(spans, ratio).event("e", child_traceparent(stored), after=stored):
        pass

    assert spans.get_finished_spans() == ()


def test_without_a_collector_nothing_happens() -> None:
    traced = Traces("routing")

    with traced.batch(1), traced.event("e", child_traceparent(STORED), after=STORED):
        pass
    traced.close()


async def test_a_request_has_one_span_without_its_query_and_its_effects_follow_it(
    spans: InMemorySpanExporter,
) -> None:
    app = FastAPI(telemetry=traces(spans).for_fastapi)

    @app.get("/v1/cases/{case_id}")
    async def read_case(case_id: str, person: str) -> str:
        return current_traceparent()

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
        answer = await client.get("/v1/cases/c1", params={"person": SECRET}, headers={"traceparent": STORED})
    told = answer.json()

    (span,) = spans.get_finished_spans()
    assert span.context is not None
    assert told == f"00-{STORED[3:35]}-{span.context.span_id:016x}-01"
    assert "51072519850101123X" not in span.to_json(indent=None)


def test_without_a_collector_the_effects_of_a_request_follow_its_header() -> None:
    assert current_traceparent(STORED)[:36] == STORED[:36]
