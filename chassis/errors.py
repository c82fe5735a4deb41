"""Errors of the runtime. The docstring is the message; it names what was found and what was expected."""

from dataclasses import dataclass
from typing import ClassVar

from schemas.refusals import Refusal


class ChassisError(Refusal):
    """The runtime refuses."""


@dataclass(eq=False)
class NotFound(ChassisError):
    """{kind} {id} is not known here."""

    kind: str
    id: str


@dataclass(eq=False)
class NotStored(ChassisError):
    """{kind} has no table: list it in the service's `stores`."""

    kind: str


@dataclass(eq=False)
class WrongLog(ChassisError):
    """{type} belongs to the log {found}, and this service writes {expected}."""

    type: str
    expected: str
    found: str


@dataclass(eq=False)
class EventTooLarge(ChassisError):
    """An event for {topic} has {found} bytes; at most {expected} are sent. Say it in several events."""

    topic: str
    found: int
    expected: int
    status: ClassVar[int] = 413


@dataclass(eq=False)
class CaseHeld(ChassisError):
    """Case {case_id} is held ({cause}) until an operator releases it; nothing is lost meanwhile."""

    case_id: str
    cause: str


@dataclass(eq=False)
class StaleVersion(ChassisError):
    """{kind} {id} has version {found}; the request was made for {expected}. Read it again and repeat."""

    kind: str
    id: str
    expected: str
    found: str
    status: ClassVar[int] = 412


@dataclass(eq=False)
class VersionNotStated(ChassisError):
    """A change needs `If-Match` with the entity tag of {kind} {id} as you read it."""

    kind: str
    id: str
    status: ClassVar[int] = 428


@dataclass(eq=False)
class KeyReused(ChassisError):
    """Idempotency-Key {key} was used before for another request; use a new key for a new request."""

    key: str
    status: ClassVar[int] = 409


@dataclass(eq=False)
class KeyMissing(ChassisError):
    """Found {found}, expected a header `Idempotency-Key` of 1 to 128 visible ASCII characters."""

    found: str
    status: ClassVar[int] = 400


@dataclass(eq=False)
class BodyTooLarge(ChassisError):
    """The body is larger than {expected} bytes."""

    expected: int
    status: ClassVar[int] = 413


@dataclass(eq=False)
class RefusesToStart(ChassisError):
    """{service} does not start: {reason} {remedy}"""

    service: str
    reason: str
    remedy: str


@dataclass(eq=False)
class DatabaseBehind(RefusesToStart):
    """{service} does not start: {reason} {remedy}"""


@dataclass(eq=False)
class TimerStillDue(ChassisError):
    """{kind} {id}: the timer {name} fired at {at} and is still due after its handler."""

    kind: str
    id: str
    name: str
    at: str


@dataclass(eq=False)
class TooManyHolds(ChassisError):
    """{count} cases were held within a minute for {fingerprint}: it stops, as the release is at fault."""

    count: int
    fingerprint: str
