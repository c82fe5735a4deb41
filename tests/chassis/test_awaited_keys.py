"""A handler that needs a key which is not there yet waits for it, and stops nobody."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from chassis.embedded.parts import Addresses
from chassis.keyring import load_keyring
from chassis.service import on
from chassis.unit_of_work import UnitOfWork
from chassis.vault import wrapped_of
from schemas.envelope import Sealed
from schemas.ids import CaseId, Province
from schemas.keys import KeysErased, KeysIssued
from schemas.matters import MatterOpened
from schemas.samples import a
from schemas.transfers import CustodyEnded, CustodyPlaced
from tests.chassis.toy import Toy, toy_service
from tests.deployment import Deployment, case_id, deployed, source, until


def seal_something(event: CustodyEnded, uow: UnitOfWork) -> None:
    """What the event carries is not sealed; what the handler makes of it is."""
    uow.vault.keep("note", uow.vault.seal("for the services of this province alone"))
    uow.begin(Toy.opened, a(MatterOpened, case_id=event.case_id, at=uow.now))


sealing_service = replace(
    toy_service, handles=[on(CustodyEnded, seal_something)], opens_seals=True, makes_keys=False
)


def key_of(toys: Deployment, case: CaseId) -> KeysIssued:
    """What the service that may make keys says."""
    province = Province("44")
    keyring = load_keyring(toys.folder / "keys", [province])
    made = keyring.new_case_key(province)
    wrapped = keyring.wrap_case_key(made, province)
    return a(KeysIssued, case_id=case, key_id=made.id, wrapped=wrapped.box, wrapped_with=wrapped.key_id)


async def test_it_waits_visibly_and_goes_on_when_the_key_arrives(
    addresses: Addresses, tmp_path: Path
) -> None:
    case, other = case_id(), case_id()
    async with (
        deployed(addresses, tmp_path, [sealing_service], ["44"]) as toys,
        source(addresses.kafka, "/cn44/routing") as routing,
        source(addresses.kafka, "/cn44/intake") as intake,
        toys.running(sealing_service),
    ):
        await routing.say(a(CustodyEnded, case_id=case))

        async def waits() -> bool:
            rows = await toys.rows("mediation", "SELECT cause FROM queued WHERE case_id = :c", c=case)
            return [row.cause for row in rows] == ["key"]

        await until(waits, "the event to wait for the key")
        await intake.say(key_of(toys, other))
        await routing.say(a(CustodyEnded, case_id=other))
        await until(lambda: opened(toys, other), "another case goes on meanwhile")
        issued = key_of(toys, case)
        assert Sealed.model_validate_json(wrapped_of(issued))
        await intake.say(issued)
        await until(lambda: opened(toys, case), "the case goes on with its key")
        assert not await waits()


async def test_it_still_waits_for_the_key_after_it_was_tried_again_in_vain(
    addresses: Addresses, tmp_path: Path
) -> None:
    case = case_id()
    async with (
        deployed(addresses, tmp_path, [sealing_service], ["44"]) as toys,
        source(addresses.kafka, "/cn44/routing") as routing,
        toys.running(sealing_service, hold_after_s=0.3) as runtime,
        toys.client(runtime, "operator", "44") as operator,
    ):
        await routing.say(a(CustodyEnded, case_id=case))

        async def held() -> bool:
            return bool((await operator.get("/held")).json())

        await until(held, "the case to be held for the key")
        await operator.post(f"/held/{case}/release", json={"how": "redrive"})
        rows = await toys.rows("mediation", "SELECT cause, awaits FROM queued")
        assert [(row.cause, row.awaits) for row in rows] == [("key", "key of the case")]
        await until(held, "the case to be held again")


async def test_how_long_it_waits_is_counted_from_its_arrival_however_often_it_is_tried(
    addresses: Addresses, tmp_path: Path
) -> None:
    """Else an event of a busy case would never have waited long enough for anybody to be told."""
    case = case_id()
    async with (
        deployed(addresses, tmp_path, [sealing_service], ["44"]) as toys,
        source(addresses.kafka, "/cn44/routing") as routing,
        source(addresses.kafka, "/cn44/other") as other,
        toys.running(sealing_service),
    ):

        async def since() -> list[datetime]:
            rows = await toys.rows("mediation", "SELECT queued_at FROM queued ORDER BY sequence")
            return [row.queued_at for row in rows]

        async def waiting(events: int) -> bool:
            return len(await since()) == events

        await routing.say(a(CustodyEnded, case_id=case))
        await until(lambda: waiting(1), "the event to wait")
        first = await since()
        await other.say(a(CustodyPlaced, case_id=case))

        async def tried() -> bool:
            rows = await toys.rows(
                "mediation", "SELECT inbox ->> 'transfers /cn44/other' AS at FROM case_row"
            )
            return [row.at for row in rows] == ["[1, 1]"]

        await until(tried, "another event of the case, after which it is tried again")
        assert await since() == first


async def opened(toys: Deployment, case: CaseId) -> bool:
    return bool(await toys.rows("mediation", "SELECT 1 FROM toy WHERE case_id = :c", c=case))


async def test_what_compaction_removed_from_the_log_of_keys_is_no_gap(
    addresses: Addresses, tmp_path: Path
) -> None:
    """A key that was erased: of the two records of the case only the last is left for a new reader."""
    case = case_id()
    async with (
        deployed(addresses, tmp_path, [sealing_service], ["44"]) as toys,
        source(addresses.kafka, "/cn44/intake") as intake,
        toys.running(sealing_service),
    ):
        issued = key_of(toys, case)
        await intake.say(a(KeysErased, case_id=case, key_ids=(issued.key_id,)), sequence=2)

        async def erased() -> bool:
            rows = await toys.rows("mediation", "SELECT wrapped FROM case_key WHERE case_id = :c", c=case)
            return [row.wrapped for row in rows] == [None]

        await until(erased, "the erasure to be known")
