"""What the work lists filter by: who goes first, who works on it, who stays silent, whose claim it is."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "mediation_0002"
down_revision = "mediation_0001"
branch_labels = None
depends_on = None

# A matter that a party stayed away from is found as silent again after its next session: that was not kept.
FILL = (
    """
    UPDATE matter SET
        rank = CASE WHEN jsonb_array_length(state -> 'facts' -> 'priority') > 0 THEN 0 ELSE 1 END,
        silent = coalesce(jsonb_path_query_first(
            state, '$.proceedings.all[*] ? (@.kind == "agreement")') ->> 'state' = 'breached', false),
        assignees = (
            SELECT jsonb_agg(DISTINCT assignment -> 'assignee')
            FROM jsonb_array_elements(state -> 'aid' -> 'assignments') AS assignment
            WHERE NOT coalesce((assignment ->> 'ended')::boolean, false))
    """,
    "UPDATE claim SET worker = state ->> 'worker'",
)


def upgrade() -> None:
    op.add_column(
        "matter",
        sa.Column(
            "rank", sa.SmallInteger, nullable=False, server_default=sa.text("1"), comment="0: it goes first"
        ),
    )
    op.add_column("matter", sa.Column("silent", sa.Boolean, nullable=False, server_default=sa.text("false")))
    op.add_column(
        "matter",
        sa.Column("assignees", JSONB, comment="[pseudonym] of those who work on it; null where nobody does"),
    )
    op.add_column("claim", sa.Column("worker", sa.Text, comment="as this province knows him"))
    for statement in FILL:
        op.execute(statement)
    op.create_index("matter_by_number", "matter", ["province", "number"])
    op.create_index("matter_by_rank", "matter", ["province", "rank", "number"])
    op.create_index("matter_by_agency", "matter", ["province", "agency", "rank", "number"])
    op.create_index("matter_by_next_due", "matter", ["province", "next_due", "number"])
    op.create_index("matter_silent", "matter", ["province", "number"], postgresql_where=sa.text("silent"))
    op.create_index(
        "matter_by_assignee",
        "matter",
        ["assignees"],
        postgresql_using="gin",
        postgresql_ops={"assignees": "jsonb_path_ops"},
    )
    op.create_index("claim_by_worker", "claim", ["province", "worker"])
