"""What the list of applications filters by: who goes first, how they came in, what runs out."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0005"
down_revision = "intake_0004"
branch_labels = None
depends_on = None

FILL = """
    UPDATE application SET
        rank = CASE WHEN jsonb_array_length(state -> 'facts' -> 'priority') > 0 THEN 0 ELSE 1 END,
        channel = state -> 'facts' ->> 'channel',
        next_due = CASE WHEN standing = 'info-requested'
            THEN (state -> 'supplement' -> 'limit' ->> 'due_at')::timestamptz END
"""


def upgrade() -> None:
    op.add_column("application", sa.Column("channel", sa.Text))
    op.add_column(
        "application",
        sa.Column(
            "rank", sa.SmallInteger, nullable=False, server_default=sa.text("1"), comment="0: it goes first"
        ),
    )
    op.add_column(
        "application",
        sa.Column("next_due", sa.DateTime(timezone=True), comment="the time limit that ends first"),
    )
    op.execute(FILL)
    op.create_index("application_by_rank", "application", ["province", "rank", "number"])
    op.create_index("application_by_standing", "application", ["province", "standing", "number"])
    op.create_index("application_by_agency", "application", ["province", "agency", "rank", "number"])
    op.create_index(
        "application_by_next_due",
        "application",
        ["province", "next_due", "number"],
        postgresql_where=sa.text("next_due IS NOT NULL"),
    )
