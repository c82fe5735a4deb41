"""Time is stepped from timer to timer, and only when nothing is on its way."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from casebridge.time_travel import NeverQuiet, TimeTraveller, time_traveller
from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import CaseId
from schemas.matters import ClockBreached
from schemas.samples import a
from schemas.transfers import OfferReceived
from services.notify.app import service as notify
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, case_id, deployed, source, until


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def traveller(toys: Deployment) -> AsyncIterator[TimeTraveller]:
    async with time_traveller(toys.clock, toys.databases, [toys.addresses.kafka]) as found:
        yield found


async def breaches(toys: Deployment) -> list[timedelta]:
    """How late each timer fired."""
    said = [message.event for _, message in await toys.records("cn44.matters")]
    return [event.at - event.due_at for event in said if isinstance(event, ClockBreached)]


async def test_every_timer_on_the_way_fires_at_its_own_moment(
    toys: Deployment, traveller: TimeTraveller
) -> None:
    async with toys.running(toy_service) as runtime, toys.client(runtime, "caseworker", "44") as client:
        for number, days in enumerate((7, 3)):
            case = (await client.post("/toys", headers={"Idempotency-Key": f"k{number}"})).json()["case_id"]
            started = await client.post(f"/cases/{case}/toy/review?days={days}", headers={"If-Match": "*"})
            assert started.status_code == 201
        begun = toys.clock.now()

        now = await traveller.travel(begun + timedelta(days=30))

    assert now - begun >= timedelta(days=30)
    late = await breaches(toys)
    assert len(late) == 2
    assert max(late) < timedelta(seconds=10)


async def test_time_stands_still_while_an_event_waits(toys: Deployment, traveller: TimeTraveller) -> None:
    async with toys.running(toy_service), source(toys.addresses.kafka, "/cn44/intake") as intake:
        case: CaseId = case_id()
        first = intake.record(a(ApplicationSubmitted, case_id=case))
        await intake.say(a(MemberJoined, case_id=case))

        async def waiting() -> bool:
            return bool(await toys.rows("mediation", "SELECT 1 FROM queued"))

        await until(waiting, "the member waits for the application")
        with pytest.raises(NeverQuiet, match="mediation: 1 waiting"):
            await traveller.quiet(within_s=0.3)

        await intake.send("cn44.cases", first)
        await traveller.quiet()


async def test_a_moment_that_has_passed_leaves_time_as_it_is(
    toys: Deployment, traveller: TimeTraveller
) -> None:
    async with toys.running(toy_service):
        before = toys.clock.now()

        now = await traveller.travel(before - timedelta(days=1))

    assert timedelta() <= now - before < timedelta(seconds=20)


async def test_time_stands_still_until_the_notices_are_sent_that_are_due(
    addresses: Addresses, tmp_path: Path
) -> None:
    offer = a(OfferReceived, case_id=case_id())
    async with (
        deployed(addresses, tmp_path, [notify], ["44"]) as parts,
        time_traveller(parts.clock, parts.databases, [addresses.kafka]) as traveller,
        source(addresses.kafka, "/cn44/routing") as routing,
    ):
        await routing.say(offer)
        async with parts.running(replace(notify, jobs=[])):

            async def queued() -> bool:
                return bool(await parts.rows("notify", "SELECT 1 FROM notice"))

            await until(queued, "the notice is queued, and nobody sends it")
            with pytest.raises(NeverQuiet, match="notify: 1 notices to send"):
                await traveller.quiet(within_s=3)

        async with parts.running(notify):
            await traveller.quiet()
            sent = await parts.rows("notify", "SELECT status FROM notice")

    assert [row.status for row in sent] == ["delivered"]
