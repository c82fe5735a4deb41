"""What a bundle says of who speaks for a group, and of who consented to what, is checked row by row."""

from collections.abc import Sequence

import pytest

from law.deadlines import SHANGHAI
from services.intake.bundles.speaking import chosen
from services.intake.importing.writing import money_of
from tests.services.bundles import Old
from tests.services.bundles_at_court import COURT
from tests.services.bundles_groups import answers, consenting, going_on, speaks, with_groups
from tests.services.checking import NOW, checked, mistakes, warnings

CASE = "G-1"


def group() -> tuple[Old, list[str]]:
    """Twelve, of whom nine have consented to an agreement of twenty days ago."""
    old = Old(NOW)
    return old, consenting(old, CASE, 60)


def paid(old: Old, ids: Sequence[str], yuan: str, ago: int) -> None:
    for id in ids:
        old.money(CASE, "paid", yuan, ago, member=id)


def test_groups_are_in_order_and_nothing_is_to_be_warned_of() -> None:
    assert mistakes(with_groups(Old(NOW))) == set()
    assert warnings(with_groups(Old(NOW))) == []


# --- Who speaks for them -----------------------------------------------------------------------------------


def test_who_is_replaced_makes_room_on_the_same_day() -> None:
    old, _ = group()
    bundle, _ = checked(old)
    members = [told.id for told in bundle.cases[CASE].members]

    assert [who for _, who in chosen(bundle.cases[CASE])] == [
        [members[1], members[2], members[0]],
        [members[1], members[2], members[3]],
    ]


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"member": "陌生人"}, "member"),
        ({"since": "2026-01-08"}, "since"),  # the day before the case was received
        ({"since": "2026-03-11"}, "since"),  # tomorrow
        ({"until": "2026-03-11"}, "until"),
        ({"until": "2026-01-11"}, "until"),  # the day on which he was chosen
        ({"until": "2026-01-10"}, "until"),
    ],
)
def test_a_representative_is_a_member_and_was_one_while_the_case_was(
    said: dict[str, str], column: str
) -> None:
    old, _ = group()
    old.files["representatives.csv"][0] |= said
    assert mistakes(old) == {("representatives.csv", 2, column)}


def test_nobody_speaks_twice_at_a_time_and_one_who_was_replaced_may_be_chosen_again() -> None:
    old, ids = group()
    speaks(old, CASE, ids[0], 30)
    assert mistakes(old) == set()
    speaks(old, CASE, ids[1], 30)
    assert mistakes(old) == {("representatives.csv", 7, "since")}


def test_five_speak_at_most_at_a_time() -> None:
    old, ids = group()
    speaks(old, CASE, ids[4], 58)
    speaks(old, CASE, ids[5], 30)
    assert mistakes(old) == set()
    speaks(old, CASE, ids[6], 30)
    assert mistakes(old) == {("representatives.csv", 8, "since")}
    old.files["representatives.csv"][-2]["until"] = old.day(30 - 1)
    assert mistakes(old) == {("representatives.csv", 8, "since")}, "on that day there were six"


def test_one_alone_speaks_for_himself() -> None:
    old = Old(NOW)
    [id] = old.case("G-2", "submitted", 2)
    speaks(old, "G-2", id, 1)
    assert mistakes(old) == {("representatives.csv", 2, "member")}


def test_too_few_for_the_forum_that_has_the_case_are_warned_of_as_here() -> None:
    old = Old(NOW)
    going_on(old, "G-3", 120)
    for spell in old.files["representatives.csv"][:2]:
        spell["until"] = old.day(3)

    assert warnings(old) == [
        "cases.csv line 2: G-3, 1 speak for 10 members; arbitration wants 3 to 5 (LDMAL-7)."
    ]
    del old.files["representatives.csv"]
    assert len(warnings(old)) == 1


# --- Who consented -----------------------------------------------------------------------------------------


def test_an_agreement_of_ten_says_who_consented_and_one_of_fewer_was_signed() -> None:
    old, _ = group()
    del old.files["consents.csv"]
    assert mistakes(old) == {("history.csv", 7, "act")}

    del old.files["representatives.csv"]
    old.files["members.csv"] = old.files["members.csv"][:9]
    kept = {row["id_number"] for row in old.files["members.csv"]}
    old.files["money.csv"] = [row for row in old.files["money.csv"] if row.get("member") in kept]
    assert mistakes(old) == set()


