"""What an operator does with records in quarantine, as he types it."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casebridge.cli import main
from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted
from schemas.samples import a
from tests.chassis.test_quarantine import replace_sealed
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, case_id, deployed, source, until

ESCAPE = b"\x1b[2J"
"""Clears the screen of whoever prints it."""


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


def typed(*words: str, **environ: str) -> Result:
    return CliRunner().invoke(main, ("quarantine", *words), env=environ)


async def test_an_operator_lists_opens_and_retries_what_nobody_understood(
    toys: Deployment, tmp_path: Path
) -> None:
    case, kept = case_id(), tmp_path / "seen.json"
    async with toys.running(toy_service) as runtime, source(toys.addresses.kafka, "/cn44/intake") as intake:
        environ = {
            "CASEBRIDGE_AT": f"http://127.0.0.1:{runtime.http_port}",
            "CASEBRIDGE_TOKEN": toys.token("operator", "44"),
        }

        async def operator(*words: str) -> Result:
            return await asyncio.to_thread(typed, *words, **environ)

        assert (await operator()).output == "Nothing lies in quarantine.\n"
        await intake.send_raw("cn44.cases", "张三".encode(), ESCAPE, [("ce_id", b"1")])

        async def there() -> bool:
            return "header-missing: 1" in (await operator()).output

        await until(there, "it lies in quarantine")
        (row,) = json.loads((await operator("list", "--json", "--reason", "header-missing")).output)
        assert json.loads((await operator("list", "--json", "--reason", "no-key")).output) == []
        place = f"local/cn44.cases/{row['partition']}/{row['offset']}"
        listed = (await operator()).output
        assert listed.startswith("mediation header-missing: 1\n")
        assert place in listed
        assert "张三" not in listed

        shown = json.loads((await operator("open", place)).output)
        assert (shown["key"], shown["headers"]) == ("张三", [["ce_id", "1"]])
        assert shown["value"] == {"base64": "G1sySg=="}, "a terminal would obey it"
        assert "nobody else may read" in (await operator("open", place, "--to", str(kept))).output
        assert json.loads(kept.read_text("utf-8")) == shown
        assert kept.stat().st_mode & 0o777 == 0o600
        assert "is there already" in (await operator("open", place, "--to", str(kept))).output
        assert (await operator("open", place, "--raw")).stdout_bytes == ESCAPE

        refused = await operator("retry", place)
        assert refused.exit_code == 1
        assert "409" in refused.output
        assert refused.output.endswith("0 of 1 records were taken in.\n")
        assert (await operator("open", "local/cn44.cases/0/99999")).exit_code == 1
        assert (await operator("open", "cn44.cases/0")).exit_code == 2
        assert (await operator("retry")).exit_code == 2

        # What a repaired release would read: the bytes are some that this one knows.
        await replace_sealed(toys, intake.record(a(ApplicationSubmitted, case_id=case)), row)
        taken = await operator("retry", "--reason", "header-missing")
        assert taken.output == f"mediation {place}: taken in\n1 of 1 records were taken in.\n"
        assert (await operator()).output == "Nothing lies in quarantine.\n"
        assert await toys.rows("mediation", "SELECT 1 FROM toy WHERE id = :c", c=case)
