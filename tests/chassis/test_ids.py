import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from chassis.ids import derived_id, uuid7

NOW = datetime(2099, 3, 1, 9, 30, 0, 123_456, tzinfo=UTC)


def test_an_id_carries_its_millisecond_version_and_variant() -> None:
    made = uuid.UUID(uuid7(NOW))

    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 >= int(NOW.timestamp() * 1000)


def test_ids_of_one_process_rise_even_when_time_stands_or_goes_back() -> None:
    moments = [NOW] * 1000 + [NOW - timedelta(hours=1)] * 10 + [NOW + timedelta(seconds=1)]
    made = [uuid7(moment) for moment in moments]

    assert made == sorted(set(made))


def test_threads_never_make_the_same_id() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(uuid7, [NOW] * 4000))

    assert len(set(made)) == 4000


def test_a_derived_id_is_the_same_for_the_same_parts_only() -> None:
    made = uuid.UUID(derived_id("44", "caller", "key"))

    assert str(made) == derived_id("44", "caller", "key")
    assert (made.version, made.variant) == (8, uuid.RFC_4122)
    assert derived_id("ab", "c") != derived_id("a", "bc")
    assert derived_id("a") != derived_id("a", "")
