"""The chassis's tables."""

from alembic import op

from chassis.tables import metadata

revision = "chassis_0001"
down_revision = None
branch_labels = ("chassis",)
depends_on = None


def upgrade() -> None:
    # The first version makes the tables as they are declared; each later one spells out its change.
    metadata.create_all(op.get_bind())
