"""The numbers that others gave a case: most applications have none, and are not in the index."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0008"
down_revision = "intake_0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("application_by_external_ref", "application")
    op.create_index(
        "application_by_external_ref",
        "application",
        ["external_refs"],
        postgresql_using="gin",
        postgresql_ops={"external_refs": "jsonb_path_ops"},
        postgresql_where=sa.text("external_refs IS NOT NULL"),
    )
