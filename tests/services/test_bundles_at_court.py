"""What a bundle says of a court is checked, row by row, before anything of it is imported."""

import pytest

from tests.services.bundles import Old, awarded
from tests.services.bundles_at_court import (
    COURT,
    asked_to_confirm,
    at_court,
    beside,
    challenged,
    docketed,
    in_parts,
    judged,
    judged_twice,
    ordered,
    over_a_part,
    part_fell,
    sued_by_one,
)
from tests.services.checking import NOW, mistakes, warnings


def test_a_case_at_every_step_before_a_court_is_in_order() -> None:
    assert mistakes(at_court(Old(NOW))) == set()


def test_a_suit_whose_row_is_incomplete_is_named_by_its_column() -> None:
    old = Old(NOW)
    old.case("S-1", "suit", 60)
    old.granted("S-1", 60)
    old.row("suits.csv", "S-1", court="no-such-court", filed=old.day(30), docketed=old.day(31))
    old.row("suits.csv", "S-9", court=COURT, filed=old.day(30))
    assert mistakes(old) == {
        ("suits.csv", 2, "court"),  # not in the directory
        ("suits.csv", 2, "docketed"),  # before it was filed
        ("suits.csv", 2, "filed"),  # and so after a step that it has to come before
        ("suits.csv", 2, "docket"),  # what was docketed has a number
        ("suits.csv", 3, "number"),  # of no case
    }


def test_what_a_court_says_without_its_day_is_named() -> None:
    old = Old(NOW)
    docketed(old, "S-2", 150, judgment="granted", final="yes")

    assert mistakes(old) == {("suits.csv", 2, "judgment"), ("suits.csv", 2, "final")}


def test_nobody_sues_twice_at_once_and_others_sue_beside_him() -> None:
    old = Old(NOW)
    ids = docketed(old, "S-3", 150)
    old.row("suits.csv", "S-3", court=COURT, filed=old.day(90), members=ids[1])
    assert mistakes(old) == {("suits.csv", 3, "filed")}

    old.files["suits.csv"][0]["members"] = ids[0]
    assert mistakes(old) == set()

    old.files["suits.csv"][1]["members"] = ids[0]
    assert mistakes(old) == {("suits.csv", 3, "filed")}


def test_suits_that_were_filed_on_one_day_each_have_their_time_limits() -> None:
    old = Old(NOW)
    ids = docketed(old, "S-10", 150)
    old.files["suits.csv"][0]["members"] = ids[0]
    old.row("suits.csv", "S-10", court=COURT, filed=old.day(100), members=ids[1])
    old.clock("S-10", "court-docket", 100, 93, state="breached")
    assert mistakes(old) == set()

    old.files["clocks.csv"][0]["state"] = "running"
    assert mistakes(old) == {("clocks.csv", 2, "state")}


def test_of_judgments_beside_one_another_each_is_appealed_and_enforced_by_itself() -> None:
    old = Old(NOW)
    beside(old, "S-11", 200)
    assert mistakes(old) == set()

    first, second = old.files["suits.csv"]
    round_ = old.files["enforcement.csv"][0]
    del round_["docket"]
    assert mistakes(old) == {("enforcement.csv", 2, "docket"), ("enforcement.csv", 2, "title")}
    round_["docket"] = "民初404号"
    assert ("enforcement.csv", 2, "docket") in mistakes(old)
    round_["docket"] = first["docket"]
    assert mistakes(old) == {("enforcement.csv", 2, "title")}, "it is appealed"

    round_["docket"], second["appealed"] = second["docket"], old.day(30)
    assert ("suits.csv", 3, "appealed") in mistakes(old), "the time of this judgment, not of the other"


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"final": "yes"}, "appealed"),  # no appeal is open
        ({"served": "2025-12-31"}, "served"),  # before it was judged
    ],
)
def test_an_appeal_that_was_not_open_is_named(said: dict[str, str], column: str) -> None:
    old = Old(NOW)
    judged(old, "S-4", 200, 60)
    old.files["suits.csv"][0].update({"appealed": old.day(58), "appeal_court": COURT} | said)

    assert column in {named for _, _, named in mistakes(old)}