def test_of_each_member_it_is_said_what_he_answered_or_that_he_has_not_yet() -> None:
    old, _ = group()
    del old.files["consents.csv"][-1]
    assert mistakes(old) == {("members.csv", 12, "number"), ("members.csv", 13, "number")}


@pytest.mark.parametrize(
    ("said", "column"),
    [
        ({"members": "陌生人"}, "members"),  # or who has left, and is no member
        ({"agreement": "2"}, "agreement"),
        ({"consented": "2026-02-17"}, "consented"),  # the day before the agreement
        ({"consented": "2026-03-11"}, "consented"),  # tomorrow
        ({"refused": "2026-02-17"}, "refused"),
        ({"refused": "2026-02-18"}, "refused"),  # the day on which they consented
        ({"refused": "2026-02-20"}, "refused"),  # once they were bound
    ],
)
def test_an_answer_is_one_of_a_member_to_an_agreement_that_was_made(
    said: dict[str, str], column: str
) -> None:
    old, _ = group()
    old.files["consents.csv"][0] |= said
    assert ("consents.csv", 2, column) in mistakes(old)


def test_who_refused_may_consent_later_and_each_answers_once() -> None:
    old, ids = group()
    old.files["consents.csv"][2]["consented"] = old.day(11)
    assert mistakes(old) == set()
    answers(old, CASE, ids[:1], refused=old.day(10))
    answers(old, CASE, [], refused=old.day(10))
    assert mistakes(old) == {("consents.csv", 6, "members"), ("consents.csv", 7, "members")}


def test_each_agreement_is_answered_while_it_stands() -> None:
    old, ids = group()
    old.files["money.csv"] = [row for row in old.files["money.csv"] if row["kind"] != "instalment"]
    old.money(CASE, "instalment", "96000.00", 18)
    old.act(CASE, 12, "mediation-proposed", kind="labour", body="442000-mediation")
    old.act(CASE, 8, "agreed")
    for id in ids:
        old.money(CASE, "agreed", "7000.00", member=id, agreement="2")
    old.row("consents.csv", CASE, members="", agreement="2", consented=old.day(7))
    assert mistakes(old) == set()
    case = checked(old)[0].cases[CASE]
    money = money_of(case.members[0], case)
    assert money is not None
    assert [at.astimezone(SHANGHAI).date().isoformat() for at in money.consented_at] == [
        old.day(20),
        old.day(7),
    ]

    old.files["consents.csv"][1]["consented"] = old.day(8)
    old.files["consents.csv"][2]["refused"] = old.day(7)
    assert mistakes(old) == {("consents.csv", 3, "consented"), ("consents.csv", 4, "refused")}


def test_nothing_is_done_with_an_agreement_that_binds_nobody() -> None:
    old, _ = group()
    old.row("confirmations.csv", CASE, court=COURT, applied=old.day(20))
    assert mistakes(old) == set()

    old.files["confirmations.csv"][0]["applied"] = old.day(14)
    old.files["consents.csv"] = [{"number": CASE, "members": "", "consented": old.day(13)}]
    assert mistakes(old) == {("confirmations.csv", 2, "applied")}
    old.files["cases.csv"][0]["stage"] = "concluded"
    old.act(CASE, 14, "concluded", outcome="agreement")
    assert mistakes(old) == {("confirmations.csv", 2, "applied"), ("history.csv", 8, "outcome")}
    old.files["history.csv"][-1]["outcome"] = "no-result"
    del old.files["confirmations.csv"]
    assert mistakes(old) == set()


# --- What they are due -------------------------------------------------------------------------------------


def test_who_has_not_consented_is_not_due_what_is_offered() -> None:
    old, ids = group()
    paid(old, ids[:1], "8000.01", 5)
    paid(old, ids[9:], "8000.01", 5)
    assert mistakes(old) == {("members.csv", 2, "number")}


