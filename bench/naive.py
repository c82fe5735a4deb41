"""The service that one would write first: FastStream per message, `ACK`, a transaction each, then publish."""

import asyncio
import json
from time import perf_counter
from uuid import uuid4

from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bench.stage import Stage
from tests.deployment import answered, until

SCHEMA = """
    CREATE TABLE inbox (id text PRIMARY KEY);
    CREATE TABLE aggregate (id text PRIMARY KEY, version bigint NOT NULL, sum_fen bigint NOT NULL);
"""
INBOX = text("INSERT INTO inbox VALUES (:id) ON CONFLICT DO NOTHING")
SAVE = text("""
    INSERT INTO aggregate AS own VALUES (:id, 1, :fen)
    ON CONFLICT (id) DO UPDATE SET version = own.version + 1, sum_fen = own.sum_fen + excluded.sum_fen
""")


class Arrived(BaseModel):
    """What the handler takes."""

    case_id: str
    claim_fen: int = 0


class Said(BaseModel):
    """What it publishes."""

    case_id: str
    claim_fen: int


async def rate(stage: Stage, count: int) -> float:
    """Events a second, of a backlog."""
    topic, answers = stage.bare_topic(), stage.bare_topic()
    async with stage.producer() as producer:
        for number in range(count):
            body = json.dumps({"case_id": f"case-{number % 200}", "claim_fen": number}).encode()
            await producer.send(topic, body, key=f"case-{number % 200}".encode())
        await producer.flush()
    async with stage.bare_database(SCHEMA) as address:
        return await run(
            stage, address.replace("postgresql://", "postgresql+asyncpg://"), topic, answers, count
        )


async def run(stage: Stage, address: str, topic: str, answers: str, count: int) -> float:
    database = create_async_engine(address)
    broker = KafkaBroker(stage.addresses.kafka, logger=None, enable_idempotence=True, acks="all")
    handled: list[float] = []

    @broker.subscriber(
        topic, group_id=f"naive-{uuid4().hex[:8]}", ack_policy=AckPolicy.ACK, auto_offset_reset="earliest"
    )
    async def register(arrived: Arrived, message: KafkaMessage) -> None:
        async with database.begin() as connection:
            await connection.execute(INBOX, {"id": message.message_id})
            await connection.execute(SAVE, {"id": arrived.case_id, "fen": arrived.claim_fen})
        said = Said(case_id=arrived.case_id, claim_fen=arrived.claim_fen)
        await broker.publish(said, answers, key=arrived.case_id.encode())
        handled.append(perf_counter())

    await broker.start()
    try:
        await until(lambda: answered(len(handled) >= count), "the last message", 120)
    finally:
        await broker.stop()
        await database.dispose()
    await asyncio.sleep(0)
    return (count - 1) / (handled[count - 1] - handled[0])