def test_an_appeal_after_its_time_is_named_unless_the_old_system_knew_of_more() -> None:
    old = Old(NOW)
    judged(old, "S-5", 200, 60)
    old.files["suits.csv"][0].update({"appealed": old.day(40), "appeal_court": COURT})
    assert mistakes(old) == {("suits.csv", 2, "appealed")}

    old.clock("S-5", "appeal", 60, 35)
    assert mistakes(old) == set()


def test_a_judgment_gives_every_member_an_amount_and_a_withdrawn_suit_none() -> None:
    old = Old(NOW)
    judged(old, "S-6", 200, 60)
    del old.files["money.csv"][-1]
    assert mistakes(old) == {("members.csv", 3, "number")}

    old.files["suits.csv"][0]["judgment"] = "withdrawn"
    assert mistakes(old) == {("members.csv", 2, "number")}


def test_a_suit_of_some_gives_an_amount_to_them_alone() -> None:
    old = Old(NOW)
    ids = sued_by_one(old, "S-8", 200, 60)
    assert mistakes(old) == set()

    old.money("S-8", "judged", "8000.00", member=ids[1])
    assert mistakes(old) == {("members.csv", 3, "number")}

    old.files["suits.csv"][0]["members"] = "；".join(ids)
    assert mistakes(old) == set()


def test_who_sues_alone_is_a_member_and_what_was_decided_gives_him_an_amount() -> None:
    old = Old(NOW)
    ids = sued_by_one(old, "S-9", 200, 60)
    another = {"judged": old.day(30), "served": old.day(28), "judgment": "granted", "docket": "民初2号"}
    days = {"filed": old.day(50), "docketed": old.day(46)}
    old.row("suits.csv", "S-9", court=COURT, **days, **another, members="赵六")
    assert ("suits.csv", 3, "members") in mistakes(old)

    old.files["suits.csv"][1]["members"] = ids[0]
    # Of his two judgments neither amount is told from the other.
    assert mistakes(old) == {("money.csv", 4, "docket"), ("members.csv", 2, "number")}

    old.files["suits.csv"][1]["members"] = ids[1]
    old.money("S-9", "judged", "4000.00", member=ids[1])
    assert mistakes(old) == set()


def test_who_did_not_sue_has_the_award_enforced() -> None:
    old = Old(NOW)
    ids = sued_by_one(old, "E-4", 200, 60, "enforcement")
    old.row("enforcement.csv", "E-4", court=COURT, title="award", begun=old.day(100))
    assert mistakes(old) == set()

    old.files["suits.csv"][0]["filed"] = old.day(147)
    days = {"filed": old.day(150), "docketed": old.day(149), "judged": old.day(148)}
    other = {"number": "E-4", "court": COURT, "docket": "民初3号", "members": ids[1], **days}
    old.files["suits.csv"].insert(0, other | {"judgment": "withdrawn"})
    assert mistakes(old) == set()

    old.files["suits.csv"][0]["judgment"] = "dismissed"  # and so all have sued
    old.money("E-4", "judged", "0", member=ids[1])
    assert mistakes(old) == {("enforcement.csv", 2, "title")}


def test_what_the_appeal_decided_is_what_a_member_is_due() -> None:
    old = Old(NOW)
    ids = judged(old, "S-7", 200, 60)
    end = {"appealed": old.day(55), "appeal_decided": old.day(20), "appeal_result": "second-instance"}
    old.files["suits.csv"][0].update(end | {"appeal_court": COURT})
    for id in ids:
        old.money("S-7", "judged-on-appeal", "5000.00", member=id)
    assert mistakes(old) == set()

    old.money("S-7", "paid", "5000.01", 10, member=ids[0])
    assert mistakes(old) == {("members.csv", 2, "number")}


