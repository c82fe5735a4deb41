"""Reading the directory: what is shipped is whole, and what is wrong is named by file, line and column."""

from pathlib import Path

import pytest

from schemas.ids import PROVINCES, AgencyId, Division
from services.routing.directory import DirectoryRefused, read_directory, shipped_folder


def copied(folder: Path, **changed: tuple[str, str]) -> Path:
    """The shipped files, with one text replaced in those that are named."""
    for name in ("divisions", "agencies", "sites"):
        text = (shipped_folder() / f"{name}.csv").read_text(encoding="utf-8")
        (folder / f"{name}.csv").write_text(text.replace(*changed.get(name, ("", "")), 1), encoding="utf-8")
    return folder


def test_every_province_has_a_division_and_a_centre() -> None:
    directory = read_directory(shipped_folder())

    for province in set(PROVINCES) - {"00"}:
        assert Division(f"{province}0000") in directory.divisions
        assert AgencyId(f"{province}0000-legal-aid") in directory.agencies


def test_the_luxian_station_acts_for_its_own_province_and_stands_in_another() -> None:
    station = read_directory(shipped_folder()).agencies[AgencyId("510521-station-zhongshan")]

    assert (station.province, station.division, station.serves_home) == ("51", "442000", "510000")


def test_the_version_names_the_content(tmp_path: Path) -> None:
    shipped = read_directory(shipped_folder()).version

    assert read_directory(copied(tmp_path)).version == shipped
    assert read_directory(copied(tmp_path, sites=("Window", "Desk"))).version != shipped


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "divisions",
            "110000",
            "11000",
            "divisions.csv line 2, column code: found 11000, expected six digits",
        ),
        ("divisions", "name_en", "name", "divisions.csv line 1, column all"),
        ("agencies", "justice-bureau", "bureau", "agencies.csv line 2, column kind: found bureau"),
        ("agencies", ",110101,", ",999999,", "column division: found 999999, expected a code of divisions"),
        ("agencies", "2022-01-01", "2022", "column valid_from: found 2022, expected a day"),
        ("agencies", "2022-01-01,,\n", "2022-01-01,,nobody\n", "column successor: found nobody"),
        (
            "agencies",
            "110000-legal-aid",
            "00-national-desk",
            "column id: found 00-national-desk, expected each",
        ),
        (
            "sites",
            ",120114-legal-aid,",
            ",nobody,",
            "column agency: found nobody, expected an id of agencies",
        ),
        ("sites", ",window,", ",,", "column kind: found nothing, expected one of"),
    ],
)
def test_a_mistake_is_named_by_file_line_and_column(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(DirectoryRefused) as refused:
        read_directory(copied(tmp_path, **{file: (old, new)}))

    assert message in str(refused.value)


def test_bytes_that_are_not_utf_8_are_refused(tmp_path: Path) -> None:
    (copied(tmp_path) / "sites.csv").write_bytes("中山".encode("gb18030"))

    with pytest.raises(DirectoryRefused, match="expected UTF-8"):
        read_directory(tmp_path)


def test_a_byte_order_mark_of_a_spreadsheet_does_not_matter(tmp_path: Path) -> None:
    path = copied(tmp_path) / "sites.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert read_directory(tmp_path).sites
