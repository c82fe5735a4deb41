"""Runs trace: `python -m services.trace`."""

from chassis.launching import launch

launch("services.trace.app")
