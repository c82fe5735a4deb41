"""The numbers that others gave a case."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "trace_0002"
down_revision = "trace_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "known_case",
        sa.Column("external_refs", JSONB, comment="[{issuer, number}]; null where there are none"),
    )
    op.create_index(
        "known_case_by_external_ref",
        "known_case",
        ["external_refs"],
        postgresql_using="gin",
        postgresql_ops={"external_refs": "jsonb_path_ops"},
    )
