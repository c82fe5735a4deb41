"""The AsyncAPI document: which service reads and writes which topic, as FastStream describes it.

The services' own subscribers have no handlers, because the runtime reads batches of records and decodes them
itself. So the brokers here only describe: made from what each service says of itself, and never started.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, reduce
from importlib.metadata import version
from operator import or_
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

import yaml
from faststream.kafka import KafkaBroker
from faststream.specification.asyncapi import AsyncAPI
from pydantic import BaseModel, create_model

from casebridge.services import NAMES, load_service
from chassis.service import OnEvent, Service
from schemas.cases import (
    ApplicationDeemedWithdrawn,
    ApplicationSubmitted,
    ApplicationWithdrawn,
)
from schemas.envelope import Letter, Message, event_types, topic_of
from schemas.fields import Privacy, Value, privacy_of
from schemas.keys import KeysErased, KeysIssued
from schemas.mailbox import DrillAnswered, DrillSent, LettersCounted, LettersMarked
from schemas.matters import (
    AgreementPerformed,
    MatterAccepted,
    MatterConcluded,
    MediationAgreed,
    RecoveryRecorded,
    ReferralMade,
)
from schemas.transfers import ProgressReceived, TransferCompleted

PARTNERS_HEAR: Final = (
    ApplicationSubmitted,
    ApplicationWithdrawn,
    ApplicationDeemedWithdrawn,
    TransferCompleted,
    MatterAccepted,
    ProgressReceived,
    ReferralMade,
    MediationAgreed,
    RecoveryRecorded,
    AgreementPerformed,
    MatterConcluded,
)
"""What notify writes to the topic of an agency that handed a case in, or that one was referred to: the public
fields of each."""

_HEARD_BY_THE_RUNTIME: Final[Mapping[str, frozenset[type[Message]]]] = {
    "keys": frozenset({KeysIssued, KeysErased}),
    "mailbox": frozenset({LettersMarked, LettersCounted, DrillSent}),
}
"""What the runtime answers itself, for every service that reads the log."""

_ABOUT: Final = """\
Who reads and writes which topic of casebridge. `NN` stands for the code of a province, `AGENCY` for the id of
an agency. Records are CloudEvents 1.0 in the binary form of the Kafka binding: attributes are headers,
`ce_type` says which message it is, the value is JSON, the key is the case; or, of what is about none, who
says it or is told. docs/partners.md explains the headers. Types and their fields only grow; unknown fields
and unknown types are to be ignored.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """One service on one topic."""

    service: str
    writes: bool
    topic: str
    kinds: tuple[type[BaseModel], ...]

    @property
    def title(self) -> str:
        return f"{self.service}.{'writes' if self.writes else 'reads'}.{self.topic.removeprefix('cnNN.')}"


@cache
def document() -> str:
    """The document as YAML; the same text for the same services."""
    local = KafkaBroker(specification_url="kafka:9092", description="The province's own cluster.")
    exchange = KafkaBroker(
        specification_url="exchange-kafka:9092",
        description="The cluster of the mailboxes; the province's own unless it is told otherwise.",
    )
    # Brokers hold what they are told weakly.
    told = [
        describe(exchange if channel.topic == "cnNN.mailbox" else local, channel) for channel in channels()
    ]
    assert told
    described = AsyncAPI(
        local,
        exchange,
        title="casebridge",
        version=version("casebridge"),
        description=_ABOUT,
        license={"name": "Apache-2.0"},
    )
    return yaml.safe_dump(
        as_we_write_it(described.to_specification().to_jsonable()),
        sort_keys=False,
        allow_unicode=True,
        width=110,
    )


def as_we_write_it(described: dict[str, Any]) -> dict[str, Any]:
    """Channels, operations and components by name, as a broker keeps them in no order; and our header."""

    def by_name(part: Mapping[str, Any]) -> dict[str, Any]:
        return dict(sorted(part.items()))

    for message in described["components"]["messages"].values():
        # What FastStream's own clients would write.
        message["correlationId"] = {"location": "$message.header#/ce_correlationid"}
    return {
        **described,
        "channels": by_name(described["channels"]),
        "operations": by_name(described["operations"]),
        "components": {kind: by_name(part) for kind, part in described["components"].items()},
    }


