"""A province leaves a deployment that serves several, for one of its own, while its cases run."""

import asyncio
import io
import shutil
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from rich.console import Console

from casebridge.audit import audit, settled
from casebridge.audit.auditing import Deployed
from casebridge.cli import main
from casebridge.demo.cast import GUANGDONG, STATION
from casebridge.demo.screen import Screen
from casebridge.demo.stories.zhongshan import application, mediated
from casebridge.demo.stories.zhongshan_by_phone import MILESTONES
from casebridge.demo.tale import Tale
from casebridge.move.leaving import connect, cut
from casebridge.services import NAMES, load_service
from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.parts import Addresses
from chassis.embedded.together import start_together, stop_together
from chassis.errors import RefusesToStart
from chassis.topics import apply_topics
from schemas.ids import Province
from tests.deployment import Deployment, deployed, drop_topics
from tests.stage import Provinces, on_stage

SERVICES = [load_service(name) for name in NAMES]
MOVED = Province("51")


@pytest.fixture(scope="module")
async def hub(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Deployment]:
    """Serves 44 and 51; its cluster is the exchange too."""
    async with deployed(addresses, tmp_path_factory.mktemp("hub"), SERVICES, ["44", "51"]) as hub:
        provinces = [Province(code) for code in ("00", "44", "51")]
        await asyncio.to_thread(drop_topics, addresses.kafka, [Province("00")])
        await asyncio.to_thread(apply_topics, addresses.kafka, addresses.kafka, provinces)
        yield hub


@pytest.fixture
def new_broker(tmp_path: Path, jars: tuple[Path, ...]) -> Iterator[EmbeddedKafka]:
    broker = EmbeddedKafka(tmp_path / "new-kafka", jars, name="new")
    start_together([broker])
    yield broker
    stop_together([broker])


@pytest.fixture
async def own(
    hub: Deployment, new_broker: EmbeddedKafka, addresses: Addresses, tmp_path: Path
) -> AsyncIterator[Deployment]:
    """The new deployment of 51: installed, with the keys of the province, and never started."""
    shutil.copytree(hub.folder / "keys", tmp_path / "own" / "keys")
    (tmp_path / "own" / "keys" / "44.private.json").unlink()
    kept = Addresses(kafka=new_broker.bootstrap, database_url=addresses.database_url)
    async with deployed(kept, tmp_path / "own", SERVICES, ["51"], exchange=hub.exchange) as own:
        yield own


async def typed(deployment: Deployment, *words: str) -> Result:
    """A command in the environment of the deployment's services."""
    environ = {
        "CASEBRIDGE_PROVINCES": ",".join(deployment.provinces),
        "CASEBRIDGE_KAFKA": deployment.addresses.kafka,
        "CASEBRIDGE_EXCHANGE_KAFKA": deployment.exchange,
        "CASEBRIDGE_KEYS": str(deployment.folder / "keys"),
        "CASEBRIDGE_TEST_MODE": "1",
        "CASEBRIDGE_CLOCK": str(deployment.clock_file),
        **{f"CASEBRIDGE_DATABASE_URL_{name.upper()}": url for name, url in deployment.databases.items()},
    }
    return await asyncio.to_thread(CliRunner().invoke, main, words, env=environ)


def tale_on(stage: Provinces, http: httpx.AsyncClient, before: Tale | None = None) -> Tale:
    """The tale, or its sequel on another stage."""
    if before is None:
        screen = Screen(Console(file=io.StringIO()))
        operator = STATION.person("operator")
        return Tale(stage=stage, screen=screen, http=http, owner=STATION, watcher=operator)
    return replace(before, stage=stage, http=http)


async def offered(tale: Tale) -> str:
    """A family calls 12348 in Guangdong, and Luxian's station is asked."""
    said = application(channel="hotline-12348", site="440000-hotline-12348")
    await tale.apply(GUANGDONG, "hotline_clerk", said)
    return await tale.offered_to(STATION)


async def taken_over(tale: Tale, transfer: str) -> None:
    """The station accepts, and has the case."""
    await tale.accept_offer(STATION, transfer)
    await tale.moved(GUANGDONG, transfer)
    tale.epoch = 2
    await tale.placed_with(STATION)


async def finished(tale: Tale) -> None:
    await mediated(tale)
    await tale.followed_by(GUANGDONG, MILESTONES)
    await tale.ended()


def told_of(deployment: Deployment) -> Deployed:
    return [(service, deployment.settings(service)) for service in SERVICES]


async def at_rest(*deployments: Deployment) -> None:
    """No letter is under way either: what one sends last, the other has read."""
    for deployment in (*deployments, *deployments):
        assert await settled(told_of(deployment), within_s=30)


async def audited(*deployments: Deployment) -> None:
    for deployment in deployments:
        report = await audit(told_of(deployment), now=deployment.clock.now())
        assert report.ok, report.text()


@pytest.fixture(scope="module")
async def taken(hub: Deployment) -> Tale:
    """A case that the station has taken over; the hub has stopped since."""
    async with httpx.AsyncClient(timeout=30) as http, on_stage([hub], hub.clock_file) as stage:
        tale = tale_on(stage, http)
        await taken_over(tale, await offered(tale))
        await stage.traveller.quiet()
        return tale


