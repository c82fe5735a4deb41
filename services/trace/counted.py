"""What statistics count, case by case and day by day, kept as events are written down.

`counted` says what happened to a case, on which day and from which day on it was known, so that the figures
of a past day come out the same whatever is said since. `day_sum` adds it up. Both follow from the steps
alone, whatever order these come in.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    DateTime,
    Float,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
)

from services.trace.repository import metadata

counted = Table(
    "counted",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("at", DateTime(timezone=True), primary_key=True),
    Column("known_from", Date, primary_key=True, comment="the day in China on which it was recorded"),
    Column("known_until", Date, nullable=False, comment="the day on which an earlier one was recorded"),
    Column("day", Date, nullable=False, comment="that of `at` in China"),
    Column("case_type", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("lasted", SmallInteger, nullable=False, comment="the class of `seconds`; -1 of what has none"),
    Column("times", Integer, nullable=False),
    Column("workers", BigInteger, nullable=False),
    Column("fen", BigInteger, nullable=False),
    Column("seconds", Float, comment="how long a stage took"),
)
"""What happened to a case, and how long its stages took."""
Index(
    "counted_by_lasted",
    counted.c.province,
    counted.c.what,
    counted.c.lasted,
    counted.c.seconds,
    postgresql_include=["day", "known_from", "known_until"],
    postgresql_where=counted.c.lasted >= 0,
)

day_sums = Table(
    "day_sum",
    metadata,
    Column("province", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("what", Text, primary_key=True),
    Column("case_type", Text, primary_key=True, comment="empty: not known, or not told apart"),
    Column("channel", Text, primary_key=True),
    Column("lasted", SmallInteger, primary_key=True),
    Column("known", Date, primary_key=True),
    Column("times", BigInteger, nullable=False),
    Column("workers", BigInteger, nullable=False),
    Column("fen", BigInteger, nullable=False),
)
"""How often it happened on a day, as it became known on a day: less where something earlier became known."""

to_count = Table(
    "to_count",
    metadata,
    Column("province", Text, primary_key=True),
    Column("case_id", Text, primary_key=True),
)
"""Cases that a release wrote down that did not count, or counted otherwise. A migration names them."""
