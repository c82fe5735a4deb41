"""The page on the directory lists every column as it is read."""

import pytest

from services.routing.directory.files import FILES, Column, File
from services.routing.domain import reasons
from tests.docs.pages import ROOT, rows

PAGE = ROOT / "docs" / "directory.md"


def cells(column: Column) -> str:
    if column.filled:
        return "required"
    return "may be empty" if column.required else "column may be missing"


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_columns_of_a_file_are_listed_in_their_order(file: File) -> None:
    listed = [tuple(row) for row in rows(PAGE, f"## `{file.name}`")]

    assert listed == [(f"`{column.name}`", cells(column), column.says) for column in file.columns]


def test_every_reason_of_a_route_is_explained_to_operators() -> None:
    listed = {row[0].strip("`") for row in rows(ROOT / "docs" / "operators.md", "## Why this agency?")}

    assert listed == {
        value for name, value in vars(reasons).items() if name.isupper() and isinstance(value, str)
    }
