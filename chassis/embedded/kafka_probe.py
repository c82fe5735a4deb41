"""Asks a Kafka node whether it serves, in the node's own protocol and without a client library's noise."""

import socket
import struct

from chassis.embedded.ports import HOST

_METADATA, _VERSION, _CORRELATION = 3, 4, 44
_ANSWER_S = 2.0


def serves(port: int, node_id: int, *, host: str = HOST) -> bool:
    """True when the node answers and counts itself among the brokers that are in service."""
    try:
        with socket.create_connection((host, port), timeout=_ANSWER_S) as connection:
            connection.sendall(_metadata_request())
            return node_id in _brokers(_receive(connection))
    except (OSError, struct.error):
        return False


def _metadata_request() -> bytes:
    """For no topics at all. Layout: https://kafka.apache.org/protocol#The_Messages_Metadata"""
    client = b"casebridge"
    header = struct.pack(">hhih", _METADATA, _VERSION, _CORRELATION, len(client)) + client
    body = header + struct.pack(">i?", 0, False)
    return struct.pack(">i", len(body)) + body


def _receive(connection: socket.socket) -> bytes:
    with connection.makefile("rb") as stream:
        (size,) = struct.unpack(">i", stream.read(4))
        return stream.read(size)


def _brokers(answer: bytes) -> set[int]:
    """The node ids: after correlation id, throttle time and a count, each is (id, host, port, rack)."""
    _, _, count = struct.unpack_from(">iii", answer)
    at, ids = 12, set()
    for _ in range(count):
        node_id, host_size = struct.unpack_from(">ih", answer, at)
        at += 6 + host_size + 4
        (rack_size,) = struct.unpack_from(">h", answer, at)
        at += 2 + max(rack_size, 0)
        ids.add(node_id)
    return ids
