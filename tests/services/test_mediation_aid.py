"""The aid in depth, over real HTTP, Kafka and PostgreSQL."""

import httpx

from tests.deployment import Deployment, Source
from tests.services.test_mediation import (
    apply,
    begun,
    do,
    guangdong,
    mediating,
    office,
    routing,
)

__all__ = ["guangdong", "mediating", "office", "routing"]


async def clocks_of(office: httpx.AsyncClient, case: str) -> dict[str, str]:
    """The state of each clock of a case, by name."""
    clocks = (await office.get(f"/cases/{case}/clocks")).json()
    return {clock["name"]: clock["state"] for clock in clocks}


async def test_a_review_stands_still_until_the_papers_are_there(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case, facts = await apply(guangdong, 1)
    await begun(routing, office, case, facts)
    await do(office, case, "acceptance")

    await do(office, case, "review/pause", missing=["identity", "pay-papers"], details="身份证和工资条")
    paused = await clocks_of(office, case)
    early = await do(office, case, "grants", status=409, stage="mediation", means="exempt-pay")
    await do(office, case, "review/resumption", result="supplied")
    resumed = await clocks_of(office, case)
    again = await do(office, case, "review/pause", status=409, missing=["identity"])
    await do(office, case, "grants", stage="mediation", means="exempt-pay")

    assert paused == {"review_by": "paused", "supply_by": "running"}
    assert resumed == {"review_by": "running", "supply_by": "met"}
    assert [problem["type"].rpartition(":")[2] for problem in (early, again)] == [
        "review-stands-still",
        "asked-often-enough",
    ]
    paper = await office.get(f"/cases/{case}/papers/supplement", params={"legal_basis": "LAL-43"})
    assert paper.json() == "身份证和工资条"
