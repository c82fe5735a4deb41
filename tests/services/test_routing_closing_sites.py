"""A site closes while it is asked: its open offers go to its successor, and everybody is told."""

import csv
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib.resources import as_file
from pathlib import Path
from typing import Any

from sqlalchemy import make_url

from casebridge.restored import run as restore
from chassis.embedded.databases import drop_database
from chassis.embedded.parts import Addresses
from law.deadlines import day_of
from schemas.ids import SiteId
from schemas.messages import Event
from schemas.transfers import OfferRelocated, TaskRequested, TransferRecalled, TransferRelocated
from services.intake.app import service as intake
from services.routing.app import service as routing
from services.routing.directory.reading import shipped_folder
from services.routing.loads import load_of
from tests.deployment import Deployment, deployed, prepare, until
from tests.services.test_routing_moves import GUANGDONG, LUXIAN, STATION, ZHONGSHAN, World
from tests.services.test_routing_restored import sites

SITE, SECOND_SITE, WINDOW = "510521-station-zhongshan", "510521-station-zhongshan-2", "510521-window"


@asynccontextmanager
async def closing(addresses: Addresses, folder: Path, site: str, *, successor: str) -> AsyncIterator[World]:
    """Two provinces, by a directory in which today is the last day of that site."""
    async with (
        deployed(addresses, folder, [intake, routing], ["44", "51"]) as parts,
        running(parts, closing_today(parts, folder / "directory", site, successor)) as world,
    ):
        yield world


@asynccontextmanager
async def running(parts: Deployment, directory: Path) -> AsyncIterator[World]:
    async with (
        parts.running(intake, directory_folder=directory) as taking_in,
        parts.running(routing, directory_folder=directory) as moving,
    ):
        yield World(parts, {"intake": taking_in, "routing": moving})


def closing_today(parts: Deployment, folder: Path, site: str, successor: str) -> Path:
    """The example directory, and in it a second site of the station."""
    with as_file(shipped_folder()) as shipped:
        shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    path, ends = folder / "sites.csv", str(day_of(parts.clock.now()))
    with path.open(encoding="utf-8", newline="") as file:
        rows = [row | {"valid_to": "", "successor": ""} for row in csv.DictReader(file)]
    station = next(row for row in rows if row["id"] == SITE)
    # A window is no home-province workstation: nobody is routed there while the first site stands.
    rows.append(station | {"id": SECOND_SITE, "kind": "window"})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(station))
        writer.writeheader()
        for row in rows:
            writer.writerow(row | {"valid_to": ends, "successor": successor} if row["id"] == site else row)
    return folder


async def asked(world: World, owner: str = GUANGDONG) -> dict[str, Any]:
    """Luxian's station is asked, at its first site."""
    case = await world.apply(owner, home="510521", work="442000", case_type="death-compensation")
    offer = await world.offer_to(STATION, case)
    assert offer["site"] == SITE
    return offer


def end_day(world: World) -> None:
    world.parts.clock.step_to(world.parts.clock.now() + timedelta(days=1))


async def said(parts: Deployment, province: str, *kinds: type[Event]) -> list[Event]:
    records = await parts.records(f"cn{province}.transfers")
    return [message.event for _, message in records if isinstance(message.event, kinds)]


async def sites_at_work(world: World) -> Mapping[SiteId, int]:
    runtime = world.runtimes["routing"]
    return (await load_of(runtime.database, runtime.settings.provinces)).sites


async def left(world: World, agency: str, site: str) -> dict[str, Any]:
    """What the agency's work list says of its one offer once it has left that site."""
    page = await world.see(
        "/offers?state=waiting", agency, lambda page: any(item["left"] == site for item in page["items"])
    )
    [found] = page.json()["items"]
    return dict(found)


async def test_an_offer_goes_on_at_the_successor_of_the_same_agency(
    addresses: Addresses, tmp_path: Path
) -> None:
    async with closing(addresses, tmp_path, SITE, successor=SECOND_SITE) as world:
        offer = await asked(world)
        end_day(world)
        found = await left(world, STATION, SITE)

        same = "transfer_id", "answer_by", "state"
        assert [found[name] for name in same] == [offer[name] for name in same]
        assert found["site"] == SECOND_SITE
        [transfer] = (await world.listed("/transfers", GUANGDONG, offer["case_id"]))["transfers"]
        assert (transfer["site"], transfer["left"]) == (SECOND_SITE, SITE)
        assert await sites_at_work(world) == {SECOND_SITE: 1}

        parts = world.parts
        async with parts.running(routing, directory_folder=tmp_path / "directory"):
            await parts.settled("routing")
        assert len(await said(parts, "44", TransferRelocated)) == 1
        assert len(await said(parts, "51", OfferRelocated)) == 1


async def test_an_agency_goes_on_without_a_successor_and_nobody_is_asked_for_help_meanwhile(
    addresses: Addresses, tmp_path: Path
) -> None:
    async with closing(addresses, tmp_path, WINDOW, successor="") as world:
        first = await asked(world, ZHONGSHAN)
        refusal = {"code": "no-capacity", "legal_basis": "LAL-38", "proposed": LUXIAN}
        assert (await world.answer(first, STATION, "rejection", refusal)).is_success
        offer = await world.offer_to(LUXIAN, first["case_id"])
        assert offer["site"] == WINDOW
        end_day(world)
        found = await left(world, LUXIAN, WINDOW)

        assert (found["site"], found["answer_by"]) == (None, offer["answer_by"])
        assert await sites_at_work(world) == {}
        assert await said(world.parts, "44", TaskRequested) == [], "only who acts needs help"


async def test_the_agency_of_the_successor_is_asked_where_it_is_another_one(
    addresses: Addresses, tmp_path: Path
) -> None:
    async with closing(addresses, tmp_path, SITE, successor=WINDOW) as world:
        offer = await asked(world)
        end_day(world)
        second = await world.offer_to(LUXIAN, offer["case_id"])

        assert second["site"] == WINDOW
        [recalled] = await said(world.parts, "44", TransferRecalled)
        assert isinstance(recalled, TransferRecalled)
        assert (recalled.to, recalled.because) == (STATION, "site-closed")

        async def counted() -> bool:
            return await sites_at_work(world) == {WINDOW: 1}

        await until(counted, "the station to be told")


async def test_a_restored_database_knows_at_which_site_an_offer_is_now(
    addresses: Addresses, tmp_path: Path
) -> None:
    async with deployed(addresses, tmp_path, [intake, routing], ["44", "51"]) as parts:
        directory = closing_today(parts, tmp_path / "directory", SITE, SECOND_SITE)
        async with running(parts, directory) as world:
            await asked(world)
            end_day(world)
            await left(world, STATION, SITE)
            await parts.settled("intake", "routing")
        known = await sites(parts)
        assert {row[-1] for row in known} == {SECOND_SITE}

        await prepare(parts, routing)
        try:
            await restore(routing, parts.settings(routing), yes=True)
            assert await sites(parts) == known
        finally:
            await drop_database(addresses.database_url, make_url(parts.databases["routing"]).database or "")
