"""What agencies are called, as the newest import of the directory has it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "chassis_0003"
down_revision = "chassis_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_list",
        sa.Column("only", sa.Boolean, primary_key=True, comment="always true: one row"),
        sa.Column("version", sa.Text, nullable=False, comment="of the directory"),
        sa.Column("names", JSONB, nullable=False, comment="id -> name in Chinese, name in English"),
    )
