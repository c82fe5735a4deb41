"""What statistics count, by case and by day; and the cases that have to be counted once."""

import sqlalchemy as sa
from alembic import op

revision = "trace_0004"
down_revision = "trace_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_counted()
    create_sums()
    op.create_table(
        "to_count",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
    )
    op.execute("INSERT INTO to_count SELECT DISTINCT province, case_id FROM step")
    op.drop_index("step_of_matters", "step")
    mark_steps()


def mark_steps() -> None:
    """What the release before writes meanwhile is found by it; of what is there all cases are counted."""
    comment = "a release wrote it that counts"
    op.add_column(
        "step", sa.Column("counted", sa.Boolean, nullable=False, server_default=sa.true(), comment=comment)
    )
    op.alter_column("step", "counted", server_default=sa.false())
    op.create_index(
        "step_uncounted", "step", ["province", "case_id"], postgresql_where=sa.text("NOT counted")
    )


def create_counted() -> None:
    op.create_table(
        "counted",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column(
            "known_from", sa.Date, primary_key=True, comment="the day in China on which it was recorded"
        ),
        sa.Column(
            "known_until", sa.Date, nullable=False, comment="the day on which an earlier one was recorded"
        ),
        sa.Column("day", sa.Date, nullable=False, comment="that of `at` in China"),
        sa.Column("case_type", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column(
            "lasted",
            sa.SmallInteger,
            nullable=False,
            comment="the class of `seconds`; -1 of what has none",
        ),
        sa.Column("times", sa.Integer, nullable=False),
        sa.Column("workers", sa.BigInteger, nullable=False),
        sa.Column("fen", sa.BigInteger, nullable=False),
        sa.Column("seconds", sa.Float, comment="how long a stage took"),
    )
    op.create_index(
        "counted_by_lasted",
        "counted",
        ["province", "what", "lasted", "seconds"],
        postgresql_include=["day", "known_from", "known_until"],
        postgresql_where=sa.text("lasted >= 0"),
    )


def create_sums() -> None:
    op.create_table(
        "day_sum",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("what", sa.Text, primary_key=True),
        sa.Column("case_type", sa.Text, primary_key=True, comment="empty: not known, or not told apart"),
        sa.Column("channel", sa.Text, primary_key=True),
        sa.Column("lasted", sa.SmallInteger, primary_key=True),
        sa.Column("known", sa.Date, primary_key=True),
        sa.Column("times", sa.BigInteger, nullable=False),
        sa.Column("workers", sa.BigInteger, nullable=False),
        sa.Column("fen", sa.BigInteger, nullable=False),
    )
