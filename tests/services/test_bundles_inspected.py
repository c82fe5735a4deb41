"""What a bundle says of labour inspection is checked row by row."""

from datetime import timedelta

from services.intake.bundles.binding import bound
from tests.services.bundles import Old
from tests.services.bundles_arbitrated import COMMISSION, accepted
from tests.services.bundles_at_court import docketed
from tests.services.bundles_groups import consenting
from tests.services.bundles_inspected import (
    DISOBEYED,
    INSPECTIONS,
    INSPECTORATE,
    inspected,
    ordered,
    with_inspections,
)
from tests.services.checking import NOW, checked, mistakes, warnings

CLOCKS, MONEY, MEMBERS = "clocks.csv", "money.csv", "members.csv"


def test_what_labour_inspection_did_is_in_order_and_an_order_that_was_missed_is_told() -> None:
    [missed] = [each for each in warnings(with_inspections(Old(NOW))) if each.startswith(INSPECTIONS)]
    assert DISOBEYED in missed
    assert "12000.00 were to be paid by 2026-02-18, and 0.00 had come" in missed


def test_its_time_limits_are_ones_that_its_days_start() -> None:
    old = Old(NOW)
    inspected(old, "I-1", 120, {"reported": 110, "accepted": 105, "extended": 25})
    old.clock("I-1", "inspection-acceptance", 110, 103, state="met")
    old.clock("I-1", "inspection", 105, 20, state="stopped")
    old.clock("I-1", "inspection-extended", 105, -40, state="running")  # counted from the acceptance
    assert mistakes(old) == set()

    old.files[CLOCKS][2]["started"] = old.day(25)
    assert mistakes(old) == {(CLOCKS, 4, "started")}


def test_a_complaint_that_was_not_answered_in_time_is_breached_and_one_that_was_withdrawn_met() -> None:
    old = Old(NOW)
    inspected(old, "I-2", 60, {"reported": 30})
    old.clock("I-2", "inspection-acceptance", 30, 23, state="breached")
    inspected(old, "I-3", 60, {"reported": 30, "withdrawn": 25})
    old.clock("I-3", "inspection-acceptance", 30, 23, state="met")
    assert mistakes(old) == set()


def test_each_day_says_what_it_must_and_follows_the_one_before_it() -> None:
    old = Old(NOW)
    inspected(old, "I-4", 60, {"reported": 50, "accepted": 40, "refused": 35, "decided": 30})
    old.files[INSPECTIONS][0] |= {"docket": "", "inspectorate": "no-such-inspectorate"}

    assert mistakes(old) == {
        (INSPECTIONS, 2, "inspectorate"),
        (INSPECTIONS, 2, "docket"),
        (INSPECTIONS, 2, "because"),
        (INSPECTIONS, 2, "refused"),  # after it was accepted
        (INSPECTIONS, 2, "decided"),
        (INSPECTIONS, 2, "result"),
    }


def test_the_result_fits_what_is_said_of_it() -> None:
    old = Old(NOW)
    days = {"reported": 50, "accepted": 45, "decided": 30}
    inspected(old, "I-5", 60, days, result="payment-ordered")
    inspected(old, "I-6", 60, days, result="penalty", ordered_yuan="100", pay_by=old.day(10))
    inspected(old, "I-7", 60, days, result="referred")
    inspected(old, "I-8", 60, days, result="no-violation", referred_to="442000-human-resources")
    inspected(old, "I-9", 60, days, result="payment-ordered", ordered_yuan="100", pay_by=old.day(31))
    inspected(old, "I-10", 60, days, result="referred", referred_to="nobody-knows")

    assert mistakes(old) == {
        (INSPECTIONS, 2, "ordered_yuan"),
        (INSPECTIONS, 3, "ordered_yuan"),
        (INSPECTIONS, 3, "pay_by"),
        (INSPECTIONS, 4, "referred_to"),
        (INSPECTIONS, 5, "referred_to"),
        (INSPECTIONS, 6, "pay_by"),  # before it was decided
        (INSPECTIONS, 7, "referred_to"),
    }


