"""Cases that were before a court or a justice bureau in the old system are imported, and go on here."""

from datetime import datetime

from law.deadlines import day_of
from tests.journeys.imported.moved import Moved, ago, clocks_agree
from tests.services.bundles import Old
from tests.services.bundles_at_court import (
    APPEALABLE,
    BESIDE,
    CONFIRMED,
    COURT,
    ENDED,
    FELL,
    FINAL,
    GOES_ON,
    GOING_ON,
    IN_PARTS,
    ORDERED,
    OVER_A_PART,
    PAID_OFF,
    PART_FELL,
    PENDING,
    SOME_SUED,
    STANDS_STILL,
    TO_CONFIRM,
    TWICE,
    UNOPPOSED,
    at_court,
)
from tests.services.bundles_ended import (
    ANEW,
    DISPUTED,
    DONE,
    SETTLED_ELSEWHERE,
    TERMINATED,
    WITHDRAWN,
    with_ends,
)
from tests.services.bundles_refused import BUREAU, CORRECTED, OBJECTED, REFUSED, with_refusals
from tests.services.bundles_settled import (
    AGREED_ANEW,
    CERTIFIED,
    IN_COURT,
    KEPT,
    NOTARISED,
    SETTLED,
    with_settlements,
)


async def test_time_limits_run_on_as_they_ran(moved: Moved) -> None:
    await clocks_agree(moved, at_court_or_refused)


async def test_a_suit_that_is_pending_is_judged_here(moved: Moved) -> None:
    trial = (await moved.clocks(PENDING))["judge_by"]
    assert trial["version"].startswith("trial-simple:")
    assert day_of(datetime.fromisoformat(trial["started_at"])) == ago(moved, 96)

    claims = (await moved.ask("mediation", f"/cases/{moved.cases[PENDING]}/claims"))["items"]
    amounts = {claim["member_id"]: 700_000 for claim in claims}
    await moved.do(PENDING, "suit/judgment", result="granted", amounts=amounts, awarded_fen=1_400_000)

    claims = (await moved.ask("mediation", f"/cases/{moved.cases[PENDING]}/claims"))["items"]
    assert {(claim["due_fen"], claim["determined_by"]) for claim in claims} == {(700_000, "judgment")}
    assert (await moved.clocks(PENDING))["appeal_by"]["state"] == "running"


async def test_the_time_for_an_appeal_runs_from_the_service_there_and_is_used_here(moved: Moved) -> None:
    appeal = (await moved.clocks(APPEALABLE))["appeal_by"]
    assert appeal["state"] == "running"
    assert day_of(datetime.fromisoformat(appeal["started_at"])) == ago(moved, 10)

    await moved.do(APPEALABLE, "suit/appeal", court="440000-high-court")
    await moved.do(APPEALABLE, "suit/appeal/decision", because="appeal-withdrawn")

    ways = await moved.ask("mediation", f"/cases/{moved.cases[APPEALABLE]}/open-ways")
    assert {"way": "enforcement", "legal_basis": "CPL-247"} in ways


async def test_a_judgment_that_nobody_appealed_is_final_since_and_can_be_enforced_here(moved: Moved) -> None:
    [final] = [step for step in await moved.steps(FINAL) if step["type"] == "casebridge.litigation.final.v1"]
    assert ago(moved, 50) < day_of(datetime.fromisoformat(final["at"])) < ago(moved, 30)

    await moved.do(FINAL, "enforcement", court=COURT, title="judgment", unaided=True)

    assert (await moved.clocks(FINAL))["enforce_by/judgment"]["state"] == "met"


async def test_of_two_one_sued_and_for_the_other_the_award_is_effective_since(moved: Moved) -> None:
    claims = (await moved.ask("mediation", f"/cases/{moved.cases[SOME_SUED]}/claims"))["items"]
    assert [(claim["due_fen"], claim["determined_by"]) for claim in claims] == [
        (800_000, "judgment"),
        (300_000, "award"),
    ]
    told = [step["type"] for step in await moved.steps(SOME_SUED)]
    assert told.count("casebridge.arbitration.effective.v1") == 1
    assert told.count("casebridge.litigation.final.v1") == 1

    await moved.do(SOME_SUED, "enforcement", court=COURT, title="award", unaided=True)


