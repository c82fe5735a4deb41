"""The audit knows what lies in quarantine, also where one service has taken in what another has not."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from casebridge.audit.auditing import audit, settled
from casebridge.audit.report import Report
from chassis.arrivals import Stray
from chassis.case_state import Arrived
from chassis.embedded.parts import Addresses
from chassis.keyring import load_keyring
from chassis.service import Service, on
from chassis.strays import quarantine
from chassis.unit_of_work import UnitOfWork
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import CaseId, Province
from schemas.samples import a
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, Source, case_id, deployed, source

HERE = Province("44")


def hear(event: MemberJoined, uow: UnitOfWork) -> None:
    """That it arrived is enough."""


reading_service: Service = replace(
    toy_service,
    name="trace",
    log="ops",
    handles=[on(MemberJoined, hear)],
    stores=(),
    routes=None,
    permissions={},
)
BOTH = [toy_service, reading_service]


@pytest.fixture
async def parts(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, BOTH, ["44"]) as deployment:
        yield deployment


async def audited(parts: Deployment) -> Report:
    read = [(service, parts.settings(service)) for service in BOTH]
    assert await settled(read, within_s=20)
    return await audit(read, now=parts.clock.now())


async def put_aside(parts: Deployment, service: str, lying: Stray) -> None:
    """As an earlier release of the service did that could not read it."""
    keyring = load_keyring(parts.folder / "keys", [HERE])
    async with parts.engine(service).begin() as connection:
        await quarantine(connection, [lying], keyring, parts.clock.now())
    await parts.rows(
        service,
        "UPDATE position SET next = :next WHERE topic = :topic AND partition = :partition",
        topic=lying.record.topic,
        partition=lying.record.partition,
        next=lying.record.offset + 1,
    )


async def test_a_record_that_one_of_two_services_has_taken_in_is_no_violation(parts: Deployment) -> None:
    case = case_id()
    async with source(parts.addresses.kafka, "/cn44/intake") as intake:
        await intake.say(a(ApplicationSubmitted, case_id=case))
        async with parts.running(toy_service), parts.running(reading_service):
            assert (await audited(parts)).ok
        lying = await say_member(parts, intake, case)
        await put_aside(parts, "trace", lying)
        async with parts.running(toy_service), parts.running(reading_service) as runtime:
            half = await audited(parts)
            async with parts.client(runtime, "operator", "44") as operator:
                place = "/".join(map(str, lying.record[:4]))
                taken = await operator.post(f"/quarantine/{place}/retry")
            assert taken.status_code == 200, taken.text
            whole = await audited(parts)

    assert half.ok, half.text()
    assert half.counts["events in quarantine"] == 1
    assert whole.ok, whole.text()
    assert whole.counts["events in quarantine"] == 0


async def test_what_no_service_understood_is_counted_and_no_violation(parts: Deployment) -> None:
    async with source(parts.addresses.kafka, "/cn44/intake") as intake:
        await intake.say(a(ApplicationSubmitted, case_id=case_id()))
        await intake.send_raw("cn44.cases", b"k", b"not json", [])
        async with parts.running(toy_service), parts.running(reading_service):
            report = await audited(parts)

    assert report.ok, report.text()
    assert report.counts["records in quarantine"] == 1


async def say_member(parts: Deployment, intake: Source, case: CaseId) -> Stray:
    """An event of the case, as it lies on its log."""
    said = await intake.say(a(MemberJoined, case_id=case))
    (raw,) = [each for each in await parts.raw_records("cn44.cases") if each.value == said.value]
    place = {"cluster": "local", "topic": raw.topic, "partition": raw.partition, "offset": raw.offset}
    record = Arrived(**place, key=raw.key, value=raw.value, headers=tuple(raw.headers))
    return Stray(HERE, record, "value-malformed", "as an earlier release had it")
