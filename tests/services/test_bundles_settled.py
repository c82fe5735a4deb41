"""What a bundle says of settlements and of agreements that were notarised or kept is checked row by row."""

from chassis.agencies import agencies_of
from law.book import load_law
from schemas.ids import Province
from services.intake.bundles.bundle import read_bundle
from services.intake.bundles.fitting import fit
from tests.services.bundles import Old
from tests.services.bundles_at_court import COURT
from tests.services.bundles_settled import (
    NOTARISED,
    agreed_anew,
    kept,
    notarised,
    settled,
    settled_in_court,
    with_settlements,
)
from tests.services.checking import NOW, mistakes, warnings


def test_what_was_settled_notarised_and_kept_is_in_order() -> None:
    assert mistakes(with_settlements(Old(NOW))) == set()


def test_a_settlement_gives_every_member_an_amount_and_is_enforced() -> None:
    old = Old(NOW)
    settled(old, "A-1", 100, "enforcement")
    old.row("enforcement.csv", "A-1", court=COURT, title="arbitration-settlement", begun=old.day(60))
    assert mistakes(old) == set()

    old.files["enforcement.csv"][0]["begun"] = old.day(71)
    del old.files["money.csv"][-1]
    assert mistakes(old) == {("enforcement.csv", 2, "title"), ("members.csv", 3, "number")}


def test_a_commission_makes_an_award_or_the_parties_settle() -> None:
    old = Old(NOW)
    ids = settled(old, "A-2", 100)
    old.act("A-2", 65, "awarded")
    for id in ids:
        old.money("A-2", "awarded", "9000.00", member=id)

    assert mistakes(old) == {("history.csv", 9, "act")}


def test_what_a_court_mediated_is_final() -> None:
    old = Old(NOW)
    settled_in_court(old, "C-1", 150)
    old.files["suits.csv"][0]["final"] = ""
    assert mistakes(old) == {("suits.csv", 2, "final")}


def test_a_notary_is_asked_before_an_instalment_is_missed_and_certifies_after() -> None:
    old = Old(NOW)
    notarised(old, "N-1", 120, {"applied": 59, "issued": 58, "certified": 57})
    assert mistakes(old) == {("notarisations.csv", 2, "applied")}

    old.files["notarisations.csv"][0] |= {
        "applied": old.day(100),
        "issued": old.day(90),
        "certified": old.day(70),
    }
    assert mistakes(old) == {("notarisations.csv", 2, "certified")}


def test_a_notary_issues_or_refuses_and_each_says_what_it_must() -> None:
    old = Old(NOW)
    notarised(old, "N-2", 90, {"applied": 78, "issued": 70})
    old.files["notarisations.csv"][0] |= {"docket": "", "refused": old.day(69), "notary": "no-such-notary"}

    assert mistakes(old) == {
        ("notarisations.csv", 2, "notary"),
        ("notarisations.csv", 2, "docket"),
        ("notarisations.csv", 2, "refused"),  # after it was issued
        ("notarisations.csv", 2, "because"),
    }


def test_one_agreement_has_one_title() -> None:
    old = Old(NOW)
    notarised(old, "N-3", 90, {"applied": 78, "issued": 70})
    old.row("confirmations.csv", "N-3", court=COURT, applied=old.day(75))
    assert mistakes(old) == {("confirmations.csv", 2, "applied")}

    old.files["confirmations.csv"][0]["applied"] = old.day(79)
    assert mistakes(old) == {("notarisations.csv", 2, "applied")}


def test_an_agreement_was_kept_once_all_of_it_was_paid() -> None:
    old = Old(NOW)
    kept(old, "K-1", 100)
    performed = old.files["history.csv"][-1]
    performed["at"] = old.day(46)
    assert mistakes(old) == {("history.csv", 9, "act")}


def test_an_instalment_that_was_missed_is_told_before_the_import() -> None:
    old = with_settlements(Old(NOW))
    bundle = read_bundle(old.packed(), Province("44"), agencies_of(None), NOW)
    told = [said for said in fit(bundle, Province("44"), load_law(), NOW).warnings if NOTARISED in said]

    assert len(told) == 1
    assert "16000.00 were to be paid by" in told[0]
    assert "and 8000.00 had come" in told[0]


