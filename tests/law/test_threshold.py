"""When applications against one employer raise an alert: the house's figures, and a province's over them."""

from datetime import date
from pathlib import Path

import pytest

from law.files import LawRefused
from law.threshold import load_thresholds

DAY = date(2026, 3, 2)
OWN = """
[[threshold]]
cases = {cases}
workers = 50
within_days = 60
quiet_days = 14
source = "粤人社函〔2026〕1号"
zh = "六十日内八件"
en = "eight within sixty days"
valid_from = 2026-03-01
confidence = "H"
"""


def own(folder: Path, cases: int = 8) -> Path:
    (folder / "alerts").mkdir()
    (folder / "alerts" / "44.toml").write_text(OWN.format(cases=cases), encoding="utf-8")
    return folder


def test_the_shipped_figures_are_the_house_s_own_and_name_no_article() -> None:
    shipped = load_thresholds().of("442000", DAY)

    assert (shipped.version, shipped.cases, shipped.workers) == ("alerts:cn:2022-01-01", 5, 10)
    assert shipped.confidence == "L"
    assert "article" not in type(shipped).model_fields


def test_a_province_goes_by_its_own_from_the_day_on_which_they_hold(tmp_path: Path) -> None:
    thresholds = load_thresholds(own(tmp_path))

    assert thresholds.of("442000", DAY).cases == 8
    assert thresholds.of("442000", date(2026, 2, 28)).cases == 5
    assert thresholds.of("510000", DAY).cases == 5


def test_one_application_is_never_enough(tmp_path: Path) -> None:
    with pytest.raises(LawRefused, match="greater than or equal to 2"):
        load_thresholds(own(tmp_path, cases=1))
