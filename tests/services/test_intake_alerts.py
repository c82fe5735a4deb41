"""Several applications against one employer raise an alert, once, at whichever window they come in."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import asyncpg
import httpx

from chassis.jobs import look_into_case
from chassis.runtime import Runtime
from schemas.cases import EmployerAlerted
from schemas.envelope import Event
from schemas.ids import Province
from services.intake.app import service
from services.intake.opponents import COUNT, LOCK_COUNTED
from services.intake.recalling import recall
from services.intake.repository import application_opponents, employer_alerts
from tests.deployment import Deployment
from tests.services.applying import a_member
from tests.services.test_intake import apply, clerk, guangdong, intake
from tests.services.test_intake_repeated import rows_read

__all__ = ["clerk", "guangdong", "intake"]

GUANGDONG = Province("44")
UNNAMED: dict[str, Any] = {"employer": {"name": "  "}}


async def alerts(guangdong: Deployment) -> list[EmployerAlerted]:
    """Those on the log, once all that was decided is there. A replica that stops may say the same again."""
    await guangdong.settled("intake")
    said = {m.envelope.id: m.event for _, m in await guangdong.records("cn44.cases")}
    return [event for event in said.values() if isinstance(event, EmployerAlerted)]


async def numbers(client: httpx.AsyncClient, several: range, **said: Any) -> list[str]:
    """The case numbers of as many who apply, one after another."""
    made = [await apply(client, f"k{n}", a_member(n), **said) for n in several]
    return [answer.json()["number"] for answer in made]


async def test_the_fifth_application_raises_an_alert_whichever_window_it_comes_in(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    window = {"channel": "window", "site": "442000-window"}
    here = await numbers(clerk, range(3))
    async with guangdong.client(intake, "intake_clerk", "44", agency="440000-legal-aid") as elsewhere:
        there = await numbers(elsewhere, range(3, 5), **window)
    await numbers(clerk, range(5, 8))

    (said,) = await alerts(guangdong)

    assert (said.agency, said.cases, said.workers) == ("440000-legal-aid", 5, 5)
    assert said.others == (there[0], *reversed(here))


async def test_what_an_alert_left_comes_back_from_the_log(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    await numbers(clerk, range(5), employer={"name": "某公司", "project": "某大厦"})
    for alert in await alerts(guangdong):
        uow = await look_into_case(intake.engine, GUANGDONG, alert.case_id)
        for _, message in await guangdong.records("cn44.cases"):
            if message.envelope.subject == alert.case_id and isinstance(message.event, Event):
                recall(message.event, uow)
        for table in (application_opponents, employer_alerts):
            kept = {tuple(row) for row in await guangdong.rows("intake", f"SELECT * FROM {table.name}")}
            again = {tuple(row[c.name] for c in table.c) for at, row in uow.rows if at is table}
            assert again
            assert again <= kept


async def test_those_who_apply_at_once_raise_one_alert(
    guangdong: Deployment, intake: Runtime, clerk: httpx.AsyncClient
) -> None:
    async with (
        guangdong.running(service) as replica,
        guangdong.client(replica, "intake_clerk", "44", agency="440000-legal-aid") as elsewhere,
    ):
        clients = [clerk, elsewhere]
        made = await asyncio.gather(*(apply(clients[n % 2], f"k{n}", a_member(n)) for n in range(8)))

    assert [answer.status_code for answer in made] == [201] * 8
    (said,) = await alerts(guangdong)
    assert said.cases == 5


async def test_a_project_is_counted_across_its_employers_and_stays_in_no_clear_text(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    for n in range(5):
        employer = {"name": f"分包商{n}", "project": "某大厦 二号楼"}
        assert (await apply(clerk, f"k{n}", a_member(n), employer=employer)).status_code == 201

    (said,) = await alerts(guangdong)

    assert (said.about, said.employer, said.cases) == ("project", None, 5)
    raw = b"".join(record.value for record in await guangdong.raw_records("cn44.cases")).decode()
    assert "某大厦" not in raw


async def test_employers_of_whom_nothing_is_known_raise_no_alert(
    guangdong: Deployment, clerk: httpx.AsyncClient
) -> None:
    await numbers(clerk, range(6), **UNNAMED)

    assert await alerts(guangdong) == []


async def test_who_withdrew_presses_nobody_any_more(guangdong: Deployment, clerk: httpx.AsyncClient) -> None:
    first = (await apply(clerk, "k0", a_member(0))).json()["case_id"]
    seen = await clerk.get(f"/cases/{first}")
    withdrawn = await clerk.post(
        f"/cases/{first}/withdrawal",
        json={"because": "applicant-request", "epoch": 1},
        headers={"If-Match": seen.headers["etag"]},
    )
    assert withdrawn.status_code == 201, withdrawn.text
    await numbers(clerk, range(1, 5))

    assert await alerts(guangdong) == []


MANY = 20_000
APPLICATIONS = """
    INSERT INTO application (province, case_id, id, version, state, number, standing, agency, case_type,
                             received_at, members, claim_fen)
    SELECT '44', 'c-' || n, 'c-' || n, 1, '{}', 'n-' || n, 'complete', 'a', 'wage-arrears',
           now() - n * interval '1 hour', 1, 0
    FROM generate_series(1, $1::integer) AS n
"""
EMPLOYERS = """
    INSERT INTO application_opponent (province, case_id, opponent, received_at)
    SELECT '44', 'c-' || n, CASE WHEN n % 2 = 0 THEN 'e-0' ELSE 'e-' || n END,
           now() - n * interval '1 hour'
    FROM generate_series(1, $1::integer) AS n
"""


async def test_counting_reads_the_cases_of_one_employer_in_the_time_that_counts(
    guangdong: Deployment, intake: Runtime
) -> None:
    address = guangdong.databases["intake"].replace("postgresql+asyncpg://", "postgresql://")
    database = await asyncpg.connect(address, server_settings={"plan_cache_mode": "force_generic_plan"})
    now = guangdong.clock.now()
    since = (now - timedelta(hours=40)).isoformat()
    asked = {"place": 0, "province": "44", "opponent": "e-0", "since": since, "quiet_since": now.isoformat()}
    question = json.dumps([asked])
    try:
        await database.execute(f"PREPARE counting(text, text[]) AS {COUNT}")
        await database.execute(f"PREPARE locking(text) AS {LOCK_COUNTED}")
        for fill in (APPLICATIONS, EMPLOYERS):
            await database.execute(fill, MANY)
        await database.execute("ANALYZE")
        read = [
            json.loads(await database.fetchval(f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE {statement}"))
            for statement in (f"counting('{question}', '{{withdrawn}}')", f"locking('{question}')")
        ]
    finally:
        await database.close()

    assert [max(rows_read(plan["Plan"])) <= 40 for (plan,) in read] == [True, True]
