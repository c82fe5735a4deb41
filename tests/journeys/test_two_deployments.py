"""Two provinces, each with its own broker and databases, and an exchange between them that is a third."""

import asyncio
import io
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from confluent_kafka.admin import AdminClient
from rich.console import Console

from casebridge.demo.cast import GUANGDONG, STATION
from casebridge.demo.screen import Screen
from casebridge.demo.stories.zhongshan import application, mediated
from casebridge.demo.stories.zhongshan_by_phone import MILESTONES
from casebridge.demo.tale import Tale
from casebridge.services import NAMES, load_service
from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.parts import Addresses
from chassis.embedded.together import start_together, stop_together
from chassis.topics import apply_topics
from schemas.ids import CaseId, Province
from tests.deployment import Deployment, deployed
from tests.stage import Provinces, on_stage

GUANGDONG_CODE, SICHUAN_CODE = Province("44"), Province("51")
EVERYBODY = ("00", "44", "51")


def trust(*deployments: Deployment) -> None:
    """Give each the public keys of the others."""
    for one in deployments:
        for other in deployments:
            for file in (other.folder / "keys").glob("*.public.json"):
                if one is not other:
                    shutil.copy(file, one.folder / "keys")


async def by_phone(stage: Provinces) -> CaseId:
    """The family calls 12348 in Guangdong; the case moves to Luxian's station; Guangdong sees how it goes."""
    async with httpx.AsyncClient(timeout=30) as http:
        tale = Tale(
            stage=stage,
            screen=Screen(Console(file=io.StringIO())),
            http=http,
            owner=STATION,
            watcher=STATION.person("operator"),
        )
        await tale.apply(
            GUANGDONG, "hotline_clerk", application(channel="hotline-12348", site="440000-hotline-12348")
        )
        transfer = await tale.offered_to(STATION)
        await tale.delivered(GUANGDONG, transfer)
        await tale.accept_offer(STATION, transfer)
        await tale.moved(GUANGDONG, transfer)
        tale.epoch = 2
        await tale.placed_with(STATION)
        await tale.accept()
        await mediated(tale)
        await tale.followed_by(GUANGDONG, MILESTONES)
        await tale.ended()
        await tale.has_no_more(GUANGDONG)
        await stage.traveller.quiet()
        assert tale.case_id is not None
        return tale.case_id


@pytest.fixture
def brokers(tmp_path: Path, jars: tuple[Path, ...]) -> Iterator[dict[str, EmbeddedKafka]]:
    made = {name: EmbeddedKafka(tmp_path / name, jars, name=name) for name in ("44", "51", "exchange")}
    start_together(list(made.values()))
    yield made
    stop_together(list(made.values()))


async def test_the_same_story_in_two_deployments_and_in_one_gives_the_same_events(
    brokers: dict[str, EmbeddedKafka], addresses: Addresses, tmp_path: Path
) -> None:
    services = [load_service(name) for name in NAMES]
    exchange = brokers["exchange"].bootstrap
    own = {
        code: Addresses(kafka=brokers[code].bootstrap, database_url=addresses.database_url)
        for code in ("44", "51")
    }
    provinces = [Province(code) for code in EVERYBODY]
    await asyncio.to_thread(apply_topics, exchange, exchange, provinces)
    async with (
        deployed(own["44"], tmp_path / "d44", services, ["44"], exchange=exchange) as guangdong,
        deployed(own["51"], tmp_path / "d51", services, ["51"], exchange=exchange) as sichuan,
    ):
        trust(guangdong, sichuan)
        async with on_stage([guangdong, sichuan], tmp_path / "clock-two") as stage:
            case = await by_phone(stage)
        two = {
            GUANGDONG_CODE: await logs_of(guangdong, GUANGDONG_CODE, case),
            SICHUAN_CODE: await logs_of(sichuan, SICHUAN_CODE, case),
        }
    assert await leaked(brokers["44"], "cn51.") == await leaked(brokers["51"], "cn44.") == []

    await asyncio.to_thread(apply_topics, addresses.kafka, addresses.kafka, provinces)
    # One that serves others too, who have no part in the story but to hear of it.
    async with deployed(addresses, tmp_path / "both", services, ["00", "42", "44", "51"]) as both:
        async with on_stage([both], tmp_path / "clock-one") as stage:
            case = await by_phone(stage)
        one = {code: await logs_of(both, code, case) for code in (GUANGDONG_CODE, SICHUAN_CODE)}
    assert one == two


async def leaked(broker: EmbeddedKafka, prefix: str) -> list[str]:
    """Topics of another province on a province's own broker, beside mailboxes."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap, "log_level": 0})
    return [name for name in admin.list_topics(timeout=15).topics if name.startswith(prefix)]


# --- What must be equal: ids, times, seals and names of keys aside ------------------------------------------

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
PSEUDONYM = re.compile(r"\d\d-p-[0-9a-f]{8}\.[\w-]+")
NUMBER = re.compile(r"\d\d-\d{4}-\d{7}-\d")
EMPLOYER = re.compile(r'"employer":"[0-9A-Z]{18}"')
SEALED = re.compile(r'\{"key_id":"[^"]+","box":"[^"]+"\}')


def masked(value: bytes) -> str:
    text = SEALED.sub("<sealed>", value.decode())
    for pattern, name in ((UUID, "<id>"), (TIME, "<time>"), (PSEUDONYM, "<person>"), (NUMBER, "<number>")):
        text = pattern.sub(name, text)
    return EMPLOYER.sub("<employer>", text)


async def logs_of(deployment: Deployment, province: Province, case: CaseId) -> dict[str, Any]:
    """The case's events per log. Claims and notices answer several logs: their place among others is free."""
    found: dict[str, Any] = {}
    for log in ("cases", "transfers", "matters", "notices"):
        records = [
            (record, message)
            for record, message in await deployment.records(f"cn{province}.{log}")
            if message.envelope.subject == case
        ]
        records.sort(key=lambda pair: pair[1].envelope.sequence or 0)
        once = {m.envelope.sequence: (m.event.type, masked(r.value)) for r, m in records}
        assert list(once) == list(range(1, len(once) + 1)), f"{log} of {province} has no gap"
        said = list(once.values())
        if log in ("cases", "transfers"):
            found[log] = said
        else:
            found[log] = Counter(said)
    return found
