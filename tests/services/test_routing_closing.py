"""An agency closes while it is asked: its open offers go to its successor, and everybody is told."""

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from importlib.resources import as_file
from pathlib import Path

import pytest

from chassis.embedded.parts import Addresses
from law.deadlines import day_of
from schemas.transfers import TransferRecalled
from services.intake.app import service as intake
from services.routing.app import service as routing
from services.routing.directory.reading import shipped_folder
from tests.deployment import Deployment, deployed, until
from tests.services.test_routing_moves import GUANGDONG, STATION, World

SUCCESSOR = "510521-legal-aid"


@pytest.fixture
async def world(addresses: Addresses, tmp_path: Path) -> AsyncIterator[World]:
    async with (
        deployed(addresses, tmp_path, [intake, routing], ["44", "51"]) as parts,
        AsyncExitStack() as stack,
    ):
        folder = closing_today(parts, tmp_path / "directory")
        runtimes = {
            each.name: await stack.enter_async_context(parts.running(each, directory_folder=folder))
            for each in (intake, routing)
        }
        yield World(parts, runtimes)


def closing_today(parts: Deployment, folder: Path) -> Path:
    """The example directory, in which today is the last day of Luxian's station."""
    with as_file(shipped_folder()) as shipped:
        shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    agencies, today = folder / "agencies.csv", day_of(parts.clock.now())
    lines = agencies.read_text("utf-8").splitlines()
    agencies.write_text(
        "\n".join(
            f"{line[:-2]},{today},{SUCCESSOR}" if line.startswith(f"{STATION},") else line for line in lines
        ),
        "utf-8",
    )
    return folder


async def test_an_offer_goes_on_to_the_successor_on_the_day_after(world: World) -> None:
    case = await world.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")
    offer = await world.offer_to(STATION, case)

    clock = world.parts.clock
    clock.step_to(clock.now() + timedelta(days=1))
    second = await world.offer_to(SUCCESSOR, case)

    assert second["transfer_id"] != offer["transfer_id"]

    async def told() -> bool:
        rows = await world.parts.rows(
            "routing", "SELECT status FROM offer WHERE id = :id", id=offer["transfer_id"]
        )
        return [row.status for row in rows] == ["closed"]

    await until(told, "the station to be told")
    said = [message.event for _, message in await world.parts.records("cn44.transfers")]
    recalled = [(each.to, each.because) for each in said if isinstance(each, TransferRecalled)]
    assert recalled == [(STATION, "agency-closed")]
