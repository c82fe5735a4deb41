"""What a bundle says of an arbitration commission is checked row by row."""

from tests.services.bundles import Old
from tests.services.bundles_arbitrated import asked_to_review, with_arbitrations
from tests.services.bundles_at_court import COURT
from tests.services.bundles_settled import NOTARY
from tests.services.checking import NOW, mistakes

REVIEWS = "arbitration_reviews.csv"


def test_what_a_commission_did_is_in_order() -> None:
    assert mistakes(with_arbitrations(Old(NOW))) == set()


def test_a_review_that_was_asked_for_too_late_is_named() -> None:
    old = Old(NOW)
    asked_to_review(old, "R-1", 100, {"applied": 75})  # on the fifteenth day
    assert mistakes(old) == set()

    old.files[REVIEWS][0]["applied"] = old.day(74)
    assert mistakes(old) == {(REVIEWS, 2, "applied")}


def test_a_commission_reviews_no_agreement_without_a_labour_relation() -> None:
    old = Old(NOW)
    asked_to_review(old, "R-2", 60, {"applied": 45})
    old.files["cases.csv"][0]["relation"] = "service"

    assert mistakes(old) == {(REVIEWS, 2, "applied")}


def test_a_commission_confirms_or_dismisses_and_each_says_what_it_must() -> None:
    old = Old(NOW)
    asked_to_review(old, "R-3", 60, {"applied": 45, "confirmed": 40})
    old.files[REVIEWS][0] |= {"dismissed": old.day(39), "docket": "", "commission": "no-such-commission"}

    assert mistakes(old) == {
        (REVIEWS, 2, "commission"),
        (REVIEWS, 2, "docket"),
        (REVIEWS, 2, "dismissed"),  # after it was confirmed
        (REVIEWS, 2, "because"),
    }


def test_a_review_that_was_dismissed_may_be_asked_for_again() -> None:
    old = Old(NOW)
    asked_to_review(old, "R-4", 60, {"applied": 48, "dismissed": 45})
    old.files[REVIEWS][0]["because"] = "unclear"
    old.row(REVIEWS, "R-4", commission="442000-arbitration", applied=old.day(40))
    assert mistakes(old) == set()

    old.files[REVIEWS][0] |= {"dismissed": "", "because": ""}
    assert mistakes(old) == {(REVIEWS, 3, "applied")}


def test_one_agreement_is_not_notarised_beside_its_review() -> None:
    old = Old(NOW)
    asked_to_review(old, "R-5", 60, {"applied": 45})
    old.row("notarisations.csv", "R-5", notary=NOTARY, applied=old.day(40))
    assert mistakes(old) == {("notarisations.csv", 2, "applied")}

    old.files["notarisations.csv"][0]["applied"] = old.day(46)
    assert mistakes(old) == {(REVIEWS, 2, "applied")}


def test_an_agreement_that_a_commission_reviewed_is_enforced_as_a_settlement_from_then_on() -> None:
    old = Old(NOW)
    asked_to_review(old, "R-6", 60, {"applied": 45, "confirmed": 40})
    old.row("enforcement.csv", "R-6", court=COURT, title="arbitration-settlement", begun=old.day(41))
    old.files["cases.csv"][0]["stage"] = "enforcement"
    assert mistakes(old) == {("enforcement.csv", 2, "title")}

    old.files["enforcement.csv"][0]["begun"] = old.day(39)
    assert mistakes(old) == set()
