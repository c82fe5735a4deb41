"""Offers that were accepted: a case comes only with one of these."""

from alembic import op

revision = "routing_0005"
down_revision = "routing_0004"
branch_labels = None
depends_on = "chassis_0001"  # has the letters; else an empty database may not have them yet

# What was ended after an acceptance, which may still count, is told from the letter that said it.
KEEP_ACCEPTANCES = """
    UPDATE offer SET state = state || jsonb_build_object('taken_on',
        state ->> 'state' = 'accepted'
        OR coalesce(state ->> 'closed_because', '') IN ('completed', 'voided')
        OR coalesce(state ->> 'closed_because', '') IN ('recalled', 'lapsed') AND EXISTS (
            SELECT FROM sent_letter AS letter
            WHERE letter.province = offer.province AND letter.case_id = offer.case_id
              AND letter.headers LIKE '%casebridge.offer.accepted.v1%'
              AND convert_from(letter.value, 'UTF8')::jsonb ->> 'transfer_id' = offer.id
        ))
"""


def upgrade() -> None:
    op.execute(KEEP_ACCEPTANCES)


def downgrade() -> None:
    op.execute("UPDATE offer SET state = state - 'taken_on'")
