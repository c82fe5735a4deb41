"""The command line, as a person types it."""

import asyncio
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casebridge.cli import COMMANDS, main
from chassis.embedded.databases import drop_database, url_of_database
from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.samples import a
from tests.chassis.toy import POISON_FEN, toy_service
from tests.deployment import Deployment, case_id, deployed, source, until


def typed(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, words, env=environ)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_what_it_does(command: str) -> None:
    result = typed(command, "--help")

    assert result.exit_code == 0, result.output
    assert "Usage" in result.output


def test_help_is_quick() -> None:
    """It imports no client of a broker or database."""
    asked = "import sys, casebridge.cli; print('sqlalchemy' in sys.modules, 'aiokafka' in sys.modules)"
    begun = time.monotonic()

    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout

    assert said.split() == ["False", "False"]
    assert time.monotonic() - begun < 5


def test_a_token_needs_the_key_of_an_own_issuer(tmp_path: Path) -> None:
    keys = str(tmp_path / "keys")
    refused = typed("token", "--keys", keys, "--role", "operator", "--province", "44")
    assert refused.exit_code == 1
    assert "casebridge keys create --tokens" in refused.output

    made = typed("keys", "create", "--keys", keys, "--provinces", "44,51", "--tokens")
    issued = typed("token", "--keys", keys, "--role", "operator", "--province", "44")

    assert made.output.strip().endswith("44, 51.")
    assert issued.output.count(".") == 2


def test_keys_that_are_there_are_not_replaced(tmp_path: Path) -> None:
    keys = str(tmp_path / "keys")
    typed("keys", "create", "--keys", keys, "--provinces", "44")
    before = (tmp_path / "keys" / "44.private.json").read_bytes()

    again = typed("keys", "create", "--keys", keys, "--provinces", "44")

    assert "were in" in again.output
    assert (tmp_path / "keys" / "44.private.json").read_bytes() == before


def test_migrate_without_an_address_names_the_variable() -> None:
    result = typed("migrate", "intake", CASEBRIDGE_DATABASE_URL="")

    assert result.exit_code == 1
    assert "CASEBRIDGE_DATABASE_URL" in result.output


async def test_migrate_makes_a_database_and_finds_it_the_next_time(addresses: Addresses) -> None:
    url = url_of_database(addresses.database_url, "test_commands")
    try:
        for _ in range(2):
            result = await asyncio.to_thread(typed, "migrate", "intake", CASEBRIDGE_DATABASE_URL_INTAKE=url)
            assert result.output == "intake: test_commands is at this release.\n"
    finally:
        await drop_database(addresses.database_url, "test_commands")


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


async def test_an_operator_sees_a_held_case_and_discards_what_holds_it(toys: Deployment) -> None:
    case = case_id()
    async with toys.running(toy_service) as runtime, source(toys.addresses.kafka, "/cn44/intake") as intake:
        at = f"http://127.0.0.1:{runtime.http_port}"
        environ = {"CASEBRIDGE_AT": at, "CASEBRIDGE_TOKEN": toys.token("operator", "44")}

        async def operator(*words: str) -> str:
            return (await asyncio.to_thread(typed, "held", *words, **environ)).output

        assert await operator("list") == "No case is held.\n"
        await intake.say(a(ApplicationSubmitted, case_id=case))
        await intake.say(a(MemberJoined, case_id=case, claim_fen=POISON_FEN))

        async def held() -> bool:
            return case in await operator("list")

        await until(held, "the case is held")
        assert "poison ValueError" in await operator("list")
        assert "held again" in await operator("redrive", case)
        assert "let go, 0 events wait" in await operator("discard", case, "--yes")
        assert "is not held" in await operator("redrive", case)
