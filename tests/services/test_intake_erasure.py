"""An erasure over real HTTP, Kafka and PostgreSQL: afterwards all is read, and nothing can be opened."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

from casebridge.audit import Report, audit, settled
from casebridge.cli import main
from chassis.crypto import CannotOpen
from chassis.embedded.parts import Addresses
from chassis.keyring import KeyNotHere
from chassis.runtime import Runtime
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, Province
from services.intake.app import service as intake
from services.mediation.app import service as mediation
from services.notify.app import service as notify
from services.routing.app import service as routing
from tests.deployment import Deployment, deployed, until
from tests.services.applying import a_member, an_application, id_number

OWNER = AgencyId("442000-legal-aid")
SERVICES = [intake, routing, mediation, notify]
PDF = b"%PDF-1.7\n"


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, SERVICES, ["00", "44"]) as deployment:
        yield deployment


@pytest.fixture
async def running(guangdong: Deployment) -> AsyncIterator[dict[str, Runtime]]:
    async with AsyncExitStack() as stack:
        yield {
            service.name: await stack.enter_async_context(guangdong.running(service)) for service in SERVICES
        }


@pytest.fixture
async def clerk(guangdong: Deployment, running: dict[str, Runtime]) -> AsyncIterator[httpx.AsyncClient]:
    async with guangdong.client(running["intake"], "intake_clerk", "44", agency=OWNER, sub="clerk") as client:
        yield client


@pytest.fixture
async def director(guangdong: Deployment, running: dict[str, Runtime]) -> AsyncIterator[httpx.AsyncClient]:
    async with guangdong.client(running["intake"], "director", "44", agency=OWNER, sub="director") as client:
        yield client


async def a_case(clerk: httpx.AsyncClient, key: str, *people: int) -> CaseId:
    body = an_application(*(a_member(n) for n in people), home="442000")
    made = await clerk.post("/applications", json=body, headers={"Idempotency-Key": key})
    case = CaseId(made.json()["case_id"])
    paper = await clerk.post(
        f"/cases/{case}/documents", params={"kind": "wage-iou", "epoch": 1}, content=PDF + key.encode()
    )
    assert paper.status_code == 201, paper.text
    return case


async def post(client: httpx.AsyncClient, case: CaseId, what: str, **said: Any) -> httpx.Response:
    return await client.post(f"/cases/{case}/{what}", json=said, headers={"If-Match": "*"})


async def erased(guangdong: Deployment, clerk: httpx.AsyncClient, director: httpx.AsyncClient) -> CaseId:
    """A case whose data were erased, as a clerk asked and the director approved."""
    case = await a_case(clerk, "gone", 1, 2)

    async def spread() -> bool:
        counts = [
            await guangdong.rows(name, "SELECT 1 FROM vault WHERE case_id = :c", c=case)
            for name in ("intake", "routing", "notify")
        ]
        return all(counts) and bool(written_to_workers(guangdong))

    await until(spread, "every service has its part")
    await post(clerk, case, "withdrawal", because="entered-in-error", epoch=1)
    early = await post(clerk, case, "erasure", because="entered-in-error")
    assert early.json()["type"] == "urn:casebridge:problem:retention-runs"
    asked = await post(clerk, case, "erasure", because="entered-in-error", legal_basis="PIPL-47")
    assert asked.status_code == 201, asked.text
    assert (await post(clerk, case, "erasure/approval")).status_code == 403
    approved = await post(director, case, "erasure/approval")
    assert approved.json()["erased"], approved.text
    return case


def boxes_in(value: Any) -> Iterator[Sealed]:
    """Whatever is sealed anywhere in an event."""
    if isinstance(value, dict):
        if value.keys() >= {"key_id", "box"}:
            yield Sealed(key_id=value["key_id"], box=value["box"])
        for each in value.values():
            yield from boxes_in(each)
    if isinstance(value, list | tuple):
        for each in value:
            yield from boxes_in(each)


async def openable(guangdong: Deployment, runtime: Runtime, case: CaseId) -> int:
    """Of all boxes about a case on all logs and in all vaults: how many any key that is left can open."""
    keyring, province = runtime.engine.keyring, Province("44")
    boxes: list[Sealed] = []
    for log in ("cases", "transfers", "matters", "notices"):
        for _, message in await guangdong.records(f"cn44.{log}"):
            if message.envelope.subject == case:
                boxes += boxes_in(message.event.model_dump(mode="json"))
    keys: dict[str, str] = {}
    for service in SERVICES:
        for row in await guangdong.rows(
            service.name, "SELECT key_id, box FROM vault WHERE case_id = :c", c=case
        ):
            boxes.append(Sealed(key_id=row.key_id, box=row.box))
        found = await guangdong.rows(
            service.name, "SELECT key_id, wrapped FROM case_key WHERE case_id = :c", c=case
        )
        keys |= {row.key_id: row.wrapped for row in found if row.wrapped}
    assert boxes

    def opens(box: Sealed) -> bool:
        try:
            wrapped = Sealed.model_validate_json(keys[box.key_id])
            keyring.unseal(box, keyring.unwrap_case_key(box.key_id, wrapped, province), case.encode())
        except (KeyError, CannotOpen, KeyNotHere):
            return False
        return True

    return sum(map(opens, boxes))


async def test_after_an_erasure_nothing_of_the_case_can_be_read_and_the_audit_is_clean(
    guangdong: Deployment,
    running: dict[str, Runtime],
    clerk: httpx.AsyncClient,
    director: httpx.AsyncClient,
) -> None:
    other = await a_case(clerk, "stays", 7)
    case = await erased(guangdong, clerk, director)

    async def forgotten() -> bool:
        left = [
            await guangdong.rows(
                service.name,
                "SELECT name FROM vault WHERE case_id = :c "
                "UNION ALL SELECT key_id FROM case_key WHERE case_id = :c AND wrapped IS NOT NULL",
                c=case,
            )
            for service in SERVICES
        ]
        if written_to_workers(guangdong):
            return False
        return not any(left) and not (guangdong.folder / "documents" / "44" / case).exists()

    await until(forgotten, "every service and the store have forgotten the case")
    assert await openable(guangdong, running["intake"], case) == 0
    assert await openable(guangdong, running["intake"], other) > 0
    assert (guangdong.folder / "documents" / "44" / other).exists()
    assert_nowhere(await everything(guangdong), [a_member(1)["name"], id_number(1), id_number(2)])
    report = await audited(guangdong)
    assert report.ok, report.text()
    members = (await clerk.get(f"/cases/{case}/members")).json()
    person = await clerk.get(
        f"/cases/{case}/members/{members[0]['member_id']}/person", params={"legal_basis": "LAL-43"}
    )
    assert person.status_code == 410
    again = await clerk.post(
        "/applications",
        json=an_application(a_member(1), a_member(2)),
        headers={"Idempotency-Key": "again"},
    )
    assert again.status_code == 201, "who was erased may apply again"


def written_to_workers(guangdong: Deployment) -> list[Path]:
    """The files of notices to the worker who is erased."""
    phone = a_member(1)["phone"]
    files = (guangdong.folder / "notices" / "44").glob("*.txt")
    return [file for file in files if phone in file.read_text(encoding="utf-8")]


async def everything(guangdong: Deployment) -> str:
    """All tables of all services but those of the law's own rows, as text."""
    found: list[str] = []
    for service in SERVICES:
        tables = await guangdong.rows(
            service.name, "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
        )
        for table in tables:
            rows = await guangdong.rows(service.name, f'SELECT t::text AS row FROM "{table.name}" AS t')
            found += [row.row for row in rows]
    for log in ("cases", "transfers", "matters", "notices"):
        found += [record.value.decode() for record, _ in await guangdong.records(f"cn44.{log}")]
    return "\n".join(found)


