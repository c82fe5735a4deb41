"""The tables that every service's database has beside its own: what makes effects happen exactly once."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

Moment = DateTime(timezone=True)

deployment = Table(
    "deployment",
    metadata,
    Column("only", Boolean, primary_key=True, comment="always true: one row"),
    Column("incarnation", Text, nullable=False, comment="minted when this database was made or restored"),
    Column("made_at", Moment, nullable=False),
)
"""Which database this is. Travels on every event, so that a restored copy beside the old one is seen."""

moved_province = Table(
    "moved_province",
    metadata,
    Column("province", Text, primary_key=True),
    Column("moved_at", Moment, nullable=False),
    Column("digest", Text, nullable=False, comment="of what it took along"),
    Column("here", Boolean, nullable=False, comment="whether it came, or went"),
)
"""Provinces that moved to another deployment, which serves them now, or came from one."""

known_source = Table(
    "known_source",
    metadata,
    Column("source", Text, primary_key=True),
    Column("incarnation", Text, primary_key=True),
    Column("known_since", Moment, nullable=False),
)
"""Incarnations that were accepted: the first seen of each source, and those that a person adopted."""

position = Table(
    "position",
    metadata,
    Column("cluster", Text, primary_key=True, comment="Kafka's cluster id"),
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("next", BigInteger, nullable=False, comment="offset of the record to read next"),
)
"""How far each log is applied. Moves in the transaction of the effect; Kafka's own offsets only show lag."""

case_row = Table(
    "case_row",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("locks", Integer, nullable=False, server_default="0"),
    Column("number", Text),
    Column("sent", JSONB, nullable=False, server_default="{}", comment="own streams: log -> last sequence"),
    Column(
        "inbox", JSONB, nullable=False, server_default="{}", comment="stream -> [received, applied, marked]"
    ),
    Column("after", JSONB, nullable=False, server_default="{}", comment="what the next event comes after"),
    Column("chain", JSONB, nullable=False, server_default="{}", comment="province -> last letters"),
    Column("queued", Integer, nullable=False, server_default="0", comment="rows of this case in `queued`"),
    Column("hold", JSONB, comment="why the case is held; null when it is not"),
)
"""One row a case: its lock, the numbering of its streams, and what was received and applied of others'."""

queued = Table(
    "queued",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("cause", Text, nullable=False, comment="gap, behind, key, incarnation, held or poison"),
    Column("awaits", Text, nullable=False, comment="what must come first, in words"),
    Column("topic", Text, nullable=False),
    Column("partition", Integer, nullable=False),
    Column("offset", BigInteger, nullable=False),
    Column("key", LargeBinary),
    Column("value", LargeBinary),
    Column("headers", Text, nullable=False),
    Column("queued_at", Moment, nullable=False),
    Column("ends", JSONB, comment="ends of the awaited log, noted after queueing"),
)
Index("queued_by_age", queued.c.queued_at)

quarantine = Table(
    "quarantine",
    metadata,
    Column("cluster", Text, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column("offset", BigInteger, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("sealed", LargeBinary, nullable=False, comment="the raw record, encrypted"),
    Column("arrived_at", Moment, nullable=False),
)
"""Bytes that are no event. Kept encrypted, since nobody knows what is in them."""

aside = Table(
    "aside",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("stream", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("type", Text, nullable=False),
    Column("key", LargeBinary),
    Column("value", LargeBinary),
    Column("headers", Text, nullable=False),
    Column("arrived_at", Moment, nullable=False),
)
"""Well-formed events of a type that this release does not know: applied by the release that does."""

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("cluster", Text, nullable=False, comment="local or exchange"),
    Column("queue", SmallInteger, nullable=False),
    Column("topic", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("value", LargeBinary),
    Column("headers", Text, nullable=False),
    Column("written_at", Moment, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("cluster", Text, primary_key=True),
    Column("queue", SmallInteger, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("expires_at", Moment, nullable=False),
)
"""Who may relay a queue of the outbox. Time is the database's, so that clocks need not agree."""

acknowledged = Table(
    "acknowledged",
    metadata,
    Column("cluster", Text, primary_key=True, comment="Kafka's cluster id"),
    Column("topic", Text, primary_key=True),
    Column("partition", Integer, primary_key=True),
    Column(
        "offset", BigInteger, nullable=False, comment="of the last own record that the broker acknowledged"
    ),
)

timer = Table(
    "timer",
    metadata,
    Column("province", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("due_at", Moment, nullable=False),
)
Index("timer_by_due", timer.c.due_at)
Index("timer_by_case", timer.c.province, timer.c.case_id)

vault = Table(
    "vault",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("key_id", Text, nullable=False),
    Column("box", Text, nullable=False),
)
"""Personal data, encrypted under the case's key. Nothing else in any table names a person."""

case_key = Table(
    "case_key",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("key_id", Text, primary_key=True),
    Column("wrapped", Text, comment="null once erased"),
)

request = Table(
    "request",
    metadata,
    Column("province", Text, primary_key=True),
    Column("caller", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("digest", Text, nullable=False, comment="of method, path and body"),
    Column("case_id", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
)
"""Answers to requests that carried an Idempotency-Key: the same key again gets the same answer."""

sent_letter = Table(
    "sent_letter",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("to_province", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("headers", Text, nullable=False),
    Column("sent_at", Moment, nullable=False, comment="when it was written, as its header says"),
    Column("sent_again_at", Moment),
    Column("covered_at", Moment),
)
"""Letters until the addressee's mark covers them, and 90 days more."""
Index("sent_letter_by_time", sent_letter.c.sent_at)
Index("sent_letter_uncovered", sent_letter.c.sent_at, postgresql_where=sent_letter.c.covered_at.is_(None))

received_letter = Table(
    "received_letter",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("from_province", Text, primary_key=True),
    Column("sequence", BigInteger, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("headers", Text, nullable=False),
    Column("recorded_at", Moment, nullable=False, comment="when it was written, as its header says"),
    Column("received_at", Moment, nullable=False),
)
"""Letters as they came, for 90 days: with the sent ones, the proof of a transfer."""
Index("received_letter_by_time", received_letter.c.recorded_at)

statement = Table(
    "statement",
    metadata,
    Column("province", Text, primary_key=True, comment="who states"),
    Column("about", Text, primary_key=True, comment="with whom the letters were exchanged"),
    Column("day", Date, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("key", LargeBinary, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("headers", Text, nullable=False),
    Column("written_at", Moment, nullable=False),
)
"""What provinces stated of a day's letters, signed: our own statements, and those that others sent us."""

ledger = Table(
    "ledger",
    metadata,
    Column("id", BigInteger, Identity(), primary_key=True),
    Column("province", Text, nullable=False),
    Column("case_id", Text, nullable=False),
    Column("stream", Text, nullable=False),
    Column("sequence", BigInteger, nullable=False),
    Column("event_id", Text, nullable=False),
)
"""Under test only: one row for each time that an event was applied, so that "once" can be counted."""
