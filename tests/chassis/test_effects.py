"""Every effect once: on a real broker and a real database."""

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import MemberId
from schemas.ops import OpsReleased
from schemas.samples import a
from schemas.transfers import CustodyBegun
from tests.chassis.toy import POISON_FEN, broken, toy_service, watching_service
from tests.deployment import Deployment, Source, case_id, deployed, source, until


@pytest.fixture
async def toys(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [toy_service], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def intake(toys: Deployment) -> AsyncIterator[Source]:
    async with source(toys.addresses.kafka, "/cn44/intake") as speaking:
        yield speaking


async def member_count(toys: Deployment, case: str) -> int:
    rows = await toys.rows(
        "mediation", "SELECT jsonb_array_length(state -> 'members') AS n FROM toy WHERE id = :c", c=case
    )
    return rows[0].n if rows else -1


async def test_events_of_a_case_become_its_state_and_its_own_events(toys: Deployment, intake: Source) -> None:
    case = case_id()
    async with toys.running(toy_service):
        await intake.say(a(ApplicationSubmitted, case_id=case))
        for number in range(3):
            await intake.say(a(MemberJoined, case_id=case, member_id=MemberId(f"m{number}")))

        async def all_there() -> bool:
            return await member_count(toys, case) == 3

        await until(all_there, "three members")
        await toys.settled("mediation")

    said = [(m.event.type, m.envelope.sequence) for _, m in await toys.records("cn44.matters")]
    assert said == [
        ("casebridge.matter.opened.v1", 1),
        ("casebridge.claim.registered.v1", 2),
        ("casebridge.claim.registered.v1", 3),
        ("casebridge.claim.registered.v1", 4),
    ]


async def counted(toys: Deployment, query: str, **values: object) -> int:
    return int((await toys.rows("mediation", query, **values))[0][0])


async def applied_times(toys: Deployment, case: str) -> list[int]:
    """How often each event of the case was applied."""
    rows = await toys.rows(
        "mediation", "SELECT count(*) AS n FROM ledger WHERE case_id = :c GROUP BY stream, sequence", c=case
    )
    return [row.n for row in rows]


async def test_a_duplicate_has_no_second_effect(toys: Deployment, intake: Source) -> None:
    case = case_id()
    async with toys.running(toy_service) as runtime:
        await intake.say(a(ApplicationSubmitted, case_id=case))
        joined = await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m0")))
        await intake.send("cn44.cases", joined)
        await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m1")))
        await until(lambda: has_members(toys, case, 2), "two members")
        assert "duplicates_total" in runtime.metrics.text().decode()

    assert await applied_times(toys, case) == [1, 1, 1]


async def has_members(toys: Deployment, case: str, count: int) -> bool:
    return await member_count(toys, case) == count


async def queue_of(toys: Deployment, case: str) -> list[tuple[str, int]]:
    rows = await toys.rows(
        "mediation", "SELECT cause, sequence FROM queued WHERE case_id = :c ORDER BY sequence", c=case
    )
    return [(row.cause, row.sequence) for row in rows]


async def test_a_gap_is_waited_for_and_what_is_behind_it_follows_in_order(
    toys: Deployment, intake: Source
) -> None:
    case = case_id()
    first = intake.record(a(ApplicationSubmitted, case_id=case))
    members = [
        intake.record(a(MemberJoined, case_id=case, member_id=MemberId(f"m{number}"))) for number in range(3)
    ]
    async with toys.running(toy_service):
        for record in (members[2], members[1], first):
            await intake.send("cn44.cases", record)

        async def waiting() -> bool:
            return await queue_of(toys, case) == [("gap", 3), ("gap", 4)]

        await until(waiting, "two events that wait for the gap")
        await intake.send("cn44.cases", members[0])
        await until(lambda: has_members(toys, case, 3), "three members")

    rows = await toys.rows("mediation", "SELECT state -> 'members' AS members FROM toy WHERE id = :c", c=case)
    assert rows[0].members in (["m0", "m1", "m2"], '["m0", "m1", "m2"]')
    assert await queue_of(toys, case) == []


async def test_an_effect_that_arrives_before_its_cause_waits_for_it(toys: Deployment, intake: Source) -> None:
    case = case_id()
    async with source(toys.addresses.kafka, "/cn44/routing") as routing, toys.running(watching_service):
        caused = routing.record(a(CustodyBegun, case_id=case), after={"cases": 1})
        await routing.send("cn44.transfers", caused)

        async def waiting() -> bool:
            return await queue_of(toys, case) == [("behind", 1)]

        await until(waiting, "the effect to wait")
        await intake.say(a(ApplicationSubmitted, case_id=case))

        async def both() -> bool:
            return await counted(toys, "SELECT count(*) FROM ledger WHERE case_id = :c", c=case) == 2

        await until(both, "cause and effect")

    order = await toys.rows("mediation", "SELECT stream FROM ledger WHERE case_id = :c ORDER BY id", c=case)
    assert [row.stream for row in order] == ["cases /cn44/intake", "transfers /cn44/routing"]


async def test_a_poison_event_holds_its_case_alone_and_goes_on_after_the_repair(
    toys: Deployment, intake: Source
) -> None:
    sick, well = case_id(), case_id()
    broken["yes"] = True
    async with toys.running(toy_service) as runtime:
        for case, fen in ((sick, POISON_FEN), (well, 1)):
            await intake.say(a(ApplicationSubmitted, case_id=case))
            for number in range(3):
                await intake.say(
                    a(MemberJoined, case_id=case, member_id=MemberId(f"m{number}"), claim_fen=fen)
                )
                fen += 1
        await until(lambda: has_members(toys, well, 3), "the other case to go on")

        async def held() -> bool:
            return await queue_of(toys, sick) == [("poison", 2), ("held", 3), ("held", 4)]

        await until(held, "the sick case to be held with all that follows")
        async with toys.client(runtime, "operator", "44") as operator:
            listed = (await operator.get("/held")).json()
            assert [(row["case_id"], row["cause"], row["events"]) for row in listed] == [(sick, "poison", 3)]
            refused = await operator.post(f"/held/{sick}/release", json={"how": "redrive"})
            assert refused.json() == {"case_id": sick, "held": True, "waiting": 3}
            broken["yes"] = False
            released = await operator.post(f"/held/{sick}/release", json={"how": "redrive"})
            assert released.json() == {"case_id": sick, "held": False, "waiting": 0}
        assert await member_count(toys, sick) == 3
        await toys.settled("mediation")

    ops = [m for _, m in await toys.records("cn44.ops")]
    assert [m.event.type for m in ops].count("casebridge.ops.held.v1") == 2
    let_go_by = [m.envelope.actor for m in ops if isinstance(m.event, OpsReleased)]
    assert let_go_by == ["operator:person-1"] * 2


async def test_waiting_too_long_becomes_a_hold_that_ends_when_the_awaited_event_comes(
    toys: Deployment, intake: Source
) -> None:
    case = case_id()
    await intake.say(a(ApplicationSubmitted, case_id=case))
    late = intake.record(a(MemberJoined, case_id=case, member_id=MemberId("m0")))
    await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m1")))
    async with toys.running(toy_service, hold_after_s=0.3):

        async def held() -> bool:
            rows = await toys.rows("mediation", "SELECT hold ->> 'cause' AS cause FROM case_row")
            return [row.cause for row in rows] == ["gap"]

        await until(held, "the case to be held for the gap")
        await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m2")))
        await intake.send("cn44.cases", late)
        await until(lambda: has_members(toys, case, 3), "the case to go on")
        await toys.settled("mediation")

    ways = [m.event.way for _, m in await toys.records("cn44.ops") if isinstance(m.event, OpsReleased)]
    assert ways == ["arrived"]
    assert await queue_of(toys, case) == []


async def test_what_the_database_refuses_is_found_in_its_batch_and_held_alone(
    toys: Deployment, intake: Source
) -> None:
    sick, well = case_id(), [case_id() for _ in range(5)]
    too_much = 9_007_199_254_740_991
    for case in (*well, sick):
        await intake.say(a(ApplicationSubmitted, case_id=case))
        for number in range(1100 if case == sick else 1):
            await intake.say(
                a(
                    MemberJoined,
                    case_id=case,
                    member_id=MemberId(f"m{number}"),
                    claim_fen=too_much if case == sick else 1,
                )
            )
    async with toys.running(toy_service):

        async def others() -> bool:
            return [await member_count(toys, case) for case in well] == [1] * 5

        await until(others, "the other cases")

        async def held() -> bool:
            return bool(
                await toys.rows(
                    "mediation", "SELECT 1 FROM case_row WHERE case_id = :c AND hold IS NOT NULL", c=sick
                )
            )

        await until(held, "the case whose sum overflows the column")


async def test_bytes_that_are_no_event_are_kept_sealed_and_stop_nothing(
    toys: Deployment, intake: Source
) -> None:
    case = case_id()
    good = intake.record(a(ApplicationSubmitted, case_id=case))
    rubbish: list[tuple[bytes | None, bytes | None, list[tuple[str, bytes | None]]]] = [
        (None, b"{}", []),
        (b"k", b"\xff\xfe", [("ce_id", b"\xff")]),
        (good.key, b"not json", list(good.headers)),
        (good.key, good.value, [*good.headers, ("ce_actor", None)]),
        (good.key, b"x" * 900_000, list(good.headers)),
    ]
    async with toys.running(toy_service) as runtime:
        for key, value, headers in rubbish:
            await intake.send_raw("cn44.cases", key, value, headers)
        await intake.send("cn44.cases", good)
        await until(lambda: has_members(toys, case, 0), "the good event")

        async def told() -> bool:
            await toys.settled("mediation")
            return await counted(toys, "SELECT count(*) FROM quarantine") == len(rubbish)

        await until(told, "all rubbish in quarantine")
        assert runtime.failed is None


async def test_an_event_of_an_unknown_type_is_kept_aside_and_those_behind_it_go_on(
    toys: Deployment, intake: Source
) -> None:
    case = case_id()
    await intake.say(a(ApplicationSubmitted, case_id=case))
    later = intake.record(a(MemberJoined, case_id=case))
    strange = [(n, b"casebridge.member.married.v1" if n == "ce_type" else v) for n, v in later.headers]
    await intake.send_raw("cn44.cases", later.key, later.value, strange)
    await intake.say(a(MemberJoined, case_id=case, member_id=MemberId("m1")))
    async with toys.running(toy_service):
        await until(lambda: has_members(toys, case, 1), "the event behind it")

    rows = await toys.rows("mediation", "SELECT type, sequence FROM aside WHERE case_id = :c", c=case)
    assert [(row.type, row.sequence) for row in rows] == [("casebridge.member.married.v1", 2)]


async def test_an_event_kept_aside_is_applied_by_the_release_that_knows_it(
    toys: Deployment, intake: Source
) -> None:
    case = case_id()
    await intake.say(a(ApplicationSubmitted, case_id=case))
    later = intake.record(a(MemberJoined, case_id=case, member_id=MemberId("m1")))
    strange = [(n, b"casebridge.member.married.v1" if n == "ce_type" else v) for n, v in later.headers]
    await intake.send_raw("cn44.cases", later.key, later.value, strange)
    async with toys.running(toy_service):
        await until(lambda: has_members(toys, case, 0), "the case")
        await until(lambda: kept_aside(toys, 1), "the event to be kept aside")
    # What the next release would know: the type is one of its own.
    await toys.rows(
        "mediation",
        "UPDATE aside SET type = 'casebridge.member.joined.v1',"
        " headers = replace(headers, 'member.married', 'member.joined')",
    )
    async with toys.running(toy_service):
        await until(lambda: has_members(toys, case, 1), "the event to be taken up")
    assert await applied_times(toys, case) == [1, 1]
    assert await kept_aside(toys, 0)


async def kept_aside(toys: Deployment, count: int) -> bool:
    return await counted(toys, "SELECT count(*) FROM aside") == count


async def test_a_timer_fires_once_when_time_has_come(toys: Deployment) -> None:
    async with toys.running(toy_service) as runtime, toys.client(runtime, "caseworker", "44") as worker:
        made = await worker.post("/toys", headers={"Idempotency-Key": "one"})
        case = made.json()["case_id"]
        started = await worker.post(
            f"/cases/{case}/toy/review?days=7", headers={"If-Match": made.headers["etag"]}
        )
        assert started.status_code == 201, started.text
        assert await counted(toys, "SELECT count(*) FROM timer") == 1
        toys.clock.step_to(toys.clock.now() + timedelta(days=8))
        token = toys.token("caseworker", "44")

        async def fired() -> bool:
            await worker.get(f"/cases/{case}/toy", headers={"Authorization": f"Bearer {token}"})
            return await counted(toys, "SELECT count(*) FROM timer") == 0

        await until(fired, "the timer")
        await toys.settled("mediation")

    said = [m.event.type for _, m in await toys.records("cn44.matters")]
    assert said == [
        "casebridge.matter.opened.v1",
        "casebridge.review.started.v1",
        "casebridge.clock.breached.v1",
    ]


ONE_AT_A_TIME = (
    """
    CREATE FUNCTION one_at_a_time() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT count(*) FROM changed) > 1 THEN RAISE 'several at a time'; END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER one_at_a_time AFTER UPDATE ON toy REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION one_at_a_time()
    """,
)


@pytest.mark.parametrize(("refusing", "transactions"), [((), 1), (ONE_AT_A_TIME, 3)])
async def test_timers_of_one_moment_fire_together_and_alone_where_the_database_refuses(
    toys: Deployment, refusing: Sequence[str], transactions: int
) -> None:
    async with toys.running(toy_service) as runtime, toys.client(runtime, "caseworker", "44") as worker:
        for number in range(3):
            made = await worker.post("/toys", headers={"Idempotency-Key": f"toy-{number}"})
            review = f"/cases/{made.json()['case_id']}/toy/review?days=7"
            await worker.post(review, headers={"If-Match": made.headers["etag"]})
        for statement in refusing:
            await toys.rows("mediation", statement)
        toys.clock.step_to(toys.clock.now() + timedelta(days=8))

        async def none_is_left() -> bool:
            return await counted(toys, "SELECT count(*) FROM timer") == 0

        await until(none_is_left, "all three to fire")
        assert await counted(toys, "SELECT count(DISTINCT xmin::text) FROM toy") == transactions
        await toys.settled("mediation")

    said = [m.event.type for _, m in await toys.records("cn44.matters")]
    assert said.count("casebridge.clock.breached.v1") == 3


async def test_timers_need_no_look_for_what_they_are_told(toys: Deployment) -> None:
    async with toys.running(toy_service) as runtime, toys.client(runtime, "caseworker", "44") as worker:
        runtime.timers.look_s = (60.0,)

        async def rests() -> bool:
            return timedelta(seconds=30) < runtime.timers.rests_until - toys.clock.now() < timedelta(days=1)

        await until(rests, "timers that would not look")
        # One is over when it is saved, one soon afterwards, one when the clock is stepped.
        for number, days in enumerate((0, 0.000_005, 40)):
            made = await worker.post("/toys", headers={"Idempotency-Key": f"toy-{number}"})
            review = f"/cases/{made.json()['case_id']}/toy/review?days={days}"
            await worker.post(review, headers={"If-Match": made.headers["etag"]})

        async def one_is_left() -> bool:
            return await counted(toys, "SELECT count(*) FROM timer") == 1

        async def none_is_left() -> bool:
            return await counted(toys, "SELECT count(*) FROM timer") == 0

        await until(one_is_left, "the timers that are due")
        toys.clock.step_to(toys.clock.now() + timedelta(days=41))
        await until(none_is_left, "the timer that the step made due")


async def test_a_change_must_say_what_it_saw(toys: Deployment) -> None:
    async with toys.running(toy_service) as runtime, toys.client(runtime, "caseworker", "44") as worker:
        made = await worker.post("/toys", headers={"Idempotency-Key": "one"})
        path = f"/cases/{made.json()['case_id']}/toy/review?days=7"
        blind = await worker.post(path)
        stale = await worker.post(path, headers={"If-Match": '"9"'})
        assert (blind.status_code, stale.status_code) == (428, 412)
        assert stale.headers["content-type"] == "application/problem+json"
        assert stale.json()["fields"] == {
            "kind": "Toy",
            "id": made.json()["case_id"],
            "expected": '"9"',
            "found": '"1"',
        }


async def test_the_same_key_gets_the_same_answer_and_another_request_with_it_is_refused(
    toys: Deployment,
) -> None:
    async with toys.running(toy_service) as runtime, toys.client(runtime, "caseworker", "44") as worker:
        first = await worker.post("/toys", headers={"Idempotency-Key": "one"})
        again = await worker.post("/toys", headers={"Idempotency-Key": "one"})
        other = await worker.post("/toys", headers={"Idempotency-Key": "one"}, json={"x": 1})
        assert first.status_code == again.status_code == 201
        assert again.json() == first.json()
        assert again.headers["idempotent-replayed"] == "true"
        assert other.status_code == 409
    assert await counted(toys, "SELECT count(*) FROM toy") == 1


async def test_batches_of_any_size_have_the_same_effect(addresses: Addresses, tmp_path: Path) -> None:
    broken["yes"] = True
    seen = []
    for size in (1, 7, 500):
        async with deployed(addresses, tmp_path / str(size), [toy_service], ["44"]) as toys:
            seen.append(await effects_of(toys, size))
    assert seen[0] == seen[1] == seen[2]


async def effects_of(toys: Deployment, size: int) -> object:
    """The same story in batches of a size: what the database and the log say, ids and times aside."""
    cases = [f"case-{number}" for number in range(4)]
    async with source(toys.addresses.kafka, "/cn44/intake") as intake:
        for case in cases:
            await intake.say(a(ApplicationSubmitted, case_id=case))
        for number in range(12):
            for case in cases:
                poison = case == "case-2" and number == 5
                fen = POISON_FEN if poison else number
                await intake.say(
                    a(MemberJoined, case_id=case, member_id=MemberId(f"m{number}"), claim_fen=fen)
                )
        async with toys.running(toy_service, batch_size=size):
            # Each lies in a partition of its own, and none tells how far the others are.
            for case in ("case-0", "case-1", "case-3"):
                await until(lambda case=case: has_members(toys, case, 12), f"all of {case}")  # type: ignore[misc]

            async def queued() -> bool:
                return len(await queue_of(toys, "case-2")) == 7

            await until(queued, "the poison event and those behind it")
            await toys.settled("mediation")
    states = await toys.rows("mediation", "SELECT id, version, state::text AS state FROM toy ORDER BY id")
    rows = await toys.rows(
        "mediation", "SELECT case_id, sent::text AS sent, inbox::text AS inbox FROM case_row ORDER BY 1"
    )
    said = sorted(
        (m.envelope.subject, m.envelope.sequence, m.event.type, dict(m.envelope.after))
        for _, m in await toys.records("cn44.matters")
    )
    return [tuple(row) for row in states], [tuple(row) for row in rows], said, await queue_of(toys, "case-2")
