"""Two members at court, each with a suit of his own, over real HTTP, Kafka and PostgreSQL."""

from typing import Any

import httpx

from chassis.runtime import Runtime
from tests.deployment import Deployment, Source
from tests.services.test_mediation import OWNER, do
from tests.services.test_proceedings import (
    COURT,
    custody,
    desk,
    mediated,
    mediating,
    passed,
    said,
    zhongshan,
)
from tests.services.test_proceedings_beside import arbitrated

__all__ = ["custody", "desk", "mediating", "zhongshan"]


async def test_each_suit_has_its_number_its_judgment_and_its_title(
    zhongshan: Deployment, custody: Source, mediating: Runtime, desk: httpx.AsyncClient
) -> None:
    case, (first, second) = await mediated(zhongshan, custody, desk, 2)
    await arbitrated(desk, case)
    awarded = {first: 100_000, second: 100_000}
    await do(desk, case, "arbitration/award", amounts=awarded, awarded_fen=200_000, final=False)
    for member in (first, second):
        await do(desk, case, "suit", court=COURT, claim_fen=500_000, members=[member], unaided=True)
    twice = await do(desk, case, "suit", status=409, court=COURT, claim_fen=1, members=[second], unaided=True)
    unnamed = await do(desk, case, "suit/docket", status=409, docket="（2026）粤2071民初1号")
    for number in (1, 2):
        await do(desk, case, "suit/docket", docket=f"（2026）粤2071民初{number}号", suit=number)
    won: dict[str, Any] = {"result": "granted", "final": False}
    await do(desk, case, "suit/judgment", **won, suit=2, amounts={second: 300_000}, awarded_fen=300_000)
    found = await do(desk, case, "suit/judgment", **won, amounts={first: 200_000}, awarded_fen=200_000)
    clocks = {each["name"] for each in (await desk.get(f"/cases/{case}/clocks")).json()}

    assert twice["type"] == "urn:casebridge:problem:suit-runs"
    assert unnamed["type"] == "urn:casebridge:problem:several-suits"
    assert "no. 1, 2" in unnamed["detail"]
    suits = [(each["number"], each["members"], each["awarded_fen"]) for each in found["suits"]]
    assert suits == [(None, [first], 200_000), (2, [second], 300_000)]
    assert {"appeal_by", "appeal_by/2"} <= clocks
    claims = (await desk.get(f"/cases/{case}/claims")).json()["items"]
    assert {each["member_id"]: each["due_fen"] for each in claims} == {first: 200_000, second: 300_000}

    await do(desk, case, "suit/appeal", court="442000-court", suit=2)
    await passed(zhongshan, 20, "litigation.final", "not-appealed")
    (final,) = await said(zhongshan, "litigation.final")
    assert (final.get("suit"), final["awarded_fen"]) == (None, 200_000)
    async with zhongshan.client(mediating, "caseworker", "44", agency=OWNER) as later:
        end: dict[str, Any] = {
            "because": "second-instance",
            "amounts": {second: 310_000},
            "awarded_fen": 310_000,
        }
        await do(later, case, "suit/appeal/decision", **end)
        for number in (1, 2):
            await do(later, case, "enforcement", court=COURT, title="judgment", suit=number, unaided=True)
        await do(later, case, "enforcement/end-of-round", because="no-assets", title="judgment", suit=2)
    applied = await said(zhongshan, "enforcement.applied")
    assert [(each.get("suit"), each["amount_fen"]) for each in applied] == [(None, 200_000), (2, 310_000)]
    (ended,) = await said(zhongshan, "enforcement.ended_this_round")
    assert ended["suit"] == 2
