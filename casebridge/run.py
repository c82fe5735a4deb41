"""`casebridge run`: several services in one process, for small deployments."""

import click

from casebridge.services import NAMES, SERVICES, load_service


@click.command()
@SERVICES
def run(names: tuple[str, ...]) -> None:
    """Run services in this process until SIGTERM; all of them unless some are named.

    Settings come from the environment. CASEBRIDGE_HTTP_PORT_<SERVICE> gives each its own port.
    """
    from chassis import runtime

    runtime.run([load_service(name) for name in dict.fromkeys(names or NAMES)])
