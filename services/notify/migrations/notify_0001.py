"""The table of notices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "notify_0001"
down_revision = None
branch_labels = ("notify",)
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("agency", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("send_at", sa.DateTime(timezone=True)),
    )
    op.create_index("notice_by_case", "notice", ["province", "case_id"])
    op.create_index(
        "notice_by_send_at", "notice", ["send_at"], postgresql_where=sa.text("send_at IS NOT NULL")
    )
    op.create_index("notice_by_queued_at", "notice", ["province", "queued_at", "id"])
