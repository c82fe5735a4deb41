"""Offers that left a site which has closed: who is asked then may be the agency itself."""

import sqlalchemy as sa
from alembic import op

revision = "routing_0004"
down_revision = "routing_0003"
branch_labels = None
depends_on = None

# What is asked now was offered before its site was kept with it.
KEEP_ASKED_SITES = """
    UPDATE custody SET state = jsonb_set(state, '{transfers}', (
        SELECT jsonb_agg(transfer || jsonb_build_object('site', site) ORDER BY place)
        FROM jsonb_array_elements(state -> 'transfers') WITH ORDINALITY AS each(transfer, place)
        LEFT JOIN site_work AS work ON (work.province, work.case_id, work.key)
            = (custody.province, custody.case_id, transfer ->> 'id')
    )) WHERE status = 'asking' AND jsonb_array_length(state -> 'transfers') > 0
"""


def upgrade() -> None:
    op.alter_column("site_work", "site", nullable=True, comment="null: the agency itself")
    op.execute(KEEP_ASKED_SITES)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM site_work WHERE site IS NULL"))
    op.alter_column("site_work", "site", nullable=False, comment=None)
