"""An agency moves here from its old system: its running cases go on from where they stood, to their end."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from law.deadlines import SHANGHAI, day_of
from tests.journeys.imported.conftest import everything
from tests.journeys.imported.moved import Moved, clocks_agree
from tests.services.bundles import LAWYER, MEDIATOR, Old, every_stage

STAGES = {
    "submitted": "to-accept",
    "review": "in-review",
    "granted": "in-hand",
    "mediation": "in-hand",
    "arbitration": "in-hand",
    "concluded": "concluded",
}
LATE, STILL, UNASSIGNED, MEDIATED = "旧〔2026〕2号", "旧〔2026〕4号", "旧〔2026〕6号", "旧〔2026〕7号"
ASSIGNED, AGREED, AWARDED, RECOVERING = "旧〔2026〕5号", "旧〔2026〕8号", "旧〔2026〕10号", "旧〔2026〕11号"


async def test_each_case_stands_where_it_stood(moved: Moved) -> None:
    for row in every_stage(Old(moved.imported_at)).files["cases.csv"]:
        expected = "to-assign" if row["number"] == UNASSIGNED else STAGES[row["stage"]]
        assert (await moved.matter(row["number"]))["state"] == expected, row


async def test_time_limits_run_on_as_they_ran(moved: Moved) -> None:
    await clocks_agree(moved, every_stage)


async def test_a_missed_limit_was_missed_then_and_alarms_nobody_now(moved: Moved) -> None:
    review = (await moved.clocks(LATE))["review_by"]
    assert review["state"] == "breached"
    assert review["breached_at"] == review["due_at"]
    assert datetime.fromisoformat(review["due_at"]) < moved.imported_at

    ours = {moved.cases[row["number"]] for row in every_stage(Old(moved.imported_at)).files["cases.csv"]}
    notices = await moved.parts.rows("notify", "SELECT case_id, state ->> 'kind' AS kind FROM notice")
    told = [row for row in notices if row.case_id in ours]
    assert {row.kind for row in told} == {"case-imported"}
    assert len(told) == len(ours) == 12


async def test_a_review_stands_still_and_a_mediation_ends_as_the_old_system_had_it(moved: Moved) -> None:
    assert (await moved.clocks(STILL))["review_by"]["state"] == "paused"
    mediation = (await moved.clocks(MEDIATED))["mediate_by"]
    assert mediation["state"] == "running"
    assert day_of(datetime.fromisoformat(mediation["due_at"])) == day_of(
        moved.imported_at + timedelta(days=5)
    )


async def test_an_award_that_nobody_sued_against_is_effective_since(moved: Moved) -> None:
    [claim] = (await moved.ask("mediation", f"/cases/{moved.cases[AWARDED]}/claims"))["items"]
    assert claim["due_fen"] == 900_000
    steps = (await moved.ask("trace", f"/cases/{moved.cases[AWARDED]}/timeline"))["hops"]
    [effective] = [step for step in steps if step["type"] == "casebridge.arbitration.effective.v1"]
    assert datetime.fromisoformat(effective["at"]) < moved.imported_at


async def test_the_history_is_told_at_its_own_dates_and_marked(moved: Moved) -> None:
    steps = (await moved.ask("trace", f"/cases/{moved.cases[RECOVERING]}/timeline"))["hops"]
    told = {step["type"].split(".", 1)[1]: step for step in steps}
    granted, agreed = told["aid.granted.v1"], told["mediation.agreed.v1"]
    assert day_of(datetime.fromisoformat(granted["at"])) == day_of(moved.imported_at - timedelta(days=87))
    assert day_of(datetime.fromisoformat(agreed["at"])) == day_of(moved.imported_at - timedelta(days=80))
    assert granted["text"]["zh"].endswith("（原系统导入）")
    assert not told["matter.activated.v1"]["text"]["zh"].endswith("（原系统导入）")
    noted = told["past.noted.v1"]
    assert "受理" in noted["text"]["zh"]


async def test_papers_call_who_was_assigned_and_who_mediated_there_by_name(moved: Moved) -> None:
    for number, form, name in (
        (ASSIGNED, "assignment-letter", LAWYER),
        (AGREED, "mediation-agreement", MEDIATOR),
        (RECOVERING, "evaluation-form", LAWYER),
    ):
        path = f"/cases/{moved.cases[number]}/forms/{form}"
        asked = {"legal_basis": "LAL-43", "printed": "html"}
        paper = await moved.clients["mediation"].get(path, params=asked)
        assert paper.status_code == 200, paper.text
        assert name in paper.text, form


async def test_figures_count_the_cases_when_they_came_in(moved: Moved) -> None:
    day = moved.imported_at.astimezone(SHANGHAI).date()
    long_ago = {"from": str(day - timedelta(days=800)), "to": str(day - timedelta(days=50))}
    lately = {"from": str(day - timedelta(days=49)), "to": str(day)}
    before = (await moved.clients["trace"].get("/statistics", params=long_ago)).json()["total"]
    after = (await moved.clients["trace"].get("/statistics", params=lately)).json()["total"]
    files = everything(Old(moved.imported_at)).files
    last = long_ago["to"]
    received = [row["received"] <= last for row in files["cases.csv"]]
    paid = [(row["at"] <= last, fen_of(row)) for row in files["money.csv"] if row["kind"] == "paid"]
    assert (before["received"], after["received"]) == (received.count(True), received.count(False))
    assert before["recovered_fen"] == sum(fen for early, fen in paid if early)
    assert after["recovered_fen"] == sum(fen for early, fen in paid if not early)
    assert before["concluded"] == 5


def fen_of(row: Mapping[str, str]) -> int:
    return int(row["amount_yuan"].replace(".", ""))


async def test_an_imported_case_goes_on_to_its_end(moved: Moved) -> None:
    claims = (await moved.ask("mediation", f"/cases/{moved.cases[RECOVERING]}/claims"))["items"]
    assert [claim["recovered_fen"] for claim in claims] == [400_000, 400_000]
    for claim in claims:
        path = f"claims/{claim['member_id']}"
        await moved.do(RECOVERING, f"{path}/recoveries", path, amount_fen=400_000)
    await moved.do(RECOVERING, "performance")
    await moved.do(RECOVERING, "evaluation", grade="good")
    await moved.do(RECOVERING, "file")
    await moved.do(RECOVERING, "file/approval")
    await moved.do(RECOVERING, "archive")

    assert (await moved.matter(RECOVERING))["state"] == "archived"
    sums = await moved.ask("mediation", f"/cases/{moved.cases[RECOVERING]}/claims")
    assert sums["recovered_fen"] == sums["due_fen"] == 1_600_000
