"""Rows beside the aggregates: written once, or as they are from now on."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Column, MetaData, Table, Text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from chassis.bulk import Writes, fetch
from chassis.case_state import CaseState, row_key
from chassis.cases import save_projections
from chassis.embedded.databases import create_database, drop_database
from chassis.embedded.parts import Addresses
from schemas.ids import CaseId, Province

WORK = Table("work", MetaData(), Column("id", Text, primary_key=True), Column("what", Text))


@pytest.fixture
async def engine(addresses: Addresses) -> AsyncIterator[AsyncEngine]:
    name = f"rows_{uuid4().hex[:12]}"
    made = create_async_engine(await create_database(addresses.database_url, name))
    async with made.begin() as connection:
        await connection.run_sync(WORK.metadata.create_all)
    yield made
    await made.dispose()
    await drop_database(addresses.database_url, name)


def row(id: str, what: str | None) -> dict[str, Any]:
    return {"id": id, "what": what}


def inserting(*rows: dict[str, Any]) -> CaseState:
    case = CaseState(province=Province("44"), case_id=CaseId("case-1"))
    case.rows += [(WORK, each) for each in rows]
    return case


def overwriting(*rows: dict[str, Any]) -> CaseState:
    case = CaseState(province=Province("44"), case_id=CaseId("case-2"))
    case.overwritten |= {row_key(WORK, each): each for each in rows}
    return case


async def written(engine: AsyncEngine, *cases: CaseState) -> dict[str, str | None]:
    """What the table holds once these are saved together."""
    async with engine.begin() as connection:
        writes = Writes()
        save_projections(writes, cases)
        await writes.execute(connection)
        return {each["id"]: each["what"] for each in await fetch(connection, "SELECT id, what FROM work")}


async def test_a_row_stays_as_it_was_written_first_unless_it_is_overwritten(engine: AsyncEngine) -> None:
    assert await written(engine, inserting(row("a", "first"))) == {"a": "first"}
    assert await written(engine, inserting(row("a", "second"))) == {"a": "first"}
    assert await written(engine, overwriting(row("a", None))) == {"a": None}


async def test_what_is_written_and_overwritten_at_once_is_overwritten(engine: AsyncEngine) -> None:
    found = await written(
        engine, inserting(row("a", "first"), row("b", "first")), overwriting(row("a", "then"))
    )

    assert found == {"a": "then", "b": "first"}
