"""The document of an API shows what its endpoints answer, though FastAPI writes none of the answers."""

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

from chassis.http import Uow, case_router
from schemas.ids import CaseId


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is given out."""

    number: int


router = case_router()


@router.get("/cases/{case_id}/receipt")
async def read_receipt(case_id: CaseId, uow: Uow) -> Receipt:
    raise NotImplementedError


@router.get("/cases/{case_id}/receipts")
async def list_receipts(case_id: CaseId, uow: Uow) -> list[Receipt]:
    raise NotImplementedError


def document() -> dict[str, Any]:
    app = FastAPI()
    app.include_router(router, prefix="/v1")
    return app.openapi()


def answer_of(path: str) -> dict[str, Any]:
    answer = document()["paths"][path]["get"]["responses"]["200"]
    schema: dict[str, Any] = answer["content"]["application/json"]["schema"]
    return schema


RECEIPT = {"$ref": "#/components/schemas/Receipt"}


def test_an_answer_is_shown_by_the_name_of_its_class() -> None:
    assert answer_of("/v1/cases/{case_id}/receipt") == RECEIPT


def test_a_list_of_answers_is_shown_with_what_it_holds() -> None:
    answer = answer_of("/v1/cases/{case_id}/receipts")

    assert (answer["type"], answer["items"]) == ("array", RECEIPT)


def test_the_class_of_an_answer_is_described_once() -> None:
    shown = document()["components"]["schemas"]["Receipt"]

    assert shown["description"] == "What is given out."
    assert shown["properties"] == {"number": {"type": "integer", "title": "Number"}}
