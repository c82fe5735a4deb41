"""Finds the work list of one agency among the notices of its province."""

import sqlalchemy as sa
from alembic import op

revision = "notify_0003"
down_revision = "notify_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "notice_by_agency",
        "notice",
        ["province", "agency", "queued_at", "id"],
        postgresql_where=sa.text("agency IS NOT NULL"),
    )
