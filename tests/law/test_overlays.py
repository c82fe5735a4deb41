"""A deployment's own files: how they go over the shipped ones, and what is refused on loading."""

from datetime import date, datetime
from pathlib import Path

import pytest

from law.book import Law, NoSuchRule, load_law
from law.deadlines import SHANGHAI, day_of
from law.files import LawRefused
from schemas.facts import Period
from schemas.ids import RuleId, RuleVersion

REVIEW = RuleId("review")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)


def rule(**said: object) -> str:
    """A rule of a province as its file states it; `None` leaves a field out."""
    row = {
        "id": '"review"',
        "article": '"BEIJING-LAR-15"',
        "source": '"北京市法律援助条例"',
        "zh": '"三日内审查"',
        "en": '"review within three days"',
        "duration": "3",
        "unit": '"days"',
        "start": '{ zh = "收到申请之日", en = "the receipt of the application" }',
        "valid_from": "2022-01-01",
        "confidence": '"M"',
    } | said
    return "[[rule]]\n" + "".join(f"{name} = {text}\n" for name, text in row.items() if text is not None)


def law_with(folder: Path, **files: str) -> Law:
    """The shipped law with these files over it, by their names without the ending."""
    for name, text in files.items():
        path = folder / f"{name.lstrip('_').replace('__', '/')}.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return load_law(folder)


def refusal_of(folder: Path, **files: str) -> LawRefused:
    with pytest.raises(LawRefused) as refused:
        law_with(folder, **files)
    return refused.value


def last_of(law: Law, region: str, start: datetime = MONDAY) -> date:
    return day_of(law.in_region(region).due(REVIEW, start))


# --- Which rule holds --------------------------------------------------------------------------------------


def test_one_file_changes_one_province_and_no_other(tmp_path: Path) -> None:
    law = law_with(tmp_path, _11=rule())

    assert last_of(law, "11") == last_of(law, "110105") == date(2026, 3, 5)
    assert last_of(law, "44") == last_of(law, "") == date(2026, 3, 9)


def test_a_rule_of_a_city_goes_before_that_of_its_province(tmp_path: Path) -> None:
    city = rule(region='"3301"', duration="2", article='"HANGZHOU-LAR-20"')
    law = law_with(tmp_path, _33=rule() + city)

    assert last_of(law, "330106") == date(2026, 3, 4)
    assert last_of(law, "330200") == date(2026, 3, 5)


def test_a_clock_keeps_the_version_that_was_in_force_when_it_started(tmp_path: Path) -> None:
    law = law_with(tmp_path, _11=rule(valid_from="2026-03-03"))

    assert last_of(law, "11", MONDAY) == date(2026, 3, 9)
    assert last_of(law, "11", MONDAY.replace(day=3)) == date(2026, 3, 6)


def test_a_rule_of_a_province_that_ended_leaves_that_of_the_nation(tmp_path: Path) -> None:
    law = law_with(tmp_path, _11=rule(valid_to="2026-02-28"))

    assert last_of(law, "11") == date(2026, 3, 9)


def test_versions_are_named_by_id_region_and_first_day(tmp_path: Path) -> None:
    law = law_with(tmp_path, _11=rule())

    assert law.in_region("11").rule(REVIEW, date(2026, 3, 2)).version == "review:11:2022-01-01"
    assert law.named(RuleVersion("review:11:2022-01-01")).duration == 3
    assert law.named(RuleVersion("review:cn:2022-01-01")).duration == 7
    with pytest.raises(NoSuchRule):
        law.named(RuleVersion("review:31:2022-01-01"))


def test_a_release_and_each_change_of_a_file_have_a_version_of_their_own(tmp_path: Path) -> None:
    shipped, changed = load_law().version, law_with(tmp_path, _11=rule()).version

    assert shipped == load_law().version
    assert len({shipped, changed, law_with(tmp_path, _11=rule(duration="2")).version}) == 3


def test_what_began_before_all_versions_of_a_rule_goes_by_the_first() -> None:
    assert last_of(load_law(), "", MONDAY.replace(year=2021, day=1)) == date(2021, 3, 8)


def test_an_unknown_rule_is_not_found() -> None:
    with pytest.raises(NoSuchRule):
        load_law().due(RuleId("unheard-of"), MONDAY)


