"""Two provinces rotate their keys while a case is on its way between them; then one of them is robbed."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from casebridge.cli import main
from chassis.embedded.parts import Addresses
from chassis.keyring import load_keyring
from chassis.topics import apply_topics
from schemas.ids import Province
from services.intake.app import service as intake
from services.routing.app import service as routing
from tests.deployment import Deployment, deployed, until
from tests.services.test_routing_moves import GUANGDONG, STATION, World

SOUTH, HOME = Province("44"), Province("51")


def typed(*words: object) -> str:
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert result.exit_code == 0, result.output
    return result.output


@dataclass(frozen=True)
class Two:
    """Both deployments; the folder is for what they give one another."""

    south: Deployment
    home: Deployment
    folder: Path

    def give(self) -> None:
        """Each gives the other its public keys, as the handbook says."""
        for one, other in ((self.south, self.home), (self.home, self.south)):
            province, file = one.provinces[0], self.folder / "given.json"
            said = typed("keys", "export", province, "--keys", one.folder / "keys", "--to", file)
            digits = said.rpartition(": ")[2]
            typed("keys", "import", file, "--keys", other.folder / "keys", "--fingerprint", digits)

    def rotate(self, *words: str) -> None:
        for each in (self.south, self.home):
            typed("keys", "rotate", each.provinces[0], "--keys", each.folder / "keys", *words)

    async def quarantined(self) -> list[str]:
        found: list[str] = []
        for each in (self.south, self.home):
            rows = await each.rows("routing", "SELECT detail FROM quarantine")
            found += [row.detail.partition(":")[0] for row in rows]
        return found

    async def signers(self, mailbox: Province) -> list[str]:
        """Who signed the letters about cases, in the order of the mailbox's partitions."""
        records = await self.south.records(f"cn{mailbox}.mailbox")
        return [message.envelope.signedby or "" for _, message in records if message.envelope.sequence]


@asynccontextmanager
async def at_work(deployment: Deployment, **said: Any) -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        runtimes = {
            each.name: await stack.enter_async_context(deployment.running(each, **said))
            for each in (intake, routing)
        }
        yield World(deployment, runtimes)
        await deployment.settled("intake", "routing")


@asynccontextmanager
async def two(addresses: Addresses, folder: Path) -> AsyncIterator[Two]:
    services = [intake, routing]
    async with (
        deployed(addresses, folder / "44", services, [SOUTH]) as south,
        deployed(addresses, folder / "51", services, [HOME]) as home,
    ):
        await asyncio.to_thread(apply_topics, addresses.kafka, addresses.kafka, [Province("00")])
        made = Two(south, home, folder)
        made.give()
        yield made


async def offered(south: World) -> str:
    return await south.apply(GUANGDONG, home="510521", work="442000", case_type="death-compensation")


async def test_letters_under_way_outlive_a_rotation_and_a_thiefs_do_not_arrive(
    addresses: Addresses, tmp_path: Path
) -> None:
    async with two(addresses, tmp_path) as both:
        shutil.copytree(both.south.folder / "keys", tmp_path / "stolen")
        old = load_keyring(both.south.folder / "keys", [SOUTH]).signing_key_of(SOUTH)
        async with at_work(both.south) as south, at_work(both.home) as home:
            case = await offered(south)
            offer = await home.offer_to(STATION, case)
        async with at_work(both.home) as home:
            assert (await home.answer(offer, STATION, "acceptance")).is_success
        both.rotate()
        # What is enclosed is sealed for the old key there, and its receiver does not run.
        async with at_work(both.south) as south:
            await south.see(f"/cases/{case}/custody", GUANGDONG, lambda custody: custody["state"] == "ended")
        both.give()
        both.rotate("--use")
        async with at_work(both.south) as south, at_work(both.home) as home:
            await home.placed(case, STATION, 2)
            second = await offered(south)
            offer = await home.offer_to(STATION, second)
            assert (await home.answer(offer, STATION, "acceptance")).is_success
            await home.placed(second, STATION, 2)
        assert await both.quarantined() == []
        assert {old} < set(await both.signers(HOME))

        typed("keys", "revoke", SOUTH, old, "--keys", both.south.folder / "keys")
        both.give()
        async with at_work(both.south, keys_folder=tmp_path / "stolen") as thief, at_work(both.home):
            await offered(thief)
            await until(lambda: has_refused(both, "revoked"), "the thief's letter in quarantine")


async def test_a_letter_under_a_key_that_was_used_too_early_is_taken_in_once_the_key_is_there(
    addresses: Addresses, tmp_path: Path
) -> None:
    """As the handbook says: import, start again, retry; nobody waits until it is sent again a day later."""
    async with two(addresses, tmp_path) as both:
        typed("keys", "rotate", SOUTH, "--keys", both.south.folder / "keys")
        typed("keys", "rotate", SOUTH, "--keys", both.south.folder / "keys", "--use")
        async with at_work(both.south) as south:
            case = await offered(south)
            async with at_work(both.home):
                await until(lambda: has_refused(both, "unknown-key"), "the offer in quarantine")
            both.give()
            async with at_work(both.home) as home:
                at = f"http://127.0.0.1:{home.runtimes['routing'].http_port}"
                where = ("--at", at, "--token", both.home.token("operator", HOME))
                retried = ("quarantine", "retry", *where, "--reason", "letter-refused")
                assert (await asyncio.to_thread(typed, *retried)).endswith("1 of 1 records were taken in.\n")
                offer = await home.offer_to(STATION, case)
                assert (await home.answer(offer, STATION, "acceptance")).is_success
                await home.placed(case, STATION, 2)
        assert await both.quarantined() == []


async def has_refused(both: Two, reason: str) -> bool:
    return reason in await both.quarantined()
