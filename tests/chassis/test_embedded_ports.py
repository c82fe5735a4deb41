"""Ports are chosen once and kept."""

import json
import socket
import threading
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


def test_a_port_that_is_let_go_after_a_moment_is_kept(tmp_path: Path) -> None:
    """Of a server that was killed a child may live a little longer, and have what its parent listened on."""
    book = tmp_path / "addresses.json"
    before = remembered_port(book, "postgres")
    lasting = socket.create_server((HOST, before))
    letting_go = threading.Timer(0.3, lasting.close)
    letting_go.start()
    after = remembered_port(book, "postgres")
    letting_go.join()

    assert after == before


def test_no_outgoing_connection_can_hold_the_port_of_a_stopped_part(tmp_path: Path) -> None:
    assert remembered_port(tmp_path / "addresses.json", "kafka") < 32768
