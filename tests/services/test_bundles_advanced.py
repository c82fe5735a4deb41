"""What a bundle says of execution in advance of an award is checked row by row."""

from tests.services.bundles import Old
from tests.services.bundles_advanced import ADVANCES, advanced, ordered, with_advances
from tests.services.bundles_at_court import COURT
from tests.services.checking import NOW, checked, mistakes

MONEY, MEMBERS = "money.csv", "members.csv"


def test_what_was_executed_in_advance_is_in_order_and_says_who_asks_for_what() -> None:
    bundle, _ = checked(with_advances(Old(NOW)))
    bundle.wrong.check()
    *_, again = (
        act for act in bundle.cases["旧〔2026〕82号"].acts if act.code == "advance-execution-applied"
    )

    assert again.advance_claims == ("medical", "pay")
    assert (again.claim_fen, len(again.members or ())) == (90_000, 1)


def test_each_day_says_what_it_must_and_it_is_ordered_or_refused() -> None:
    old = Old(NOW)
    advanced(old, "A-1", 50, {"applied": 30, "ordered": 20, "refused": 15})
    old.files[ADVANCES][0] |= {"for": "pay;rent", "court": "no-such-court"}
    assert mistakes(old) == {(ADVANCES, 2, "for")}

    old.files[ADVANCES][0]["for"] = "劳动报酬；工伤医疗费"
    assert mistakes(old) == {
        (ADVANCES, 2, "docket"),
        (ADVANCES, 2, "court"),
        (ADVANCES, 2, "ordered"),  # for nobody
        (ADVANCES, 2, "refused"),  # after it was ordered
        (ADVANCES, 2, "because"),
    }


def test_it_is_asked_for_again_once_it_was_decided() -> None:
    old = Old(NOW)
    ordered(old, "A-2", 50)
    old.row(ADVANCES, "A-2", **{"for": "pay", "amount_yuan": "100", "applied": old.day(10)})
    assert mistakes(old) == set()

    old.files[ADVANCES][1]["applied"] = old.day(25)  # before that was decided
    assert (ADVANCES, 3, "applied") in mistakes(old)


def test_a_commission_orders_it_only_while_it_has_the_dispute() -> None:
    old = Old(NOW)
    ordered(old, "A-3", 60)
    old.act("A-3", 35, "awarded", final="yes")
    for member in ("工友1", "工友2"):
        old.money("A-3", "awarded", "9000.00", member=member)
    assert mistakes(old) == {(ADVANCES, 2, "ordered")}

    old.files["history.csv"][-1]["at"] = old.day(29)
    assert mistakes(old) == set()

    old.files[ADVANCES][0]["applied"] = old.day(47)  # the commission accepted a day later
    assert mistakes(old) == {(ADVANCES, 2, "applied")}


def test_an_amount_is_of_an_order_that_was_made() -> None:
    old = Old(NOW)
    ordered(old, "A-4", 50)
    old.files[MONEY][1]["advance"] = "2"
    assert mistakes(old) == {(MEMBERS, 3, "number")}

    old.files[MONEY][1] |= {"kind": "awarded"}
    assert mistakes(old) == {(MONEY, 3, "advance"), (MEMBERS, 3, "number")}


def test_what_is_advanced_is_not_due_beside_what_is_awarded() -> None:
    old = Old(NOW)
    first, second = ordered(old, "A-5", 60)
    old.act("A-5", 20, "awarded", final="yes")
    for id in (first, second):
        old.money("A-5", "awarded", "2000.00", member=id)
    old.money("A-5", "paid", "1500.00", 25, member=first, payer="court")
    old.money("A-5", "paid", "2000.00", 10, member=second, payer="court")
    assert mistakes(old) == set()

    old.money("A-5", "paid", "1500.00", 5, member=first)
    assert mistakes(old) == {(MEMBERS, 2, "number")}


def test_a_court_that_the_directory_does_not_know_is_named() -> None:
    old = Old(NOW)
    ordered(old, "A-6", 50)
    assert old.files[ADVANCES][0]["court"] == COURT
    old.files[ADVANCES][0]["court"] = "no-such-court"
    assert mistakes(old) == {(ADVANCES, 2, "court")}
