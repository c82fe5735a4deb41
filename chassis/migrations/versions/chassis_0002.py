"""Letters received, the chain of a case's letters, daily statements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "chassis_0002"
down_revision = "chassis_0001"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    # The release before does not name it, so it has a default.
    op.add_column(
        "case_row",
        sa.Column("chain", JSONB, nullable=False, server_default="{}", comment="province -> last letters"),
    )
    op.add_column("sent_letter", sa.Column("sent_again_at", Moment))
    op.alter_column("sent_letter", "sent_at", comment="when it was written, as its header says")
    op.create_index("sent_letter_by_time", "sent_letter", ["sent_at"])
    op.create_index(
        "sent_letter_uncovered", "sent_letter", ["sent_at"], postgresql_where=sa.text("covered_at IS NULL")
    )
    op.create_table(
        "received_letter",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("from_province", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True),
        *record(),
        sa.Column("recorded_at", Moment, nullable=False, comment="when it was written, as its header says"),
        sa.Column("received_at", Moment, nullable=False),
    )
    op.create_index("received_letter_by_time", "received_letter", ["recorded_at"])
    op.create_table(
        "statement",
        sa.Column("province", sa.Text, primary_key=True, comment="who states"),
        sa.Column("about", sa.Text, primary_key=True, comment="with whom the letters were exchanged"),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("page", sa.Integer, primary_key=True),
        *record(),
        sa.Column("written_at", Moment, nullable=False),
    )


def record() -> tuple["sa.Column[object]", ...]:
    """A Kafka record, byte for byte."""
    return (
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("key", sa.LargeBinary, nullable=False),
        sa.Column("value", sa.LargeBinary, nullable=False),
        sa.Column("headers", sa.Text, nullable=False),
    )
