"""The directory's tables. A row holds from the version that brought it until the one that took it away.

They belong to no jurisdiction: whoever a deployment serves, it knows all agencies and sites of the country.
"""

from sqlalchemy import Column, Date, DateTime, Index, Integer, LargeBinary, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.routing.directory.files import AGENCIES, AGREEMENTS, DIVISIONS, SITES, File
from services.routing.repository import metadata

NUMBERS = frozenset({"latitude", "longitude", "duty_lawyers", "capacity", "answer_days"})
DAYS = frozenset({"valid_from", "valid_to"})
"""What is not text. A number or a day that is not stated is NULL, a text that is not stated is empty."""

version = Table(
    "directory_version",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False, comment="sha256 of the content: what decisions name"),
    Column("imported_at", DateTime(timezone=True), nullable=False),
    Column("counts", JSONB, nullable=False, comment="rows by file, and how many came, changed and went"),
)
"""Every import. The newest one is in force."""


def table_of(file: File) -> Table:
    """One column for each of the file's, and from which version to before which one a row holds."""
    return Table(
        f"directory_{file.name.removesuffix('.csv')}",
        metadata,
        # In the order of bytes, as the columns in memory have them.
        Column(file.header[0], Text(collation="C"), primary_key=True),
        *(Column(name, type_of(name), nullable=is_null(name)) for name in file.header[1:]),
        Column("from_version", Integer, primary_key=True, autoincrement=False),
        Column("to_version", Integer),
        Column("digest", LargeBinary, nullable=False),
    )


def type_of(name: str) -> type[Integer] | type[Date] | type[Text]:
    return Integer if name in NUMBERS else Date if name in DAYS else Text


def is_null(name: str) -> bool:
    return name in NUMBERS or name in DAYS


TABLES = {file.name: table_of(file) for file in (DIVISIONS, AGENCIES, AGREEMENTS, SITES)}

Index("directory_sites_by_agency", TABLES["sites.csv"].c.agency)
Index("directory_sites_by_division", TABLES["sites.csv"].c.division)
