"""`casebridge exchange check`: whether this deployment and the others reach and believe one another."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import click
from aiokafka.errors import KafkaError
from confluent_kafka import KafkaException

from casebridge.exchange_drill import Answer, Drills, Mailboxes, Way, drill
from chassis.clock import Clock
from chassis.embedded.environment import inherited_environment
from chassis.errors import ChassisError
from chassis.key_exchange import fingerprint
from chassis.key_files import PublicKey, TrustedKeys
from chassis.keyring import Keyring, load_keyring
from chassis.settings import SettingRefused, Settings, read_provinces, read_settings
from chassis.topics import EXCHANGE, Cluster, declared_topics
from schemas.ids import Province


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was looked at; what to do about it is empty where it is good."""

    found: str
    to_do: str = ""


@click.group()
def exchange() -> None:
    """The way to the other provinces."""


def _others(_: click.Context, __: click.Parameter, text: str | None) -> tuple[Province, ...]:
    try:
        return read_provinces(text) if text else ()
    except ValueError as error:
        raise click.BadParameter(f"expected {error}") from None


@exchange.command()
@click.option("--with", "others", callback=_others, help="51 or 51,33; all whose keys are here unless given.")
@click.option("--within", "within_s", type=click.FloatRange(1, 3600), default=30.0, show_default=True)
@click.option("--clocks", "clocks_s", type=click.FloatRange(0), default=5.0, show_default=True)
def check(others: tuple[Province, ...], within_s: float, clocks_s: float) -> None:
    """Look at the exchange, the own mailboxes and the others' keys, and send each a trial letter.

    Run it with the environment of the services. Trial letters are about no case: the other side answers them
    by itself, WITHIN so many seconds; its clock may differ by CLOCKS seconds. It changes nothing, and may be
    run at any time.
    """
    try:
        settings = read_settings(inherited_environment(), "routing")
        keyring = load_keyring(settings.keys_folder, settings.provinces)
    except (ChassisError, SettingRefused, OSError) as refusal:
        raise click.ClickException(str(refusal)) from None
    wrong = 0
    for step in steps(settings, keyring, others, within_s=within_s, clocks_s=clocks_s):
        wrong += bool(step.to_do)
        click.echo(f"{'WRONG' if step.to_do else 'ok   '} {step.found}")
        if step.to_do:
            click.echo(f"      {step.to_do}")
    if wrong:
        raise click.ClickException(f"{wrong} of what was looked at needs somebody; then check again")


def steps(
    settings: Settings, keyring: Keyring, others: Sequence[Province], *, within_s: float, clocks_s: float
) -> Iterator[Step]:
    """Look at one thing after the other; what cannot work without the one before is not tried."""
    clock = Clock(settings.clock_file)
    cluster = Cluster(settings.exchange_kafka, settings.exchange_kafka_access.properties)
    try:
        there = cluster.partitions()
    except ChassisError as error:
        remedy = "Check CASEBRIDGE_EXCHANGE_KAFKA, the network and the access file of the exchange."
        yield Step(str(error), remedy)
        return
    yield Step(f"the exchange at {settings.exchange_kafka} answers")
    boxes = [mailbox_step(cluster, province, there) for province in settings.provinces]
    yield from boxes
    asked = others or tuple(sorted(keyring.trusted.keys() - set(settings.provinces)))
    if not asked:
        yield Step("no other province's keys are here", "`casebridge keys import` takes what they gave you.")
    usable = []
    for province in asked:
        known = keys_step(province, keyring.trusted.get(province), clock.now())
        yield known
        usable += [] if known.to_do else [province]
    if any(box.to_do for box in boxes) or not usable:
        return
    ways = [(by, to) for by in settings.provinces for to in usable if by != to]
    mailboxes = Mailboxes(settings.exchange_kafka, settings.exchange_kafka_access, keyring, clock)
    try:
        drills = asyncio.run(drill(mailboxes, ways, within_s=within_s))
    except (KafkaError, OSError) as error:
        yield Step(f"trial letters: {type(error).__name__}", _NOT_ALLOWED.format(settings.exchange_kafka))
        return
    for way in ways:
        yield from drill_steps(way, drills, within_s=within_s, clocks_s=clocks_s)


