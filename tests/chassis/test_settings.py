from pathlib import Path

import pytest

from chassis.settings import SettingRefused, read_settings

ENOUGH = {
    "CASEBRIDGE_PROVINCES": "51,44",
    "CASEBRIDGE_KAFKA": "localhost:9092",
    "CASEBRIDGE_DATABASE_URL": "postgresql://app:p%40ss@localhost:5432",
}


def test_three_variables_are_enough() -> None:
    settings = read_settings(ENOUGH, "routing")

    assert settings.provinces == ("44", "51")
    assert settings.exchange_kafka == "localhost:9092"
    assert settings.database_url == "postgresql+asyncpg://app:p%40ss@localhost:5432/casebridge_routing"
    assert settings.http_port == 0
    assert settings.keys_folder == Path(".casebridge/keys")
    assert not settings.test_mode


def test_all_means_every_jurisdiction() -> None:
    settings = read_settings(ENOUGH | {"CASEBRIDGE_PROVINCES": "all"}, "trace")

    assert {"00", "44", "66"} <= set(settings.provinces)


def test_a_service_can_have_a_database_address_of_its_own() -> None:
    environ = ENOUGH | {"CASEBRIDGE_DATABASE_URL_ROUTING": "postgresql://app@other/cases"}

    assert read_settings(environ, "routing").database_url == "postgresql+asyncpg://app@other/cases"
    assert "@localhost" in read_settings(environ, "intake").database_url


def test_keys_lie_in_the_data_folder_unless_told_otherwise() -> None:
    assert read_settings(ENOUGH | {"CASEBRIDGE_DATA": "/data"}, "trace").keys_folder == Path("/data/keys")


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("CASEBRIDGE_PROVINCES", "45,99", "separated by commas"),
        ("CASEBRIDGE_PROVINCES", "", "found nothing"),
        ("CASEBRIDGE_KAFKA", "localhost", "host:port"),
        ("CASEBRIDGE_EXCHANGE_KAFKA", "http://a:1", "host:port"),
        ("CASEBRIDGE_HTTP_PORT", "70000", "from 0 to 65535"),
        ("CASEBRIDGE_BATCH_SIZE", "0", "from 1 to"),
        ("CASEBRIDGE_HOLD_AFTER_S", "-1", "seconds"),
        ("CASEBRIDGE_TRACE_RATIO", "1.5", "from 0 to 1"),
        ("CASEBRIDGE_OTLP", "collector:4318", "http://host:port"),
        ("CASEBRIDGE_TEST_MODE", "perhaps", "0 or 1"),
        ("CASEBRIDGE_DATABASE_URL", "mysql://app@localhost", "an address for mysql"),
    ],
)
def test_a_bad_value_is_refused_by_name(variable: str, text: str, expected: str) -> None:
    with pytest.raises(SettingRefused, match=variable) as refused:
        read_settings(ENOUGH | {variable: text}, "routing")

    assert expected in str(refused.value)


def test_a_bad_database_address_is_not_repeated_because_it_may_hold_a_password() -> None:
    with pytest.raises(SettingRefused) as refused:
        read_settings(ENOUGH | {"CASEBRIDGE_DATABASE_URL": "postgresql//app:hunter2@h"}, "routing")

    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("variable", ["CASEBRIDGE_CLOCK", "CASEBRIDGE_LEDGER", "CASEBRIDGE_FAILPOINT"])
def test_what_only_tests_may_do_needs_test_mode(variable: str) -> None:
    with pytest.raises(SettingRefused, match="CASEBRIDGE_TEST_MODE"):
        read_settings(ENOUGH | {variable: "1"}, "routing")


def test_a_failpoint_has_a_name_and_perhaps_a_count() -> None:
    environ = ENOUGH | {"CASEBRIDGE_TEST_MODE": "1", "CASEBRIDGE_FAILPOINT": "before_commit:3"}

    assert read_settings(environ, "routing").failpoint == "before_commit:3"
