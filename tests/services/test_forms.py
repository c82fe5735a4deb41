"""Papers that a centre prints, filled from real cases, with names that are opened and logged."""

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.printing import breakable, day, page, pdf
from chassis.runtime import Runtime
from schemas.cases import ApplicationSubmitted
from schemas.fields import Sealed
from schemas.matters import MatterOpened
from services.intake.app import service as intake
from services.mediation.app import service as mediation
from tests.deployment import Deployment, Source
from tests.services.applying import a_member
from tests.services.test_mediation import (
    OWNER,
    apply,
    begun,
    do,
    guangdong,
    mediating,
    office,
    routing,
)

__all__ = ["guangdong", "mediating", "office", "routing"]

BASIS = {"legal_basis": "LAL-43"}
SERVICES = Path(__file__).parents[2] / "services"
INTAKES_NOTICE = SERVICES / "intake" / "forms" / "one-time-notice.html"


async def printed(client: httpx.AsyncClient, case: str, form: str, **asked: Any) -> str:
    """The page, after its PDF."""
    as_pdf = await client.get(f"/cases/{case}/forms/{form}", params=BASIS | asked)
    assert as_pdf.status_code == 200, as_pdf.text
    assert as_pdf.headers["content-type"] == "application/pdf"
    assert as_pdf.content.startswith(b"%PDF-")
    as_html = await client.get(f"/cases/{case}/forms/{form}", params=BASIS | asked | {"printed": "html"})
    assert as_html.headers["cache-control"] == as_pdf.headers["cache-control"] == "no-store"
    return as_html.text


async def test_a_window_prints_the_application_form_and_what_is_missing(
    guangdong: Deployment, caplog: pytest.LogCaptureFixture
) -> None:
    case, facts = await apply(guangdong, 2)
    person = a_member(1)
    async with (
        guangdong.running(intake) as runtime,
        guangdong.client(runtime, "intake_clerk", "44", agency=OWNER) as clerk,
        guangdong.client(runtime, "operator", "44") as operator,
    ):
        unasked = f"/cases/{case}/forms/one-time-notice"
        early = await clerk.get(unasked, params=BASIS)
        in_chinese = await clerk.get(unasked, params=BASIS, headers={"Accept-Language": "zh"})
        tag = (await clerk.get(f"/cases/{case}")).headers["etag"]
        asked = {"epoch": 1, "missing": ["identity-paper", "signature"], "note": "请带原件。"}
        await clerk.post(f"/cases/{case}/supplement", json=asked, headers={"If-Match": tag})
        with caplog.at_level(logging.INFO, logger="services.intake.forms_api"):
            form = await printed(clerk, case, "application-form")
        notice = await printed(clerk, case, "one-time-notice")
        refused = await operator.get(f"/cases/{case}/forms/application-form", params=BASIS)
        unfounded = await clerk.get(f"/cases/{case}/forms/application-form")

    for value in (facts.number, person["name"], person["id_number"], "拖欠劳动报酬", "7,500.01元"):
        assert value in form
    for value in ("1985-01-01", "四川（510521）", "中山某建筑公司", "免予核查经济困难状况", "男"):
        assert value in form
    assert "中山某建筑公司" in notice
    assert "身份证" in notice
    assert "请带原件。" in notice
    assert early.json()["type"] == "urn:casebridge:problem:nothing-asked-here"
    for said in (early, in_chinese):
        assert "mediation" in said.json()["detail"]
        assert unasked in said.json()["detail"]
    assert "审查" in in_chinese.json()["detail"]
    assert (early.status_code, refused.status_code, unfounded.status_code) == (404, 403, 422)
    line = next(record for record in caplog.records if record.msg == "form_printed")
    assert (vars(line)["legal_basis"], vars(line)["form"]) == ("LAL-43", "application-form")
    assert person["name"] not in caplog.text


async def contact_of(guangdong: Deployment) -> Sealed:
    """What intake sealed of whom the application is against; routing says it with the custody."""
    said = [message.event for _, message in await guangdong.records("cn44.cases")]
    return next(event.contact for event in said if isinstance(event, ApplicationSubmitted))


async def test_an_owner_prints_its_decisions_the_agreement_and_the_evaluation(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 2)
    await begun(routing, office, case, facts, contact=await contact_of(guangdong))
    early = await office.get(f"/cases/{case}/forms/acceptance-decision", params=BASIS)
    await do(office, case, "acceptance")
    await do(office, case, "grants", stage="mediation", means="exempt-pay", legal_basis="LAL-42-3")
    lawyer: dict[str, Any] = {"assignee": "lawyer-1", "role": "lawyer", "organisation": "442000-law-firm"}
    await do(office, case, "assignments", stage="mediation", name="周正明", **lawyer)
    another = lawyer | {"assignee": "lawyer-2"}
    await do(office, case, "assignments", stage="mediation", **another)
    mediator: dict[str, Any] = {"mediator": "mediator-1", "mediator_name": "陈和平"}
    await do(office, case, "mediation", kind="joint", committee="442000-mediation", **mediator)
    await do(office, case, "sessions", result="agreed")
    members = [claim["member_id"] for claim in (await office.get(f"/cases/{case}/claims")).json()["items"]]
    amounts = {members[0]: 740_000, members[1]: 1_000_050}
    agreed: dict[str, Any] = {
        "amounts": amounts,
        "agreed_fen": 1_740_050,
        "terms": "一次付清<b>。",
    }
    await do(office, case, "agreement", **agreed)
    await do(office, case, "conclusion", outcome="agreement")

    decision = await printed(office, case, "acceptance-decision")
    letter = await printed(office, case, "assignment-letter", assignment=1)
    agreement = await printed(office, case, "mediation-agreement")
    evaluation = await printed(office, case, "evaluation-form")
    unnamed = await printed(office, case, "assignment-letter", assignment=2)
    none = await office.get(f"/cases/{case}/forms/assignment-letter", params=BASIS | {"assignment": 3})
    papers = (await office.get(f"/cases/{case}/papers")).json()

    assert early.json()["type"] == "urn:casebridge:problem:out-of-turn"
    assert none.json()["type"] == "urn:casebridge:problem:no-assignment"
    for paper in (decision, letter, agreement, evaluation):
        assert facts.number in paper
        assert a_member(0)["name"] in paper
        assert "中山某建筑公司" in paper
        assert "91442000MA4UXKQ25W" in paper
    for paper in (letter, agreement):
        assert a_member(0)["phone"] in paper
    assert a_member(0)["id_number"] in agreement
    assert a_member(0)["id_number"] not in letter
    assert "工程结束后一直没有拿到工资。" in agreement
    assert "法律援助法第四十二条第三项" in decision
    for paper in (letter, evaluation):
        assert "周正明" in paper
        assert "lawyer-1" not in paper
    assert "lawyer-2" in unnamed, "who is not named is called as elsewhere"
    assert "陈和平" in agreement
    assert "调解" in decision
    assert "一次付清&lt;b&gt;。" in agreement
    assert "17,400.50元" in agreement
    assert "达成协议" in evaluation
    assert papers == ["agreement"]


