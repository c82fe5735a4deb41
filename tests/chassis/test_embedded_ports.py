"""Ports are chosen once and kept."""

import json
import socket
from pathlib import Path

from chassis.embedded.ports import HOST, is_free, read_addresses, remembered_port


def test_a_second_start_takes_the_port_of_the_first(tmp_path: Path) -> None:
    book = tmp_path / "addresses.json"
    assert remembered_port(book, "kafka") == remembered_port(book, "kafka")


def test_each_part_has_a_port_of_its_own_written_down(tmp_path: Path) -> None:
    book = tmp_path / "addresses.json"
    kafka, postgres = remembered_port(book, "kafka"), remembered_port(book, "postgres")
    assert json.loads(book.read_text("utf-8")) == {
        "kafka": f"{HOST}:{kafka}",
        "postgres": f"{HOST}:{postgres}",
    }
    assert kafka != postgres


def test_a_port_that_somebody_took_meanwhile_is_replaced(tmp_path: Path) -> None:
    book = tmp_path / "addresses.json"
    before = remembered_port(book, "kafka")
    with socket.create_server((HOST, before)):
        assert not is_free(before)
        after = remembered_port(book, "kafka")
    assert after != before
    assert read_addresses(book) == {"kafka": f"{HOST}:{after}"}


def test_no_outgoing_connection_can_hold_the_port_of_a_stopped_part(tmp_path: Path) -> None:
    assert remembered_port(tmp_path / "addresses.json", "kafka") < 32768
