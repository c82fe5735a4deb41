"""What a bundle says of terminations and withdrawals is checked, row by row, before anything is imported."""

from tests.services.bundles import Old
from tests.services.bundles_at_court import COURT
from tests.services.bundles_ended import filed_anew, paid_and_withdrawn, terminated, with_ends, withdrawn
from tests.services.bundles_refused import objected
from tests.services.checking import NOW, mistakes


def test_what_was_terminated_withdrawn_or_filed_anew_is_in_order() -> None:
    assert mistakes(with_ends(Old(NOW))) == set()


def test_a_termination_and_a_withdrawal_say_why() -> None:
    old = Old(NOW)
    terminated(old, "T-1", 40, termination="", basis="")
    withdrawn(old, "T-2", 30)
    old.files["history.csv"][-1]["withdrawal"] = ""

    assert mistakes(old) == {
        ("history.csv", 7, "termination"),
        ("history.csv", 7, "basis"),
        ("history.csv", 9, "withdrawal"),
    }


def test_aid_that_was_terminated_goes_on_once_the_bureau_corrects_it() -> None:
    old = Old(NOW)
    terminated(old, "T-3", 40, "mediation")
    old.act("T-3", 5, "session", result="continued")
    objected(old, "T-3", 15, decided=old.day(12), result="upheld")
    assert mistakes(old) == {("history.csv", 8, "act"), ("cases.csv", 2, "stage")}

    old.files["objections.csv"][0]["result"] = "corrected"
    assert mistakes(old) == set()


def test_aid_that_was_terminated_is_concluded_as_that_once_an_objection_is_decided() -> None:
    old = Old(NOW)
    terminated(old, "T-4", 40, "concluded")
    old.act("T-4", 5, "concluded", outcome="no-result")
    objected(old, "T-4", 15)
    assert mistakes(old) == {("history.csv", 8, "outcome"), ("history.csv", 8, "act")}

    old.files["history.csv"][-1]["outcome"] = "terminated"
    old.files["objections.csv"][0] |= {"decided": old.day(10), "result": "upheld"}
    assert mistakes(old) == set()


def test_nothing_follows_a_withdrawal_but_notes_and_payments() -> None:
    old = Old(NOW)
    ids = paid_and_withdrawn(old, "W-1", 80)
    old.act("W-1", 20, "note", note="已归档")
    old.money("W-1", "paid", "100.00", 10, member=ids[1])
    assert mistakes(old) == set()

    old.row("confirmations.csv", "W-1", court=COURT, applied=old.day(49))
    assert mistakes(old) == {("confirmations.csv", 2, "applied")}


def test_what_ended_stops_the_time_limits_that_ran() -> None:
    old = Old(NOW)
    withdrawn(old, "W-2", 30)
    terminated(old, "W-3", 40)
    old.clock("W-2", "review", 30, 20, state="stopped")
    old.clock("W-3", "mediation-labour", 25, 5, state="running")

    assert mistakes(old) == {("clocks.csv", 3, "state")}


def test_arbitration_is_applied_for_anew_after_it_was_withdrawn() -> None:
    old = Old(NOW)
    filed_anew(old, "W-4", 60)
    assert mistakes(old) == set()

    del old.files["history.csv"][6]
    assert mistakes(old) == {("history.csv", 8, "act")}


def test_a_suit_follows_a_commission_that_did_not_accept_and_its_ground_is_said() -> None:
    old = Old(NOW)
    old.case("W-5", "suit", 60)
    old.granted("W-5", 60)
    old.act("W-5", 50, "arbitration-filed", body="442000-arbitration")
    old.act("W-5", 47, "arbitration-refused", ground="late")
    old.row("suits.csv", "W-5", court=COURT, filed=old.day(40), basis="LDMAL-29")
    old.clock("W-5", "arbitration-acceptance", 50, 43, state="met")
    assert mistakes(old) == set()

    old.act("W-5", 46, "arbitration-refused")
    line = len(old.files["history.csv"]) + 1
    assert mistakes(old) == {("history.csv", line, "ground"), ("history.csv", line, "act")}
