"""A real transfer, proven from either side: each has its own database and its own keys."""

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from casebridge.receipts.exporting import NothingToExport, export
from casebridge.receipts.verifying import Checked, verify
from chassis.keyring import Keyring, load_keyring
from schemas.ids import CaseId, Province, TransferId
from tests.deployment import Deployment
from tests.stage import Provinces

BOTH = Province("44"), Province("51")


async def receipts(deployment: Deployment, transfer: str, by: Province) -> bytes:
    keyring = load_keyring(deployment.folder / "keys", deployment.provinces)
    engine = create_async_engine(deployment.databases["routing"])
    try:
        async with engine.connect() as connection:
            now = deployment.clock.now()
            return await export(connection, TransferId(transfer), keyring, now=now, by=by)
    finally:
        await engine.dispose()


def checked(deployment: Deployment, file: bytes) -> list[Checked]:
    trusted = load_keyring(deployment.folder / "keys", deployment.provinces).trusted
    return list(verify(file, Keyring(own={}, trusted=trusted)))


async def test_both_sides_prove_a_transfer_with_the_same_letters(stage: Provinces, case: CaseId) -> None:
    sichuan = stage.deployments[Province("51")]
    rows = await sichuan.rows(
        "routing", "SELECT state ->> 'transfer_id' AS id FROM offer WHERE case_id = :case", case=case
    )
    files = [await receipts(stage.deployments[by], rows[0].id, by) for by in BOTH]
    for by, file in zip(BOTH, files, strict=True):
        found = checked(stage.deployments[by], file)
        assert not any(each.broken for each in found), found[-1]
        said = " ".join(each.said.en for each in found)
        for step in ("asks the other side", "was delivered", "decides to take", "completes the transfer"):
            assert step in said
        assert said.count("of the other side too") >= 3
    ours, theirs = (file.split(b"\n")[1:-2] for file in files)
    assert ours == theirs
    with pytest.raises(NothingToExport):
        await receipts(sichuan, "no-such-transfer", BOTH[0])
