"""What kind of agency each one is and where it belongs, beside what it is called."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "chassis_0005"
down_revision = "chassis_0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Empty until the next import: the release before writes rows without it.
    op.add_column(
        "agency_list",
        sa.Column("seats", JSONB, comment="id -> kind, division; null until an import of this release"),
    )
