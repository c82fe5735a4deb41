"""Custodies, offers, tasks, errands and followings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "routing_0001"
down_revision = None
branch_labels = ("routing",)
depends_on = None


def upgrade() -> None:
    create_aggregate_table(
        "custody",
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
    )
    create_aggregate_table(
        "offer",
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("answer_by", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("offer_by_agency", "offer", ["province", "agency", "id"])
    create_aggregate_table(
        "task",
        sa.Column("agency", sa.Text, nullable=False, comment="who asks"),
        sa.Column("status", sa.Text, nullable=False),
    )
    create_aggregate_table(
        "errand",
        sa.Column("agency", sa.Text, nullable=False, comment="who is asked"),
        sa.Column("status", sa.Text, nullable=False),
    )
    op.create_index("errand_by_agency", "errand", ["province", "agency", "id"])
    create_aggregate_table(
        "following",
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
    )


def create_aggregate_table(name: str, *columns: sa.Column[object]) -> None:
    """As `chassis.stored.aggregate_table` was when this version was written."""
    op.create_table(
        name,
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        *columns,
    )
    op.create_index(f"{name}_by_case", name, ["province", "case_id"])
