"""The page about moving cases has the columns and the steps that there are."""

import re

from schemas.codes import PAST_ACTS
from services.intake.bundles.bundle import TABLES
from tests.docs.pages import ROOT, rows, text_of

PAGE = ROOT / "docs" / "importing.md"


def test_every_column_of_a_bundle_is_on_the_page() -> None:
    for file, table in TABLES.items():
        if file != "members.csv":  # Its columns are those of a list of members.
            listed = {row[0].split("`")[1]: "*" in row[0] for row in rows(PAGE, f"## `{file}`")}
            assert listed == {column.name: column.required for column in table.columns}, file


def test_every_step_is_on_the_page() -> None:
    table = text_of(PAGE).partition("## Steps")[2].partition("\n\nThe `stage`")[0]

    assert set(re.findall(r"^\| `([a-z-]+)`", table, re.M)) == {"act", *PAST_ACTS}
