"""Letters that nobody confirms are sent again; what was confirmed is forgotten; marks go back."""

from datetime import timedelta
from typing import Any

from casebridge.audit import settled
from chassis.keyring import load_keyring
from schemas.cases import ApplicationSubmitted
from schemas.envelope import Received
from schemas.ids import CaseId
from schemas.samples import a
from schemas.transfers import OfferAccepted
from tests.chassis.post import HERE, THERE, post_service
from tests.deployment import Deployment, case_id, source, until


async def mailbox(deployment: Deployment, province: str) -> list[tuple[Any, Received]]:
    """Its letters; marks and statements bear no number."""
    records = await deployment.records(f"cn{province}.mailbox")
    return [(record, message) for record, message in records if message.envelope.sequence]


def raw(record: Any) -> tuple[bytes, bytes, tuple[tuple[str, bytes], ...]]:
    return record.key, record.value, tuple(record.headers)


async def apply_for(deployment: Deployment, case: CaseId) -> None:
    """One more letter about the case."""
    async with source(deployment.addresses.kafka, "/cn44/intake") as intake:
        place = ("cases", case)
        rows = await deployment.rows(
            "routing",
            "SELECT (inbox -> 'cases /cn44/intake' ->> 0)::int AS n FROM case_row WHERE case_id = :c "
            "AND province = '44'",
            c=case,
        )
        intake.sent[place] = rows[0].n or 0 if rows else 0
        await intake.say(a(ApplicationSubmitted, case_id=case))


async def uncovered(deployment: Deployment) -> int:
    rows = await deployment.rows("routing", "SELECT count(*) AS n FROM sent_letter WHERE covered_at IS NULL")
    return int(rows[0].n)


async def letters_sent(deployment: Deployment, count: int) -> bool:
    rows = await deployment.rows("routing", "SELECT count(*) AS n FROM sent_letter")
    return int(rows[0].n) == count


def later(deployment: Deployment, **by: float) -> None:
    deployment.clock.step_to(deployment.clock.now() + timedelta(**by))


async def test_a_letter_that_no_mark_covers_is_sent_again_unchanged_after_a_day(
    here: Deployment, there: Deployment
) -> None:
    async with here.running(post_service) as runtime:
        await apply_for(here, case_id())
        await until(lambda: letters_sent(here, 1), "the letter")
        await here.settled("routing")
        later(here, hours=23)
        await runtime.marks.hourly()
        await here.settled("routing")
        assert len(await mailbox(here, THERE)) == 1
        for _ in range(2):  # the second look finds it sent just now
            later(here, hours=1.5)
            await runtime.marks.hourly()
        await here.settled("routing")
        (first, _), (second, _) = await mailbox(here, THERE)
    assert raw(first) == raw(second)


async def test_nothing_is_sent_again_while_post_waits_for_the_exchange(
    here: Deployment, there: Deployment
) -> None:
    async with here.running(post_service) as runtime:
        await apply_for(here, case_id())
        await until(lambda: letters_sent(here, 1), "the letter")
        await here.settled("routing")
        # Waits before the clock steps: the service looks by itself, too.
        await here.rows(
            "routing",
            "INSERT INTO outbox (cluster, queue, topic, key, value, headers, written_at) "
            "VALUES ('nowhere', 0, 'cn51.mailbox', '', '', '[]', :at)",
            at=here.clock.now(),
        )
        later(here, days=2)
        await runtime.marks.hourly()
        assert not await here.rows("routing", "SELECT 1 FROM sent_letter WHERE sent_again_at IS NOT NULL")
        assert len(await here.rows("routing", "SELECT 1 FROM outbox WHERE cluster = 'nowhere'")) == 1
        await here.rows("routing", "DELETE FROM outbox")


async def test_a_confirmed_letter_is_kept_90_days(here: Deployment, there: Deployment) -> None:
    async with here.running(post_service) as runtime, there.running(post_service):
        await apply_for(here, case_id())

        async def covered() -> bool:
            return await letters_sent(here, 1) and await uncovered(here) == 0

        await until(covered, "the answer's mark")
        kept = "SELECT (SELECT count(*) FROM sent_letter) + (SELECT count(*) FROM received_letter) AS n"
        later(here, days=89)
        await runtime.marks.hourly()
        assert (await here.rows("routing", kept))[0].n == 2
        later(here, days=2)
        await runtime.marks.hourly()
        assert (await here.rows("routing", kept))[0].n == 0