async def test_of_two_suits_beside_one_another_each_goes_on_here(moved: Moved) -> None:
    clocks = await moved.clocks(BESIDE)
    assert (clocks["appeal_by"]["state"], clocks["appeal_by/2"]["state"]) == ("met", "lapsed")
    assert clocks["enforce_by/judgment-2"]["state"] == "met"

    await moved.do(BESIDE, "enforcement/end-of-round", because="no-assets", title="judgment", suit=2)
    await moved.do(BESIDE, "suit/appeal/decision", because="appeal-withdrawn")
    await moved.do(BESIDE, "enforcement", court=COURT, title="judgment", unaided=True)

    [first, second] = (await moved.matter(BESIDE))["suits"]
    assert (first["awarded_fen"], second["awarded_fen"]) == (800_000, 800_000)
    claims = (await moved.ask("mediation", f"/cases/{moved.cases[BESIDE]}/claims"))["items"]
    assert {(claim["due_fen"], claim["determined_by"]) for claim in claims} == {(800_000, "judgment")}


async def test_what_is_enforced_of_partial_awards_goes_on_here_until_the_rest_is_awarded(
    moved: Moved,
) -> None:
    clocks = await moved.clocks(IN_PARTS)
    assert clocks["part_sue_by/2"]["state"] == "lapsed"
    assert clocks["enforce_by/partial-award-2"]["state"] == "met"

    await moved.do(IN_PARTS, "enforcement/resumption", title="partial-award", part=1)
    claims = (await moved.ask("mediation", f"/cases/{moved.cases[IN_PARTS]}/claims"))["items"]
    assert {(claim["due_fen"], claim["more_to_decide"]) for claim in claims} == {(250_000, True)}
    amounts = {claim["member_id"]: 100_000 for claim in claims}
    await moved.do(IN_PARTS, "arbitration/award", amounts=amounts, awarded_fen=200_000, final=False)

    claims = (await moved.ask("mediation", f"/cases/{moved.cases[IN_PARTS]}/claims"))["items"]
    assert {claim["due_fen"] for claim in claims} == {350_000}


async def test_a_suit_over_one_award_left_the_others_their_time_and_its_judgment_stands_beside_them(
    moved: Moved,
) -> None:
    [suit] = (await moved.matter(OVER_A_PART))["suits"]
    assert (suit["against"], suit["part"]) == ("partial-award", 2)
    clocks = await moved.clocks(OVER_A_PART)
    of_awards = ("part_sue_by", "part_sue_by/2", "sue_by")
    assert [clocks[name]["state"] for name in of_awards] == ["lapsed", "met", "lapsed"]
    claims = (await moved.ask("mediation", f"/cases/{moved.cases[OVER_A_PART]}/claims"))["items"]
    assert {claim["due_fen"] for claim in claims} == {200_000 + 70_000 + 100_000}

    for title in ("judgment", "partial-award"):
        await moved.do(OVER_A_PART, "enforcement", court=COURT, title=title, unaided=True)


async def test_of_who_was_judged_twice_there_both_are_due_and_the_second_is_appealed_here(
    moved: Moved,
) -> None:
    path = f"/cases/{moved.cases[TWICE]}/claims"
    claims = (await moved.ask("mediation", path))["items"]
    assert {claim["due_fen"] for claim in claims} == {200_000 + 70_000 + 150_000}
    clocks = await moved.clocks(TWICE)
    assert (clocks["appeal_by"]["state"], clocks["appeal_by/2"]["state"]) == ("lapsed", "running")

    await moved.do(TWICE, "suit/appeal", court="440000-high-court")
    amounts = {claim["member_id"]: 110_000 for claim in claims}
    await moved.do(
        TWICE, "suit/appeal/decision", because="second-instance", amounts=amounts, awarded_fen=220_000
    )

    claims = (await moved.ask("mediation", path))["items"]
    assert {claim["due_fen"] for claim in claims} == {200_000 + 70_000 + 110_000}


async def test_an_enforcement_that_stood_still_there_goes_on_here_and_one_that_went_on_has_its_time(
    moved: Moved,
) -> None:
    clock = "execute_by/award"
    assert (await moved.clocks(STANDS_STILL))[clock]["state"] == "paused"
    assert (await moved.clocks(STANDS_STILL))["set_aside_by"]["state"] == "met"
    went_on = (await moved.clocks(GOES_ON))[clock]
    assert went_on["state"] == "running"
    # Six months and the forty days of the court, from a hundred and fifteen days ago.
    assert datetime.fromisoformat(went_on["due_at"]).date() >= ago(moved, 115 - 181 - 40)

    await moved.do(STANDS_STILL, "arbitration/setting-aside/dismissal", docket="（2026）粤20民特3号")

    assert (await moved.clocks(STANDS_STILL))[clock]["state"] == "running"


