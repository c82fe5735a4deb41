"""What a bundle says of who left a group is checked row by row."""

from datetime import timedelta

from services.intake.bundles.speaking import chosen
from services.intake.importing.writing import money_of
from tests.services.bundles import Old
from tests.services.bundles_advanced import advanced
from tests.services.bundles_at_court import COURT, docketed
from tests.services.bundles_departed import (
    DEPARTURES,
    GROUPED,
    agreed_with,
    awarded,
    grouped,
    left,
    mediated,
    with_departures,
)
from tests.services.bundles_settled import agreed_anew
from tests.services.checking import NOW, checked, mistakes, warnings

MEMBERS, MONEY, CONSENTS = "members.csv", "money.csv", "consents.csv"


def test_who_left_with_what_he_had_received_is_in_order() -> None:
    assert [each for each in warnings(with_departures(Old(NOW))) if "instalment" in each] == []
    assert mistakes(with_departures(Old(NOW))) == set()


def test_each_leaves_once_after_the_case_was_received_and_one_stays() -> None:
    old = Old(NOW)
    ids = mediated(old, "L-1", 30)
    left(old, "L-1", ids[0], 3)
    left(old, "L-1", ids[1], 31)
    left(old, "L-1", "nobody", 5)
    left(old, "L-1", ids[2], 5, "no-such-reason")
    assert mistakes(old) == {
        (DEPARTURES, 3, "member"),
        (DEPARTURES, 4, "left"),
        (DEPARTURES, 5, "member"),
        (DEPARTURES, 6, "because"),
    }

    del old.files[DEPARTURES][1:]
    for id in ids[1:]:
        left(old, "L-1", id, 2)
    assert mistakes(old) == {(DEPARTURES, 4, "member")}


def test_that_he_left_elsewhere_is_no_reason_that_people_say() -> None:
    old = Old(NOW)
    mediated(old, "L-2", 30)
    old.files[DEPARTURES][0]["because"] = "elsewhere"
    assert mistakes(old) == {(DEPARTURES, 2, "because")}


def test_no_money_comes_to_who_left_and_nothing_follows_a_withdrawal() -> None:
    old = Old(NOW)
    ids = mediated(old, "L-3", 30)
    old.money("L-3", "paid", "1.00", 2, member=ids[0])
    assert mistakes(old) == {(DEPARTURES, 2, "left")}

    old.files[MONEY].clear()
    old.act("L-3", 3, "withdrawn", withdrawal="settled-elsewhere")
    old.files["cases.csv"][0]["stage"] = "withdrawn"
    assert mistakes(old) == set()  # He left on the day before.

    old.files[DEPARTURES][0]["left"] = old.day(3)
    assert mistakes(old) == {(DEPARTURES, 2, "left")}


def test_who_had_left_is_awarded_nothing_and_who_leaves_later_keeps_his_amount() -> None:
    old = Old(NOW)
    ids = awarded(old, "L-4", 90)
    old.money("L-4", "awarded", "3000.00", member=ids[0])
    assert mistakes(old) == {(MEMBERS, 2, "number")}

    old.files[MONEY].pop()
    old.files[DEPARTURES][0]["left"] = old.day(49)  # the day after the award
    assert mistakes(old) == {(MEMBERS, 2, "number")}


def test_an_agreement_owes_who_left_no_more_than_he_had_received() -> None:
    old = Old(NOW)
    _, second = agreed_with(old, "L-5", 60)
    old.money("L-5", "paid", "4000.00", 10, member=second)
    old.act("L-5", 10, "performed")
    assert mistakes(old) == set()

    old.files[MONEY][-1]["amount_yuan"] = "3999.99"
    assert mistakes(old) == {("history.csv", 8, "act")}


def test_who_left_before_the_agreement_of_his_group_is_not_asked_and_nobody_consents_afterwards() -> None:
    old = Old(NOW)
    ids = grouped(old, "L-6", 60)
    assert mistakes(old) == set()

    old.files[CONSENTS][1]["members"] += f";{ids[11]}"
    assert mistakes(old) == {(CONSENTS, 3, "members")}

    old.files[CONSENTS][1]["members"] = ";".join(ids[5:9])
    left(old, "L-6", ids[5], 16)
    assert mistakes(old) == {(CONSENTS, 3, "consented")}  # on the day after


def test_a_group_that_has_become_small_signs_for_itself() -> None:
    old = Old(NOW)
    ids = old.case("L-7", "mediation", 60, members=10)
    old.granted("L-7", 60)
    old.act("L-7", 50, "mediation-proposed", kind="labour", body="442000-mediation")
    old.act("L-7", 40, "agreed")
    for id in ids:
        old.money("L-7", "agreed", "100.00", member=id)
    assert mistakes(old) == {("history.csv", 7, "act")}

    left(old, "L-7", ids[0], 45)
    del old.files[MONEY][0]
    assert mistakes(old) == set()