def test_what_the_court_above_mediated_is_concluded_as_such() -> None:
    old = Old(NOW)
    ids = judged(old, "S-12", 200, 60, "concluded")
    end = {"appealed": old.day(55), "appeal_decided": old.day(20), "appeal_result": "二审调解"}
    old.files["suits.csv"][0].update(end | {"appeal_court": COURT})
    old.act("S-12", 15, "concluded", outcome="judgment")
    assert mistakes(old) == {
        ("members.csv", 2, "number"),  # what was mediated gives each an amount
        ("members.csv", 3, "number"),
        ("history.csv", 9, "outcome"),
    }

    for id in ids:
        old.money("S-12", "judged-on-appeal", "5000.00", member=id)
    old.files["history.csv"][-1]["outcome"] = "court-mediation"
    assert mistakes(old) == set()


def test_nothing_is_enforced_that_had_not_taken_effect_by_then() -> None:
    old = Old(NOW)
    judged(old, "E-1", 200, 60)
    enforced = {"court": COURT, "title": "judgment"}
    old.row("enforcement.csv", "E-1", **enforced, begun=old.day(50))  # an appeal is open until the 45th day
    assert mistakes(old) == {("cases.csv", 2, "stage"), ("enforcement.csv", 2, "title")}

    old.files["cases.csv"][0]["stage"] = "enforcement"
    old.files["enforcement.csv"][0]["begun"] = old.day(40)
    assert mistakes(old) == set()

    old.files["enforcement.csv"][0]["title"] = "award"  # they sued over it
    assert mistakes(old) == {("enforcement.csv", 2, "title")}


def test_an_award_is_enforced_once_nobody_sued_over_it_in_time() -> None:
    old = Old(NOW)
    awarded(old, "E-3", 200)
    old.files["cases.csv"][0]["stage"] = "enforcement"
    old.row("enforcement.csv", "E-3", court=COURT, title="award", begun=old.day(140))  # ten days after it
    assert mistakes(old) == {("enforcement.csv", 2, "title")}

    old.files["enforcement.csv"][0]["begun"] = old.day(100)
    assert mistakes(old) == set()


def test_each_partial_award_gives_each_member_an_amount_and_is_enforced_by_itself() -> None:
    old = Old(NOW)
    ids = in_parts(old, "P-1", 150)
    old.money("P-1", "paid", "3000.00", 5, member=ids[0])  # as more is to be decided
    assert mistakes(old) == set()

    first, second = old.files["enforcement.csv"]
    second["begun"] = old.day(100)  # ten days after it was made
    assert mistakes(old) == {("enforcement.csv", 3, "title")}
    second.update(part="3", begun=first["begun"])
    assert mistakes(old) == {("enforcement.csv", 3, "title")}
    second.update(part="1")
    assert ("enforcement.csv", 3, "begun") in mistakes(old), "its first round has not ended"
    second.update(title="award")
    assert mistakes(old) == {("enforcement.csv", 3, "part"), ("enforcement.csv", 3, "title")}


def test_what_is_awarded_of_the_rest_comes_on_top_of_the_parts() -> None:
    old = Old(NOW)
    ids = in_parts(old, "P-2", 150)
    old.act("P-2", 80, "awarded", final="yes")
    for id in ids:
        old.money("P-2", "awarded", "1000.00", member=id)
    old.money("P-2", "paid", "3500.00", 5, member=ids[0])
    assert mistakes(old) == set()

    old.money("P-2", "paid", "0.01", 4, member=ids[0])
    assert mistakes(old) == {("members.csv", 2, "number")}
    old.files["money.csv"].pop()
    old.files["money.csv"][3]["part"] = "1"  # and so nothing of the second
    assert mistakes(old) == {("members.csv", 3, "number")}


