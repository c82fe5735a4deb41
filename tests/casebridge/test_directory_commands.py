"""`casebridge directory` and `casebridge route`, as a person types them."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from casebridge.cli import main
from chassis.embedded.parts import Addresses
from chassis.migrate import migrate
from chassis.runtime import Runtime
from chassis.texts import Texts
from law.book import load_law
from law.deadlines import SHANGHAI, day_of
from schemas.ids import AgencyId
from services.intake.app import service as intake
from services.routing.app import service as routing
from services.routing.directory import read_directory, shipped_folder
from services.routing.directory.serving import follow_directory
from services.routing.domain.directory import Directory
from services.routing.domain.succession import Moves, moved
from services.trace.app import service as trace
from tests.deployment import Deployment, deployed, until
from tests.services.test_routing_directory import copied

GUANGDONG, STATION = "440000-legal-aid", "510521-station-zhongshan"


def typed(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, words, env=environ)


@pytest.fixture
async def database(database_url: str) -> dict[str, str]:
    """The environment that names routing's migrated database."""
    await migrate(routing, database_url)
    return {"CASEBRIDGE_DATABASE_URL_ROUTING": database_url}


async def run(*words: str, **environ: str) -> Result:
    return await asyncio.to_thread(typed, *words, **environ)


def test_check_needs_no_database_and_names_the_version(tmp_path: Path) -> None:
    result = typed("directory", "check", str(copied(tmp_path)))

    assert result.exit_code == 0, result.output
    assert f"It would be {read_directory(shipped_folder()).version}." in result.output


def test_check_shows_every_mistake_and_ends_with_1(tmp_path: Path) -> None:
    folder = copied(tmp_path, sites=(",window,", ",door,"), agencies=("justice-bureau", "bureau"))

    result = typed("directory", "check", str(folder))

    assert result.exit_code == 1
    assert "2 mistakes:\nagencies.csv line 2, column kind: found bureau" in result.output
    assert "sites.csv line 3, column kind: found door, expected one of" in result.output


def test_of_many_mistakes_fifty_are_shown_and_all_counted(tmp_path: Path) -> None:
    assert typed("directory", "sample", str(tmp_path), "--sites", "200").exit_code == 0
    path = tmp_path / "sites.csv"
    path.write_text(path.read_text("utf-8").replace(",2022-01-01,", ",soon,"), encoding="utf-8")

    result = typed("directory", "check", str(tmp_path))

    assert "200 mistakes (the first 50 are shown):" in result.output
    assert result.output.count("found soon, expected a day") == 50


def test_a_sample_is_the_same_for_the_same_seed_and_has_no_mistakes(tmp_path: Path) -> None:
    for folder, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        made = typed("directory", "sample", str(tmp_path / folder), "--sites", "300", "--seed", seed)
        assert made.exit_code == 0, made.output

    first, again, other = (read_directory(tmp_path / folder).version for folder in "abc")

    assert first == again != other


def test_gaps_of_a_folder_are_counted(tmp_path: Path) -> None:
    typed("directory", "sample", str(tmp_path), "--sites", "300")
    words = ("directory", "gaps", "--folder", str(tmp_path), "--province", "51", "--on", "2026-03-02")

    some, none = typed(*words), typed(*words, "--within-km", "3000")

    assert re.search(r"^510521  泸县  Luxian$", some.output, re.MULTILINE)
    assert none.output == "0 places have no open site within 3000 km on 2026-03-02.\n"


async def test_import_diff_and_export_go_round(database: dict[str, str], tmp_path: Path) -> None:
    folder, out = copied(tmp_path), tmp_path / "out"

    first = await run("directory", "import", str(folder), **database)
    assert "Version 1, sha256-" in first.output
    again = await run("directory", "import", str(folder), **database)
    assert "Nothing has changed: version 1" in again.output
    copied(tmp_path, sites=("442000-window,", "442000-desk,"))
    planned = await run("directory", "diff", "current", str(folder), **database)
    await run("directory", "import", str(folder), **database)
    done = await run("directory", "diff", **database)
    assert "sites.csv 442000-desk: came" in planned.output
    assert planned.output.endswith(done.output)
    written = await run("directory", "export", str(out), "--version", "1", **database)
    assert "Version 1" in written.output
    assert read_directory(out).version == read_directory(shipped_folder()).version
    listed = await run("directory", "versions", **database)
    assert [line[0] for line in listed.output.splitlines()] == ["2", "1"]


