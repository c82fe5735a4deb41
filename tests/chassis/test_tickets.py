"""Tickets: one document, one bearer, some minutes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from chassis.key_files import create_keys
from chassis.keyring import Keyring, load_keyring
from chassis.tickets import GOOD_FOR, SKEW, Ticket, TicketRefused, read, written
from schemas.ids import CaseId, DocumentId, Province

GUANGDONG, SICHUAN = Province("44"), Province("51")


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder: Path = tmp_path_factory.mktemp("keys")
    create_keys(folder, [GUANGDONG, SICHUAN])
    return load_keyring(folder, [GUANGDONG, SICHUAN])


NOW = datetime.now(UTC) + timedelta(minutes=1)
TICKET = Ticket(
    case_id=CaseId("case-1"),
    document_id=DocumentId("document-1"),
    holder=GUANGDONG,
    bearer=SICHUAN,
    issued_at=NOW,
)


def test_a_ticket_is_read_as_it_was_written(keyring: Keyring) -> None:
    assert read(written(TICKET, keyring), keyring, NOW) == TICKET


@pytest.mark.parametrize("late", [GOOD_FOR + SKEW + timedelta(seconds=1), -SKEW - timedelta(seconds=1)])
def test_it_is_good_for_some_minutes(keyring: Keyring, late: timedelta) -> None:
    with pytest.raises(TicketRefused):
        read(written(TICKET, keyring), keyring, NOW + late)


def test_nobody_signs_for_another_province_and_nothing_in_it_can_be_changed(keyring: Keyring) -> None:
    said, key, signature = written(TICKET, keyring).split("~")
    other = written(replace(TICKET, document_id=DocumentId("document-2")), keyring).split("~")
    own = written(replace(TICKET, bearer=GUANGDONG), keyring).split("~")

    for forged in (
        "~".join([other[0], key, signature]),
        "~".join([said, own[1], own[2]]),
        "~".join([own[0], key, signature]),
        "~".join([said, key, ""]),
        said,
        "",
        "ü~x~y",
    ):
        with pytest.raises(TicketRefused):
            read(forged, keyring, NOW)
