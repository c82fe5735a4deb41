"""What two provinces state of a day, and what differs between them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casebridge.reconcile import CannotReconcile, Direction, directions, lines_of
from chassis.keyring import Keyring, load_keyring
from chassis.statements import PAGE, Tally, bounds_of, statement
from chassis.writing import Writer, message_to
from schemas.ids import EventId, Province
from schemas.mailbox import LettersMarked, Mark, Named
from schemas.samples import a
from tests.chassis.post import HERE, THERE, post_service
from tests.chassis.test_resending import apply_for, covered_count
from tests.deployment import Deployment, case_id, source, until


def early_on(day: date) -> datetime:
    return bounds_of(day)[0] + timedelta(hours=9)


async def compare(deployment: Deployment, day: date) -> tuple[Direction, Direction]:
    known = load_keyring(deployment.folder / "keys", deployment.provinces)
    public = Keyring(own={}, trusted=known.trusted)
    return await directions(deployment.databases["routing"], public, HERE, THERE, day)


async def stated(deployment: Deployment, count: int) -> bool:
    rows = await deployment.rows("routing", "SELECT 1 FROM statement")
    return len(rows) == count


async def test_both_sides_state_a_day_and_what_one_has_lost_is_named(
    here: Deployment, there: Deployment
) -> None:
    first = (here.clock.now() + timedelta(days=2)).date()
    second = first + timedelta(days=1)
    async with here.running(post_service) as ours, there.running(post_service) as theirs:
        here.clock.step_to(early_on(first))
        for count in (1, 2):
            await apply_for(here, case_id())
            await until(lambda count=count: covered_count(here, count), "letters and answers")  # type: ignore[misc]
        here.clock.step_to(bounds_of(first)[1] + timedelta(hours=1))
        await ours.marks.hourly()
        assert await stated(here, 0), "some letters may still be on their way"
        here.clock.step_to(early_on(second))
        for marks in (ours.marks, theirs.marks, ours.marks):
            await marks.hourly()
        await until(lambda: stated(here, 2), "both statements here")
        await until(lambda: stated(there, 2), "both statements there")
        for deployment in (here, there):
            sent, back = await compare(deployment, first)
            assert (sent.equal, back.equal) == (True, True)
            assert (len(sent.writer.sent), len(back.writer.sent)) == (2, 2)
        with pytest.raises(CannotReconcile, match="expected at least one"):
            await compare(here, second)

        await apply_for(here, case_id())
        await until(lambda: covered_count(here, 3), "one more")
        lost = await there.rows(
            "routing",
            "DELETE FROM received_letter WHERE recorded_at > :at RETURNING headers",
            at=early_on(second),
        )
        here.clock.step_to(early_on(second + timedelta(days=1)))
        for marks in (ours.marks, theirs.marks):
            await marks.hourly()
        await until(lambda: stated(here, 4), "both statements here")
        sent, back = await compare(here, second)
    assert (sent.equal, back.equal) == (False, True)
    (letter,) = sent.only_sent
    assert letter.id in lost[0].headers
    assert any(f"✗ {letter.id}" in line for line in lines_of(sent, "zh"))
    assert "1 sent, 0 received, NOT the same" in next(lines_of(sent, "en"))


async def test_nobody_speaks_for_another_province(here: Deployment, there: Deployment) -> None:
    """51 signs that 33 has received our letters: they would not be sent again."""
    case = case_id()
    async with here.running(post_service), source(here.addresses.kafka, "/cn51/routing") as stranger:
        await apply_for(here, case)

        async def sent() -> bool:
            return bool(await here.rows("routing", "SELECT 1 FROM sent_letter"))

        await until(sent, "the letter")
        keyring = load_keyring(there.folder / "keys", [THERE])
        mark = Mark(case_id=case, received=1)
        event = a(LettersMarked, sender=Province("33"), to_province=HERE, marks=(mark,))
        now = here.clock.now()
        writer = Writer(service="routing", incarnation="incarnation-1", keyring=keyring)
        letter = message_to(HERE, THERE, event, writer, now)
        await stranger.send_raw("cn44.mailbox", letter.key, letter.value, list(letter.headers))

        async def refused() -> bool:
            rows = await here.rows("routing", "SELECT reason FROM quarantine")
            return [row.reason for row in rows] == ["not-the-sender"]

        await until(refused, "the mark in quarantine")
    assert await here.rows("routing", "SELECT 1 FROM sent_letter WHERE covered_at IS NULL")


def test_a_day_of_very_many_letters_is_stated_on_pages_that_brokers_take() -> None:
    letters = [Named(id=EventId(case_id()), digest="A" * 43) for _ in range(12_345)]
    day = date(2026, 3, 2)
    tally = Tally(letters, ["casebridge.transfer.offered.v1"] * len(letters))
    pages = statement(HERE, THERE, day, datetime(2026, 3, 2, 16, tzinfo=UTC), tally, tally)
    assert len(pages) == pages[0].pages == -(-len(letters) // (PAGE // 2))
    assert [each for page in pages for each in page.sent_letters] == letters
    assert max(len(page.model_dump_json()) for page in pages) < 900_000
