"""Rights that run out, on real parts: counted, begun anew, warned of, lapsed, and kept for the next owner."""

from datetime import timedelta
from typing import Any

import httpx

from law.deadlines import day_of
from schemas.ids import AgencyId, CaseId
from schemas.messages import Event
from tests.deployment import Deployment, Source, until
from tests.services.test_mediation import OWNER, apply, begun, do, guangdong, mediating, office, routing

__all__ = ["guangdong", "mediating", "office", "routing"]

YEAR = "limitation_by/arbitration-limitation"


async def placed(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient, ended_days_ago: int
) -> CaseId:
    """A worker whose employment ended so many days ago applied, and the owner has the case and was warned."""
    ended = day_of(guangdong.clock.now()) - timedelta(days=ended_days_ago)
    case, about = await apply(guangdong, 1, dates={"employment_ended_on": ended.isoformat()})
    await begun(routing, office, case, about)
    await until(lambda: said(guangdong, case, "limitation.at_risk"), "the warning")
    return case


async def said(guangdong: Deployment, case: CaseId, kind: str) -> bool:
    await guangdong.settled("mediation")
    told = [m.event for _, m in await guangdong.records("cn44.matters")]
    return any(isinstance(e, Event) and e.type == f"casebridge.{kind}.v1" and e.case_id == case for e in told)


async def rights(office: httpx.AsyncClient, case: CaseId) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await office.get(f"/cases/{case}/limitation")).json()["rights"]
    return found


async def test_a_right_is_counted_step_by_step_begins_anew_with_a_claim_and_is_listed_with_its_hint(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    today = day_of(guangdong.clock.now())
    case = await placed(guangdong, routing, office, 361)

    (right,) = await rights(office, case)
    soon = (await office.get("/clocks", params={"within_days": 14})).json()
    hinted = {clock["name"]: clock["aid_in_advance"] for clock in soon}

    assert (right["clock"], right["state"], right["aid_in_advance"]) == (YEAR, "running", True)
    assert right["rule"]["article"] == "LDMAL-27"
    assert len(right["en"]["steps"]) >= 3
    assert right["zh"]["steps"][-1].startswith("期限至")
    assert hinted[YEAR] is True
    assert not any(name.startswith("at_risk") for name in hinted)

    advanced = await do(office, case, "acceptance")
    advanced = await do(office, case, "advance", stage="arbitration", code="time-limit")
    assert advanced["state"] == "to-assign"

    claimed: dict[str, Any] = {"code": "claimed", "on": (today - timedelta(days=3)).isoformat()}
    await do(office, case, "limitation/acts", paper="催讨工资的短信", **claimed)
    again = await do(office, case, "limitation/acts", status=409, **claimed)
    before, now = await rights(office, case)

    assert again["type"].endswith("nothing-runs")
    assert (before["state"], now["state"], now["aid_in_advance"]) == ("interrupted", "running", False)
    assert "limitation" in (await office.get(f"/cases/{case}/papers")).json()


async def test_who_does_nothing_is_warned_and_the_right_lapses(
    guangdong: Deployment, routing: Source, office: httpx.AsyncClient
) -> None:
    case = await placed(guangdong, routing, office, 340)

    guangdong.clock.step_to(guangdong.clock.now() + timedelta(days=60))
    await until(lambda: said(guangdong, case, "right.lapsed"), "the end of the right")

    client = guangdong.token("caseworker", "44", agency=AgencyId(OWNER))
    office.headers["Authorization"] = f"Bearer {client}"
    assert [right["state"] for right in await rights(office, case)] == ["lapsed"]