def test_who_left_speaks_for_nobody_any_more() -> None:
    bundle, _ = checked(with_departures(Old(NOW)))
    case = bundle.cases[GROUPED]
    at, speak = list(chosen(case))[-1]

    assert at == case.members[3].left.at if case.members[3].left else None
    assert speak == [case.members[1].id, case.members[2].id]
    old = Old(NOW)
    ids = grouped(old, "L-8", 60)
    old.row("representatives.csv", "L-8", member=ids[4], since=old.day(5))
    assert mistakes(old) == {("representatives.csv", 6, "since")}


def test_of_who_is_left_alone_nobody_speaks_for_a_group() -> None:
    old = Old(NOW)
    ids = old.case("L-9", "granted", 60, members=2)
    old.granted("L-9", 60)
    old.row("representatives.csv", "L-9", member=ids[0], since=old.day(50), until=old.day(10))
    left(old, "L-9", ids[1], 20)
    bundle, _ = checked(old)
    bundle.wrong.check()
    assert [at for at, _ in chosen(bundle.cases["L-9"])] == [
        bundle.cases["L-9"].received_at + timedelta(days=10)
    ]

    old.files["representatives.csv"][0] |= {"since": old.day(15)}
    assert mistakes(old) == {("representatives.csv", 2, "member")}


def test_who_left_sues_no_more_and_asks_for_nothing_in_advance() -> None:
    old = Old(NOW)
    first, second = docketed(old, "L-10", 100)
    left(old, "L-10", first, 61)
    del old.files[MONEY][0]
    assert mistakes(old) == set()

    old.files["suits.csv"][0]["members"] = f"{first};{second}"
    assert mistakes(old) == {("suits.csv", 2, "members")}

    old.files["suits.csv"][0]["members"] = second  # all that there are
    bundle, _ = checked(old)
    bundle.wrong.check()
    [filed] = [act for act in bundle.cases["L-10"].acts if act.code == "suit-filed"]
    assert filed.members is None

    old = Old(NOW)
    first, second = advanced(old, "L-11", 50, {"applied": 20})
    left(old, "L-11", first, 30)
    old.files["advance_executions.csv"][0]["members"] = first
    assert mistakes(old) == {("advance_executions.csv", 2, "members")}


def test_an_award_is_enforced_for_who_is_still_there() -> None:
    old = Old(NOW)
    ids = awarded(old, "L-12", 90)
    old.row("enforcement.csv", "L-12", court=COURT, title="award", begun=old.day(10))
    old.files["cases.csv"][0]["stage"] = "enforcement"
    assert mistakes(old) == set()

    sued = {"filed": old.day(45), "docketed": old.day(44), "docket": "（2026）粤2071民初90号"}
    old.row("suits.csv", "L-12", court=COURT, members=ids[2], procedure="simple", **sued)
    old.files["history.csv"][-1]["final"] = "no"
    assert mistakes(old) == {("enforcement.csv", 2, "title")}


def test_who_left_between_two_agreements_has_his_amount_by_the_first_of_several() -> None:
    old = Old(NOW)
    first = agreed_anew(old, "L-13", 100)[0]
    left(old, "L-13", first, 60)
    kept = [row for row in old.files[MONEY] if not (row.get("member") == first and row.get("agreement"))]
    instalments = {"4000.00": "3000.00", "10000.00": "4000.00"}
    old.files[MONEY] = [
        row | {"amount_yuan": instalments.get(row["amount_yuan"], row["amount_yuan"])}
        for row in kept
        if not (row.get("member") == first and row["kind"] == "paid" and row["at"] > old.day(60))
    ]
    bundle, _ = checked(old)
    bundle.wrong.check()
    case = bundle.cases["L-13"]
    one, other = (money_of(told, case) for told in case.members)

    assert one
    assert other
    assert (one.agreed_fen, one.agreements_fen) == (None, (800_000,))
    assert other.agreements_fen == (800_000, 700_000)


def test_that_he_had_refused_is_not_kept_of_who_had_left() -> None:
    old = Old(NOW)
    grouped(old, "L-14", 60)
    old.files[CONSENTS][-1]["refused"] = old.day(5)
    left(old, "L-14", "工友11", 10)
    bundle, _ = checked(old)
    bundle.wrong.check()
    case = bundle.cases["L-14"]

    assert [case.refused_at(told, 1) is not None for told in case.members[10:]] == [False, False]
    assert case.refused_at(case.members[9], 1) is not None
