"""Statistics equal a ledger that the test keeps itself, and those of a past day stay what they were."""

import asyncio
import csv
import random
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from statistics import median
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from casebridge.stats import stats
from chassis.embedded.parts import Addresses
from chassis.runtime import Runtime
from schemas.cases import ApplicationSubmitted
from schemas.codes import CaseType, Channel
from schemas.envelope import Event
from schemas.ids import CaseId, Province, case_number
from schemas.matters import (
    AidGranted,
    AssignmentMade,
    EvaluationCompleted,
    MatterAccepted,
    MatterConcluded,
    MediationAgreed,
    MediationSessionHeld,
    RecoveryRecorded,
)
from schemas.samples import a, facts
from services.trace import repository
from services.trace.app import service as trace
from tests.deployment import Deployment, Source, case_id, deployed, source, until
from tests.services.migrated import differences

NEW_YEAR = datetime(2026, 1, 1, 2, tzinfo=UTC)
"""Ten in the morning in China."""


@dataclass
class Ledger:
    """What the test said, as it counts it itself."""

    entries: list[tuple[str, datetime, CaseId, Mapping[str, Any]]] = field(default_factory=list)

    def note(self, what: str, at: datetime, case: CaseId, **of: Any) -> None:
        self.entries.append((what, at, case, of))

    def within(self, what: str, first: date, last: date, **of: Any) -> list[Mapping[str, Any]]:
        return [
            {"at": at, "case": case, **said}
            for found, at, case, said in self.entries
            if found == what
            and first <= (at + timedelta(hours=8)).date() <= last
            and of.items() <= said.items()
        ]

    def figures(self, first: date, last: date, **of: Any) -> dict[str, int]:
        received = self.within("received", first, last, **of)
        recovered = self.within("recovered", first, last, **of)
        whats = ("accepted", "granted", "assigned", "concluded", "evaluated")
        return {what: len(self.within(what, first, last, **of)) for what in whats} | {
            "received": len(received),
            "workers": sum(each["members"] for each in received),
            "claimed_fen": sum(each["claim_fen"] for each in received),
            "payments": len(recovered),
            "recovered_fen": sum(each["fen"] for each in recovered),
        }


@dataclass
class Year:
    """Says what happens to cases, and notes it."""

    speaking: Mapping[str, tuple[Source, Source]]
    ledger: Ledger = field(default_factory=Ledger)
    draw: random.Random = field(default_factory=lambda: random.Random(5))
    said: int = 0

    async def case(self, running: int) -> None:
        draw, case = self.draw, case_id()
        province = draw.choice(["44", "51"])
        intake, mediation = self.speaking[province]
        of = {
            "province": province,
            "case_type": draw.choice(["wage-arrears", "work-injury"]),
            "channel": draw.choice(["window", "hotline-12348"]),
        }
        members, claim_fen = draw.randint(1, 12), draw.randint(1, 9_000_000)
        known = facts(
            number=case_number(Province(province), 2026, running),
            case_type=CaseType(of["case_type"]),
            channel=Channel(of["channel"]),
            members=members,
            claim_fen=claim_fen,
        )
        at = NEW_YEAR + timedelta(days=draw.randint(0, 80), hours=draw.randint(0, 20))
        await self.say(intake, a(ApplicationSubmitted, case_id=case, at=at, facts=known))
        self.ledger.note("received", at, case, members=members, claim_fen=claim_fen, **of)
        await self.works(mediation, case, at, of)

    async def works(self, mediation: Source, case: CaseId, at: datetime, of: Mapping[str, Any]) -> None:
        draw = self.draw
        for what, kind in (
            ("accepted", MatterAccepted),
            ("granted", AidGranted),
            ("assigned", AssignmentMade),
        ):
            if draw.random() < 0.1:
                return
            at += timedelta(days=draw.randint(0, 9), minutes=draw.randint(1, 600))
            await self.say(mediation, a(kind, case_id=case, at=at))
            self.ledger.note(what, at, case, **of)
        await self.say(mediation, a(AidGranted, case_id=case, at=at))  # another stage: no other case
        agreed = draw.random() < 0.6
        at += timedelta(days=draw.randint(1, 15))
        ended = (
            a(MediationAgreed, case_id=case, at=at)
            if agreed
            else a(MediationSessionHeld, case_id=case, at=at, result="broken-off")
        )
        await self.say(mediation, a(MediationSessionHeld, case_id=case, at=at, result="continued"))
        await self.say(mediation, ended)
        self.ledger.note("agreed" if agreed else "broken_off", at, case, **of)
        await self.say(mediation, a(MatterConcluded, case_id=case, at=at))
        self.ledger.note("concluded", at, case, **of)
        for _ in range(draw.randint(0, 3)):
            at += timedelta(days=draw.randint(0, 20))
            await self.pays(mediation, case, at, of)
        if draw.random() < 0.7:
            await self.say(mediation, a(EvaluationCompleted, case_id=case, at=at))
            self.ledger.note("evaluated", at, case, **of)

    async def pays(self, mediation: Source, case: CaseId, at: datetime, of: Mapping[str, Any]) -> None:
        fen = self.draw.randint(1, 2_000_000)
        await self.say(mediation, a(RecoveryRecorded, case_id=case, at=at, amount_fen=fen))
        self.ledger.note("recovered", at, case, fen=fen, **of)

    async def say(self, speaking: Source, event: Event, **said: Any) -> None:
        await speaking.say(event, **said)
        self.said += 1