def channels() -> list[Channel]:
    """All of them, service by service."""
    return [channel for name in NAMES for channel in channels_of(load_service(name))]


def channels_of(service: Service) -> Iterator[Channel]:
    """What a service says that it reads; and what it writes, itself and through the runtime."""
    for log in sorted(service.logs):
        yield Channel(service=service.name, writes=False, topic=f"cnNN.{log}", kinds=heard(service, log))
    for log, kinds in said(service):
        yield Channel(service=service.name, writes=True, topic=f"cnNN.{log}", kinds=kinds)


def heard(service: Service, log: str) -> tuple[type[Message], ...]:
    """The messages of a log that a service does something on; it steps over the others."""
    if service.watchers_of(log):
        return published(log)
    kinds: set[type[Message]] = {
        handle.type for handle in service.handles if isinstance(handle, OnEvent) and handle.log == log
    }
    return in_order(kinds | _HEARD_BY_THE_RUNTIME.get(log, frozenset()))


def said(service: Service) -> Iterator[tuple[str, tuple[type[BaseModel], ...]]]:
    """Log -> the messages that a service writes there."""
    own = published(service.log)
    # A service that owns no aggregate says nothing of its own.
    if service.stores:
        yield service.log, own
        if letters := [kind for kind in own if issubclass(kind, Letter)]:
            yield "mailbox", in_order({*letters, LettersMarked, LettersCounted, DrillSent, DrillAnswered})
    if service.makes_keys:
        yield "keys", (KeysIssued,)
    yield "ops", published("ops")
    if service.name == "notify":
        yield "partner.AGENCY", (*(public_model(kind) for kind in PARTNERS_HEAR), *published("partner"))


def published(log: str) -> tuple[type[Message], ...]:
    """Every message of the contract that is logged there."""
    return in_order(
        {
            kind
            for kind in event_types().values()
            if topic_of(kind) == log and kind.__module__.startswith("schemas.")
        }
    )


def in_order(kinds: Collection[type[Message]]) -> tuple[type[Message], ...]:
    return tuple(sorted(kinds, key=lambda kind: kind.type))


def public_model(kind: type[BaseModel]) -> type[BaseModel]:
    """What a partner agency sees of a message, as a model; and of the values inside it."""
    fields: dict[str, Any] = {
        name: (public_type(field.annotation), field)
        for name, field in kind.model_fields.items()
        if privacy_of(kind, name) is Privacy.PUBLIC
    }
    return create_model(f"{kind.__name__}Public", __base__=Value, __doc__=kind.__doc__, **fields)


def public_type(annotation: Any) -> Any:
    """The type of a field, with what partners see of it in the place of each value."""
    if isinstance(annotation, type) and issubclass(annotation, Value):
        shown = {name for name in annotation.model_fields if privacy_of(annotation, name) is Privacy.PUBLIC}
        return annotation if shown == annotation.model_fields.keys() else public_model(annotation)
    if get_origin(annotation) is tuple:
        return tuple[tuple(public_type(each) for each in get_args(annotation))]  # type: ignore[misc]
    if get_origin(annotation) in (Union, UnionType):
        return reduce(or_, (public_type(each) for each in get_args(annotation)))
    return annotation


def describe(broker: KafkaBroker, channel: Channel) -> object:
    """Tell a broker of a channel; returns what it knows of it."""
    payload: Any = reduce(or_, channel.kinds)
    whole = [kind for kind in channel.kinds if issubclass(kind, Message)]
    types = ", ".join(f"`{kind.type}`" for kind in whole)
    if channel.writes:
        to_all = len(whole) == len(channel.kinds)
        about = f"What {channel.service} says: {types}." if to_all else "What a partner agency may see."
        return broker.publisher(channel.topic, title=channel.title, description=about, schema=payload)

    def read(message: Any) -> None:
        """Never called."""

    read.__annotations__["message"] = payload
    about = f"What {channel.service} does something on: {types}. It steps over everything else there."
    subscriber = broker.subscriber(channel.topic, title=channel.title, description=about)
    return subscriber, subscriber(read)
