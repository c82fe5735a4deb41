"""`casebridge audit`: exits with 1 when anything that was promised is broken."""

import asyncio
import sys

import click

from casebridge.audit.auditing import Deployed, audit, settled
from casebridge.audit.reading import LogDoesNotEnd
from casebridge.audit.report import SHOWN, Report
from casebridge.services import NAMES, SERVICES, load_service
from chassis.clock import Clock
from chassis.embedded.environment import inherited_environment
from chassis.errors import ChassisError
from chassis.settings import SettingRefused, read_settings


@click.command("audit")
@SERVICES
@click.option("--settle", "settle_s", type=click.FloatRange(0, 3600), default=0.0, show_default=True)
@click.option("--shown", type=click.IntRange(1, 10_000), default=SHOWN, show_default=True)
def audit_command(names: tuple[str, ...], settle_s: float, shown: int) -> None:
    """Read every log and every database, and verify that nothing is lost, doubled, reordered or invented.

    Of a deployment at work it says what is still under way: --settle waits for so many seconds until
    nothing is. Of all services unless some are named; the environment is that of the services. --shown
    examples of each violation are printed.
    """
    environ = inherited_environment()
    try:
        deployed: Deployed = [
            (load_service(name), read_settings(environ, name)) for name in dict.fromkeys(names or NAMES)
        ]
        report = asyncio.run(run(deployed, settle_s, shown))
    except (SettingRefused, ChassisError, LogDoesNotEnd) as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(report.text())
    sys.exit(0 if report.ok else 1)


async def run(deployed: Deployed, settle_s: float, shown: int) -> Report:
    if settle_s and not await settled(deployed, within_s=settle_s):
        click.echo(f"not quiet after {settle_s:g} s; this is what is there now", err=True)
    return await audit(deployed, now=Clock(deployed[0][1].clock_file).now(), shown=shown)
