"""The directory in versions; decisions and the work of sites, so that both can be looked up."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "routing_0002"
down_revision = "routing_0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_version",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("name", sa.Text, nullable=False, comment="sha256 of the content: what decisions name"),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "counts", JSONB, nullable=False, comment="rows by file, and how many came, changed and went"
        ),
    )
    names = ("name_zh", "name_en")
    place = ("latitude:int", "longitude:int")
    served = ("case_types", "levels", "hours", "languages", "capacity:int")
    valid = ("valid_from:day", "valid_to:day")
    create_versioned("divisions", "code", *names, *place)
    create_versioned(
        "agencies",
        "id",
        "kind",
        *names,
        "province",
        "division",
        *served,
        "phone",
        "serves_home_division",
        *valid,
        "successor",
    )
    create_versioned(
        "agreements",
        "id",
        *names,
        "sender",
        "receiver",
        "mode",
        "case_types",
        "answer_days:int",
        "answer_unit",
        *valid,
    )
    create_versioned(
        "sites",
        "id",
        "agency",
        "kind",
        "division",
        *names,
        *place,
        *served,
        "duty_lawyers:int",
        "serves_home_division",
        "phone",
        "address",
        *valid,
        "successor",
    )
    op.create_index("directory_sites_by_agency", "directory_sites", ["agency"])
    op.create_index("directory_sites_by_division", "directory_sites", ["division"])
    create_looked_up()


def create_versioned(name: str, key: str, *columns: str) -> None:
    """Rows that hold from a version to before another one. What is not text may be NULL."""
    types = {"": sa.Text, "int": sa.Integer, "day": sa.Date}
    op.create_table(
        f"directory_{name}",
        sa.Column(key, sa.Text(collation="C"), primary_key=True),
        *(
            sa.Column(column, types[kind], nullable=bool(kind))
            for column, _, kind in (each.partition(":") for each in columns)
        ),
        sa.Column("from_version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("to_version", sa.Integer),
        sa.Column("digest", sa.LargeBinary, nullable=False),
    )


def create_looked_up() -> None:
    op.create_table(
        "decision",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column(
            "id", sa.Text, primary_key=True, comment="of the transfer that it led to, if it led to one"
        ),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("question", JSONB, nullable=False),
        sa.Column("decided", JSONB, nullable=False),
    )
    op.create_index("decision_by_case", "decision", ["province", "case_id"])
    op.create_table(
        "site_work",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column(
            "key", sa.Text, primary_key=True, comment="the transfer; empty for where the case was taken in"
        ),
        sa.Column("agency", sa.Text, nullable=False),
        sa.Column("to_province", sa.Text, nullable=False, comment="whose agency it is"),
        sa.Column("site", sa.Text, nullable=False),
    )
    op.create_table(
        "work_done",
        sa.Column("province", sa.Text, primary_key=True),
        sa.Column("case_id", sa.Text, primary_key=True),
        sa.Column("agency", sa.Text, primary_key=True),
    )
    op.create_index("custody_by_status", "custody", ["status", "province", "id", "owner"])
