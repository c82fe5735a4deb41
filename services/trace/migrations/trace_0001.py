"""The rows of events and of cases."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "trace_0001"
down_revision = None
branch_labels = ("trace",)
depends_on = None

moment = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "step",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("log", sa.Text, primary_key=True),
        sa.Column("service", sa.Text, primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.Column("recorded_at", moment, nullable=False),
        sa.Column("applied_at", moment, nullable=False),
        sa.Column("caused_by", sa.Text),
        sa.Column("actor", sa.Text, comment="the role, never the person"),
        sa.Column("agency", sa.Text),
        sa.Column("legal_basis", sa.Text),
        sa.Column("said", JSONB, nullable=False),
    )
    op.create_index("step_of_ops", "step", ["province", "case_id"], postgresql_where=sa.text("log = 'ops'"))
    op.create_table(
        "known_case",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("opened_at", moment, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("case_type", sa.Text),
        sa.Column("worker_class", sa.Text),
        sa.Column("home", sa.Text),
        sa.Column("work", sa.Text),
        sa.Column("members", sa.Integer),
        sa.Column("claim_fen", sa.BigInteger),
    )
    op.create_index("known_case_by_number", "known_case", ["number"])
    op.create_index(
        "known_case_by_opened_at", "known_case", [sa.text("opened_at DESC"), sa.text("case_id DESC")]
    )
    op.create_index("known_case_by_case", "known_case", ["case_id", "opened_at"])
