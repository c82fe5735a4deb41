"""`transfers`: whole hand-overs, from the application until the other province has the case, all signed."""

import asyncio
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import cache, partial
from time import perf_counter
from typing import Any
from uuid import uuid4

import asyncpg

from bench import floors
from bench.events import records
from bench.http import created, request_of
from bench.processes import ready_service
from bench.stage import Stage
from bench.table import Row, row
from casebridge.services import load_service
from chassis.keyring import Keyring, load_keyring
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.envelope import Event, Record, encode, topic_of
from schemas.ids import AgencyId, CaseId, Division, MemberId, Province, case_number
from schemas.keys import KeysIssued
from schemas.samples import a, facts, received
from schemas.transfers import TransferOffered
from tests.deployment import Deployment, Source, source

FROM, TO = Province("44"), Province("51")
LOOK_S = 0.1
IN_TIME_S = 600.0
SIGNATURES = 200

OFFERS = """
    SELECT agency, case_id, id FROM offer WHERE province = '51' AND status = 'waiting' ORDER BY id LIMIT 500
"""
MOVED = "SELECT count(*) FROM custody WHERE province = '51'"


async def measure(stage: Stage) -> list[Row]:
    count = stage.size(5_000, 1_500)
    routing = load_service("routing")
    async with stage.deployment(routing, provinces=("44", "51")) as deployment:
        async with source(stage.addresses.kafka, "/cn44/intake") as intake:
            before = await bare_rate(stage, intake)
            said = applications(deployment, intake, count)
        async with (
            # Two provinces, and two processes: one alone would leave one of the two cores to the database.
            ready_service(stage, deployment, "routing", [FROM]),
            ready_service(stage, deployment, "routing", [TO]) as (_, port),
            stage.producer() as producer,
        ):
            began = perf_counter()
            for log, found in said.items():
                await floors.produce(producer, f"cn{FROM}.{log}", found, 1_000)
            await accept_all(deployment, port, count)
            took = perf_counter() - began
            events = await written(deployment)
        async with source(stage.addresses.kafka, "/cn44/intake") as intake:
            # The better of two: a floor that a hiccup of the broker has lowered would be reached too easily.
            bare = max(before, await bare_rate(stage, intake))
        signing = signing_s(load_keyring(deployment.folder / "keys", [FROM, TO]))
    letters = sum(number for topic, number in events.items() if topic.endswith(".mailbox"))
    for topic, number in events.items():
        print(f"{topic}: {number / count:.2f} events a transfer", file=sys.stderr)
    return [
        row("transfers", count / took, 1 / (sum(events.values()) / count / bare), "cases/s"),
        row("transfers, events", sum(events.values()) / took, bare, "events/s", ("ratio ≥", 0.30)),
        row("transfers, signing and checking", letters * signing * 100 / took, 100, "% of the time"),
    ]


# --- What comes in -----------------------------------------------------------------------------------------


def applications(deployment: Deployment, intake: Source, count: int) -> dict[str, list[Record]]:
    """Taken in Guangdong of workers from Sichuan, whose station there is asked; by log."""
    keyring = load_keyring(deployment.folder / "keys", [FROM])
    said: dict[str, list[Record]] = {"keys": [], "cases": []}
    for number in range(1, count + 1):
        for event in applied(keyring, number, FROM, home=Division("510521")):
            said[topic_of(type(event))].append(intake.record(event))
    return said


def applied(keyring: Keyring, number: int, taken_in: Province, **known: Any) -> Iterator[Event]:
    """One worker's application at the centre of a province, with the key that its sealed parts are under.

    `known`: what its facts say otherwise.
    """
    case, key = CaseId(str(uuid4())), keyring.new_case_key(taken_in)
    wrapped = keyring.wrap_case_key(key, taken_in)
    yield a(KeysIssued, case_id=case, key_id=key.id, wrapped=wrapped.box, wrapped_with=wrapped.key_id)
    contact = keyring.seal({"name": "张三", "phone": "13900000000"}, key, case.encode())
    told = facts(number=case_number(taken_in, 2026, number), members=1, **known)
    agency = AgencyId(f"{taken_in}0000-legal-aid")
    yield a(ApplicationSubmitted, case_id=case, facts=told, agency=agency, contact=contact)
    person = keyring.seal({"name": "张三", "id_number": "510521199001011234"}, key, case.encode())
    yield a(MemberJoined, case_id=case, member_id=MemberId(str(uuid4())), person=person)


# --- People ------------------------------------------------------------------------------------------------


async def accept_all(deployment: Deployment, port: int, count: int) -> None:
    """Who is asked accepts whatever is on his list, until every case has moved.

    Mostly it is the workers' own station; a site that has more open offers than it can work off is passed
    over for another. Its people share the two cores with what is measured: they look through one
    connection, and say no more over HTTP than they must.
    """
    token_of = cache(partial(deployment.token, "receiver", TO))
    async with asyncio.timeout(IN_TIME_S), connected(deployment.databases["routing"]) as list_of_work:
        while await list_of_work.fetchval(MOVED) < count:
            offers = await list_of_work.fetch(OFFERS)
            said = [
                request_of(f"/cases/{case}/offers/{id}/acceptance", {}, token_of(agency), id)
                for agency, case, id in offers
            ]
            await created([port], said)
            if not offers:
                await asyncio.sleep(LOOK_S)


@asynccontextmanager
async def connected(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(database_url.replace("postgresql+asyncpg://", "postgresql://"))
    try:
        yield connection
    finally:
        await connection.close()


# --- What it is compared with ------------------------------------------------------------------------------


async def bare_rate(stage: Stage, intake: Source) -> float:
    """Events a second of the bare pipeline."""
    count, topic = stage.size(30_000, 5_000), stage.bare_topic()
    async with (
        stage.producer() as producer,
        stage.bare_database(floors.PIPELINE) as address,
        stage.consumer(topic) as consumer,
    ):
        await floors.produce(producer, topic, records(intake, count), 1_000)
        database = await asyncpg.connect(address)
        try:
            return await floors.pipeline(consumer, database, "cn44.matters", count)
        finally:
            await database.close()


async def written(deployment: Deployment) -> dict[str, int]:
    """How many events both sides wrote on each topic.

    A province that takes a case on makes a key for it, and says so: that is an event of the transfer as well.
    What the bench itself handed in is not.
    """
    topics = [f"cn{province}.{log}" for province in (FROM, TO) for log in ("transfers", "mailbox", "keys")]
    return {
        topic: sum(message.envelope.service == "routing" for _, message in await deployment.records(topic))
        for topic in topics
    }


def signing_s(keyring: Keyring) -> float:
    """Seconds to sign one letter and to check it."""
    letter = received(TransferOffered.type)
    record = encode(letter.event, letter.envelope._replace(signedby=None, signature=None))
    began = perf_counter()
    for _ in range(SIGNATURES):
        keyring.verify_letter(keyring.sign_letter(record, "cn51.mailbox", FROM), "cn51.mailbox")
    return (perf_counter() - began) / SIGNATURES
