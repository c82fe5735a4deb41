"""Numbers of one service: counted once, read at `/metrics`, and sent to a collector if there is one."""

from collections.abc import Callable, Iterable, Mapping

from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
LATE_SECONDS = (0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400)
RECORDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000)


class Metrics:
    """What the chassis counts. Labels are few and of a closed kind: never a case, never a person."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.registry = CollectorRegistry()
        here = self.registry
        self._handled = Counter("casebridge_records_handled", "Records taken from logs", registry=here)
        self._batch = Histogram(
            "casebridge_batch_records", "Records per transaction", buckets=RECORDS, registry=here
        )
        self._seconds = Histogram(
            "casebridge_batch_seconds", "Seconds per transaction", buckets=SECONDS, registry=here
        )
        self._behind: dict[tuple[str, str], int] = {}
        self._lag = Gauge("casebridge_lag_records", "Records not handled yet", ["cluster"], registry=here)
        self._relayed = Counter("casebridge_records_relayed", "Records sent", ["cluster"], registry=here)
        self._depth = Gauge("casebridge_outbox_records", "Records not sent yet", ["cluster"], registry=here)
        self._age = Gauge(
            "casebridge_outbox_age_seconds",
            "Age of the oldest record not sent yet",
            ["cluster"],
            registry=here,
        )
        self._duplicates = Counter(
            "casebridge_duplicates", "Records that had been applied before", ["log"], registry=here
        )
        self._queued = Counter(
            "casebridge_queued",
            "Events that had to wait (gap: one before it is missing)",
            ["cause"],
            registry=here,
        )
        self._waiting = Gauge("casebridge_waiting_events", "Events that wait now", ["cause"], registry=here)
        self._held = Counter("casebridge_holds", "Cases that were put on hold", ["cause"], registry=here)
        self._holding = Gauge("casebridge_held_cases", "Cases that are held now", ["cause"], registry=here)
        self._quarantined = Counter(
            "casebridge_quarantined", "Records that nobody can read", ["reason"], registry=here
        )
        self._swept = Counter(
            "casebridge_documents_swept", "Files of documents that nothing is known of", registry=here
        )
        self._late = Histogram(
            "casebridge_timer_late_seconds", "From due to fired", buckets=LATE_SECONDS, registry=here
        )

    # --- Said by the core ----------------------------------------------------------------------------------

    def handled(self, records: int, seconds: float) -> None:
        """A transaction was committed."""
        self._handled.inc(records)
        self._batch.observe(records)
        self._seconds.observe(seconds)

    def lag(self, cluster: str, reader: str, records: int) -> None:
        """How far one reader of the cluster's logs is behind. Several may read it, each its own part."""
        self._behind[cluster, reader] = records
        self._lag.labels(cluster).set(sum(n for (read, _), n in self._behind.items() if read == cluster))

    def relayed(self, cluster: str, records: int) -> None:
        self._relayed.labels(cluster).inc(records)

    def outbox(self, cluster: str, records: int, age_s: float) -> None:
        """How many rows wait for the relay, and for how long the oldest has."""
        self._depth.labels(cluster).set(records)
        self._age.labels(cluster).set(age_s)

    def duplicate(self, stream: str) -> None:
        self._duplicates.labels(stream.partition(" ")[0]).inc()

    def queued(self, cause: str) -> None:
        self._queued.labels(cause).inc()

    def waiting(self, events: Mapping[str, int]) -> None:
        """How many events wait now, by cause; a cause that is not named has none."""
        _set_all(self._waiting, events)

    def held(self, cause: str, fingerprint: str = "") -> None:
        """A case was put on hold. The fingerprint is for logs: as a label it would grow without end."""
        self._held.labels(cause).inc()

    def holding(self, cases: Mapping[str, int]) -> None:
        """How many cases are held now, by cause; a cause that is not named has none."""
        _set_all(self._holding, cases)

    def quarantined(self, reason: str) -> None:
        self._quarantined.labels(reason).inc()

    def document_swept(self) -> None:
        self._swept.inc()

    def timer_late(self, seconds: float) -> None:
        self._late.observe(max(0.0, seconds))

    # --- Read ----------------------------------------------------------------------------------------------

    def text(self) -> bytes:
        """For `/metrics`."""
        return generate_latest(self.registry)


def export_metrics(metrics: Metrics, endpoint: str) -> MeterProvider:
    """Send the same numbers to an OTLP/HTTP collector every minute. Shut the provider down at the end."""
    exporter = OTLPMetricExporter(endpoint=f"{endpoint}/v1/metrics")
    return observed(metrics, PeriodicExportingMetricReader(exporter))


def observed(metrics: Metrics, reader: MetricReader) -> MeterProvider:
    """A provider that reads what Prometheus reads; histograms as their buckets, sums and counts."""
    provider = MeterProvider([reader], resource=Resource.create({"service.name": metrics.service}))
    meter = provider.get_meter("casebridge")
    for family in metrics.registry.collect():
        if family.type == "gauge":
            meter.create_observable_gauge(family.name, [_observe(metrics, family.name)])
            continue
        for suffix in ("_total",) if family.type == "counter" else ("_bucket", "_sum", "_count"):
            name = family.name + suffix
            meter.create_observable_counter(name, [_observe(metrics, name)])
    return provider


def _observe(metrics: Metrics, name: str) -> Callable[[CallbackOptions], Iterable[Observation]]:
    def observe(_: CallbackOptions) -> Iterable[Observation]:
        samples = [sample for family in metrics.registry.collect() for sample in family.samples]
        return [Observation(sample.value, dict(sample.labels)) for sample in samples if sample.name == name]

    return observe


def _set_all(gauge: Gauge, values: Mapping[str, int]) -> None:
    known = {sample.labels["cause"] for family in gauge.collect() for sample in family.samples}
    for cause in known | values.keys():
        gauge.labels(cause).set(values.get(cause, 0))
