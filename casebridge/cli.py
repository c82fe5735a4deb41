"""The command line's table of contents: what each command does, and the module that does it."""

from collections.abc import Mapping
from importlib import import_module
from typing import Final

import click

COMMANDS: Final[Mapping[str, tuple[str, str]]] = {
    "demo": ("casebridge.demo.command:demo", "Start everything and play the six stories."),
    "run": ("casebridge.run:run", "Run services in this process."),
    "migrate": ("casebridge.migrate:migrate", "Make the databases, or bring them to this release."),
    "topics": ("casebridge.topics:topics", "Show and make the topics, and who may read and write them."),
    "keys": ("casebridge.keys:keys", "Make the keys of provinces, and exchange them."),
    "exchange": ("casebridge.exchange:exchange", "Check the way to the other provinces, by a trial letter."),
    "move": ("casebridge.move.command:move", "Move a province to a deployment of its own."),
    "token": ("casebridge.token:token", "Issue a token, where the deployment issues its own."),
    "directory": ("casebridge.directory:directory", "Import agencies and sites, check and compare them."),
    "route": ("casebridge.route:route", "Show who would be asked to take a case, and why somebody was."),
    "case": ("casebridge.case:case", "Show where a case is, and how it came there."),
    "cases": ("casebridge.cases:cases", "Bring running cases here from another system."),
    "clocks": ("casebridge.clocks:clocks", "Show the time limits that run out soon."),
    "stats": ("casebridge.stats:stats", "Show figures of a period, of any past day again."),
    "held": ("casebridge.held:held", "Show held cases and let them go."),
    "quarantine": ("casebridge.quarantine:quarantine", "Show, open and read again what was not understood."),
    "erase": ("casebridge.erase:erase", "Erase the data of a case, once two people say so."),
    "law": ("casebridge.law_command:law", "Time limits: list, check and explain them."),
    "restored": ("casebridge.restored:restored", "Make a database restored from a backup fit to go on."),
    "adopt": ("casebridge.adopt:adopt", "Say that a source's new database is the right one."),
    "receipts": ("casebridge.receipts.command:receipts", "Write the proof of a transfer into one file."),
    "reconcile": ("casebridge.reconcile:reconcile", "Compare what two provinces stated of a day's letters."),
    "verify": ("casebridge.verify:verify", "Check such a file with nothing but the public keys."),
    "audit": ("casebridge.audit.command:audit_command", "Verify that nothing is lost, doubled or invented."),
    "contract": ("casebridge.contract:main", "The events that are published, and what was promised."),
}


class LazyGroup(click.Group):
    """Imports a command when it is used: `casebridge --help` waits for no broker's client."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, said) for name, (_, said) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Moves migrant workers' legal-aid cases between agencies and provinces, loses none, and can prove it."""
