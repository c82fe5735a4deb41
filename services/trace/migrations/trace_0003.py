"""What statistics count by: where a case came in, and an index of the steps that are counted."""

import sqlalchemy as sa
from alembic import op

revision = "trace_0003"
down_revision = "trace_0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "known_case", sa.Column("channel", sa.Text, comment="null of a case from before it was kept")
    )
    op.create_index(
        "step_of_matters",
        "step",
        ["province", "type", "at"],
        postgresql_where=sa.text("log IN ('cases', 'matters')"),
    )
