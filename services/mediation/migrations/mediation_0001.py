"""Matters and claims."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "mediation_0001"
down_revision = None
branch_labels = ("mediation",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "matter",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("case_type", sa.Text, nullable=False),
        sa.Column("next_due", sa.DateTime(timezone=True), comment="the time limit that ends first"),
    )
    op.create_index("matter_by_case", "matter", ["province", "case_id"])
    op.create_index("matter_by_standing", "matter", ["province", "standing", "number"])
    op.create_table(
        "claim",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("claim_fen", sa.BigInteger, nullable=False),
        sa.Column("due_fen", sa.BigInteger),
        sa.Column("recovered_fen", sa.BigInteger, nullable=False),
    )
    op.create_index("claim_by_case", "claim", ["province", "case_id"])
