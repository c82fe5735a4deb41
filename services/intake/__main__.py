"""Runs intake: `python -m services.intake`."""

from chassis.launching import launch

launch("services.intake.app")
