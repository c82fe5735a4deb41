"""The numbers that others gave a case, and who handed it in."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "intake_0002"
down_revision = "intake_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "application",
        sa.Column("external_refs", JSONB, comment="[{issuer, number}]; null where there are none"),
    )
    op.add_column("application", sa.Column("handed_in_by", sa.Text))
    op.create_index(
        "application_by_external_ref",
        "application",
        ["external_refs"],
        postgresql_using="gin",
        postgresql_ops={"external_refs": "jsonb_path_ops"},
    )
