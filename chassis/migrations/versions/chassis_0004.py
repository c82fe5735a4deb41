"""Which provinces moved to another deployment, or came from one."""

import sqlalchemy as sa
from alembic import op

revision = "chassis_0004"
down_revision = "chassis_0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "moved_province",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("digest", sa.Text, nullable=False, comment="of what it took along"),
        sa.Column("here", sa.Boolean, nullable=False, comment="whether it came, or went"),
    )
