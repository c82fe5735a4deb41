"""What people say of themselves is nowhere in the clear: on no log, in no table, span, metric or line."""

import io
import logging
import unicodedata
from collections.abc import AsyncIterator, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaConsumer, TopicPartition
from confluent_kafka.admin import AdminClient
from rich.console import Console
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from casebridge.demo.cast import GUANGDONG, STATION
from casebridge.demo.people import id_number
from casebridge.demo.screen import Screen
from casebridge.demo.stories.zhongshan import HOME, application
from casebridge.demo.tale import Tale
from casebridge.services import NAMES, load_service
from chassis.embedded.parts import Addresses
from chassis.telemetry.logs import JsonLines
from tests.deployment import Deployment, deployed, source
from tests.services.bundles import Old, agreed
from tests.spans import Collector, collecting
from tests.stage import Provinces, on_stage

NAME, HEIR = "欧阳识别甲", "欧阳识别乙"
PHONE, ACCOUNT = "10076543219", "6222987654321098765"
ADDRESS, DIAGNOSIS = "识别镇识别村七十七号", "腰椎粉碎性骨折识别"
NUMBER, HEIR_NUMBER = id_number(HOME), id_number(HOME)
LAWYER, MEDIATOR = "识别律师丙", "识别调解员丁"
PLANTED = (NAME, HEIR, LAWYER, MEDIATOR, PHONE, ACCOUNT, ADDRESS, DIAGNOSIS, NUMBER, HEIR_NUMBER)

NEEDLES = {form: said for said in PLANTED for form in (said.encode(), said.encode("unicode_escape"))}


def found_in(hay: bytes) -> list[str]:
    """Which of the planted texts are there, in UTF-8 or as JSON escapes."""
    return [said for needle, said in NEEDLES.items() if needle in hay]


