"""What a bundle says of refusals and objections is checked, row by row, before anything of it is imported."""

from tests.services.bundles import Old
from tests.services.bundles_refused import BUREAU, objected, refused, with_refusals
from tests.services.checking import NOW, mistakes


def test_refusals_that_stand_are_objected_to_or_corrected_are_in_order() -> None:
    assert mistakes(with_refusals(Old(NOW))) == set()


def test_a_refusal_says_why_and_by_which_article() -> None:
    old = Old(NOW)
    refused(old, "R-1", 20)
    old.files["history.csv"][1].update({"refusal": "", "basis": ""})

    assert mistakes(old) == {("history.csv", 3, "refusal"), ("history.csv", 3, "basis")}


def test_nothing_is_granted_while_a_refusal_stands() -> None:
    old = Old(NOW)
    refused(old, "R-2", 30)
    old.act("R-2", 10, "granted", aid_stage="mediation", means="checked")
    assert mistakes(old) == {("history.csv", 4, "act")}

    objected(old, "R-2", 20, decided=old.day(17), result="upheld")
    assert mistakes(old) == {("history.csv", 4, "act")}

    old.files["objections.csv"][0]["result"] = "corrected"
    old.files["cases.csv"][0]["stage"] = "granted"
    assert mistakes(old) == set()


def test_an_objection_goes_to_the_bureau_over_the_agency_and_is_decided_there() -> None:
    old = Old(NOW)
    refused(old, "R-3", 30)
    objected(old, "R-3", 20, result="upheld")
    old.files["objections.csv"][0]["bureau"] = "510521-justice-bureau"
    objected(old, "R-3", 10)

    assert mistakes(old) == {
        ("objections.csv", 2, "bureau"),  # of another place
        ("objections.csv", 2, "result"),  # without its day
        ("objections.csv", 3, "received"),  # before the first was decided, and without another refusal
    }
    assert old.files["objections.csv"][1]["bureau"] == BUREAU


def test_nobody_objects_to_what_was_not_refused() -> None:
    old = Old(NOW)
    old.case("R-4", "review", 20)
    old.act("R-4", 18, "accepted")
    objected(old, "R-4", 10)

    assert mistakes(old) == {("objections.csv", 2, "received")}
