"""What a bundle says of an arbitration commission is checked row by row."""

from tests.services.bundles import Old
from tests.services.bundles_arbitrated import accepted, asked_to_review, extended, with_arbitrations
from tests.services.bundles_at_court import COURT
from tests.services.bundles_settled import NOTARY
from tests.services.checking import NOW, mistakes

REVIEWS, HISTORY = "arbitration_reviews.csv", "history.csv"


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


def test_a_commission_has_more_time_once_and_before_its_time_is_over() -> None:
    old = Old(NOW)
    extended(old, "X-1", 70)
    old.clock("X-1", "award", 56, 11, state="stopped")
    old.clock("X-1", "award-extended", 56, -4, state="running")
    assert mistakes(old) == set()

    old.act("X-1", 11, "arbitration-extended")
    assert mistakes(old) == {(HISTORY, 9, "act")}

    del old.files[HISTORY][-1]
    old.files[HISTORY][-1]["at"] = old.day(10)
    assert mistakes(old) == {(HISTORY, 8, "act"), ("clocks.csv", 2, "state")}

    old.files["clocks.csv"][0] |= {"due": old.day(9)}
    assert mistakes(old) == set()


def test_a_commission_that_decided_a_part_has_more_time_for_the_rest_once() -> None:
    old = Old(NOW)
    [member] = accepted(old, "X-3", 70)
    old.act("X-3", 40, "partly-awarded")
    old.money("X-3", "partly-awarded", "2000.00", member=member)
    old.act("X-3", 12, "arbitration-extended")
    assert mistakes(old) == set()

    old.act("X-3", 11, "partly-awarded")
    old.money("X-3", "partly-awarded", "500.00", member=member, part="2")
    old.act("X-3", 10, "arbitration-extended")
    assert mistakes(old) == {(HISTORY, 11, "act")}


def test_the_end_that_was_extended_is_counted_from_the_acceptance() -> None:
    old = Old(NOW)
    extended(old, "X-2", 70)
    old.clock("X-2", "award-extended", 12, -4)  # from the extension
    assert mistakes(old) == {("clocks.csv", 2, "started")}
