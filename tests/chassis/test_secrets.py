"""Sealed data: keys that come late, keys that are erased, letters that are forged."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chassis.crypto import CannotOpen
from chassis.embedded.parts import Addresses
from chassis.key_files import create_keys
from chassis.keyring import CaseKey, Keyring, load_keyring
from chassis.service import Service, on, on_letter
from chassis.unit_of_work import UnitOfWork
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.envelope import Record, Sealed
from schemas.ids import CaseId, Province
from schemas.keys import KeysErased, KeysIssued
from schemas.samples import a
from schemas.transfers import OfferAccepted
from tests.chassis.toy import open_toy, toy_service
from tests.deployment import Deployment, Source, case_id, deployed, source, until

read: list[Any] = []
heard: list[str] = []


def open_seal(event: MemberJoined, uow: UnitOfWork) -> None:
    uow.vault.keep(f"member/{event.member_id}", event.person)
    read.append(uow.vault.unseal(event.person))


def hear(event: OfferAccepted, uow: UnitOfWork) -> None:
    heard.append(event.case_id)


secret_service: Service = replace(
    toy_service,
    handles=[on(ApplicationSubmitted, open_toy), on(MemberJoined, open_seal)],
    opens_seals=True,
)
post_service: Service = replace(
    toy_service, name="routing", log="transfers", handles=[on_letter(OfferAccepted, hear)]
)


@pytest.fixture
async def secrets(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    read.clear()
    async with deployed(addresses, tmp_path, [secret_service], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def post(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    heard.clear()
    async with deployed(addresses, tmp_path, [post_service], ["44", "51"]) as deployment:
        yield deployment


def keyring_of(deployment: Deployment) -> Keyring:
    return load_keyring(deployment.folder / "keys", deployment.provinces)


def issued(keyring: Keyring, case: CaseId, key: CaseKey) -> KeysIssued:
    wrapped = keyring.wrap_case_key(key, Province("44"))
    return a(KeysIssued, case_id=case, key_id=key.id, wrapped=wrapped.box, wrapped_with=wrapped.key_id)


async def causes(deployment: Deployment, service: str, case: str) -> list[str]:
    rows = await deployment.rows(service, "SELECT cause FROM queued WHERE case_id = :c", c=case)
    return [row.cause for row in rows]


async def test_an_event_whose_key_is_not_there_yet_waits_for_it(secrets: Deployment) -> None:
    case, keyring = case_id(), keyring_of(secrets)
    key = keyring.new_case_key(Province("44"))
    person = keyring.seal({"name": "向某"}, key, case.encode())
    async with source(secrets.addresses.kafka, "/cn44/intake") as intake, secrets.running(secret_service):
        await intake.say(a(ApplicationSubmitted, case_id=case, contact=person))

        async def waits() -> bool:
            return await causes(secrets, "mediation", case) == ["key"]

        await until(waits, "the first sealed event to wait for the key")
        await intake.say(issued(keyring, case, key))
        await intake.say(a(MemberJoined, case_id=case, person=person))

        async def opened() -> bool:
            return read == [{"name": "向某"}]

        await until(opened, "the seal to be opened")
    assert await causes(secrets, "mediation", case) == []


async def test_erasing_the_key_makes_every_copy_unreadable(secrets: Deployment) -> None:
    case, keyring = case_id(), keyring_of(secrets)
    key = keyring.new_case_key(Province("44"))
    person = keyring.seal({"name": "向某"}, key, case.encode())
    async with source(secrets.addresses.kafka, "/cn44/intake") as intake, secrets.running(secret_service):
        await intake.say(issued(keyring, case, key))
        await intake.say(a(ApplicationSubmitted, case_id=case, contact=person))
        await intake.say(a(MemberJoined, case_id=case, person=person))

        async def kept() -> bool:
            return len(await secrets.rows("mediation", "SELECT 1 FROM vault")) == 1

        await until(kept, "the person to be in the vault")
        await intake.say(a(KeysErased, case_id=case, key_ids=(key.id,)))

        async def gone() -> bool:
            return not await secrets.rows("mediation", "SELECT 1 FROM case_key WHERE wrapped IS NOT NULL")

        await until(gone, "the key to be gone")
        # What still lies on logs and in tables can be opened with nothing that is left.
        await intake.say(a(MemberJoined, case_id=case, person=person))

        async def held() -> bool:
            return await causes(secrets, "mediation", case) == ["poison"]

        await until(held, "the copy to be unreadable")
    assert read == [{"name": "向某"}]


async def letter(deployment: Deployment, speaking: Source, case: CaseId, **said: Any) -> Record:
    """A letter of 51 to 44, signed as the real one is."""
    event = a(OfferAccepted, case_id=case, to_province=Province("44"))
    record = speaking.record(event, destination="cn44.mailbox", **said)
    return keyring_of(deployment).sign_letter(record, "cn44.mailbox", Province("51"))


def altered(record: Record, name: str, value: bytes) -> Record:
    headers = tuple((n, value if n == name else v) for n, v in record.headers)
    return record._replace(headers=headers)


async def test_a_letter_that_is_not_what_was_signed_goes_to_quarantine_and_nothing_stops(
    post: Deployment,
) -> None:
    case = case_id()
    async with source(post.addresses.kafka, "/cn51/routing") as routing, post.running(post_service):
        good = await letter(post, routing, case)
        unsigned = good._replace(headers=tuple(h for h in good.headers if h[0] != "ce_signature"))
        # An old letter in a new envelope: what it says is genuine, that it is said again is not.
        again = (await letter(post, routing, case, sequence=2)).headers
        kept = {"ce_signature": good.headers[-1][1]}
        replayed = good._replace(headers=tuple((n, kept.get(n, v)) for n, v in again))
        forged = [
            unsigned,
            replayed,
            altered(good, "ce_sequence", b"0000000002"),
            altered(good, "ce_source", b"/cn33/routing"),
            altered(good, "ce_signedby", b"nobody"),
            good._replace(value=good.value.replace(b'"epoch":', b'"epoch": ')),
        ]
        for record in forged:
            await routing.send("cn44.mailbox", record)
        await routing.send("cn51.mailbox", good)
        await routing.send("cn44.mailbox", good)

        async def delivered() -> bool:
            return heard == [case]

        await until(delivered, "the good letter")

        async def quarantined() -> bool:
            return len(await post.rows("routing", "SELECT 1 FROM quarantine")) == len(forged) + 1

        await until(quarantined, "all others in quarantine")
    reasons = {
        row.detail.split(":")[0] for row in await post.rows("routing", "SELECT detail FROM quarantine")
    }
    assert reasons == {"unsigned", "forged", "unknown-key"}


def test_a_box_does_not_open_for_another_case(tmp_path: Path) -> None:
    create_keys(tmp_path, [Province("44")])
    keyring = load_keyring(tmp_path, [Province("44")])
    key = keyring.new_case_key(Province("44"))
    sealed: Sealed = keyring.seal("x", key, b"case-1")
    with pytest.raises(CannotOpen):
        keyring.unseal(sealed, key, b"case-2")
