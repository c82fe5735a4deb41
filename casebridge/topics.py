"""`casebridge topics`: shows and makes the topics, and who may read and write them."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click
from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient

from casebridge.acls import apply_grants, declared_grants, grants_by_servers, missing_grants
from chassis.errors import ChassisError
from chassis.settings import read_partners, read_provinces
from chassis.topics import EXCHANGE, LOCAL, Partners, apply_topics, plan_topics
from schemas.ids import Province


@click.group()
def topics() -> None:
    """Topics and who may read and write them, as deploy/topics.toml declares them."""


def _provinces(_: click.Context, __: click.Parameter, text: str) -> tuple[Province, ...]:
    try:
        return read_provinces(text)
    except ValueError as error:
        raise click.BadParameter(f"expected {error}") from None


def _partners(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> Partners:
    try:
        return read_partners(" ".join(given))
    except ValueError as error:
        raise click.BadParameter(f"expected {error}") from None


def _admin_config(_: click.Context, __: click.Parameter, file: Path | None) -> dict[str, str]:
    lines = file.read_text("utf-8").splitlines() if file else []
    pairs = (line.partition("=") for line in lines if line.strip() and not line.startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


_OPTIONS = (
    click.option(
        "--provinces",
        envvar="CASEBRIDGE_PROVINCES",
        required=True,
        callback=_provinces,
        help="44, 44,51 or all.",
    ),
    click.option("--kafka", envvar="CASEBRIDGE_KAFKA", required=True, help="host:port[,host:port]."),
    click.option(
        "--exchange",
        envvar="CASEBRIDGE_EXCHANGE_KAFKA",
        help="Where the mailboxes are; --kafka unless given.",
    ),
    click.option(
        "--partner",
        "partners",
        envvar="CASEBRIDGE_PARTNERS",
        multiple=True,
        callback=_partners,
        help="province:agency that subscribes.",
    ),
    click.option(
        "--cluster",
        "clusters",
        type=click.Choice([LOCAL, EXCHANGE]),
        multiple=True,
        default=(LOCAL, EXCHANGE),
        help="Only this one; the exchange is often another's to administrate.",
    ),
    click.option(
        "--admin-config",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        callback=_admin_config,
        help="File of name=value for librdkafka: security.protocol, sasl.username, …",
    ),
    click.option("--acls", is_flag=True, help="Grants too, where the cluster has an authorizer."),
)


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    @wraps(command)
    def told(*, exchange: str | None, kafka: str, **rest: Any) -> None:
        try:
            command(kafka=kafka, exchange=exchange or kafka, **rest)
        except (ChassisError, TimeoutError) as error:
            raise click.ClickException(str(error)) from None
        except KafkaException as error:
            raise click.ClickException(f"the cluster refuses: {error.args[0].str()}") from None

    for option in reversed(_OPTIONS):
        told = option(told)
    return told


@topics.command()
@_with_options
def plan(*, acls: bool, **where: Any) -> None:
    """Show what would be made, and what differs from what is declared."""
    found = plan_topics(**where)
    for topic in found.missing:
        click.echo(f"make {topic.name} on {topic.cluster}: {topic.partitions} partitions")
    for difference in found.differences:
        click.echo(f"differs: {difference}")
    if acls:
        _grants(apply=False, **where)
    if not found.missing and not found.differences:
        click.echo("All topics are as declared.")
    if found.differences:
        raise click.ClickException(
            "what differs must be put right by a person; nothing of it is ever changed here"
        )


@topics.command()
@_with_options
def apply(*, acls: bool, **where: Any) -> None:
    """Make what is missing."""
    made = apply_topics(**where)
    click.echo(f"{len(made)} topics made." if made else "All topics were there.")
    if acls:
        _grants(apply=True, **where)


def _grants(
    *,
    apply: bool,
    kafka: str,
    exchange: str,
    provinces: tuple[Province, ...],
    partners: Partners,
    clusters: tuple[str, ...],
    admin_config: dict[str, str],
) -> None:
    grants = [grant for grant in declared_grants(provinces, partners) if grant.cluster in clusters]
    for servers, told in grants_by_servers(kafka, exchange, grants).items():
        admin = AdminClient({"bootstrap.servers": servers, "log_level": 0, **admin_config})
        missing = missing_grants(admin, told)
        if missing is None:
            click.echo(f"{servers} has no authorizer: everybody may do everything there.", err=True)
            continue
        if apply:
            apply_grants(admin, missing)
        for grant in missing:
            click.echo(f"{'granted' if apply else 'grant'}: {grant}")