def test_a_deployment_confirms_a_rule_of_the_nation_in_cn_toml(tmp_path: Path) -> None:
    confirmed = rule(duration="7", article='"LAL-43"', confidence='"H"', reviewer='"法制处"')
    law = law_with(tmp_path, cn=confirmed)

    found = law.rule(REVIEW, date(2026, 3, 2))
    assert found.confirmed
    assert found.reviewer == "法制处"


def test_a_province_may_have_a_rule_that_the_nation_has_not(tmp_path: Path) -> None:
    law = law_with(tmp_path, _37=rule(id='"objection-filing"', duration="30", local="true"))

    assert law.in_region("37").rule(RuleId("objection-filing"), date(2026, 3, 2)).duration == 30
    with pytest.raises(NoSuchRule):
        law.rule(RuleId("objection-filing"), date(2026, 3, 2))


# --- A length that travels in a letter ---------------------------------------------------------------------


def test_a_letter_names_the_version_of_the_rule_and_its_length(tmp_path: Path) -> None:
    own = rule(id='"answer-offer"', duration="8", unit='"working-days"')
    law = law_with(tmp_path, _51=own)

    answer = RuleId("answer-offer")
    assert law.in_region("510521").period(answer, date(2026, 3, 2)) == Period(
        days=8, working=True, rule=RuleVersion("answer-offer:51:2022-01-01")
    )


def test_the_addressee_counts_a_period_by_the_length_in_the_letter_whatever_its_own_files_say() -> None:
    strange = Period(days=4, working=True, rule=RuleVersion("answer-offer:51:2030-01-01"))

    assert day_of(load_law().count_period(strange, MONDAY).due) == date(2026, 3, 6)


# --- What is refused ---------------------------------------------------------------------------------------


def test_a_looser_rule_must_say_so(tmp_path: Path) -> None:
    refused = refusal_of(tmp_path, _31=rule(duration="10", unit='"working-days"'))

    assert str(refused).startswith("31.toml, rule review, duration: found 10 working-days, expected not more")
    assert "`loosens = true`" in str(refused)


def test_what_is_counted_back_is_not_replaced_by_what_is_counted_on(tmp_path: Path) -> None:
    own = rule(id='"hearing-notice"', duration="9", unit='"working-days"', bound='"at-least"')

    assert "unit: found working-days, expected working-days-before" in str(refusal_of(tmp_path, _31=own))


def test_a_looser_rule_that_says_so_is_in_force(tmp_path: Path) -> None:
    own = rule(duration="10", unit='"working-days"', article='"SHANGHAI-LAR-12"', loosens="true")

    assert last_of(law_with(tmp_path, _31=own), "31") == date(2026, 3, 16)


def test_who_loosens_names_an_article_of_his_own(tmp_path: Path) -> None:
    refused = refusal_of(tmp_path, _31=rule(duration="9", article='"LAL-43"', loosens="true"))

    assert (refused.field, refused.found) == ("article", "LAL-43")


def test_five_working_days_are_looser_than_seven_days_because_of_holidays(tmp_path: Path) -> None:
    refused = refusal_of(tmp_path, _11=rule(duration="5", unit='"working-days"'))

    assert refused.field == "duration"


def test_less_time_for_a_right_is_looser(tmp_path: Path) -> None:
    own = rule(id='"suit-after-award"', duration="10", bound='"at-least"')

    assert "expected not less than 15 days" in str(refusal_of(tmp_path, _31=own))


def test_more_time_for_a_right_is_not(tmp_path: Path) -> None:
    own = rule(id='"suit-after-award"', duration="20", bound='"at-least"')

    assert law_with(tmp_path, _31=own).in_region("31").rule(RuleId("suit-after-award"), date(2026, 3, 2))


def test_more_pauses_are_looser(tmp_path: Path) -> None:
    pause = '{ zh = "补充", en = "clarification", at_most = 3, longest = 5 }'
    own = rule(id='"answer-offer"', duration="10", unit='"working-days"', pause=pause)

    assert refusal_of(tmp_path, _31=own).field == "pause"