async def test_an_award_that_fell_there_is_sued_over_here_in_its_time(moved: Moved) -> None:
    clocks = await moved.clocks(FELL)
    anew = clocks["sue_anew_by"]
    assert (anew["state"], day_of(datetime.fromisoformat(anew["started_at"]))) == ("running", ago(moved, 8))
    assert clocks["execute_by/award"]["ended_at"] is not None
    claims = (await moved.ask("mediation", f"/cases/{moved.cases[FELL]}/claims"))["items"]
    assert {(claim["due_fen"], claim["determined_by"]) for claim in claims} == {(None, None)}
    ways = await moved.ask("mediation", f"/cases/{moved.cases[FELL]}/open-ways")
    assert {"way": "suit", "legal_basis": "LDMAL-49"} in ways

    await moved.do(FELL, "suit", court=COURT, claim_fen=2_000_000, unaided=True, against="award")

    assert (await moved.clocks(FELL))["sue_anew_by"]["state"] == "met"


async def test_of_awards_of_which_one_fell_there_the_others_stand_and_it_is_judged_anew_here(
    moved: Moved,
) -> None:
    assert (await moved.clocks(PART_FELL))["sue_anew_by/2"]["state"] == "met"
    path = f"/cases/{moved.cases[PART_FELL]}/claims"
    claims = (await moved.ask("mediation", path))["items"]
    assert {(claim["due_fen"], claim["more_to_decide"]) for claim in claims} == {(300_000, True)}

    amounts = {claim["member_id"]: 20_000 for claim in claims}
    await moved.do(PART_FELL, "suit/judgment", result="granted", amounts=amounts, awarded_fen=40_000)

    claims = (await moved.ask("mediation", path))["items"]
    assert {(claim["due_fen"], claim["more_to_decide"]) for claim in claims} == {(320_000, False)}


async def test_an_enforcement_that_was_paid_in_full_there_is_over(moved: Moved) -> None:
    proceedings = (await moved.matter(PAID_OFF))["proceedings"]["all"]
    assert [each["state"] for each in proceedings if each["kind"] == "enforcement"] == ["ended"]
    assert (await moved.clocks(PAID_OFF))["execute_by/judgment"]["state"] == "met"


async def test_an_enforcement_that_had_ended_is_resumed_here_until_all_is_paid(
    moved: Moved,
) -> None:
    steps = {step["type"].split(".", 1)[1]: step for step in await moved.steps(ENDED)}
    assert day_of(datetime.fromisoformat(steps["enforcement.applied.v1"]["at"])) == ago(moved, 200)
    assert day_of(datetime.fromisoformat(steps["enforcement.ended_this_round.v1"]["at"])) == ago(moved, 100)
    assert (await moved.clocks(ENDED))["enforce_by/judgment"]["state"] == "met"

    await moved.do(ENDED, "enforcement/resumption")
    for claim in (await moved.ask("mediation", f"/cases/{moved.cases[ENDED]}/claims"))["items"]:
        path = f"claims/{claim['member_id']}"
        owed_fen = claim["due_fen"] - claim["recovered_fen"]
        await moved.do(ENDED, f"{path}/recoveries", path, amount_fen=owed_fen)

    sums = await moved.ask("mediation", f"/cases/{moved.cases[ENDED]}/claims")
    assert sums["recovered_fen"] == sums["due_fen"] == 1_600_000


async def test_an_enforcement_that_was_resumed_there_ends_for_a_round_here(moved: Moved) -> None:
    await moved.do(GOING_ON, "enforcement/end-of-round", because="no-assets")

    proceedings = (await moved.matter(GOING_ON))["proceedings"]["all"]
    states = {each["kind"]: each["state"] for each in proceedings}
    assert states["enforcement"] == "ended-this-round"
    assert (await moved.matter(GOING_ON))["state"] == "in-hand"


async def test_a_payment_order_that_was_served_there_is_objected_to_here(moved: Moved) -> None:
    clock = (await moved.clocks(ORDERED))["object_by"]
    assert clock["state"] == "running"
    assert day_of(datetime.fromisoformat(clock["started_at"])) == ago(moved, 3)

    await moved.do(ORDERED, "payment-order/objection")

    ways = await moved.ask("mediation", f"/cases/{moved.cases[ORDERED]}/open-ways")
    assert {"way": "arbitration", "legal_basis": "LCL-30"} in ways


