"""Lists are those of one agency, by number where nothing else is asked."""

from alembic import op

revision = "intake_0009"
down_revision = "intake_0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("application_of_agency", "application", ["province", "agency", "number"])
