"""Runs notify: `python -m services.notify`."""

from chassis.launching import launch

launch("services.notify.app")