async def test_a_wrong_file_imports_nothing_and_ends_with_1(database: dict[str, str], tmp_path: Path) -> None:
    folder = copied(tmp_path, sites=(",window,", ",door,"))

    refused = await run("directory", "import", str(folder), **database)
    missing = await run("directory", "diff", **database)

    assert (refused.exit_code, missing.exit_code) == (1, 1)
    assert "sites.csv line 3, column kind: found door" in refused.output
    assert "no version previous of the directory; it has none" in missing.output


async def test_a_database_that_is_not_migrated_names_the_command(database_url: str, tmp_path: Path) -> None:
    result = await run(
        "directory", "import", str(copied(tmp_path)), CASEBRIDGE_DATABASE_URL_ROUTING=database_url
    )

    assert result.exit_code == 1
    assert "casebridge migrate" in result.output


# --- A running service --------------------------------------------------------------------------------------

APPLICATION = {
    "channel": "hotline-12348",
    "home": "510521",
    "work": "442000",
    "case_type": "wage-arrears",
    "employer": {"name": "某公司"},
    "members": [
        {
            "name": "向某",
            "id_kind": "other",
            "id_number": "X1234567",
            "phone": "13900000001",
            "role": "worker",
        }
    ],
}


@dataclass
class Guangdong:
    """Intake and routing of 44, which run."""

    parts: Deployment
    intake: Runtime
    routing: Runtime

    @property
    def environ(self) -> dict[str, str]:
        return {
            "CASEBRIDGE_DATABASE_URL_ROUTING": self.parts.databases["routing"],
            "CASEBRIDGE_ROUTING_URL": f"http://127.0.0.1:{self.routing.http_port}",
            "CASEBRIDGE_TOKEN": self.parts.token("director", "44", agency=GUANGDONG),
        }

    async def preview(self) -> str:
        """What would be decided about such a case."""
        asked = ("--agency", GUANGDONG, "--home", "510521", "--work", "442000", "--case-type", "wage-arrears")
        return (await run("route", "preview", *asked, "--language", "en", **self.environ)).output

    async def decision(self) -> str:
        """An application is made; the transfer that was decided on."""
        key = {"Idempotency-Key": str(uuid4())}
        async with self.parts.client(self.intake, "hotline_clerk", "44", agency=GUANGDONG) as client:
            made = await client.post("/applications", json=APPLICATION, headers=key)
        assert made.status_code == 201, made.text
        found: list[str] = []

        async def decided() -> bool:
            query = "SELECT id FROM decision WHERE case_id = :case"
            rows = await self.parts.rows("routing", query, case=made.json()["case_id"])
            found.extend(row.id for row in rows)
            return bool(found)

        await until(decided, "the route is decided")
        return found[0]


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Guangdong]:
    async with (
        deployed(addresses, tmp_path / "deployment", [intake, routing], ["44"]) as parts,
        parts.running(intake) as taking_in,
        parts.running(routing) as running,
    ):
        yield Guangdong(parts, taking_in, running)


async def test_an_import_is_taken_up_and_an_old_decision_still_comes_out_the_same(
    guangdong: Guangdong, tmp_path: Path
) -> None:
    folder, environ = tmp_path / "files", guangdong.environ
    folder.mkdir()
    await run("directory", "import", str(copied(folder)), **environ)
    assert f"({STATION}): takes the case on" in await guangdong.preview()
    decision = await guangdong.decision()
    before = await run("route", "explain", decision, **environ)
    assert before.output.endswith("Decided again from the same directory: the same.\n"), before.output

    copied(folder, agencies=("510000,2022-01-01,,", "510000,2022-01-01,2025-12-31,"))
    await run("directory", "import", str(folder), **environ)

    async def closed() -> bool:
        return "- is closed" in await guangdong.preview()

    await until(closed, "the new version is taken up")
    after = await run("route", "explain", decision, **environ)
    assert after.exit_code == 0, after.output
    assert after.output == before.output


async def test_a_decision_that_was_changed_is_shown_with_what_differs(guangdong: Guangdong) -> None:
    decision = await guangdong.decision()
    change = "UPDATE decision SET decided = jsonb_set(decided, :place, :value) RETURNING id"
    place = ["candidates", "0", "reasons_for"]
    await guangdong.parts.rows("routing", change, place=place, value='["directed"]')

    shown = await run("route", "explain", decision, **guangdong.environ)
    unknown = await run("route", "explain", "nothing", **guangdong.environ)

    assert shown.exit_code == 1
    assert "candidate 1, reasons_for: directed -> home-province-station agreement" in shown.output
    assert unknown.exit_code == 1
    assert "Decision" in unknown.output