async def test_a_notice_and_a_refusal_are_printed_from_templates_of_the_province(
    guangdong: Deployment, routing: Source, tmp_path: Path
) -> None:
    folder = tmp_path / "forms"
    folder.mkdir()
    (folder / "refusal-decision.html").write_text("<p>粤字：{{ number }}，{{ reasons }}</p>", "utf-8")
    (folder / "one-time-notice.html").write_text("粤告" + INTAKES_NOTICE.read_text("utf-8"), "utf-8")
    async with (
        guangdong.running(mediation, forms_folder=folder) as runtime,
        guangdong.client(runtime, "caseworker", "44", agency=OWNER) as office,
    ):
        case, facts = await apply(guangdong, 1)
        await begun(routing, office, case, facts)
        await do(office, case, "acceptance")
        await do(office, case, "review/pause", code="statement", missing=["identity"], details="请带原件。")
        await do(office, case, "review/resumption", result="partly-supplied")
        notice_at, as_html = f"/cases/{case}/forms/one-time-notice", BASIS | {"printed": "html"}
        of_both = (await office.get(notice_at, params=as_html)).text
        (folder / "one-time-notice.html").unlink()
        of_ours = await printed(office, case, "one-time-notice")
        await do(office, case, "refusal", code="means", legal_basis="LAL-34", reasons="收入超过标准。")
        theirs = await printed(office, case, "refusal-decision")
        (folder / "refusal-decision.html").unlink()
        ours = await printed(office, case, "refusal-decision")

    for notice in (of_both, of_ours):
        assert "身份证明" in notice
        assert "请带原件。" in notice
    assert "粤告" in of_both, "one template goes over intake's and mediation's"
    assert "补充情况：部分补充" in of_ours
    assert "尚未提交" not in of_ours, "which part came is filled in by hand"
    assert f"粤字：{facts.number}，收入超过标准。" in theirs
    assert "不予法律援助决定书" in ours
    assert "收入超过标准。" in ours
    assert "法律援助法第三十四条" in ours
    assert "司法行政部门（" in ours
    assert "司法行政部门（＿" not in ours


async def test_members_and_the_employer_are_named_in_papers_after_a_restore(
    guangdong: Deployment, mediating: Runtime, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    contact = await contact_of(guangdong)
    await begun(routing, office, case, facts, contact=contact)
    await guangdong.settled("mediation")

    said = [message.event for _, message in await guangdong.records("cn44.matters")]

    registered = [event for event in said if event.type == "casebridge.claim.registered.v1"]
    assert [event.person is not None for event in registered] == [True]  # type: ignore[attr-defined]
    assert [event.contact for event in said if isinstance(event, MatterOpened)] == [contact]


def test_lines_end_between_chinese_signs_but_not_before_a_full_stop() -> None:
    assert breakable("<p>申请，收到。</p>") == ('<p line-height="1.5">申\u200b请，\u200b收\u200b到。</p>')
    assert breakable("（案号44-2026）") == "（案\u200b号\u200b44-2026）"
    assert breakable("<td>a &amp; b</td>") == "<td>a &amp; b</td>"


def test_a_day_that_is_not_known_is_filled_in_by_hand() -> None:
    assert day(None) == "＿＿＿＿年＿＿月＿＿日"


def templates() -> Iterator[Path]:
    for service in ("intake", "mediation"):
        yield from sorted(SERVICES.joinpath(service, "forms").glob("*.html"))


@pytest.mark.parametrize("template", list(templates()), ids=lambda path: path.stem)
def test_a_template_without_its_values_is_a_page(template: Path) -> None:
    heading = template.read_text("utf-8").splitlines()[0]

    assert heading.startswith('<h1 align="center">')
    assert page("题", heading).startswith(b"<!DOCTYPE html>")


def test_intake_and_mediation_print_the_same_notice() -> None:
    mediations_notice = SERVICES / "mediation" / "forms" / "one-time-notice.html"

    assert mediations_notice.read_text("utf-8") == INTAKES_NOTICE.read_text("utf-8")


def test_a_paper_of_many_pages_is_one_file() -> None:
    assert pdf("题", "<p>" + "援助" * 4000 + "</p>").startswith(b"%PDF-")
