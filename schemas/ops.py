"""What the services say about their own work: what they hold back and why. Topic `ops`, kept for 30 days."""

from typing import Annotated, TypeAlias

from pydantic import Field

from schemas.codes import HoldCause, ReleaseWay
from schemas.fields import Detail, Public, UtcTime, Value
from schemas.ids import Count, EventId, Position, Province, ServiceName
from schemas.messages import Event, Message

Fingerprint = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
"""Equal for failures of one cause: a hash over the error's class and place, never over its message."""

TopicName = Annotated[str, Field(pattern=r"^[a-z0-9][A-Za-z0-9._:-]{0,127}$")]
"""A topic as the cluster knows it: `cn44.transfers`."""

Source = Annotated[str, Field(pattern=r"^/cn[0-9]{2}/[a-z]{1,32}$")]
"""Who said it: `/cn44/routing`."""

RefusalCause = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
"""Why a record was not taken in: `letter-refused`."""

ClusterName = Annotated[str, Field(pattern=r"^[a-z]{1,32}$")]
"""A cluster as the services call it: `local` or `exchange`."""

Offset = Annotated[int, Field(ge=0, le=9_007_199_254_740_991)]
"""Where a record lies in its partition."""


class Stream(Value):
    """What one source says about one case on one topic; gap-free in itself."""

    topic: TopicName
    """The topic."""
    source: Source
    """The source."""


class OpsHeld(Event, type="casebridge.ops.held.v1"):
    """A service holds the events of a case back; a person must look."""

    service: ServiceName
    """The service."""
    cause: HoldCause
    """Why."""
    fingerprint: Fingerprint
    """Which failure; an operator sees held cases grouped by it."""
    event_id: EventId | None = None
    """The event that failed or waits; absent if it is a timer."""
    stream: Stream | None = None
    """Where the event came from; absent if it is a timer."""
    sequence: Position | None = None
    """The event's sequence in its stream."""
    timer: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,159}$")] | None = None
    """The timer that failed: `answer_by/<transfer>`."""
    detail: Detail | None = None
    """What was found and expected; names and lengths, no data of the case."""


class OpsReleased(Event, type="casebridge.ops.released.v1"):
    """A service goes on with a case that it had held."""

    service: ServiceName
    """The service."""
    cause: HoldCause
    """Why it had been held."""
    fingerprint: Fingerprint
    """Which failure it had been."""
    way: ReleaseWay
    """How the hold ended."""
    held_at: UtcTime
    """When it had begun."""
    event_id: EventId | None = None
    """The event that had failed or waited."""
    stream: Stream | None = None
    """Where the event came from."""
    applied: Count = 0
    """How many queued events were applied with it."""


class OpsQuarantined(Message, type="casebridge.ops.quarantined.v1"):
    """A service put bytes aside that it could not read. It is about no case, as none could be read."""

    province: Public[Province]
    """The jurisdiction; the subject, and the key."""
    service: ServiceName
    """The service."""
    cause: RefusalCause
    """The reason of the refusal."""
    detail: Detail
    """What was found and expected; names and lengths, nothing of the bytes."""
    fingerprint: Fingerprint
    """Which failure."""
    topic: TopicName
    """The topic that the record lies on."""
    partition: Count
    """Its partition."""
    offset: Offset
    """Its offset."""
    size: Count
    """How many bytes its value has."""

    @property
    def subject(self) -> str:
        return self.province


class OpsOpened(Message, type="casebridge.ops.opened.v1"):
    """An operator opened what lay in quarantine, and may have seen personal data; the envelope says who."""

    province: Public[Province]
    """The jurisdiction; the subject, and the key."""
    service: ServiceName
    """The service in whose quarantine it lay."""
    cause: RefusalCause
    """Why it lay there."""
    cluster: ClusterName
    """The cluster of the topic: `local` or `exchange`."""
    topic: TopicName
    """The topic that the record lies on."""
    partition: Count
    """Its partition."""
    offset: Offset
    """Its offset."""

    @property
    def subject(self) -> str:
        return self.province


class OpsTakenIn(Message, type="casebridge.ops.taken_in.v1"):
    """An operator had a record read again that lay in quarantine, and now it was understood and taken in.

    The envelope says who. What came of it shows in the case that the record is about.
    """

    province: Public[Province]
    """The jurisdiction; the subject, and the key."""
    service: ServiceName
    """The service in whose quarantine it lay."""
    cause: RefusalCause
    """Why it had lain there."""
    quarantined_at: UtcTime
    """Since when."""
    cluster: ClusterName
    """The cluster of the topic: `local` or `exchange`."""
    topic: TopicName
    """The topic that the record lies on."""
    partition: Count
    """Its partition."""
    offset: Offset
    """Its offset."""

    @property
    def subject(self) -> str:
        return self.province


OpsEvent: TypeAlias = OpsHeld | OpsReleased
