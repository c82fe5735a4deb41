"""What a process tells of itself: logs, metrics and traces, none of which ever holds personal data."""

from chassis.telemetry.contexts import child_traceparent, current_traceparent, is_sampled, new_traceparent
from chassis.telemetry.logs import bound, start_logging
from chassis.telemetry.metrics import Metrics, export_metrics
from chassis.telemetry.traces import Traces

__all__ = [
    "Metrics",
    "Traces",
    "bound",
    "child_traceparent",
    "current_traceparent",
    "export_metrics",
    "is_sampled",
    "new_traceparent",
    "start_logging",
]
