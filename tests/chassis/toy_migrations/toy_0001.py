"""The toy's table."""

from alembic import op

from tests.chassis.toy import metadata

revision = "toy_0001"
down_revision = None
branch_labels = ("toy",)
depends_on = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
