"""Case numbers survive being read out, misheard and mistyped."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import damm

from schemas.ids import PROVINCES, CaseNumber, NotACaseNumber, Province, case_number, read_case_number

NUMBER = case_number(Province("44"), 2026, 1234)

numbers = st.builds(
    case_number,
    st.sampled_from(sorted(PROVINCES)),
    st.integers(2020, 2099),
    st.integers(1, 9_999_999),
)


def _digits(number: CaseNumber) -> str:
    return number.replace("-", "")


def test_a_number_says_province_year_running_number_and_check_digit() -> None:
    assert NUMBER == "44-2026-0001234-9"


@given(numbers)
def test_the_check_digit_is_damms(number: CaseNumber) -> None:
    assert damm.is_valid(_digits(number))


@given(numbers, st.integers(0, 13), st.integers(1, 9))
def test_every_wrong_digit_is_detected(number: CaseNumber, place: int, off: int) -> None:
    digits = _digits(number)
    wrong = digits[:place] + str((int(digits[place]) + off) % 10) + digits[place + 1 :]

    with pytest.raises(NotACaseNumber):
        read_case_number(wrong)


@given(numbers, st.integers(0, 12))
def test_every_swap_of_neighbours_is_detected(number: CaseNumber, place: int) -> None:
    digits = _digits(number)
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]

    if swapped == digits:
        assert read_case_number(swapped) == number
    else:
        with pytest.raises(NotACaseNumber):
            read_case_number(swapped)


@pytest.mark.parametrize(
    "spoken",
    [
        "44202600012349",
        " 44 2026 0001234 9 ",
        "44-2026-0001234-9",
        "44–2026—0001234−9",
        "４４－２０２６－０００１２３４－９",
        "44\u30002026\u30000001234\u30009",
        "四四 二零二六 零零零一二三四 九",
        "四四二〇二六〇〇〇幺两三四九",
    ],
)
def test_a_number_is_read_as_people_say_and_type_it(spoken: str) -> None:
    assert read_case_number(spoken) == NUMBER


@given(st.text())
def test_any_text_is_a_number_or_refused(text: str) -> None:
    with suppress(NotACaseNumber):
        assert read_case_number(text)[:2] in PROVINCES


def test_an_identity_card_is_not_repeated_by_the_refusal() -> None:
    with pytest.raises(NotACaseNumber, match="found 18 characters, expected 14 digits") as caught:
        read_case_number("510521199001011234")

    assert "510521" not in str(caught.value)


def test_a_number_of_no_province_is_refused() -> None:
    with pytest.raises(NotACaseNumber, match="no province"):
        read_case_number("99202600012340")


@pytest.mark.parametrize(("year", "running"), [(26, 1), (2026, 0), (2026, 10_000_000)])
def test_a_number_out_of_range_is_not_made(year: int, running: int) -> None:
    with pytest.raises(ValueError, match="expected a known province, a year of four digits"):
        case_number(Province("44"), year, running)


def test_all_jurisdictions_are_known_the_corps_and_the_national_desk_too() -> None:
    assert len(PROVINCES) == 33
    assert {"00", "11", "44", "51", "65", "66"} <= set(PROVINCES)
