"""Reading the directory: what is shipped is whole, and what is wrong is named by file, line and column."""

from pathlib import Path

import pytest

from schemas.ids import PROVINCES, AgencyId, Division
from services.routing.directory import DirectoryNotWhole, DirectoryRefused, read_directory, shipped_folder
from services.routing.directory.files import FILES


def copied(folder: Path, **changed: tuple[str, str]) -> Path:
    """The shipped files, with one text replaced in those that are named."""
    for name in ("divisions", "agencies", "agreements", "sites"):
        text = (shipped_folder() / f"{name}.csv").read_text(encoding="utf-8")
        (folder / f"{name}.csv").write_text(text.replace(*changed.get(name, ("", "")), 1), encoding="utf-8")
    return folder


def again(folder: Path, file: str, encoding: str) -> None:
    """The same text in another encoding."""
    path = folder / file
    path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))


def test_every_province_has_a_division_and_a_centre() -> None:
    directory = read_directory(shipped_folder())

    for province in set(PROVINCES) - {"00"}:
        assert Division(f"{province}0000") in directory.divisions
        assert AgencyId(f"{province}0000-legal-aid") in directory.agencies


def test_all_divisions_of_gb_t_2260_are_there_with_a_name_and_a_seat_within_china() -> None:
    directory = read_directory(shipped_folder())

    counties = [code for code in directory.divisions if not code.endswith("00")]
    assert len(counties) > 2_800
    assert directory.points.keys() == directory.divisions.keys()
    assert all(3_000_000 < point.latitude < 54_000_000 for point in directory.points.values())
    assert directory.divisions[Division("510521")] == ("泸县", "Luxian")


def test_the_luxian_station_acts_for_its_own_province_and_stands_in_another() -> None:
    station = read_directory(shipped_folder()).agencies[AgencyId("510521-station-zhongshan")]

    assert (station.province, station.division, station.serves_home) == ("51", "442000", "510000")


# --- The version --------------------------------------------------------------------------------------------


def test_the_version_names_the_content(tmp_path: Path) -> None:
    shipped = read_directory(shipped_folder()).version

    assert read_directory(copied(tmp_path)).version == shipped
    assert read_directory(copied(tmp_path, sites=("Window", "Desk"))).version != shipped


def test_the_order_of_rows_and_columns_and_the_way_of_typing_do_not_matter(tmp_path: Path) -> None:
    copied(tmp_path)
    path = tmp_path / "agreements.csv"
    header, *rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    header, *rows = ([line[-1], *line[:-1]] for line in (header, *rows))
    path.write_text("\r\n".join(",".join(line) for line in (header, *reversed(rows))), encoding="utf-8")
    site = tmp_path / "sites.csv"
    site.write_text(site.read_text(encoding="utf-8").replace("39.3841", " 39.384100 "), encoding="utf-8")

    assert read_directory(tmp_path).version == read_directory(shipped_folder()).version


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_what_spreadsheets_make_of_the_bytes_does_not_matter(tmp_path: Path, encoding: str) -> None:
    for file in FILES:
        again(copied(tmp_path), file.name, encoding)

    assert read_directory(tmp_path).version == read_directory(shipped_folder()).version


def test_who_brings_no_divisions_gets_those_of_the_release(tmp_path: Path) -> None:
    (copied(tmp_path) / "divisions.csv").unlink()

    assert read_directory(tmp_path).version == read_directory(shipped_folder()).version


def test_who_brings_no_agreements_has_none(tmp_path: Path) -> None:
    (copied(tmp_path) / "agreements.csv").unlink()

    assert not read_directory(tmp_path).agreements.by_parties


# --- Mistakes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("divisions", "110102", "11010", "line 4, column code: found 11010, expected six digits of GB/T"),
        ("divisions", "name_en", "name", "divisions.csv line 1, column all: found name, expected the"),
        ("divisions", "39.", "139.", "column latitude: found 139.9042, expected degrees from -90 to 90"),
        ("agencies", "justice-bureau", "bureau", "agencies.csv line 2, column kind: found bureau"),
        ("agencies", ",110101,", ",999999,", "column division: found 999999, expected a code of divisions"),
        ("agencies", "2022-01-01", "2022", "column valid_from: found 2022, expected a day"),
        ("agencies", "2022-01-01,,\n", "2022-01-01,,nobody\n", "column successor: found nobody"),
        ("agencies", "2022-01-01,,", "2022-01-01,2021-12-31,", "column valid_to: found 2021-12-31"),
        ("agencies", "110000-legal-aid", "00-national-desk", "column id: found 00-national-desk, expected"),
        ("agreements", "collaborate,,,", "collaborate,,0,", "column answer_days: found 0, expected a whole"),
        ("agreements", ",51,transfer", ",51,give", "column mode: found give, expected one of"),
        ("sites", ",120114-legal-aid,", ",nobody,", "agency: found nobody, expected an id of agencies.csv"),
        ("sites", ",window,", ",,", "column kind: found nothing, expected one of"),
        ("sites", "1-5 09:00", "1-9 09:00", "column hours: found 1-9 09:00-12:00,14:00-17:30, expected"),
        ("sites", "39.3841,", ",", "column longitude: found 117044400, expected both latitude and longitude"),
        ("sites", "武清区公共法律服务中心窗口", '"武清区\n窗口"', "column name_zh: found 武清区"),
        ("sites", '"Window of', '"Window" of', "expected comma-separated values"),
        ("sites", ",2022-01-01\n", ",2022-01-01,\n", "line 2, column all: found 15 cells, expected 14 cells"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_line_and_column(
    tmp_path: Path, file: str, old: str, new: str, message: str
) -> None:
    with pytest.raises(DirectoryRefused) as refused:
        read_directory(copied(tmp_path, **{file: (old, new)}))

    assert message in str(refused.value)


def test_all_mistakes_are_counted_and_the_first_ones_shown(tmp_path: Path) -> None:
    copied(tmp_path)
    path = tmp_path / "sites.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",2022-01-01", ",soon") * 1, encoding="utf-8")

    with pytest.raises(DirectoryNotWhole) as refused:
        read_directory(tmp_path)

    assert refused.value.count == len(refused.value.shown) == 20
    assert {mistake.column for mistake in refused.value.shown} == {"valid_from"}
    assert [mistake.line for mistake in refused.value.shown] == list(range(2, 22))


def test_a_missing_file_does_not_accuse_those_who_refer_to_it(tmp_path: Path) -> None:
    (copied(tmp_path) / "agencies.csv").unlink()

    with pytest.raises(DirectoryRefused, match=r"agencies\.csv line 1, column all: found no such file"):
        read_directory(tmp_path)


def test_bytes_that_are_neither_utf_8_nor_gb_18030_are_refused(tmp_path: Path) -> None:
    (copied(tmp_path) / "sites.csv").write_bytes(b"id,agency\n\xff\xff\n")

    with pytest.raises(DirectoryRefused, match=r"expected UTF-8 or GB 18030"):
        read_directory(tmp_path)