async def test_a_move_that_broke_off_is_run_again_and_one_that_was_given_up_put_back(
    hub: Deployment, taken: Tale, tmp_path: Path
) -> None:
    """To the row. That its case goes on then, and can leave, is seen in the next test."""
    folder, before = tmp_path / "moved", await rows_of(hub)
    assert any(str(taken.case_id) in row for row in before["routing case_row"])

    settings = hub.settings(SERVICES[2])
    folder.mkdir()
    await cut(settings, SERVICES[2].name, MOVED, folder, await connect(settings), hub.clock.now())
    elsewhere = await typed(hub, "move", "export", MOVED, "--to", str(tmp_path / "other"), "--yes")
    assert "expected 51 here, or the folder it went into" in elsewhere.output
    unfinished = await typed(hub, "move", "import", str(folder), "--yes")
    assert unfinished.exit_code == 1
    exported = await typed(hub, "move", "export", MOVED, "--to", str(folder), "--yes")
    assert exported.exit_code == 0, exported.output
    assert await rows_of(hub) != before

    spoilt = folder / "routing.custody.rows"
    whole = spoilt.read_bytes()
    spoilt.write_bytes(whole[:-1])
    assert "another file or none" in (await typed(hub, "move", "import", str(folder), "--yes")).output
    spoilt.write_bytes(whole)
    back = await typed(hub, "move", "import", str(folder), "--yes")
    assert back.exit_code == 0, back.output
    assert await rows_of(hub) == before
    await audited(hub)


async def rows_of(deployment: Deployment) -> dict[str, list[str]]:
    """What each database knows of the cases, the timers and the logs of the province."""
    queries = {
        "case_row": "SELECT t::text AS row FROM case_row AS t WHERE province = '51' ORDER BY case_id",
        "timer": "SELECT t::text AS row FROM timer AS t WHERE province = '51' ORDER BY 1",
        "vault": "SELECT t::text AS row FROM vault AS t WHERE province = '51' ORDER BY 1",
        "position": "SELECT t::text AS row FROM position AS t WHERE topic LIKE 'cn51.%' ORDER BY 1",
        "letters": "SELECT t::text AS row FROM sent_letter AS t WHERE province = '51' ORDER BY 1",
    }
    return {
        f"{name} {table}": [row.row for row in await deployment.rows(name, query)]
        for name in NAMES
        for table, query in queries.items()
    }


async def test_running_cases_go_on_in_the_provinces_own_deployment(
    hub: Deployment, taken: Tale, own: Deployment, tmp_path: Path
) -> None:
    clock, folder = hub.clock_file, tmp_path / "moved"
    async with httpx.AsyncClient(timeout=30) as http:
        async with on_stage([hub], clock) as stage:
            running, waiting = tale_on(stage, http, taken), tale_on(stage, http)
            transfer = await offered(waiting)
            # It waits for the services to stop for as long as their leases last; they do not.
            early = asyncio.create_task(typed(hub, "move", "export", MOVED, "--to", str(folder), "--yes"))
            await running.accept()
            await stage.traveller.quiet()
            refused = await early
            assert "found a running service, expected every replica stopped" in refused.output

        exported = await typed(hub, "move", "export", MOVED, "--to", str(folder), "--yes")
        assert exported.exit_code == 0, exported.output
        with pytest.raises(RefusesToStart, match="51 moved to another deployment"):
            async with hub.running(SERVICES[0]):
                raise AssertionError("it serves a province that is elsewhere")
        hub.provinces = (Province("44"),)

        # The others go on meanwhile; what they write waits in the mailbox.
        async with on_stage([hub], clock) as stage:
            meanwhile = tale_on(stage, http)
            later = await offered_alone(meanwhile)

        own.shared_clock = clock
        imported = await typed(own, "move", "import", str(folder), "--yes")
        assert imported.exit_code == 0, imported.output
        again = await typed(own, "move", "import", str(folder), "--yes")
        assert again.exit_code == 0, again.output

        async with on_stage([hub, own], clock) as stage:
            running, waiting = tale_on(stage, http, running), tale_on(stage, http, waiting)
            meanwhile = tale_on(stage, http, meanwhile)
            await taken_over(waiting, transfer)
            assert later == await meanwhile.offered_to(STATION)
            await taken_over(meanwhile, later)
            fresh = tale_on(stage, http)
            said = application(channel="workstation-home-province", site="510521-station-zhongshan")
            await fresh.apply(STATION, "intake_clerk", said)
            await fresh.placed_with(STATION)
            await finished(running)
            await at_rest(hub, own)
    numbers = await own.rows("intake", "SELECT number FROM application")
    assert len({row.number for row in numbers}) == len(numbers) == 4
    left = await hub.rows("routing", "SELECT DISTINCT province FROM case_row")
    assert [row.province for row in left] == ["44"]
    await audited(hub, own)


async def offered_alone(tale: Tale) -> str:
    """As `offered`, while nobody looks at the other side."""
    said = application(channel="hotline-12348", site="440000-hotline-12348")
    await tale.apply(GUANGDONG, "hotline_clerk", said)
    custody = await tale.see(
        "the station to be asked",
        GUANGDONG.person("caseworker"),
        "routing",
        f"{tale.path}/custody",
        lambda custody: custody["state"] == "asking",
    )
    await tale.stage.traveller.quiet()
    return str(custody["transfers"][0]["id"])