def test_a_suit_over_one_award_names_one_that_was_made_and_is_filed_in_its_time() -> None:
    old = Old(NOW)
    ids = over_a_part(old, "P-3", 200)
    for id in ids:
        old.money("P-3", "paid", "3700.00", 5, member=id)  # what was judged, the first part, and the rest
    assert mistakes(old) == set()

    old.money("P-3", "paid", "0.01", 4, member=ids[0])
    assert mistakes(old) == {("members.csv", 2, "number")}
    del old.files["money.csv"][-1]
    suit = old.files["suits.csv"][0]
    suit["part"] = "3"
    assert mistakes(old) == {("suits.csv", 2, "part")}
    suit.update(against="", part="2")
    assert ("suits.csv", 2, "part") in mistakes(old)
    suit.update(against="partial-award", filed=old.day(140), docketed=old.day(138))
    assert mistakes(old) == {("suits.csv", 2, "filed")}


def test_over_each_award_one_has_a_suit_of_its_own_and_what_is_sued_over_is_not_enforced() -> None:
    old = Old(NOW)
    over_a_part(old, "P-4", 200)
    another = {"court": COURT, "filed": old.day(145), "against": "award"}
    old.row("suits.csv", "P-4", **another)
    assert mistakes(old) == {("enforcement.csv", 2, "title")}

    old.files["enforcement.csv"][0].update(title="partial-award", part="1")
    assert mistakes(old) == set()
    old.files["enforcement.csv"][0].update(part="2")
    assert mistakes(old) == {("enforcement.csv", 2, "title")}

    old.files["suits.csv"][1]["against"] = ""
    assert ("suits.csv", 3, "filed") in mistakes(old)


def test_of_who_was_judged_twice_each_amount_names_its_suit_and_both_are_due() -> None:
    old = Old(NOW)
    [first, _] = judged_twice(old, "P-6", 240)
    old.money("P-6", "paid", "4200.00", 5, member=first)  # the first part, and both judgments
    assert mistakes(old) == set()

    old.money("P-6", "paid", "0.01", 4, member=first)
    assert mistakes(old) == {("members.csv", 2, "number")}
    old.files["money.csv"].pop()
    amounts = [(n, row) for n, row in enumerate(old.files["money.csv"], 2) if row["kind"] == "judged"]
    (line, row), *_, (_, last) = amounts
    known, row["docket"] = row["docket"], ""
    assert mistakes(old) == {("money.csv", line, "docket"), ("members.csv", 2, "number")}
    row["docket"] = "民初999号"
    assert mistakes(old) == {("money.csv", line, "docket"), ("members.csv", 2, "number")}
    row["docket"], last["docket"] = known, known
    assert mistakes(old) == {("members.csv", 3, "number")}  # and so nothing of the second suit
    last.update(kind="awarded")
    assert ("money.csv", len(old.files["money.csv"]), "docket") in mistakes(old)


def test_a_suit_anew_after_one_that_was_decided_gives_the_amount_that_counts() -> None:
    old = Old(NOW)
    [first, _] = judged(old, "P-7", 240, 100)
    for row in old.files["money.csv"][-2:]:
        row["docket"] = old.files["suits.csv"][0]["docket"]
    days = {"filed": old.day(60), "docketed": old.day(55), "judged": old.day(30)}
    said = {"docket": "民初2号", "judgment": "granted", "members": first}
    old.row("suits.csv", "P-7", court=COURT, **days, **said)
    old.money("P-7", "judged", "9000.00", member=first, docket="民初2号")
    old.money("P-7", "paid", "9000.00", 5, member=first)
    assert mistakes(old) == set()

    old.money("P-7", "paid", "0.01", 4, member=first)
    assert mistakes(old) == {("members.csv", 2, "number")}