def test_whom_an_agreement_binds_is_no_party_to_the_award_and_the_others_are() -> None:
    old = Old(NOW)
    ids = going_on(old, CASE, 120)
    old.money(CASE, "awarded", "10000.00", member=ids[0])
    assert mistakes(old) == {("members.csv", 2, "number")}
    del old.files["money.csv"][-2:]
    assert mistakes(old) == {("members.csv", 11, "number")}


def test_who_consents_after_the_award_is_due_what_was_agreed() -> None:
    old = Old(NOW)
    ids = going_on(old, CASE, 120)
    old.files["consents.csv"][0] |= {"consented": old.day(50)}
    old.money(CASE, "paid", "7000.01", 20, member=ids[9])
    assert mistakes(old) == {("members.csv", 11, "number")}
    old.files["money.csv"][-1]["amount_yuan"] = "7000.00"
    assert mistakes(old) == set()


def test_a_suit_of_all_is_one_of_those_whom_no_agreement_binds() -> None:
    old = Old(NOW)
    ids = going_on(old, CASE, 120)
    old.files["cases.csv"][0]["stage"] = "suit"
    decided = {"docketed": old.day(50), "docket": "民初1号", "judged": old.day(30), "judgment": "granted"}
    old.row("suits.csv", CASE, court=COURT, filed=old.day(55), **decided)
    for id in ids[8:]:
        old.money(CASE, "judged", "9000.00", member=id)
    assert mistakes(old) == set()

    old.files["suits.csv"][0]["members"] = ids[0]
    assert mistakes(old) == {("members.csv", line, "number") for line in (2, 10, 11)}


def test_an_award_of_some_is_enforced_though_the_others_did_not_sue() -> None:
    old = Old(NOW)
    ids = going_on(old, CASE, 120)
    old.files["history.csv"][-1]["final"] = "no"
    decided = {"docketed": old.day(50), "docket": "民初1号"}
    old.files["cases.csv"][0]["stage"] = "enforcement"
    old.row("suits.csv", CASE, court=COURT, filed=old.day(55), members=";".join(ids[8:]), **decided)
    old.row("enforcement.csv", CASE, court=COURT, title="award", begun=old.day(20))
    assert mistakes(old) == {("enforcement.csv", 2, "title")}, "all whom it is about sued"

    old.files["suits.csv"][0]["members"] = ids[8]
    assert mistakes(old) == set()


# --- How it is kept ----------------------------------------------------------------------------------------


def test_an_instalment_is_due_in_the_part_of_those_who_had_consented() -> None:
    old, ids = group()
    for row, due in zip(old.files["money.csv"], (17, 3), strict=False):
        row["at"] = old.day(due)
    paid(old, ids[:4], "5000.00", 18)
    assert warnings(old) == [
        f"money.csv line 3: G-1, 72000.00 were to be paid by {old.day(3)}, and 20000.00 had come; "
        "it is imported as breached."
    ]


def test_who_consents_when_the_last_instalment_is_over_is_to_be_paid_at_once() -> None:
    old, ids = group()
    old.files["money.csv"][:2] = [old.files["money.csv"][0] | {"amount_yuan": "96000.00", "at": old.day(17)}]
    paid(old, ids[:5], "8000.00", 18)
    [warning] = warnings(old)
    assert warning.startswith("money.csv line 2: G-1, 72000.00 were to be paid by")

    paid(old, ids[5:9], "8000.00", 16)
    assert warnings(old) == []


def test_it_was_performed_once_all_of_theirs_was_paid_and_nobody_consents_then() -> None:
    old, ids = group()
    old.act(CASE, 10, "performed")
    paid(old, ids[:8], "8000.00", 12)
    assert mistakes(old) == {("history.csv", 8, "act")}
    paid(old, ids[8:9], "8000.00", 12)
    assert mistakes(old) == set()
    old.files["consents.csv"][3]["consented"] = old.day(9)
    assert mistakes(old) == {("consents.csv", 5, "consented")}


def test_nothing_was_missed_of_what_binds_nobody() -> None:
    old, _ = group()
    old.files["consents.csv"] = [{"number": CASE, "members": ""}]
    for row in old.files["money.csv"][:2]:
        row["at"] = old.day(10)
    assert warnings(old) == []
