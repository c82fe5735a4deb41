"""Two provinces, each with its own broker and databases, and an exchange between them that is a third.

The journeys of this folder share them, and one story that is told in them.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from casebridge.services import NAMES, load_service
from casebridge.time_travel import TimeTraveller
from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.parts import Addresses
from chassis.embedded.together import start_together, stop_together
from chassis.topics import apply_topics
from schemas.ids import CaseId, Province
from tests.deployment import Deployment, deployed
from tests.journeys.by_phone import by_phone
from tests.stage import Provinces, on_stage, trust

EVERYBODY = ("00", "44", "51")


@pytest.fixture(scope="package")
def brokers(
    tmp_path_factory: pytest.TempPathFactory, jars: tuple[Path, ...]
) -> Iterator[dict[str, EmbeddedKafka]]:
    folder = tmp_path_factory.mktemp("brokers")
    made = {name: EmbeddedKafka(folder / name, jars, name=name) for name in ("44", "51", "exchange")}
    start_together(list(made.values()))
    yield made
    stop_together(list(made.values()))


@pytest.fixture(scope="package")
async def stage(
    brokers: dict[str, EmbeddedKafka], addresses: Addresses, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Provinces]:
    """All services of both run; Sichuan fetches documents from Guangdong. In the end no case is held."""
    exchange, folder = brokers["exchange"].bootstrap, tmp_path_factory.mktemp("both")
    services = [load_service(name) for name in NAMES]
    own = {
        code: Addresses(kafka=brokers[code].bootstrap, database_url=addresses.database_url)
        for code in ("44", "51")
    }
    await asyncio.to_thread(apply_topics, exchange, exchange, [Province(code) for code in EVERYBODY])
    async with (
        deployed(own["44"], folder / "d44", services, ["44"], exchange=exchange) as guangdong,
        deployed(own["51"], folder / "d51", services, ["51"], exchange=exchange) as sichuan,
    ):
        trust(guangdong, sichuan)
        clock = folder / "clock"
        async with on_stage([guangdong], clock) as here:
            intakes = {Province("44"): here.address("intake", Province("44"))}
            async with on_stage([sichuan], clock, intakes=intakes) as there:
                yield beside(here, there)
        for parts in (guangdong, sichuan):
            await check_nothing_held(parts)


def beside(one: Provinces, other: Provinces) -> Provinces:
    """One stage of two, under the same clock: time passes in both or in none."""
    moved = one.traveller, other.traveller
    return Provinces(
        deployments={**one.deployments, **other.deployments},
        runtimes={**one.runtimes, **other.runtimes},
        clock=one.clock,
        traveller=TimeTraveller(
            one.clock,
            {**moved[0].databases, **moved[1].databases},
            {**moved[0].clusters, **moved[1].clusters},
        ),
    )


async def check_nothing_held(parts: Deployment) -> None:
    for name in NAMES:
        held = await parts.rows(name, "SELECT case_id, hold FROM case_row WHERE hold IS NOT NULL")
        assert not held, held


@pytest.fixture(scope="package")
async def case(stage: Provinces) -> CaseId:
    """What was told by phone between the two."""
    return await by_phone(stage)
