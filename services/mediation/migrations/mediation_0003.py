"""Lists are those of one agency; and who mediates works on the matter too, and finds it in his list."""

from alembic import op

revision = "mediation_0003"
down_revision = "mediation_0002"
branch_labels = None
depends_on = None

FILL = """
    UPDATE matter SET assignees = (
        SELECT jsonb_agg(name ORDER BY name) FROM (
            SELECT jsonb_array_elements_text(coalesce(assignees, '[]')) AS name
            UNION SELECT state #>> '{mediation,mediator}') AS at_work)
    WHERE state #>> '{mediation,mediator}' IS NOT NULL
      AND NOT coalesce((state #>> '{mediation,broken_off}')::boolean, false)
      AND NOT coalesce((state #>> '{mediation,performed}')::boolean, false)
"""


def upgrade() -> None:
    op.execute(FILL)
    op.create_index("matter_of_agency", "matter", ["province", "agency", "number"])
