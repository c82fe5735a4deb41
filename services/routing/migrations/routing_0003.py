"""Escalations and directions; work lists by agency of tasks."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "routing_0003"
down_revision = "routing_0002"
branch_labels = None
depends_on = None

AGENCY_COLUMNS = (
    sa.Column("agency", sa.Text, nullable=False, comment="who is to decide"),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("decide_by", sa.DateTime(timezone=True), nullable=False),
)


def upgrade() -> None:
    create_aggregates("escalation", *AGENCY_COLUMNS)
    create_aggregates("direction")
    for table in ("task", "escalation"):
        op.create_index(f"{table}_by_agency", table, ["province", "agency", "id"])


def create_aggregates(table: str, *columns: sa.Column[Any]) -> None:
    """A table for one kind of aggregate, with the columns that its lists ask for."""
    op.create_table(
        table,
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        *columns,
    )
    op.create_index(f"{table}_by_case", table, ["province", "case_id"])


def downgrade() -> None:
    op.drop_index("task_by_agency", "task")
    op.drop_table("direction")
    op.drop_table("escalation")
