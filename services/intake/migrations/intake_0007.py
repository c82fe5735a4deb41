"""Whom applications are against lately, and when an alert was raised."""

import sqlalchemy as sa
from alembic import op

revision = "intake_0007"
down_revision = "intake_0006"
branch_labels = None
depends_on = None

# A table of its own: the release before goes on writing the other one, whose key allows one row of a case.
# What it takes in after this is not counted.
FILL = """
    INSERT INTO application_opponent (province, case_id, opponent, received_at)
    SELECT province, case_id, employer, application.received_at
    FROM application_employer JOIN application USING (province, case_id)
"""


def upgrade() -> None:
    op.create_table(
        "application_opponent",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("opponent", sa.Text, primary_key=True, comment="code, or the keyed hash of a name"),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.execute(FILL)
    op.create_index(
        "application_opponent_lately", "application_opponent", ["province", "opponent", "received_at"]
    )
    op.create_table(
        "employer_alert",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("opponent", sa.Text, primary_key=True, comment="as in application_opponent"),
        sa.Column("case_id", sa.Text, primary_key=True, comment="the application that reached the figures"),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("employer_alert_lately", "employer_alert", ["province", "raised_at"])
