"""Documents, and those whose bytes are to be destroyed."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "intake_0004"
down_revision = "intake_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("standing", sa.Text, nullable=False),
    )
    op.create_index("document_by_case", "document", ["province", "case_id"])
    op.create_index(
        "document_awaited",
        "document",
        ["province", "case_id"],
        postgresql_where=sa.text("standing = 'awaited'"),
    )
    op.create_table(
        "document_to_shred",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("document_id", sa.Text, primary_key=True, comment="empty: all of the case"),
    )