def test_longer_pauses_are_looser(tmp_path: Path) -> None:
    pause = '{ zh = "补充", en = "clarification", at_most = 2, longest = 9, unit = "days" }'
    own = rule(id='"answer-offer"', duration="10", unit='"working-days"', pause=pause)

    assert refusal_of(tmp_path, _31=own).field == "pause"


def test_a_city_must_not_loosen_what_its_province_made_stricter(tmp_path: Path) -> None:
    city = rule(region='"3301"', duration="5", article='"HANGZHOU-LAR-20"')

    assert refusal_of(tmp_path, _33=rule() + city).field == "duration"


def test_a_rule_of_the_nation_is_not_loosened_in_cn_toml_either(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, cn=rule(duration="8", article='"LAL-43"')).field == "duration"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (rule(duration='"3"'), "44.toml, rule review, duration: found '3', expected a valid integer"),
        (rule(zh=None), "44.toml, rule review, zh: found nothing, expected a value"),
        (rule(dauer="3"), "44.toml, rule review, dauer: found 3, expected no such field"),
        (
            rule(unit='"weeks"'),
            "44.toml, rule review, unit: found 'weeks', expected 'days', 'working-days', 'months', 'hours'"
            " or 'working-days-before'",
        ),
        (rule(region='"3301"'), "44.toml, rule review, region: found 3301, expected 44 or a division of it"),
        (
            rule(id='"reveiw"'),
            "44.toml, rule reveiw, id: found reveiw, expected the id of a rule of the nation, or `local",
        ),
        (rule(bound='"at-least"'), "44.toml, rule review, bound: found at-least, expected at-most, as in"),
        (rule() + rule(), "44.toml, rule review, valid_from: found review:44:2022-01-01, expected it once"),
        (
            rule(valid_to="2023-12-31") + rule(valid_from="2023-06-01"),
            "44.toml, rule review, valid_to: found 2023-12-31, expected 2023-05-31, the day before",
        ),
        ("rules = 1", "44.toml, all rules, tables: found rules, expected [[rule]]"),
        ("[[rule]", "44.toml, all rules, TOML: found"),
        (
            rule(id='"answer-offer"', duration="2", unit='"months"'),
            "44.toml, rule answer-offer, unit: found months, expected days or working-days",
        ),
    ],
)
def test_what_is_wrong_is_named_with_file_rule_field_found_and_expected(
    tmp_path: Path, text: str, message: str
) -> None:
    assert str(refusal_of(tmp_path, _44=text)).startswith(message)


def test_a_file_that_is_named_after_no_province_is_refused(tmp_path: Path) -> None:
    assert refusal_of(tmp_path, guangdong=rule()).field == "file name"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawRefused):
        load_law(tmp_path / "nowhere")


# --- Holidays ----------------------------------------------------------------------------------------------

NOTICE = """
year = {year}
notice = "国办发明电〔2026〕0号"
source = "test"

[[holiday]]
zh = "国庆节"
en = "National Day"
first = {first}
last = {last}
work = [{work}]
"""


def test_a_notice_for_a_new_year_comes_as_one_file(tmp_path: Path) -> None:
    text = NOTICE.format(year=2027, first="2027-10-01", last="2027-10-07", work="2027-09-26")
    law = law_with(tmp_path, holidays__2027=text)
    counting = law.count(REVIEW, datetime(2027, 9, 27, tzinfo=SHANGHAI))

    assert day_of(counting.due) == date(2027, 10, 8)
    assert not counting.provisional


@pytest.mark.parametrize(
    ("first", "last", "work", "field"),
    [
        ("2027-10-07", "2027-10-01", "", "first, last"),
        ("2026-10-01", "2026-10-07", "", "first, last"),
        ("2027-10-01", "2027-10-31", "", "first, last"),
        ("2027-10-01", "2027-10-07", "2027-09-27", "work"),
        ("2027-10-01", "2027-10-07", "2027-10-02", "work"),
    ],
)
def test_a_slip_of_the_pen_in_a_notice_is_refused(
    tmp_path: Path, first: str, last: str, work: str, field: str
) -> None:
    text = NOTICE.format(year=2027, first=first, last=last, work=work)

    assert refusal_of(tmp_path, holidays__2027=text).field == field
