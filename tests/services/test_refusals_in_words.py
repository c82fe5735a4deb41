"""Every refusal of a service says in both languages what was found and what was expected."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import get_args

import httpx
import pytest
from pydantic_core.core_schema import ErrorType
from starlette.requests import Request

from casebridge.services import NAMES, load_service
from chassis.auth import NotPermitted
from chassis.embedded.parts import Addresses
from chassis.errors import ChassisError, StaleVersion
from chassis.languages import INVALID, preferred
from schemas.called import called
from schemas.codes import LegalBasis
from schemas.ids import CaseNumber, RuleVersion
from schemas.refusals import Refusal
from services.intake.domain.errors import AskedAlready
from services.mediation.app import service as mediation
from services.mediation.domain.errors import NotJoint, OutOfTurn
from tests.deployment import case_id, deployed


def with_all_below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for below in kind.__subclasses__():
        yield from with_all_below(below)


def refusals() -> list[type[Refusal]]:
    """Those of the runtime, and those of the services' own tables. Commands speak English alone."""
    listed: list[type[Exception]] = [kind for name in NAMES for kind in load_service(name).errors]
    roots: list[type[Refusal]] = [ChassisError, *(kind for kind in listed if issubclass(kind, Refusal))]
    found = {kind for root in roots for kind in with_all_below(root) if asked_over_http(kind)}
    return sorted(
        {kind for kind in found if not kind.__subclasses__() or is_dataclass(kind)},
        key=lambda kind: (kind.__module__, kind.__name__),
    )


def asked_over_http(kind: type[Refusal]) -> bool:
    """Which modules other tests of the same process have loaded is no matter of this one."""
    return kind.__module__.partition(".")[0] in ("chassis", "services")


def fields_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("kind", refusals(), ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_every_refusal_has_a_wording_in_both_languages(kind: type[Refusal]) -> None:
    own: set[str] = {field.name for field in fields(kind)} if is_dataclass(kind) else set()

    assert kind.zh != Refusal.zh, "say it in Chinese: `zh: ClassVar[str] = …` below the docstring"
    assert any("\u4e00" <= sign <= "\u9fff" for sign in kind.zh)
    assert fields_of(kind.zh) == fields_of(kind.__doc__ or "")
    assert fields_of(kind.zh) <= own


def test_a_refusal_words_codes_states_and_moments() -> None:
    refused = OutOfTurn(case_id="c", found="to-accept", expected="in-review, to-assign")
    asked = AskedAlready(
        number=CaseNumber("44-2026-0000001-8"),
        at=datetime(2026, 3, 1, 16, tzinfo=UTC),
        rule=RuleVersion("supplement:1"),
    )

    assert refused.in_words("zh") == "案件c目前为待受理；此步骤应在审查中、待指派时进行。"
    assert refused.in_words("en") == "Case c is to-accept; this is done when it is in-review, to-assign."
    assert "2026-03-02 00:00" in asked.in_words("zh")
    assert asked.article == LegalBasis("LAL-43")
    assert called("a-code-of-tomorrow", "zh") == "a-code-of-tomorrow"
    assert StaleVersion(kind="Matter", id="c", expected="1", found="2").in_words("zh").startswith("办理c")
    assert "劳动争议调解仲裁法第二十九条" in NotJoint(legal_basis="LDMAL-29").in_words("zh")
    assert NotPermitted("operator", "director").in_words("zh") != str(NotPermitted("operator", "director"))


@pytest.mark.parametrize(
    ("stated", "language"),
    [
        (None, "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-US,en;q=0.9", "en"),
        ("fr, zh;q=0.5", "zh"),
        ("zh;q=0.1, en;q=0.2", "en"),
        ("zh;q=0", "en"),
        ("*", "en"),
        (";;q=,,zh-Hans", "zh"),
    ],
)
def test_the_language_is_the_one_that_the_client_prefers(stated: str | None, language: str) -> None:
    headers = [(b"accept-language", stated.encode())] if stated else []

    assert preferred(Request({"type": "http", "headers": headers})) == language


async def test_a_problem_is_answered_in_the_language_that_was_asked_for(
    addresses: Addresses, tmp_path: Path
) -> None:
    async with (
        deployed(addresses, tmp_path, [mediation], ["44"]) as guangdong,
        guangdong.running(mediation) as runtime,
        guangdong.client(runtime, "director", "44") as client,
    ):
        client.headers["Accept-Language"] = "zh-CN,zh;q=0.9"
        case = case_id()
        unknown = await client.get(f"/cases/{case}/matter")
        wrong = await client.get("/matters", params={"limit": 0, "case_type": "wages"})
        nowhere = await client.get("/nowhere")
        async with httpx.AsyncClient(base_url=client.base_url) as stranger:
            stranger.headers["Accept-Language"] = "zh"
            outside = await stranger.get("/matters")
        client.headers["Accept-Language"] = "en"
        english = await client.get(f"/cases/{case}/matter")

    assert (unknown.status_code, unknown.json()["title"]) == (404, "没有找到")
    assert unknown.json()["detail"] == f"本地没有办理{case}。"
    assert unknown.json()["type"] == english.json()["type"] == "urn:casebridge:problem:not-found"
    assert english.json()["detail"] == f"Matter {case} is not known here."
    assert (unknown.headers["content-language"], english.headers["content-language"]) == ("zh-CN", "en")
    expected = {error["at"]: error["expected"] for error in wrong.json()["errors"]}
    assert expected["query.limit"] == "应不小于1"
    assert expected["query.case_type"].startswith("应为下列之一：wage-arrears")
    assert nowhere.json()["title"] == "没有找到"
    assert outside.json()["title"] == "未登录"


def test_no_wording_of_a_wrong_field_is_of_a_code_that_pydantic_does_not_have() -> None:
    assert INVALID.keys() - {"unknown_code"} <= set(get_args(ErrorType))