async def test_the_directory_is_looked_up_over_http(guangdong: Guangdong) -> None:
    next_day = load_law().calendar.roll_forward(day_of(guangdong.parts.clock.now()) + timedelta(days=1))
    guangdong.parts.clock.step_to(datetime.combine(next_day, time(), SHANGHAI))  # sites rest at weekends
    async with guangdong.parts.client(guangdong.routing, "applicant", "44") as client:
        served = (await client.get("/directory")).json()
        near = (await client.get("/sites/nearest", params={"division": "442000", "limit": 2})).json()
        far = (await client.get("/sites/nearest", params={"latitude": 30.0, "longitude": 90.0})).json()
        agency = (await client.get("/agencies/510521-legal-aid")).json()
        unknown = await client.get("/agencies/nobody")
        forbidden = await client.get("/sites/gaps")
    async with guangdong.parts.client(guangdong.routing, "operator", "44") as client:
        gaps = (await client.get("/sites/gaps", params={"province": "44"})).json()

    assert served["version"] == read_directory(shipped_folder()).version
    assert [each["site"]["id"] for each in near["items"]] == ["442000-window", STATION]
    assert near["items"][0]["site"]["name"]["zh"] == "中山市公共法律服务中心窗口"
    assert far["items"] == []
    assert [site["id"] for site in agency["sites"]] == ["510521-window"]
    assert (unknown.status_code, forbidden.status_code) == (404, 403)
    places = [each["division"] for each in gaps["items"]]
    assert "440103" in places
    assert "442000" not in places


async def test_who_goes_on_after_a_closure_is_told_at_start_and_after_an_import(
    addresses: Addresses, tmp_path: Path
) -> None:
    (tmp_path / "files").mkdir()
    folder, found = copied(tmp_path / "files"), list[Moves]()

    async def note(_: Runtime, old: Directory, new: Directory, on: date) -> None:
        found.append(moved(old, new, on))

    service = replace(routing, jobs=[follow_directory(note)])
    async with (
        deployed(addresses, tmp_path / "deployment", [service], ["44"]) as parts,
        parts.running(service),
    ):
        environ = {"CASEBRIDGE_DATABASE_URL_ROUTING": parts.databases["routing"]}
        copied(
            folder,
            agencies=("2022-01-01,,", "2022-01-01,2025-12-31,110000-legal-aid"),
            sites=("440000-hotline-12348", "hotline-of-guangdong"),
        )
        await run("directory", "import", str(folder), **environ)

        async def told() -> bool:
            return len(found) == 2

        await until(told, "the import is told")

    assert (found[0].agencies, found[0].sites) == ({}, {})
    assert found[1].agencies == {"00-national-desk": "110000-legal-aid"}
    assert found[1].sites == {"440000-hotline-12348": None}


# --- The other services ------------------------------------------------------------------------------------


async def test_an_import_tells_the_names_of_agencies_to_the_services_that_show_them(
    addresses: Addresses, tmp_path: Path
) -> None:
    zhongshan = AgencyId("442000-legal-aid")
    (tmp_path / "files").mkdir()
    folder = copied(tmp_path / "files", agencies=("中山市法律援助中心", "中山法援"))
    async with deployed(addresses, tmp_path / "deployment", [routing, trace], ["44"]) as parts:
        environ = {f"CASEBRIDGE_DATABASE_URL_{name.upper()}": url for name, url in parts.databases.items()}
        async with parts.running(trace) as runtime:
            before = runtime.engine.reference[Texts].agencies[zhongshan].zh
            told = await run("directory", "import", str(folder), **environ)

            async def taken_up() -> bool:
                return bool(runtime.engine.reference[Texts].agencies[zhongshan].zh == "中山法援")

            await until(taken_up, "trace shows the new names", 40)
        async with parts.running(trace) as runtime:
            after = runtime.engine.reference[Texts].agencies[zhongshan].zh

    assert (before, after) == ("中山市法律援助中心", "中山法援")
    assert "notify does not know the new agencies (SettingRefused)" in told.output