@pytest.fixture
async def both(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [trace], ["44", "51"]) as deployment:
        yield deployment


@pytest.fixture
async def tracing(both: Deployment) -> AsyncIterator[Runtime]:
    async with both.running(trace) as runtime:
        yield runtime


@pytest.fixture
async def year(both: Deployment) -> AsyncIterator[Year]:
    kafka = both.addresses.kafka
    async with (
        source(kafka, "/cn44/intake") as intake44,
        source(kafka, "/cn44/mediation") as mediation44,
        source(kafka, "/cn51/intake") as intake51,
        source(kafka, "/cn51/mediation") as mediation51,
    ):
        yield Year({"44": (intake44, mediation44), "51": (intake51, mediation51)})


@pytest.fixture
async def operator(both: Deployment, tracing: Runtime) -> AsyncIterator[httpx.AsyncClient]:
    async with both.client(tracing, "operator", "44") as client:
        yield client


async def heard(both: Deployment, year: Year) -> None:
    async def all_there() -> bool:
        (row,) = await both.rows("trace", "SELECT count(*) AS n FROM step")
        return bool(row.n == year.said)

    await until(all_there, f"{year.said} steps")


async def asked(client: httpx.AsyncClient, first: date, last: date, **more: Any) -> dict[str, Any]:
    answer = await client.get("/statistics", params={"from": str(first), "to": str(last), **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def shown(figures: Mapping[str, int], ledger: Mapping[str, int]) -> dict[str, int]:
    return {name: figures[name] for name in ledger}


async def test_the_migrated_database_is_the_declared_one(both: Deployment) -> None:
    assert await differences(both.databases["trace"], repository.metadata) == []


async def test_figures_equal_the_ledger_by_province_type_channel_and_month(
    both: Deployment, operator: httpx.AsyncClient, year: Year
) -> None:
    for running in range(1, 41):
        await year.case(running)
    await heard(both, year)
    ledger = year.ledger

    for first, last in (
        (date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 2, 3), date(2026, 3, 9)),
        (date(2026, 1, 15), date(2026, 1, 15)),
    ):
        found = await asked(operator, first, last)
        expected = ledger.figures(first, last)
        assert shown(found["total"], expected) == expected
        for dimension, name in (("province", "province"), ("type", "case_type"), ("channel", "channel")):
            for part in found[f"by_{dimension}"]:
                of = ledger.figures(first, last, **{name: part["of"]["code"]})
                assert shown(part["figures"], of) == of
            sums = [part["figures"]["recovered_fen"] for part in found[f"by_{dimension}"]]
            assert sum(sums) == expected["recovered_fen"]
        agreed, broken = (
            len(ledger.within("agreed", first, last)),
            len(ledger.within("broken_off", first, last)),
        )
        assert (found["mediation"]["agreed"], found["mediation"]["broken_off"]) == (agreed, broken)
        concluded = {each["case"] for each in ledger.within("concluded", first, last)}
        evaluated = concluded & {case for what, _, case, _ in ledger.entries if what == "evaluated"}
        assert found["evaluation"]["evaluated"] == len(evaluated)
        assert found["evaluation"]["share"] == (
            round(len(evaluated) / len(concluded), 4) if concluded else None
        )
    months = {
        part["of"]["code"]: part["figures"]
        for part in (await asked(operator, date(2026, 1, 1), date(2026, 12, 31)))["by_month"]
    }
    february = ledger.figures(date(2026, 2, 1), date(2026, 2, 28))
    assert shown(months["2026-02"], february) == february


async def test_stages_are_timed_in_the_cases_in_which_they_ended(
    both: Deployment, operator: httpx.AsyncClient, year: Year
) -> None:
    for running in range(1, 21):
        await year.case(running)
    await heard(both, year)
    first, last = date(2026, 1, 20), date(2026, 3, 20)
    at = {(what, case): moment for what, moment, case, _ in year.ledger.entries}
    concluded = [each["case"] for each in year.ledger.within("concluded", first, last)]
    days = [(at["concluded", case] - at["received", case]) / timedelta(days=1) for case in concluded]

    stages = {stage["stage"]: stage for stage in (await asked(operator, first, last))["stages"]}

    assert stages["whole"]["cases"] == len(days)
    assert stages["whole"]["median_days"] == pytest.approx(median(days), abs=0.01)


async def test_a_past_day_has_the_same_figures_whatever_is_said_later(
    both: Deployment, operator: httpx.AsyncClient, year: Year
) -> None:
    for running in range(1, 11):
        await year.case(running)
    await heard(both, year)
    first, last, then = date(2026, 1, 1), date(2026, 12, 31), "2026-03-01"
    before = await asked(operator, first, last, as_of=then)
    whole = await asked(operator, first, last)

    for running in range(11, 16):
        at = datetime(2026, 4, 1, tzinfo=UTC) + timedelta(days=running)
        _, mediation = year.speaking["44"]
        case = next(case for what, _, case, of in year.ledger.entries if of["province"] == "44")
        await year.pays(mediation, case, at, {"province": "44"})
        # It happened in February, and is said in April.
        late = a(RecoveryRecorded, case_id=case, at=datetime(2026, 2, 1, tzinfo=UTC), amount_fen=1)
        await year.say(mediation, late, recordedtime=at)
    await heard(both, year)

    assert await asked(operator, first, last, as_of=then) == before
    now = await asked(operator, first, last)
    assert now["total"]["payments"] == whole["total"]["payments"] + 10
    assert before["total"]["recovered_fen"] < now["total"]["recovered_fen"]


async def test_directors_see_their_province_and_clerks_no_figures(
    both: Deployment, tracing: Runtime, year: Year
) -> None:
    for running in range(1, 6):
        await year.case(running)
    await heard(both, year)
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    async with both.client(tracing, "director", "51") as director:
        found = await asked(director, first, last)
        turned = await director.get("/statistics", params={"from": str(last), "to": str(first)})
    async with both.client(tracing, "intake_clerk", "51") as clerk:
        refused = await clerk.get("/statistics", params={"from": str(first), "to": str(last)})

    expected = year.ledger.figures(first, last, province="51")
    assert shown(found["total"], expected) == expected
    assert (turned.status_code, refused.status_code) == (422, 403)


async def test_the_terminal_shows_the_figures_and_the_spreadsheet_has_all_of_them(
    both: Deployment, tracing: Runtime, year: Year
) -> None:
    for running in range(1, 4):
        await year.case(running)
    await heard(both, year)
    address, token = f"http://127.0.0.1:{tracing.http_port}", both.token("operator", "44")
    given = ["--from", "2026-01-01", "--to", "2026-12-31", "--url", address, "--token", token]

    screen = await asyncio.to_thread(CliRunner().invoke, stats, given)
    sheet = await asyncio.to_thread(CliRunner().invoke, stats, [*given, "--csv", "--language", "en"])

    assert screen.exit_code == sheet.exit_code == 0, screen.output + sheet.output
    assert "调解成功率" in screen.output
    rows = list(csv.DictReader(StringIO(sheet.output.removeprefix("\ufeff"))))
    total = {row["figure"]: row["value"] for row in rows if row["dimension"] == "total"}
    expected = year.ledger.figures(date(2026, 1, 1), date(2026, 12, 31))
    assert {name: int(total[name]) for name in expected} == expected
    assert {row["dimension"] for row in rows} >= {"province", "type", "channel", "month", "mediation"}