def test_a_judgment_over_a_final_award_takes_its_place_once_it_is_final() -> None:
    old = Old(NOW)
    ids = judged(old, "P-5", 200, 60, "enforcement")
    old.files["suits.csv"][0].update(against="award")
    old.files["history.csv"][-1]["final"] = "yes"
    old.row("enforcement.csv", "P-5", court=COURT, title="award", begun=old.day(50))  # an appeal is open
    assert mistakes(old) == set()

    old.files["enforcement.csv"][0]["begun"] = old.day(40)
    assert mistakes(old) == {("enforcement.csv", 2, "title")}
    old.files["suits.csv"][0]["members"] = ids[0]
    del old.files["money.csv"][-1]
    assert mistakes(old) == set()


def test_only_a_final_award_is_asked_to_be_set_aside_and_once() -> None:
    old = Old(NOW)
    challenged(old, "C-1", 150)
    days = {"applied": old.day(80), "dismissed": old.day(79)}
    old.row("setting_aside.csv", "C-1", court=COURT, ground="procedure", **days)
    assert mistakes(old) == {("setting_aside.csv", 3, "applied"), ("setting_aside.csv", 3, "ruling")}

    old.files["setting_aside.csv"].pop()
    old.files["setting_aside.csv"][0]["part"] = "1"  # and there is none
    assert mistakes(old) == {("setting_aside.csv", 2, "applied")}
    del old.files["setting_aside.csv"][0]["part"]
    old.files["history.csv"][-1]["final"] = "no"
    assert ("setting_aside.csv", 2, "applied") in mistakes(old)


def test_no_round_ends_while_a_court_decides_on_the_award() -> None:
    old = Old(NOW)
    challenged(old, "C-2", 150)
    old.files["enforcement.csv"][0].update(ended=old.day(80), because="no-assets")
    assert mistakes(old) == {("enforcement.csv", 2, "ended")}

    old.files["setting_aside.csv"][0]["withdrawn"] = old.day(85)
    assert mistakes(old) == set()


def test_an_award_that_was_set_aside_is_neither_due_nor_enforced_any_more() -> None:
    old = Old(NOW)
    [first, _] = challenged(old, "C-3", 150)
    old.money("C-3", "paid", "3000.01", 70, member=first)
    assert mistakes(old) == {("members.csv", 2, "number")}

    fell = old.files["setting_aside.csv"][0]
    fell.update(set_aside=old.day(80), served=old.day(81), ruling="民特2号")
    assert mistakes(old) == {("setting_aside.csv", 2, "served")}  # before it was made
    fell["served"] = old.day(78)
    assert mistakes(old) == set()

    old.files["enforcement.csv"][0].update(ended=old.day(70), because="no-assets")
    assert mistakes(old) == {("enforcement.csv", 2, "ended")}
    old.files["enforcement.csv"][0].update(ended="", because="", begun=old.day(79))
    assert mistakes(old) == {("enforcement.csv", 2, "title")}
    fell["dismissed"] = old.day(85)
    assert ("setting_aside.csv", 2, "set_aside") in mistakes(old)


def test_it_is_said_until_when_one_may_sue_over_an_award_that_fell() -> None:
    old = Old(NOW)
    fell = {"set_aside": old.day(8), "served": old.day(6), "ruling": "民特2号"}
    challenged(old, "C-5", 150, **fell)
    assert warnings(old) == [
        "setting_aside.csv line 2: C-5, the award was set aside; "
        "who has not sued over it may until 2026-03-19."
    ]

    old.row("suits.csv", "C-5", court=COURT, filed=old.day(1))
    assert warnings(old) == []


def test_once_a_part_fell_one_sues_over_it_in_fifteen_days_and_the_others_stand() -> None:
    old = Old(NOW)
    part_fell(old, "C-4", 200)
    assert mistakes(old) == set()

    old.row("enforcement.csv", "C-4", court=COURT, title="partial-award", part="2", begun=old.day(100))
    assert ("enforcement.csv", 2, "title") in mistakes(old)
    old.files["enforcement.csv"][0]["part"] = "1"
    old.files["cases.csv"][0]["stage"] = "enforcement"
    assert mistakes(old) == set()

    suit = old.files["suits.csv"][0]
    suit.update(filed=old.day(91), docketed=old.day(90))
    assert mistakes(old) == {("suits.csv", 2, "filed")}
    old.clock("C-4", "suit-after-set-aside", 108, 90)
    assert mistakes(old) == set()