async def test_a_payment_order_that_nobody_objected_to_there_is_enforced_here(moved: Moved) -> None:
    assert (await moved.clocks(UNOPPOSED))["object_by"]["state"] == "lapsed"

    await moved.do(UNOPPOSED, "enforcement", court=COURT, title="payment-order", unaided=True)

    assert (await moved.clocks(UNOPPOSED))["enforce_by/payment-order"]["state"] == "met"


async def test_an_agreement_that_a_court_had_accepted_to_confirm_is_confirmed_here(moved: Moved) -> None:
    clocks = await moved.clocks(TO_CONFIRM)
    assert (clocks["confirm_by"]["state"], clocks["confirmation_accept_by"]["state"]) == ("met", "met")
    decision = clocks["confirmation_decide_by"]
    assert day_of(datetime.fromisoformat(decision["started_at"])) == ago(moved, 4)

    await moved.do(TO_CONFIRM, "confirmation/ruling", docket="（2026）粤2071民特99号")

    assert (await moved.clocks(TO_CONFIRM))["confirmation_decide_by"]["state"] == "met"


async def test_an_agreement_that_was_confirmed_there_is_enforced_here(moved: Moved) -> None:
    right = (await moved.clocks(CONFIRMED))["enforce_by/confirmed-agreement"]
    assert day_of(datetime.fromisoformat(right["started_at"])) == ago(moved, 70)

    await moved.do(CONFIRMED, "enforcement", court=COURT, title="confirmed-agreement", unaided=True)

    assert (await moved.clocks(CONFIRMED))["enforce_by/confirmed-agreement"]["state"] == "met"


async def test_a_settlement_before_the_commission_is_enforced_here(moved: Moved) -> None:
    claims = (await moved.ask("mediation", f"/cases/{moved.cases[SETTLED]}/claims"))["items"]
    due = {(claim["due_fen"], claim["determined_by"]) for claim in claims}
    assert due == {(600_000, "arbitration-settlement")}
    assert (await moved.clocks(SETTLED))["award_by"]["state"] == "met"

    await moved.do(SETTLED, "enforcement", court=COURT, title="arbitration-settlement", unaided=True)


async def test_what_a_court_mediated_there_is_enforced_here(moved: Moved) -> None:
    assert (await moved.matter(IN_COURT))["outcome"] == "court-mediation"
    assert "appeal_by" not in await moved.clocks(IN_COURT)

    await moved.do(IN_COURT, "enforcement", court=COURT, title="judgment", unaided=True)


async def test_of_a_notarised_agreement_that_was_missed_there_the_rest_is_certified_here(
    moved: Moved,
) -> None:
    told = {step["type"].split(".", 1)[1]: step for step in await moved.steps(NOTARISED)}
    assert day_of(datetime.fromisoformat(told["agreement.instalment_paid.v1"]["at"])) == ago(moved, 66)
    assert "agreement.breached.v1" in told

    await moved.do(NOTARISED, "notarisation/execution-certificate", docket="（2026）粤中山执字第9号")
    await moved.do(NOTARISED, "enforcement", court=COURT, title="notarised-agreement", unaided=True)


async def test_what_a_notary_certified_there_is_enforced_here(moved: Moved) -> None:
    right = (await moved.clocks(CERTIFIED))["enforce_by/notarised-agreement"]
    assert right["state"] == "running"

    await moved.do(CERTIFIED, "enforcement", court=COURT, title="notarised-agreement", unaided=True)


async def test_an_agreement_that_was_kept_there_is_done(moved: Moved) -> None:
    [performed] = [step for step in await moved.steps(KEPT) if "agreement.performed" in step["type"]]
    assert day_of(datetime.fromisoformat(performed["at"])) == ago(moved, 45)
    sums = await moved.ask("mediation", f"/cases/{moved.cases[KEPT]}/claims")
    assert sums["recovered_fen"] == sums["due_fen"] == 1_600_000


async def test_of_two_agreements_there_the_last_one_is_paid_here(moved: Moved) -> None:
    agreement = (await moved.matter(AGREED_ANEW))["mediation"]["agreement"]
    assert agreement["agreed_fen"] == 1_400_000
    told = [step["type"].split(".", 1)[1] for step in await moved.steps(AGREED_ANEW)]
    assert (told.count("mediation.agreed.v1"), told.count("agreement.breached.v1")) == (2, 1)
    clocks = await moved.clocks(AGREED_ANEW)
    assert [clocks[f"pay_by/{n}"]["state"] for n in (1, 2)] == ["met", "running"]

    for claim in (await moved.ask("mediation", f"/cases/{moved.cases[AGREED_ANEW]}/claims"))["items"]:
        path, owed_fen = f"claims/{claim['member_id']}", claim["due_fen"] - claim["recovered_fen"]
        await moved.do(AGREED_ANEW, f"{path}/recoveries", path, amount_fen=owed_fen)

    assert (await moved.clocks(AGREED_ANEW))["pay_by/2"]["state"] == "met"


