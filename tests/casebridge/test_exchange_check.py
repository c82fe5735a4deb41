"""A new province joins: keys given both ways, then a trial letter each way, as people type it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casebridge.cli import main
from chassis.clock import Clock
from chassis.embedded.parts import Addresses
from chassis.topics import apply_topics
from schemas.ids import Province
from schemas.mailbox import DrillAnswered, DrillSent
from tests.chassis.post import HERE, THERE, post_service
from tests.deployment import Deployment, deployed, drop_topics, until

NOBODY = Province("33")


@pytest.fixture
async def here(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path / "here", [post_service], [HERE]) as deployment:
        yield deployment


@pytest.fixture
async def there(here: Deployment, addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path / "there", [post_service], [THERE]) as deployment:
        yield deployment


async def typed(deployment: Deployment, *words: str) -> Result:
    """A command in the environment of the deployment's services; in a thread, since it has its own loop."""
    environ = {
        "CASEBRIDGE_PROVINCES": ",".join(deployment.provinces),
        "CASEBRIDGE_KAFKA": deployment.addresses.kafka,
        "CASEBRIDGE_EXCHANGE_KAFKA": deployment.exchange,
        "CASEBRIDGE_DATABASE_URL": deployment.databases["routing"],
        "CASEBRIDGE_KEYS": str(deployment.folder / "keys"),
        "CASEBRIDGE_TEST_MODE": "1",
        "CASEBRIDGE_CLOCK": str(deployment.clock_file),
    }
    return await asyncio.to_thread(CliRunner().invoke, main, words, env=environ)


async def give_keys(one: Deployment, other: Deployment) -> None:
    """What people do: export, send the file, compare on the phone, import."""
    (province,) = one.provinces
    file = one.folder / f"{province}.for-others.json"
    exported = await typed(one, "keys", "export", province, "--to", str(file))
    digits = exported.output.strip().rpartition(": ")[2]
    imported = await typed(other, "keys", "import", str(file), "--fingerprint", digits)
    assert (exported.exit_code, imported.exit_code) == (0, 0), exported.output + imported.output


async def test_two_provinces_find_what_is_missing_step_by_step_and_then_reach_one_another(
    here: Deployment, there: Deployment
) -> None:
    alone = await typed(here, "exchange", "check")
    assert alone.exit_code == 1
    assert "ok    cn44.mailbox is there, 6 partitions, as declared" in alone.output
    assert "WRONG no other province's keys are here" in alone.output

    await give_keys(there, here)
    async with there.running(post_service):
        unknown = await typed(here, "exchange", "check", "--within", "2")
    assert "WRONG 44 -> 51: no answer within 2 s" in unknown.output
    rows = await there.rows("routing", "SELECT reason, detail FROM quarantine")
    assert [(row.reason, row.detail.split(":")[0]) for row in rows] == [("letter-refused", "unknown-key")]

    await give_keys(here, there)
    async with here.running(post_service), there.running(post_service):
        for one, other in ((here, there), (there, here)):
            (by,), (to,) = one.provinces, other.provinces
            good = await typed(one, "exchange", "check")
            assert good.exit_code == 0, good.output
            assert f"ok    {by} -> {to} -> {by}: answered in " in good.output
            assert f"ok    {to}: its clock agrees" in good.output
    for deployment in (here, there):
        assert not await deployment.rows("routing", "SELECT 1 FROM case_row")


async def test_a_trial_letter_is_answered_once_and_an_answer_never(
    here: Deployment, there: Deployment
) -> None:
    await give_keys(there, here)
    await give_keys(here, there)
    async with here.running(post_service) as runtime, there.running(post_service):
        assert (await typed(here, "exchange", "check")).exit_code == 0

        async def read() -> bool:
            return runtime.lag == 0

        await until(read, "the answer is read")
        await here.settled("routing")
        sent = [type(m.event) for _, m in await here.records("cn51.mailbox")]
        answered = [type(m.event) for _, m in await here.records("cn44.mailbox")]
    assert (sent, answered) == ([DrillSent], [DrillAnswered])
    assert not await here.rows("routing", "SELECT 1 FROM quarantine")


async def test_clocks_that_differ_are_said(here: Deployment, there: Deployment) -> None:
    await give_keys(there, here)
    await give_keys(here, there)
    ahead = Clock(there.clock_file)
    ahead.step_to(ahead.now() + timedelta(minutes=3))
    async with there.running(post_service):
        result = await typed(here, "exchange", "check")

    assert result.exit_code == 1
    assert "WRONG 51: its clock differs by 1" in result.output
    assert "NTP" in result.output


async def test_who_has_not_joined_is_said(here: Deployment, tmp_path: Path, addresses: Addresses) -> None:
    async with deployed(addresses, tmp_path / "nobody", [post_service], [NOBODY]) as nobody:
        await give_keys(nobody, here)
    await asyncio.to_thread(drop_topics, addresses.kafka, [NOBODY])

    result = await typed(here, "exchange", "check", "--with", "33,34")

    assert "WRONG 33: no public keys" not in result.output
    assert "WRONG 34: no public keys of theirs are here" in result.output
    assert "WRONG 44 -> 33: the trial letter could not be sent" in result.output


async def test_an_exchange_that_is_away_is_said_at_once(here: Deployment) -> None:
    here.exchange = "127.0.0.1:1"
    result = await typed(here, "exchange", "check")

    assert result.exit_code == 1
    assert result.output.startswith("WRONG No broker of 127.0.0.1:1 answers")


async def test_a_mailbox_that_is_missing_or_other_than_declared_is_said(
    here: Deployment, addresses: Addresses
) -> None:
    await asyncio.to_thread(drop_topics, addresses.kafka, [HERE])
    missing = await typed(here, "exchange", "check")
    await asyncio.to_thread(apply_topics, addresses.kafka, addresses.kafka, [HERE])

    assert "WRONG cn44.mailbox is not on the exchange" in missing.output
    assert "casebridge topics apply --cluster exchange" in missing.output
