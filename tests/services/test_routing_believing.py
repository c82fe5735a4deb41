"""Letters that a province signs and may not say, on a real broker: they change nothing, and hold nothing."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import pytest

from chassis.embedded.parts import Addresses
from chassis.keyring import load_keyring
from schemas.envelope import Event, Letter
from schemas.facts import CaseFacts
from schemas.ids import Province, TransferId
from schemas.keys import KeysErased
from schemas.samples import a
from schemas.transfers import OfferAccepted, TransferCompleted, TransferEnclosed, TransferRecalled
from services.intake.app import service as intake
from services.routing.app import service as routing
from tests.deployment import Source, deployed, source, until
from tests.services.test_routing_moves import GUANGDONG, STATION, World

ASKS, ASKED, STRANGER = map(Province, ("44", "51", "33"))


@pytest.fixture(scope="module")
async def world(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    async with (
        deployed(
            addresses, tmp_path_factory.mktemp("believing"), [intake, routing], [STRANGER, ASKS, ASKED]
        ) as parts,
        AsyncExitStack() as stack,
    ):
        services = (intake, routing)
        runtimes = {each.name: await stack.enter_async_context(parts.running(each)) for each in services}
        yield World(parts, runtimes)
        for service in runtimes:
            held = await parts.rows(service, "SELECT case_id, hold FROM case_row WHERE hold IS NOT NULL")
            assert not held, held


@asynccontextmanager
async def writing(world: World, province: Province, service: str = "routing") -> AsyncIterator["Hand"]:
    """Somebody who has the keys of a province, and says what he likes."""
    async with source(world.parts.addresses.kafka, f"/cn{province}/{service}") as by:
        yield Hand(world, province, by)


class Hand:
    def __init__(self, world: World, province: Province, by: Source) -> None:
        self.world, self.province, self.by = world, province, by
        self.keyring = load_keyring(world.parts.folder / "keys", [province])
        self.written = 0

    async def write(self, to: Province, event: Event) -> None:
        """Signed, numbered and addressed as it must be."""
        self.written += 1
        mailbox, now = f"cn{to}.mailbox", self.world.parts.clock.now()
        record = self.by.record(event, sequence=self.written, destination=mailbox, recordedtime=now)
        await self.by.send(mailbox, self.keyring.sign_letter(record, mailbox, self.province))

    async def read(self, by: Province, case: str) -> None:
        """Until all of it has been applied."""

        async def applied() -> bool:
            rows = await self.world.parts.rows(
                "routing",
                "SELECT (inbox -> :stream ->> 1)::int AS applied FROM case_row "
                "WHERE province = :by AND case_id = :case",
                stream=f"mailbox {self.by.source}",
                by=by,
                case=case,
            )
            return bool(rows) and (rows[0].applied or 0) >= self.written

        await until(applied, f"{by} has read what {self.province} wrote")


async def offered(world: World) -> dict[str, Any]:
    case = await world.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")
    offer = await world.offer_to(STATION, case)
    await world.see(f"/cases/{case}/custody", GUANGDONG, lambda custody: delivered(custody, members=2))
    return offer


def delivered(custody: dict[str, Any], members: int) -> bool:
    """Whether nothing more is to come until somebody acts."""
    joined = [item for item in custody["items"] if item["kind"] == "member"]
    return (custody["transfers"][0]["state"], len(joined)) == ("delivered", members)


def about(offer: dict[str, Any], kind: type[Letter], **said: Any) -> Letter:
    named = {"case_id": offer["case_id"], "transfer_id": TransferId(offer["transfer_id"])}
    return a(kind, **named | said)


def completed(offer: dict[str, Any], **said: Any) -> Letter:
    return about(offer, TransferCompleted, owner=STATION, epoch=2, **said)


async def test_who_made_no_offer_can_neither_complete_nor_recall_it_nor_add_to_it(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    offer = await offered(world)
    case = offer["case_id"]
    before = await states(world, case)

    async with writing(world, STRANGER) as liar:
        # What it encloses opens with no key of ours: opened, it would hold the case.
        for letter in (
            completed(offer),
            about(offer, TransferEnclosed),
            about(offer, TransferRecalled),
            completed(offer),
        ):
            await liar.write(ASKED, letter)
        await liar.read(ASKED, case)
    async with writing(world, STRANGER) as liar:
        await liar.write(ASKS, about(offer, OfferAccepted, to_province=ASKS))
        await liar.write(ASKS, a(KeysErased, case_id=case))
        await liar.read(ASKS, case)

    assert await states(world, case) == before
    said = [each for each in caplog.records if each.message == "letter_not_believed"]
    assert [each.sender for each in said] == [STRANGER] * 5  # type: ignore[attr-defined]
    kept = await world.parts.rows(
        "routing",
        "SELECT count(*) AS n FROM received_letter WHERE case_id = :case AND from_province = :by",
        case=case,
        by=STRANGER,
    )
    assert kept[0].n == 6

    # And the case goes its way: its key is still there, and so is what it seals.
    assert (await world.answer(offer, STATION, "acceptance")).is_success
    await world.placed(case, STATION, 2)


async def states(world: World, case: str) -> list[Any]:
    found = [
        await world.parts.rows("routing", f"SELECT state FROM {table} WHERE case_id = :case", case=case)
        for table in ("custody", "offer")
    ]
    return [row.state for rows in found for row in rows]


async def test_a_case_that_comes_before_anybody_here_accepted_it_waits_for_that(world: World) -> None:
    offer = await offered(world)
    case = offer["case_id"]

    async with writing(world, ASKS, "another") as hasty:
        letter = completed(
            offer, facts=CaseFacts.model_validate_json(json.dumps(offer["facts"])), followers=(ASKS,)
        )
        await hasty.write(ASKED, letter)

        async def waits() -> bool:
            return bool(
                await world.parts.rows(
                    "routing",
                    "SELECT 1 FROM queued WHERE province = :by AND case_id = :case AND cause = 'behind'",
                    by=ASKED,
                    case=case,
                )
            )

        await until(waits, "it waits")
        assert not await world.parts.rows(
            "routing", "SELECT 1 FROM custody WHERE province = :by AND case_id = :case", by=ASKED, case=case
        )
        assert (await world.answer(offer, STATION, "acceptance")).is_success
        await hasty.read(ASKED, case)

    await world.placed(case, STATION, 2)
