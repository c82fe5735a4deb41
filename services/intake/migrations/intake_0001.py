"""Applications, members, whom they are against. Sequences of numbers come with the first case of a year."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "intake_0001"
down_revision = None
branch_labels = ("intake",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "application",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("case_type", sa.Text, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("members", sa.Integer, nullable=False),
        sa.Column("claim_fen", sa.BigInteger, nullable=False),
    )
    op.create_index("application_by_case", "application", ["province", "case_id"])
    op.create_index("application_by_number", "application", ["province", "number"])
    op.create_table(
        "member",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
    )
    op.create_index("member_by_case", "member", ["province", "case_id"])
    op.create_index("member_by_worker", "member", ["province", "worker"])
    op.create_table(
        "application_employer",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("employer", sa.Text, nullable=False, comment="code, or the keyed hash of a name"),
    )
