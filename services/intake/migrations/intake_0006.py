"""The duty roster, and whom a consultation was handed to."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "intake_0006"
down_revision = "intake_0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "duty_shift",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, primary_key=True),
        sa.Column("lawyer", sa.Text, primary_key=True),
        sa.Column("begins", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("ends", sa.DateTime(timezone=True), nullable=False),
        sa.Column("site", sa.Text, comment="null: for all of the agency"),
        sa.Column("languages", JSONB, nullable=False, comment="[code], beside Mandarin"),
        sa.Column("phone_window", sa.Text, nullable=False, comment="hours of a day; empty: all of it"),
        sa.Column("withdrawn", sa.Boolean, nullable=False),
        sa.Column("set_by", sa.Text, nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("duty_shift_by_end", "duty_shift", ["province", "agency", "ends"])
    op.add_column("consultation", sa.Column("lawyer", sa.Text, comment="to whom it was handed"))
    op.create_index(
        "consultation_advising",
        "consultation",
        ["province", "lawyer"],
        postgresql_where=sa.text("outcome IS NULL"),
    )