async def test_a_deployment_is_not_settled_before_the_marks_of_the_hour_are_out(
    here: Deployment, there: Deployment
) -> None:
    async with here.running(post_service), there.running(post_service):
        await apply_for(here, case_id())
        await until(lambda: covered_count(here, 1), "the answer's mark")
        assert await uncovered(there) == 1
        later(here, hours=1.5)
        assert await settled([(post_service, here.settings(post_service))], within_s=20)
        await until(lambda: covered_count(there, 1), "the mark of the answer", 1)


async def test_who_gets_a_letter_twice_says_again_that_he_has_it(here: Deployment, there: Deployment) -> None:
    async with here.running(post_service) as ours, there.running(post_service) as theirs:
        await apply_for(here, case_id())
        await until(lambda: covered_count(here, 1), "the answer's mark")
        # As if the mark had been lost with a database.
        await here.rows("routing", "UPDATE sent_letter SET covered_at = NULL")
        later(here, hours=25)
        await ours.marks.hourly()

        async def marked() -> bool:
            await theirs.marks.send()
            return await uncovered(here) == 0

        await until(marked, "the mark to come again")


async def covered_count(deployment: Deployment, count: int) -> bool:
    return await letters_sent(deployment, count) and await uncovered(deployment) == 0


async def test_letters_that_a_restored_addressee_has_lost_come_again(
    here: Deployment, there: Deployment
) -> None:
    case = case_id()
    async with here.running(post_service) as ours:
        async with there.running(post_service):
            for count in (1, 2):
                await apply_for(here, case)
                await until(lambda count=count: covered_count(here, count), "the answers")  # type: ignore[misc]
            await there.settled("routing")
        # A backup of so long ago that the mailbox no longer has what came since: all is behind its position.
        await there.rows("routing", "DELETE FROM case_row")
        await there.rows("routing", "DELETE FROM received_letter")
        async with there.running(post_service) as theirs:
            await apply_for(here, case)
            await until(lambda: waits_for_gap(there), "the third letter to wait for the first")
            await theirs.marks.send()

            async def gone_back() -> bool:
                return await uncovered(here) == 3

            await until(gone_back, "the mark to go back")
            later(here, hours=25)
            await ours.marks.hourly()

            async def all_here() -> bool:
                rows = await there.rows("routing", "SELECT 1 FROM received_letter")
                return len(rows) == 3 and not await waits_for_gap(there)

            await until(all_here, "all letters to be applied")


async def waits_for_gap(deployment: Deployment) -> bool:
    return bool(await deployment.rows("routing", "SELECT 1 FROM queued WHERE cause = 'gap'"))


async def test_a_mark_beyond_what_we_know_takes_its_numbers(here: Deployment, there: Deployment) -> None:
    """We were restored, and the other side has letters of ours that our own log never had."""
    case = case_id()
    async with here.running(post_service):
        await apply_for(here, case)
        await until(lambda: letters_sent(here, 1), "the letter")
        await here.settled("routing")
        async with source(here.addresses.kafka, "/cn51/routing") as stranger:
            keyring = load_keyring(there.folder / "keys", [THERE])
            event = a(OfferAccepted, case_id=case, to_province=HERE)
            record = stranger.record(event, destination="cn44.mailbox", marks=3)
            await stranger.send("cn44.mailbox", keyring.sign_letter(record, "cn44.mailbox", THERE))

        async def skipped() -> bool:
            rows = await here.rows("routing", "SELECT sent ->> 'mailbox:51' AS n FROM case_row")
            return [row.n for row in rows] >= ["3"]

        await until(skipped, "the numbers to be taken")
        await apply_for(here, case)
        await until(lambda: letters_sent(here, 3), "the next letter")
        await here.settled("routing")
    sequences = [m.envelope.sequence or 0 for _, m in await mailbox(here, THERE)]
    assert max(sequences) > 3
    assert not {2, 3} & set(sequences)
