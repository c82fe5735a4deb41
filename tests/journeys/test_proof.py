"""A real transfer, proven from either side."""

from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from casebridge.receipts.exporting import NothingToExport, export
from casebridge.receipts.verifying import Checked, verify
from casebridge.services import NAMES, load_service
from chassis.embedded.parts import Addresses
from chassis.keyring import Keyring, load_keyring
from schemas.ids import Province, TransferId
from tests.deployment import Deployment, deployed
from tests.journeys.test_two_deployments import by_phone
from tests.stage import on_stage

EVERYBODY = ("00", "44", "51")
BOTH = EVERYBODY[1:]


async def receipts(deployment: Deployment, transfer: str, by: str) -> bytes:
    keyring = load_keyring(deployment.folder / "keys", deployment.provinces)
    engine = create_async_engine(deployment.databases["routing"])
    try:
        async with engine.connect() as connection:
            now = deployment.clock.now()
            return await export(connection, TransferId(transfer), keyring, now=now, by=Province(by))
    finally:
        await engine.dispose()


def checked(deployment: Deployment, file: bytes) -> list[Checked]:
    trusted = load_keyring(deployment.folder / "keys", deployment.provinces).trusted
    return list(verify(file, Keyring(own={}, trusted=trusted)))


async def test_both_sides_prove_a_transfer_with_the_same_letters(
    addresses: Addresses, tmp_path: Path
) -> None:
    services = [load_service(name) for name in NAMES]
    async with deployed(addresses, tmp_path, services, EVERYBODY) as deployment:
        async with on_stage([deployment], tmp_path / "clock") as stage:
            case = await by_phone(stage)
        rows = await deployment.rows(
            "routing",
            "SELECT state ->> 'transfer_id' AS id FROM offer WHERE case_id = :case AND province = '51'",
            case=case,
        )
        files = [await receipts(deployment, rows[0].id, by) for by in BOTH]
        for file in files:
            found = checked(deployment, file)
            assert not any(each.broken for each in found), found[-1]
            said = " ".join(each.said.en for each in found)
            for step in ("asks the other side", "was delivered", "decides to take", "completes the transfer"):
                assert step in said
            assert said.count("of the other side too") >= 3
        ours, theirs = (file.split(b"\n")[1:-2] for file in files)
        assert ours == theirs
        with pytest.raises(NothingToExport):
            await receipts(deployment, "no-such-transfer", "44")