_NOT_ALLOWED = (
    "The administrator of the exchange runs `casebridge topics apply --cluster exchange --acls`, so that "
    "you may read your own mailbox at {} and write to the others'."
)


def mailbox_step(cluster: Cluster, province: Province, there: Mapping[str, int]) -> Step:
    """The own mailbox is there and as declared."""
    (topic,) = (
        topic
        for topic in declared_topics([province])
        if topic.cluster == EXCHANGE and topic.name == f"cn{province}.mailbox"
    )
    if topic.name not in there:
        remedy = (
            "`casebridge topics apply --cluster exchange` makes it, by whoever administrates the exchange."
        )
        return Step(f"{topic.name} is not on the exchange", remedy)
    differing = cluster.without_config([topic])
    noted = "as declared"
    try:
        differing += cluster.differing_config([topic])
    except KafkaException as error:
        # The brokers' own settings, which say how many copies there are, are not for everybody.
        noted = f"its settings may not be read: {error.args[0].name()}"
    if differing:
        said = "; ".join(map(str, differing))
        return Step(said, "The administrator of the exchange puts it right: `casebridge topics plan`.")
    return Step(f"{topic.name} is there, {topic.partitions} partitions, {noted}")


def keys_step(province: Province, keys: TrustedKeys | None, now: datetime) -> Step:
    """Their public keys are here, and one of each kind can be used."""
    if keys is None:
        remedy = (
            "Ask them for the file that `casebridge keys export` writes, and `casebridge keys import` it."
        )
        return Step(f"{province}: no public keys of theirs are here", remedy)
    for use, listed in (("signs", keys.signing), ("is sealed for", keys.letters)):
        if not any(_good(key, now) for key in listed):
            remedy = "They make new ones and give you the file; `casebridge keys import` takes it."
            return Step(f"{province}: no key with which it {use} is valid now", remedy)
    ids = ", ".join(key.id for key in (*keys.signing, *keys.letters) if _good(key, now))
    return Step(f"{province}: keys {ids}; fingerprint {fingerprint(keys)}")


def _good(key: PublicKey, now: datetime) -> bool:
    return not key.stolen_by(None) and key.valid_at(now)


def drill_steps(way: Way, drills: Drills, *, within_s: float, clocks_s: float) -> Iterator[Step]:
    """A trial letter went there, its answer came back, and the clocks agree."""
    by, to = way
    if refused := drills.not_sent.get(way):
        remedy = (
            f"{to} has not joined the exchange, or you may not write to its mailbox: "
            + _NOT_ALLOWED.format("the exchange")
        )
        yield Step(f"{by} -> {to}: the trial letter could not be sent ({refused})", remedy)
    elif (answer := drills.answers.get(way)) is None:
        yield not_answered(way, drills.not_believed.get(by), within_s)
    else:
        yield Step(f"{by} -> {to} -> {by}: answered in {answer.round_trip.total_seconds() * 1000:.0f} ms")
        yield clocks_step(way, answer, clocks_s)


def not_answered(way: Way, not_believed: str | None, within_s: float) -> Step:
    by, to = way
    found = f"{by} -> {to}: no answer within {within_s:g} s"
    if not_believed:
        return Step(
            f"{found}; what came was not believed: {not_believed}",
            f"Compare the fingerprint of {to} with them by phone; they may use other keys now.",
        )
    return Step(
        found,
        f"Ask {to}: does their routing run, did they import the keys of {by} and start it again? If they did "
        "not, the letter lies in their quarantine as letter-refused.",
    )


def clocks_step(way: Way, answer: Answer, clocks_s: float) -> Step:
    differ = answer.clocks_differ.total_seconds()
    if differ > clocks_s:
        remedy = "One of both is wrong, and legal time limits run from it: check NTP here and there."
        return Step(f"{way[1]}: its clock differs by {differ:.1f} s, expected at most {clocks_s:g} s", remedy)
    return Step(f"{way[1]}: its clock agrees to {answer.round_trip.total_seconds() + differ:.1f} s")
