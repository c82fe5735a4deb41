"""Notices whose files are to be destroyed."""

import sqlalchemy as sa
from alembic import op

revision = "notify_0002"
down_revision = "notify_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_to_shred",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("notice_id", sa.Text, primary_key=True),
    )
