"""Consultations, and what their statistics go by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "intake_0003"
down_revision = "intake_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "consultation",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("site", sa.Text),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("topics", JSONB, nullable=False, comment="[code]"),
        sa.Column("outcome", sa.Text),
        sa.Column("minutes", sa.Integer),
    )
    op.create_index("consultation_by_case", "consultation", ["province", "case_id"])
    op.create_index("consultation_by_time", "consultation", ["province", "opened_at"])
