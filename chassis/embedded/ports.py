"""Chooses the port of a part, and the same one at every start, so that clients find it again."""

import json
import random
import socket
import sys
import threading
import time
from pathlib import Path

HOST = "127.0.0.1"

# Below the range from which Linux, macOS and Windows take the ports of outgoing connections. A client that
# keeps calling a port of that range while its server is down in the end connects to itself, and holds it.
_RANGE = range(20000, 32768)

# The port of a part that was killed is free when the last process is gone that it had just begun.
_PATIENCE_S = 2.0
_LOOK_EVERY_S = 0.02

_book_lock = threading.Lock()


def is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # On Windows this option would let us share a port that somebody listens on.
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def remembered_port(book: Path, name: str) -> int:
    """The port that `book` (addresses.json) has for `name` if it is free or soon is, else a new one, written
    there. Nobody holds it: whoever listens first has it.
    """
    with _book_lock:
        addresses = read_addresses(book)
        known = addresses.get(name, "").rpartition(":")[2]
        if known and _is_soon_free(int(known)):
            return int(known)
        port = _free_port({address.rpartition(":")[2] for address in addresses.values()})
        addresses[name] = f"{HOST}:{port}"
        _write_addresses(book, addresses)
        return port


def _is_soon_free(port: int) -> bool:
    deadline = time.monotonic() + _PATIENCE_S
    while not is_free(port):
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_EVERY_S)
    return True


def read_addresses(book: Path) -> dict[str, str]:
    """Every part's `host:port` by its name; empty when nothing was started there yet."""
    if not book.exists():
        return {}
    addresses: dict[str, str] = json.loads(book.read_text("utf-8"))
    return addresses


def _free_port(taken: set[str]) -> int:
    for port in random.sample(_RANGE, k=len(_RANGE)):
        if str(port) not in taken and is_free(port):
            return port
    raise OSError(f"no free port of {HOST} between {_RANGE.start} and {_RANGE.stop}")


def _write_addresses(book: Path, addresses: dict[str, str]) -> None:
    book.parent.mkdir(parents=True, exist_ok=True)
    fresh = book.with_suffix(".new")
    fresh.write_text(json.dumps(addresses, indent=2, sort_keys=True) + "\n", "utf-8")
    fresh.replace(book)
