"""Starts a service's process: imports it, then runs it."""

import gc
from importlib import import_module


def launch(module: str) -> None:
    """Run the `service` of a module until SIGTERM or SIGINT.

    Nothing of what is imported becomes garbage, and to look for some meanwhile is a fifth of the start.
    `run` goes back to collecting.
    """
    gc.disable()
    service = import_module(module).service
    import_module("chassis.runtime").run([service])
