"""Runs mediation: `python -m services.mediation`."""

from chassis.launching import launch

launch("services.mediation.app")
