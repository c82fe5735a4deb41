"""What lies in quarantine can be seen, opened by its province, and taken in once its cause is repaired."""

import base64
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from chassis.case_state import Arrived
from chassis.embedded.parts import Addresses
from chassis.key_files import create_keys
from chassis.keyring import load_keyring
from chassis.runtime import Runtime
from chassis.strays import raw_record
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.envelope import Record
from schemas.ids import CaseId, MemberId, Province
from schemas.ops import OpsOpened, OpsTakenIn
from schemas.samples import a
from schemas.transfers import OfferAccepted
from tests.chassis.post import apply_mailboxes, post_service
from tests.chassis.toy import toy_service
from tests.deployment import Deployment, Source, case_id, deployed, source, until


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44", "51"]) as deployment:
        yield deployment


@pytest.fixture
async def intake(toys: Deployment) -> AsyncIterator[Source]:
    async with source(toys.addresses.kafka, "/cn44/intake") as speaking:
        yield speaking


async def seen(parts: Deployment, runtime: Runtime, **asked: str) -> list[dict[str, Any]]:
    async with parts.client(runtime, "operator", "44") as operator:
        answer = await operator.get("/quarantine", params=asked)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()
    return found


async def one_seen(parts: Deployment, runtime: Runtime) -> dict[str, Any]:
    async def there() -> bool:
        return bool(await seen(parts, runtime))

    await until(there, "it lies in quarantine")
    (found,) = await seen(parts, runtime)
    return found


def path_of(row: dict[str, Any]) -> str:
    return f"/quarantine/{row['cluster']}/{row['topic']}/{row['partition']}/{row['offset']}"


async def retried(parts: Deployment, runtime: Runtime, row: dict[str, Any]) -> Any:
    async with parts.client(runtime, "operator", "44", sub="operator-7") as operator:
        return await operator.post(f"{path_of(row)}/retry")


async def told(parts: Deployment, kind: type) -> list[tuple[Any, Any]]:
    """What operators were told, and by whom it was done."""
    found = await parts.records("cn44.ops")
    return [(m.event, m.envelope.actor) for _, m in found if isinstance(m.event, kind)]


async def test_an_operator_of_the_province_opens_what_nobody_understood_and_is_named(
    toys: Deployment, intake: Source, caplog: pytest.LogCaptureFixture
) -> None:
    headers = [("ce_id", b"\xff\x00"), ("ce_type", None)]
    async with toys.running(toy_service) as runtime:
        await intake.send_raw("cn44.cases", b"k\xe9", "向某".encode(), headers)
        row = await one_seen(toys, runtime)
        assert (row["service"], row["reason"]) == ("mediation", "header-malformed")
        assert row["size"] > 0
        assert "向某" not in str(row)
        assert await seen(toys, runtime, reason="no-key") == await seen(toys, runtime, topic="cn44.x") == []
        async with (
            toys.client(runtime, "operator", "44", sub="operator-7") as operator,
            toys.client(runtime, "operator", "51") as stranger,
            toys.client(runtime, "caseworker", "44") as worker,
        ):
            opened = (await operator.post(f"{path_of(row)}/opening")).json()
            refused = [await each.post(f"{path_of(row)}/opening") for each in (stranger, worker)]
            seen_there = (await stranger.get("/quarantine")).json()
            unknown = await operator.post(f"{path_of(row | {'offset': 10**9})}/opening")
        await toys.settled("mediation")

    assert base64.b64decode(opened["key"]) == b"k\xe9"
    assert base64.b64decode(opened["value"]).decode() == "向某"
    assert [(n, r and base64.b64decode(r)) for n, r in opened["headers"]] == headers
    assert [answer.status_code for answer in refused] == [403, 403]
    assert seen_there == [], "what lies on the topics of one province is not listed for another"
    assert unknown.status_code == 404
    ((event, actor),) = await told(toys, OpsOpened)
    assert (event.service, event.cause, event.offset) == ("mediation", "header-malformed", row["offset"])
    assert actor == "operator:operator-7"
    assert [vars(r)["by"] for r in caplog.records if r.message == "quarantine_opened"] == ["operator-7"]


async def test_what_is_still_no_event_of_ours_stays(toys: Deployment, intake: Source) -> None:
    async with toys.running(toy_service) as runtime:
        await intake.send_raw("cn44.cases", b"k", b"{}", [])
        row = await one_seen(toys, runtime)
        refused = await retried(toys, runtime, row)
        assert await seen(toys, runtime) == [row]
        await toys.settled("mediation")

    assert (refused.status_code, refused.json()["fields"]["reason"]) == (409, "no-headers")
    assert await told(toys, OpsTakenIn) == []