async def test_an_objection_that_was_filed_there_is_decided_here_and_aid_is_granted(moved: Moved) -> None:
    assert (await moved.matter(OBJECTED))["state"] == "refused"
    clocks = await moved.clocks(OBJECTED)
    assert clocks["review_by"]["state"] == "met"
    assert day_of(datetime.fromisoformat(clocks["objection_by"]["started_at"])) == ago(moved, 3)
    await moved.quiet()
    listed = await moved.parts.rows(
        "notify", "SELECT case_id, agency FROM notice WHERE state ->> 'kind' = 'objection-waiting'"
    )
    assert {(row.case_id, row.agency) for row in listed} == {
        (moved.cases[number], BUREAU) for number in (OBJECTED, DISPUTED)
    }
    assert len(listed) == 2

    await moved.do(OBJECTED, "objection/decision", by=BUREAU, result="corrected", reasons="应予援助。")
    await moved.do(OBJECTED, "grants", stage="mediation", means="checked")

    assert (await moved.clocks(OBJECTED))["objection_by"]["state"] == "met"
    assert (await moved.matter(OBJECTED))["state"] == "to-assign"


async def test_a_refusal_that_stands_is_objected_to_here_and_one_that_was_corrected_is_reviewed_here(
    moved: Moved,
) -> None:
    await moved.do(REFUSED, "objection", bureau=BUREAU)
    assert (await moved.clocks(REFUSED))["objection_by"]["state"] == "running"

    assert (await moved.matter(CORRECTED))["state"] == "in-review"
    await moved.do(CORRECTED, "grants", stage="mediation", means="checked")


async def test_aid_that_was_terminated_there_is_objected_to_and_concluded_here(moved: Moved) -> None:
    assert (await moved.matter(TERMINATED))["state"] == "terminated"
    assert (await moved.matter(DONE))["outcome"] == "terminated"
    assert (await moved.clocks(TERMINATED))["mediate_by"]["state"] == "stopped"

    await moved.do(DISPUTED, "objection/decision", by=BUREAU, result="corrected", reasons="应继续援助。")
    assert (await moved.matter(DISPUTED))["state"] == "in-hand"
    await moved.do(TERMINATED, "conclusion", outcome="terminated")


async def test_a_case_that_was_withdrawn_there_is_closed_here_with_its_history(moved: Moved) -> None:
    await moved.quiet()
    for number, days in ((WITHDRAWN, 27), (SETTLED_ELSEWHERE, 50)):
        assert (await moved.matter(number))["state"] == "closed"
        [closed] = [step for step in await moved.steps(number) if "matter.closed" in step["type"]]
        assert day_of(datetime.fromisoformat(closed["at"])) == ago(moved, days)
        found = await moved.ask("trace", f"/cases/{moved.cases[number]}/timeline")
        assert found["case"]["stage"] == "ended"
    claims = (await moved.ask("mediation", f"/cases/{moved.cases[SETTLED_ELSEWHERE]}/claims"))["items"]
    assert {(claim["ended"], claim["recovered_fen"]) for claim in claims} == {
        ("paid", 800_000),
        ("withdrawn", 0),
    }


async def test_who_withdrew_is_told_where_the_file_is_and_not_that_somebody_goes_on(moved: Moved) -> None:
    await moved.quiet()
    rows = await moved.parts.rows("notify", "SELECT case_id, state ->> 'kind' AS kind FROM notice")
    told = {case: {row.kind for row in rows if row.case_id == id} for case, id in moved.cases.items()}

    assert told[WITHDRAWN] == told[SETTLED_ELSEWHERE] == {"case-kept"}


async def test_an_arbitration_that_was_applied_for_anew_goes_on_here(moved: Moved) -> None:
    await moved.do(ANEW, "arbitration/acceptance", docket="中劳人仲案〔2026〕99号")

    award = (await moved.clocks(ANEW))["award_by"]
    assert award["state"] == "running"


def at_court_or_refused(old: Old) -> Old:
    return with_ends(with_settlements(with_refusals(at_court(old))))