def person(name: str, number: str) -> dict[str, Any]:
    return {
        "name": name,
        "id_number": number,
        "phone": PHONE,
        "address": ADDRESS,
        "bank_account": ACCOUNT,
    }


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """The log lines of all services, as they are printed."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(JsonLines("test"))
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as found:
        yield found


@pytest.fixture
async def both(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    services = [load_service(name) for name in NAMES]
    async with deployed(addresses, tmp_path, services, ["00", "44", "51"]) as deployment:
        yield deployment


async def play(stage: Provinces) -> None:
    """A story with planted people, then everything that makes services complain about them."""
    async with httpx.AsyncClient(timeout=30) as http:
        tale = Tale(stage=stage, screen=Screen(Console(file=io.StringIO())), http=http, owner=STATION)
        said = application(
            channel="hotline-12348",
            site="440000-hotline-12348",
            narrative=f"{NAME}：{DIAGNOSIS}",
            members=[{**person(HEIR, HEIR_NUMBER), "claim_fen": 100, "role": "heir"}],
            worker=person(NAME, NUMBER),
            contact={"name": HEIR, "phone": PHONE, "address": ADDRESS},
        )
        await tale.apply(GUANGDONG, "hotline_clerk", said)
        transfer = await tale.offered_to(STATION)
        await tale.accept_offer(STATION, transfer)
        await tale.moved(GUANGDONG, transfer)
        tale.epoch = 2
        await tale.placed_with(STATION)
        await tale.accept()
        await tale.grant("mediation", means="declared")
        lawyer: dict[str, Any] = {
            "assignee": "lawyer-1",
            "name": LAWYER,
            "role": "lawyer",
            "organisation": STATION.id,
        }
        await tale.act("assignments", "assignment.made", "assigns", stage="mediation", **lawyer)
        await provoke(tale, said)
        await move_here(tale, stage)
        await stage.traveller.quiet()


async def move_here(tale: Tale, stage: Provinces) -> None:
    """A case of another system, whose bundle says who worked on it; first with a name too many."""
    old = Old(stage.clock.now())
    agreed(old, "旧〔2026〕1号", "mediation", 30)
    for row in old.files["history.csv"]:
        if "person_name" in row:
            row["person_name"] = MEDIATOR
    wrong = deepcopy(old)
    wrong.act("旧〔2026〕1号", 1, "note", person_name=MEDIATOR)
    token = {"Authorization": f"Bearer {stage.token(GUANGDONG.person('operator'))}"}
    url = f"{stage.address('intake', GUANGDONG.province)}/v1/imports"
    for bundle, status in ((wrong, 422), (old, 201)):
        answer = await tale.http.post(url, content=bundle.packed(), headers=token)
        assert answer.status_code == status, answer.text


async def provoke(tale: Tale, said: dict[str, Any]) -> None:
    """Personal data where they do not belong: each request is refused."""
    clerk = GUANGDONG.person("intake_clerk")
    token = {"Authorization": f"Bearer {tale.stage.token(clerk)}"}
    at = tale.stage.address("intake", GUANGDONG.province)
    wrong: list[dict[str, Any]] = [
        {**said, "channel": NAME},
        {**said, "home": NUMBER},
        {**said, "site": f"{NAME} {PHONE}"},
        {**said, "language": DIAGNOSIS},
        {**said, NAME: ACCOUNT},
        {**said, "members": [{**said["members"][0], "id_number": f"{NUMBER}{NAME}"}]},
        {**said, "members": [{**said["members"][0], "role": NAME}]},
    ]
    for number, body in enumerate(wrong):
        headers = {**token, "Idempotency-Key": f"wrong-{number}"}
        answer = await tale.http.post(f"{at}/v1/applications", json=body, headers=headers)
        assert answer.status_code == 422, answer.text
        # To the one who wrote it the name of a field that is not known may be told, and nothing else.
        assert found_in(answer.content) in ([], [NAME] if NAME in body else []), answer.text
    for path in (f"/cases/{NAME}", f"/cases/{NUMBER}/members", f"/applications?number={NAME}{NUMBER}"):
        answer = await tale.http.get(f"{at}/v1{path}", headers=token)
        assert answer.is_error
    for headers in (
        {**token, "Idempotency-Key": NUMBER + " " + PHONE},
        {"Authorization": f"Bearer {PHONE}.{NUMBER}.x", "Idempotency-Key": "k"},
    ):
        assert (await tale.http.post(f"{at}/v1/applications", json=said, headers=headers)).is_error


async def test_nothing_that_people_say_of_themselves_is_in_the_clear(
    both: Deployment, tmp_path: Path, written: io.StringIO, collector: Collector
) -> None:
    endpoint = f"http://127.0.0.1:{collector.port}"
    async with on_stage([both], tmp_path / "clock", otlp_endpoint=endpoint) as stage:
        await play(stage)
        records = await all_records(both)
        async with source(both.addresses.kafka, "/cn44/intake") as speaking:
            rubbish = f"{NAME} {NUMBER} {PHONE}".encode()
            await speaking.send_raw("cn44.cases", rubbish, rubbish, [("ce_id", rubbish)])
            await speaking.send_raw("cn44.mailbox", rubbish, rubbish, [("ce_source", rubbish)])
        await stage.traveller.quiet()
        metrics = b"".join(runtime.metrics.text() for runtime in stage.runtimes.values())
    rows = [row for name in NAMES async for row in all_rows(both.databases[name])]

    assert len(records) > 50
    assert len(rows) > 100
    assert any(b"helper/mediator-1" in row for row in rows)
    assert collector.bodies
    places = {
        "a log": records,
        "a table": rows,
        "a span or a metric that was sent": collector.bodies,
        "a metric": [metrics],
        "a line of a log": [written.getvalue().encode()],
    }
    found = {(place, what) for place, hays in places.items() for hay in hays for what in found_in(hay)}
    assert found == set()


async def test_the_search_finds_what_is_planted() -> None:
    """A search that cannot find would prove nothing."""
    assert found_in(f'{{"name":"{NAME}"}}'.encode()) == [NAME]
    assert found_in(b'{"name":"' + NAME.encode("unicode_escape") + b'"}') == [NAME]
    assert unicodedata.is_normalized("NFC", NAME)


async def all_records(deployment: Deployment) -> list[bytes]:
    """Key, headers and value of every record of every topic of the deployment."""
    consumer = AIOKafkaConsumer(bootstrap_servers=deployment.addresses.kafka, auto_offset_reset="earliest")
    await consumer.start()
    try:
        names = tuple(f"cn{province}." for province in deployment.provinces)
        admin = AdminClient({"bootstrap.servers": deployment.addresses.kafka, "log_level": 0})
        topics = admin.list_topics(timeout=15).topics
        places = [
            TopicPartition(name, partition)
            for name, topic in topics.items()
            if name.startswith(names)
            for partition in topic.partitions
        ]
        consumer.assign(places)
        ends = await consumer.end_offsets(places)
        found: list[bytes] = []
        while any([await consumer.position(place) < ends[place] for place in places]):
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += [whole(record) for record in records]
        return found
    finally:
        await consumer.stop()


def whole(record: Any) -> bytes:
    headers = b"|".join(name.encode() + b"=" + (value or b"") for name, value in record.headers)
    return b"|".join((record.key or b"", headers, record.value or b""))


async def all_rows(url: str) -> AsyncIterator[bytes]:
    """Every row of every table, its binary columns as they are."""
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            tables = await connection.execute(
                text("SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'")
            )
            for (name,) in tables.all():
                for row in await connection.execute(text(f'SELECT * FROM "{name}"')):
                    yield b"|".join(
                        value if isinstance(value, bytes) else str(value).encode() for value in row
                    )
    finally:
        await engine.dispose()
