"""Standards of hardship: the nation's, a province's, and a deployment's own over them."""

from datetime import date
from pathlib import Path

import pytest

from law.files import LawRefused
from law.hardship import load_hardship

OWN = """
[[standard]]
measure = "minimum-wage"
times = 1.5
monthly_fen = 300000
article = "LAL-34"
source = "粤司发〔2026〕1号"
zh = "不高于最低工资标准的一点五倍"
en = "not above one and a half times the minimum wage"
valid_from = {valid_from}
confidence = "H"
{more}
"""


def own(folder: Path, name: str = "44.toml", more: str = "", valid_from: str = "2026-07-01") -> Path:
    (folder / "means").mkdir()
    text = OWN.format(more=more, valid_from=valid_from)
    (folder / "means" / name).write_text(text, encoding="utf-8")
    return folder


def test_no_shipped_figure_passes_for_confirmed() -> None:
    assert not any(standard.confirmed for standard in load_hardship().all)


def test_a_region_without_a_standard_goes_by_that_of_the_nation() -> None:
    standard = load_hardship().standard("320000", date(2026, 3, 2))

    assert (standard.version, standard.monthly_fen) == ("means:cn:2022-01-01", None)


def test_a_province_goes_by_its_own_from_the_day_on_which_it_holds(tmp_path: Path) -> None:
    hardship = load_hardship(own(tmp_path))

    assert hardship.standard("442000", date(2026, 6, 30)).version == "means:44:2025-03-01"
    assert hardship.standard("442000", date(2026, 7, 1)).monthly_fen == 300_000


def test_a_city_may_have_one_of_its_own(tmp_path: Path) -> None:
    hardship = load_hardship(own(tmp_path, more='region = "4420"'))

    assert hardship.standard("442000", date(2026, 7, 1)).region == "4420"
    assert hardship.standard("440300", date(2026, 7, 1)).region == "44"


def test_a_file_states_standards_of_its_own_region_alone(tmp_path: Path) -> None:
    with pytest.raises(LawRefused, match="44 or a division of it"):
        load_hardship(own(tmp_path, more='region = "51"'))


def test_a_misspelt_field_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawRefused, match="no such field"):
        load_hardship(own(tmp_path, more="monthly = 3"))
