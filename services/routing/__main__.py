"""Runs routing: `python -m services.routing`."""

from chassis.launching import launch

launch("services.routing.app")