def assert_nowhere(found: str, secrets: Sequence[str]) -> None:
    assert [secret for secret in secrets if secret in found] == []


async def audited(guangdong: Deployment) -> Report:
    parts = [(service, guangdong.settings(service)) for service in SERVICES]
    assert await settled(parts, within_s=20)
    return await audit(parts, now=guangdong.clock.now())


async def test_the_command_shows_asks_and_approves(
    guangdong: Deployment, running: dict[str, Runtime], clerk: httpx.AsyncClient
) -> None:
    case = await a_case(clerk, "command", 1)
    await post(clerk, case, "withdrawal", because="entered-in-error", epoch=1)
    at = f"http://127.0.0.1:{running['intake'].http_port}"

    async def said(sub: str, role: str, *words: str) -> tuple[int, str]:
        token = guangdong.token(role, "44", agency=OWNER, sub=sub)
        line = ["erase", case, "--at", at, "--token", token, *words]
        result = await asyncio.to_thread(CliRunner().invoke, main, line, input="y\n")
        return result.exit_code, result.output

    shown = await said("clerk", "intake_clerk")
    refused = await said("clerk", "intake_clerk", "--because", "entered-in-error")
    asked = await said("boss", "director", "--because", "entered-in-error", "--legal-basis", "PIPL-47")
    himself = await said("boss", "director", "--approve")
    done = await said("other", "director", "--approve")

    assert "kept until" in shown[1]
    assert refused[0] == 1
    assert "keep-files" in refused[1]
    assert "somebody else must approve" in asked[1]
    assert "somebody else" in himself[1]
    assert himself[0] == 1
    assert done[0] == 0
    assert "erased" in done[1]
