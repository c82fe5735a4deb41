"""The services that there are, by name; each is imported only when it is needed."""

from importlib import import_module
from typing import Final

import click

from chassis.service import Service

NAMES: Final = ("intake", "routing", "mediation", "notify", "trace")

SERVICES = click.argument("names", metavar="[SERVICE]...", nargs=-1, type=click.Choice(NAMES))


def writers() -> dict[str, str]:
    """Log -> the service whose aggregates' events lie on it."""
    return {service.log: service.name for service in map(load_service, NAMES) if service.stores}


def load_service(name: str) -> Service:
    """The service as its `app.py` declares it."""
    service = import_module(f"services.{name}.app").service
    assert isinstance(service, Service)
    return service