def test_an_order_names_members_or_states_a_sum_alone_and_what_they_get_comes_to_it() -> None:
    old = Old(NOW)
    ordered(old, "I-11", 60, pay_by=-9)
    assert mistakes(old) == set()

    one = old.files[MONEY].pop()
    assert mistakes(old) == {(INSPECTIONS, 2, "ordered_yuan")}

    old.files[MONEY][0]["amount_yuan"] = "12000.00"  # it names one of them
    assert mistakes(old) == set()

    old.files[MONEY].clear()
    assert mistakes(old) == set()

    old.files[MONEY] += [one | {"inspection": "2", "amount_yuan": "12000.00"}, one | {"kind": "agreed"}]
    old.files[MONEY][1]["inspection"] = "1"
    assert mistakes(old) == {(MEMBERS, 3, "number"), (MONEY, 3, "inspection")}


def test_nobody_received_more_than_the_last_order_or_award_gives_him() -> None:
    old = Old(NOW)
    first, second = ordered(old, "I-12", 100, pay_by=50)
    old.money("I-12", "paid", "6000.00", 50, member=first)
    old.money("I-12", "paid", "7000.00", 40, member=second)
    assert mistakes(old) == {(MEMBERS, 3, "number")}

    old.act("I-12", 48, "arbitration-filed", body=COMMISSION)
    old.act("I-12", 46, "arbitration-accepted", docket="中劳人仲案〔2026〕99号")
    old.act("I-12", 20, "awarded", final="yes")
    old.files["cases.csv"][0]["stage"] = "arbitration"
    old.money("I-12", "awarded", "6000.00", member=first)
    old.money("I-12", "awarded", "9000.00", member=second)
    assert mistakes(old) == set()


def test_labour_inspection_is_asked_again_once_it_has_answered() -> None:
    old = Old(NOW)
    ordered(old, "I-13", 90, pay_by=20)
    again = {"reported": old.day(18), "accepted": old.day(16), "docket": "中劳监立字〔2026〕2号"}
    row = {"inspectorate": INSPECTORATE, "approach": "report", **again}
    old.row(INSPECTIONS, "I-13", **row, decided=old.day(5), result="payment-ordered", ordered_yuan="500")
    for member in ("工友1", "工友2"):
        old.money("I-13", "ordered", "250.00", member=member, inspection="2")
    assert mistakes(old) == set()

    old.files[INSPECTIONS][1]["reported"] = old.day(51)
    assert (INSPECTIONS, 3, "reported") in mistakes(old)


def test_what_a_commission_or_a_court_has_is_not_inspected() -> None:
    old = Old(NOW)
    accepted(old, "I-14", 60)
    docketed(old, "I-15", 150, "suit")
    for number in ("I-14", "I-15"):
        old.row(INSPECTIONS, number, inspectorate=INSPECTORATE, approach="complaint", reported=old.day(20))
    assert mistakes(old) == {(INSPECTIONS, 2, "reported"), (INSPECTIONS, 3, "reported")}

    old.act("I-14", 30, "arbitration-withdrawn")
    del old.files[INSPECTIONS][1]
    assert mistakes(old) == set()


def test_what_was_asked_before_the_commission_was_may_be_decided_beside_it_and_after_the_conclusion() -> None:
    old = Old(NOW)
    inspected(old, "I-16", 90, {"reported": 80, "accepted": 78, "decided": 20}, result="corrected")
    old.act("I-16", 70, "arbitration-filed", body=COMMISSION)
    old.act("I-16", 60, "arbitration-withdrawn")
    old.act("I-16", 30, "concluded", outcome="no-result")
    old.files["cases.csv"][0]["stage"] = "concluded"
    assert mistakes(old) == set()


def test_whom_an_order_names_the_agreement_of_his_group_binds_no_more() -> None:
    old = Old(NOW)
    ids = consenting(old, "I-17", 60)
    days = {"reported": old.day(14), "accepted": old.day(12), "decided": old.day(5)}
    order = {"docket": "中劳监立字〔2026〕17号", "result": "payment-ordered", "ordered_yuan": "9000"}
    old.row(INSPECTIONS, "I-17", inspectorate=INSPECTORATE, approach="complaint", **days, **order)
    old.money("I-17", "ordered", "9000", member=ids[0])
    bundle, _ = checked(old)
    bundle.wrong.check()
    case = bundle.cases["I-17"]

    assert len(bound(case, 1, NOW - timedelta(days=6))) == 9
    assert [told.body.id_number for told in bound(case, 1, NOW)] == ids[1:9]
