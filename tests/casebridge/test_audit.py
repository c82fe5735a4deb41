"""The audit finds what is planted: each kind of violation, in a deployment that was clean before."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from casebridge.audit import Report, Rule, audit, settled
from chassis.bulk import pack_headers
from chassis.embedded.parts import Addresses
from schemas.cases import ApplicationSubmitted, MemberJoined
from schemas.ids import CaseId, MemberId
from schemas.matters import MatterAccepted
from schemas.samples import a
from schemas.transfers import CustodyBegun
from tests.chassis.toy import POISON_FEN, broken, watching_service
from tests.deployment import Deployment, Source, case_id, deployed, source

MEMBERS = 3
STREAM = "cases /cn44/intake"


@dataclass
class Planted:
    """A case for each kind of violation, and what the audit said of it before and after."""

    toys: Deployment
    intake: Source
    mediation: Source
    cases: dict[str, CaseId] = field(default_factory=dict)
    before: Report = field(default_factory=Report)
    after: Report = field(default_factory=Report)

    def case(self, plant: str) -> CaseId:
        return self.cases.setdefault(plant, case_id())

    def found(self, plant: str) -> set[Rule]:
        """The rules that this case breaks."""
        return {violation.rule for violation in self.after.first if self.cases[plant] in violation.where}

    async def sql(self, query: str, plant: str, **values: Any) -> None:
        await self.toys.rows("mediation", query, c=self.case(plant), **values)


Plant = Callable[[Planted], Awaitable[None]]
PLANTS: dict[str, Plant] = {}


def plant(name: str) -> Callable[[Plant], Plant]:
    def note(function: Plant) -> Plant:
        PLANTS[name] = function
        return function

    return note


def change(name: str, query: str) -> None:
    """A violation that one statement makes; `:c` is the case."""

    async def run(planted: Planted) -> None:
        await planted.sql(query, name)

    PLANTS[name] = run


OF_CASE = " WHERE case_id = :c"
change(
    "a committed event is not on its log", "UPDATE case_row SET sent = sent || '{\"matters\": 9}'" + OF_CASE
)
change(
    "an event was passed over", f"UPDATE case_row SET inbox = inbox || '{{\"{STREAM}\": [3, 3]}}'" + OF_CASE
)
change(
    "more was received than there is",
    f"UPDATE case_row SET inbox = inbox || '{{\"{STREAM}\": [8, 8]}}'" + OF_CASE,
)
change("an effect is missing", "DELETE FROM ledger WHERE case_id = :c AND sequence = 2")
change(
    "an event had its effect twice",
    "INSERT INTO ledger (province, case_id, stream, sequence, event_id) "
    "SELECT province, case_id, stream, sequence, event_id FROM ledger WHERE case_id = :c AND sequence = 2",
)
change(
    "effects changed places",
    "UPDATE ledger SET sequence = CASE sequence WHEN 2 THEN 3 WHEN 3 THEN 2 ELSE sequence END" + OF_CASE,
)
change("a state was changed by hand", "UPDATE toy SET state = state || '{\"accepted\": true}'" + OF_CASE)
change("a version was changed by hand", "UPDATE toy SET version = version + 1" + OF_CASE)
change("a column was changed by hand", "UPDATE toy SET sum_fen = sum_fen + 1" + OF_CASE)
change("an aggregate was deleted", "DELETE FROM toy" + OF_CASE)
change("a timer was deleted", "DELETE FROM timer" + OF_CASE)
change("a timer was moved", "UPDATE timer SET due_at = due_at + interval '1 day'" + OF_CASE)
change("a waiting event was deleted", "DELETE FROM queued WHERE case_id = :c AND sequence = 3")
change("a gap is closed and nobody saw it", "UPDATE queued SET cause = 'gap'" + OF_CASE)


@plant("a timer that nobody set")
async def set_timer(planted: Planted) -> None:
    await planted.sql(
        "INSERT INTO timer (province, kind, id, name, case_id, due_at) "
        "VALUES ('44', 'Toy', :c, 'review_by', :c, :at)",
        "a timer that nobody set",
        at=planted.toys.clock.now() + timedelta(days=9),
    )


@plant("a published event was never committed")
async def invent(planted: Planted) -> None:
    event = a(MatterAccepted, case_id=planted.case("a published event was never committed"))
    await planted.mediation.say(event, sequence=MEMBERS + 2)


@plant("a log has a gap")
async def leave_gap(planted: Planted) -> None:
    await say_member(planted, "a log has a gap", sequence=MEMBERS + 4)


@plant("two events have one number")
async def say_twice(planted: Planted) -> None:
    await say_member(planted, "two events have one number", sequence=2)


@plant("a log is out of order")
async def say_backwards(planted: Planted) -> None:
    await say_member(planted, "a log is out of order", sequence=MEMBERS + 3)
    await say_member(planted, "a log is out of order", sequence=MEMBERS + 2)


@plant("an event was not read")
async def say_late(planted: Planted) -> None:
    await say_member(planted, "an event was not read", sequence=MEMBERS + 2)


@plant("an event was not sent")
async def leave_in_outbox(planted: Planted) -> None:
    case = planted.case("an event was not sent")
    record = planted.mediation.record(a(MatterAccepted, case_id=case), sequence=MEMBERS + 2)
    await planted.sql(
        "INSERT INTO outbox (cluster, queue, topic, key, value, headers, written_at) "
        "VALUES ('local', 1, 'cn44.matters', :key, :value, :headers, now())",
        "an event was not sent",
        key=record.key,
        value=record.value,
        headers=pack_headers(record.headers),
    )
    await planted.sql(
        "UPDATE case_row SET sent = sent || '{\"matters\": 5}'" + OF_CASE, "an event was not sent"
    )


@plant("an effect came before its cause")
async def confuse(planted: Planted) -> None:
    await planted.sql(
        "UPDATE ledger SET id = id + 1000000 WHERE case_id = :c AND stream LIKE 'cases %'",
        "an effect came before its cause",
    )


@plant("an event lies in another partition")
async def misplace(planted: Planted) -> None:
    case = planted.case("an event lies in another partition")
    record = planted.intake.record(member(case, 9), sequence=MEMBERS + 2)
    producer = planted.intake.producer
    right = producer._partition("cn44.cases", None, record.key, None, record.key, None)
    await producer.send_and_wait(
        "cn44.cases", record.value, key=record.key, headers=list(record.headers), partition=(right + 1) % 6
    )


@plant("bytes that nobody put aside")
async def scribble(planted: Planted) -> None:
    await planted.intake.send_raw("cn44.cases", b"k", b"not json", [])


def member(case: CaseId, number: int, fen: int = 5) -> MemberJoined:
    return a(MemberJoined, case_id=case, member_id=MemberId(f"m{number}"), claim_fen=fen)


async def say_member(planted: Planted, name: str, **said: Any) -> None:
    await planted.intake.say(member(planted.case(name), 8), **said)


@pytest.fixture(scope="module")
async def planted(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Planted]:
    folder: Path = tmp_path_factory.mktemp("audit")
    async with (
        deployed(addresses, folder, [watching_service], ["44"]) as toys,
        source(addresses.kafka, "/cn44/intake") as intake,
        source(addresses.kafka, "/cn44/mediation") as mediation,
        source(addresses.kafka, "/cn44/routing") as routing,
    ):
        planted = Planted(toys, intake, mediation)
        await play(planted, routing)
        planted.before = await audited(planted)
        for run in PLANTS.values():
            await run(planted)
        planted.after = await audited(planted)
        yield planted


async def play(planted: Planted, routing: Source) -> None:
    """A story for each case, the same for all: members, a custody after them, a review that runs."""
    toys, broken["yes"] = planted.toys, True
    sick = {"a waiting event was deleted", "a gap is closed and nobody saw it"}
    timed = {"a timer was deleted", "a timer was moved"}
    async with toys.running(watching_service) as runtime, toys.client(runtime, "caseworker", "44") as worker:
        for name in PLANTS:
            case = planted.case(name)
            if name in timed:
                made = await worker.post("/toys", headers={"Idempotency-Key": name.replace(" ", "-")})
                case = planted.cases[name] = made.json()["case_id"]
                await worker.post(f"/cases/{case}/toy/review?days=7", headers={"If-Match": '"1"'})
                continue
            await planted.intake.say(a(ApplicationSubmitted, case_id=case))
            for number in range(MEMBERS):
                fen = POISON_FEN if name in sick and number == 0 else 5
                await planted.intake.say(member(case, number, fen))
            if name not in sick:
                await routing.say(a(CustodyBegun, case_id=case), after={"cases": MEMBERS + 1})
        assert await settled([(watching_service, toys.settings(watching_service))], within_s=20)


async def audited(planted: Planted) -> Report:
    toys = planted.toys
    return await audit(
        [(watching_service, toys.settings(watching_service))], now=toys.clock.now(), shown=1000
    )


async def test_a_deployment_that_does_what_it_promises_is_clean(planted: Planted) -> None:
    assert planted.before.ok, planted.before.text()
    counts = planted.before.counts
    assert counts["cases of mediation"] == len(planted.cases)
    assert counts["aggregates compared with their log"] == len(planted.cases)
    assert counts["cases held"] == 2
    assert counts["events waiting"] == 2 * MEMBERS
    assert counts["timers"] == 2


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("a committed event is not on its log", {Rule.LOST}),
        ("an event was passed over", {Rule.LOST, Rule.INVENTED}),
        ("more was received than there is", {Rule.INVENTED, Rule.LOST}),
        ("an effect is missing", {Rule.LOST}),
        ("an event had its effect twice", {Rule.DOUBLED}),
        ("effects changed places", {Rule.REORDERED}),
        ("a state was changed by hand", {Rule.STATE}),
        ("a version was changed by hand", {Rule.STATE}),
        ("a column was changed by hand", {Rule.STATE}),
        ("an aggregate was deleted", {Rule.STATE}),
        ("a timer was deleted", {Rule.TIMERS}),
        ("a timer was moved", {Rule.TIMERS}),
        ("a timer that nobody set", {Rule.TIMERS}),
        ("a waiting event was deleted", {Rule.LOST}),
        ("a published event was never committed", {Rule.INVENTED, Rule.STATE}),
        ("a log has a gap", {Rule.LOST, Rule.UNREAD}),
        ("two events have one number", {Rule.DOUBLED}),
        ("a log is out of order", {Rule.REORDERED, Rule.UNREAD}),
        ("an event was not read", {Rule.UNREAD}),
        ("an event was not sent", {Rule.UNSENT}),
        ("an effect came before its cause", {Rule.REORDERED}),
    ],
)
def test_it_finds_that(planted: Planted, name: str, rules: set[Rule]) -> None:
    assert planted.found(name) == rules


def test_it_finds_unreadable_bytes_and_misplaced_events(planted: Planted) -> None:
    assert planted.after.broken[Rule.UNREADABLE] == 1
    misplaced = [found for found in planted.after.first if "its key belongs to partition" in found.detail]
    assert len(misplaced) == 1


def test_its_text_counts_everything_and_shows_the_first(planted: Planted) -> None:
    said = planted.after.text()
    assert f"{sum(planted.after.broken.values())} violations" in said
    assert planted.before.text().endswith("clean")