async def test_an_event_that_the_repaired_release_reads_is_taken_in_and_those_behind_it_go_on(
    toys: Deployment, intake: Source
) -> None:
    case = case_id()
    joined = [intake.record(a(ApplicationSubmitted, case_id=case))]
    joined += [intake.record(a(MemberJoined, case_id=case, member_id=MemberId(f"m{n}"))) for n in range(2)]
    async with toys.running(toy_service, hold_after_s=0.3) as runtime:
        await intake.send("cn44.cases", joined[0])
        await intake.send_raw("cn44.cases", joined[1].key, b"{}", list(joined[1].headers))
        await intake.send("cn44.cases", joined[2])
        row = await one_seen(toys, runtime)
        await until(lambda: holds(toys, "gap"), "the case is held for the gap")
        # What the next release would read: the bytes are some that this one knows.
        await replace_sealed(toys, joined[1], row)
        answer = await retried(toys, runtime, row)
        assert answer.status_code == 200, answer.text
        assert await seen(toys, runtime) == []
        again = await retried(toys, runtime, row)
        await toys.settled("mediation")

    assert again.status_code == 404
    assert await members(toys, case) == ["m0", "m1"]
    assert await holds(toys)
    ((event, actor),) = await told(toys, OpsTakenIn)
    assert (event.cause, event.partition, actor) == (
        "value-malformed",
        row["partition"],
        "operator:operator-7",
    )


async def holds(toys: Deployment, *causes: str) -> bool:
    rows = await toys.rows(
        "mediation", "SELECT hold ->> 'cause' AS cause FROM case_row WHERE hold IS NOT NULL"
    )
    return [row.cause for row in rows] == list(causes)


async def members(toys: Deployment, case: CaseId) -> list[str]:
    rows = await toys.rows(
        "mediation",
        "SELECT jsonb_array_elements_text(state -> 'members') AS member FROM toy WHERE id = :c",
        c=case,
    )
    return [row.member for row in rows]


async def replace_sealed(toys: Deployment, record: Record, row: dict[str, Any]) -> None:
    keyring = load_keyring(toys.folder / "keys", toys.provinces)
    place = {name: row[name] for name in ("cluster", "topic", "partition", "offset")}
    arrived = Arrived(**place, key=record.key, value=record.value, headers=record.headers)
    sealed = keyring.seal_raw(raw_record(arrived), Province("44"))
    await toys.rows("mediation", "UPDATE quarantine SET sealed = :s", s=sealed)


THEIRS = "SELECT count(*) AS n FROM ledger WHERE case_id = :c AND stream = 'mailbox /cn51/routing'"


async def applied(parts: Deployment, case: CaseId) -> int:
    rows = await parts.rows("routing", THEIRS, c=case)
    return int(rows[0].n)


@pytest.fixture
async def post(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path / "44", [post_service], ["44"]) as deployment:
        apply_mailboxes(addresses)
        yield deployment


async def test_a_letter_whose_key_came_later_is_taken_in_once_also_if_it_is_sent_again(
    post: Deployment, tmp_path: Path
) -> None:
    case, theirs, home = case_id(), tmp_path / "keys-of-51", Province("51")
    create_keys(theirs, [home])
    keyring = load_keyring(theirs, [home])
    async with source(post.addresses.kafka, "/cn51/routing") as routing:
        said = a(OfferAccepted, case_id=case, to_province=Province("44"))
        record = routing.record(said, destination="cn44.mailbox")
        letter = keyring.sign_letter(record, "cn44.mailbox", home)
        async with post.running(post_service) as runtime:
            await routing.send("cn44.mailbox", letter)
            row = await one_seen(post, runtime)
            assert row["detail"].startswith("unknown-key")
            assert (await retried(post, runtime, row)).status_code == 409
        shutil.copy(theirs / "51.public.json", post.folder / "keys")
        async with post.running(post_service) as runtime:
            assert (await retried(post, runtime, row)).status_code == 200
            assert await applied(post, case) == 1
            await routing.send("cn44.mailbox", letter)

            async def sent_again() -> bool:
                return b"duplicates_total{" in runtime.metrics.text()

            await until(sent_again, "the letter that was sent again")
            assert await applied(post, case) == 1
            assert await seen(post, runtime) == []