def test_a_later_round_follows_the_end_of_the_one_before() -> None:
    old = Old(NOW)
    judged(old, "E-2", 200, 60, "enforcement")
    first = {"court": COURT, "title": "judgment", "begun": old.day(40)}
    old.row("enforcement.csv", "E-2", **first, because="no-assets")
    old.row("enforcement.csv", "E-2", **first | {"begun": old.day(20)}, last_day=old.day(41))

    assert mistakes(old) == {
        ("enforcement.csv", 2, "because"),  # of a round that did not end
        ("enforcement.csv", 3, "begun"),
        ("enforcement.csv", 3, "last_day"),
    }


def test_a_payment_order_goes_its_way_step_by_step() -> None:
    old = Old(NOW)
    ordered(old, "O-1", 90, 30)
    old.files["payment_orders.csv"][0].update({"accepted": "", "docket": "", "basis": ""})
    assert mistakes(old) == {("payment_orders.csv", 2, "basis")}

    old.files["payment_orders.csv"][0]["basis"] = "LDMAL-16"
    assert mistakes(old) == {("payment_orders.csv", 2, "issued")}


def test_an_objection_to_a_payment_order_after_its_time_is_named() -> None:
    old = Old(NOW)
    ordered(old, "O-2", 90, 30)
    old.files["payment_orders.csv"][0]["objected"] = old.day(10)
    assert mistakes(old) == {("payment_orders.csv", 2, "objected")}

    old.files["payment_orders.csv"][0]["objected"] = old.day(20)
    old.row("enforcement.csv", "O-2", court=COURT, title="payment-order", begun=old.day(5))
    old.files["cases.csv"][0]["stage"] = "enforcement"
    assert mistakes(old) == {("enforcement.csv", 2, "title")}


def test_a_payment_order_that_nobody_objected_to_is_enforced() -> None:
    old = Old(NOW)
    ordered(old, "O-3", 90, 30)
    old.row("enforcement.csv", "O-3", court=COURT, title="payment-order", begun=old.day(5))
    old.files["cases.csv"][0]["stage"] = "enforcement"

    assert mistakes(old) == set()


def test_a_confirmation_that_was_asked_for_too_late_is_named() -> None:
    old = Old(NOW)
    asked_to_confirm(old, "J-1", 60, {"applied": 13, "accepted": 12})  # until after Spring Festival

    assert mistakes(old) == {("confirmations.csv", 2, "applied")}


def test_a_court_confirms_or_dismisses_what_it_accepted() -> None:
    old = Old(NOW)
    asked_to_confirm(old, "J-2", 60, {"applied": 40, "accepted": 38, "confirmed": 30})
    old.files["confirmations.csv"][0].update({"dismissed": old.day(29), "ruling": ""})

    assert mistakes(old) == {
        ("confirmations.csv", 2, "ruling"),  # what was confirmed has a number
        ("confirmations.csv", 2, "dismissed"),  # after it was confirmed
        ("confirmations.csv", 2, "because"),
    }


def test_a_confirmed_agreement_is_enforced_from_its_ruling_on() -> None:
    old = Old(NOW)
    asked_to_confirm(old, "J-3", 60, {"applied": 40, "accepted": 38, "confirmed": 30})
    old.row("enforcement.csv", "J-3", court=COURT, title="confirmed-agreement", begun=old.day(31))
    old.files["cases.csv"][0]["stage"] = "enforcement"
    assert mistakes(old) == {("enforcement.csv", 2, "title")}

    old.files["enforcement.csv"][0]["begun"] = old.day(29)
    assert mistakes(old) == set()