def test_an_instalment_is_in_time_as_long_as_its_day_lasts() -> None:
    old = Old(NOW)
    kept(old, "K-2", 100)
    for paid in old.files["money.csv"]:
        if paid["kind"] == "paid":
            paid["at"] = f"{old.day(75 if paid['at'] == old.day(80) else 40)} 17:30"
    old.files["history.csv"][-1]["at"] = old.day(39)
    bundle = read_bundle(old.packed(), Province("44"), agencies_of(None), NOW)

    assert fit(bundle, Province("44"), load_law(), NOW).warnings == []
    assert bundle.wrong.count == 0


def test_a_name_is_that_of_a_person_who_was_assigned_or_mediated() -> None:
    old = Old(NOW)
    old.case("S-9", "mediation", 30)
    old.granted("S-9", 30)
    mediation = {
        "kind": "labour",
        "body": "442000-mediation",
        "person": "mediator-1",
        "person_name": "陈和平",
    }
    old.act("S-9", 20, "mediation-proposed", **mediation)
    assert mistakes(old) == set()

    old.files["history.csv"][-1]["person"] = ""
    old.act("S-9", 10, "session", result="continued", person="mediator-1", person_name="陈和平")
    assert mistakes(old) == {("history.csv", 6, "person_name"), ("history.csv", 7, "person_name")}


def test_another_agreement_follows_one_that_was_missed_and_takes_its_place() -> None:
    old = Old(NOW)
    [first, _] = agreed_anew(old, "M-1", 100)
    assert mistakes(old) == set()
    assert warnings(old) == [
        "money.csv line 4: M-1, 16000.00 were to be paid by 2025-12-30, and 2000.00 had come; "
        "it is imported as breached."
    ]

    old.money("M-1", "paid", "5000.01", 5, member=first)  # beside the two thousand that came
    assert mistakes(old) == {("members.csv", 2, "number")}
    old.files["money.csv"][-1].update(kind="instalment", agreement="2", amount_yuan="1.00")
    assert mistakes(old) == {("cases.csv", 2, "number")}
    old.files["money.csv"][-1].update(kind="paid", amount_yuan="1.00")
    assert mistakes(old) == {("money.csv", len(old.files["money.csv"]) + 1, "agreement")}


def test_there_is_no_other_mediation_beside_an_agreement_that_is_kept_or_confirmed() -> None:
    old = Old(NOW)
    agreed_anew(old, "M-2", 100)
    missed = next(row for row in old.files["money.csv"] if row["kind"] == "instalment")
    known, missed["at"] = missed["at"], old.day(50)
    assert mistakes(old) == {("history.csv", 8, "act")}

    confirmed = {"applied": old.day(80), "accepted": old.day(78), "docket": "民特1号"}
    old.row("confirmations.csv", "M-2", court=COURT, **confirmed)
    missed["at"] = known
    assert mistakes(old) == {("history.csv", 8, "act")}
    old.files["confirmations.csv"][0].update(dismissed=old.day(72), because="unclear")
    assert mistakes(old) == set()
    missed["at"] = old.day(50)
    assert mistakes(old) == set(), "what was not confirmed need not be missed"


def test_an_agreement_that_was_concluded_on_is_followed_by_another_and_nothing_else_is() -> None:
    old = Old(NOW)
    agreed_anew(old, "M-3", 100)
    old.files["cases.csv"][0]["stage"] = "concluded"
    old.act("M-3", 66, "concluded", outcome="agreement")
    assert mistakes(old) == set()

    old.case("M-4", "concluded", 100)
    old.granted("M-4", 100)
    old.act("M-4", 90, "concluded", outcome="no-result")
    old.act("M-4", 80, "mediation-proposed", kind="labour", body="442000-mediation")
    assert {(file, column) for file, _, column in mistakes(old)} == {("history.csv", "act")}


def test_a_right_that_an_agreement_gave_runs_from_the_last_one() -> None:
    old = Old(NOW)
    agreed_anew(old, "M-5", 60)
    asked = {"court": COURT, "applied": old.day(10), "accepted": old.day(9), "docket": "民特1号"}
    old.row("confirmations.csv", "M-5", **asked)
    assert mistakes(old) == set()
    old.clock("M-5", "judicial-confirmation", 50, 20, state="breached")
    old.clock("M-5", "judicial-confirmation", 15, -15, state="met")
    assert mistakes(old) == set()
