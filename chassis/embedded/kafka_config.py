"""What a small single-machine Kafka node is told: KRaft, broker and controller in one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chassis.embedded.ports import HOST

_SMALL = {
    # A topic that nobody created is a mistake in a name, and must be seen.
    "auto.create.topics.enable": "false",
    # Production waits three seconds for further members before a group starts; a test would only lose them.
    "group.initial.rebalance.delay.ms": "0",
    "offsets.topic.num.partitions": "4",
    "transaction.state.log.num.partitions": "4",
    "share.coordinator.state.topic.num.partitions": "4",
    # A third of the heap at its default of 128 MB.
    "log.cleaner.dedupe.buffer.size": "33554432",
    # After SIGKILL the node is not let in again before its old session has lapsed: 9 s unless told.
    "broker.session.timeout.ms": "3000",
    "broker.heartbeat.interval.ms": "500",
    # A node with nothing to say else writes and syncs an empty record twice a second.
    "metadata.max.idle.interval.ms": "10000",
    "num.network.threads": "2",
    "num.io.threads": "4",
}


@dataclass(frozen=True, kw_only=True)
class Node:
    """`voters` maps each controller's node id to its `host:port`. `settings` win over everything else."""

    node_id: int
    port: int
    controller: str
    voters: Mapping[int, str]
    settings: Mapping[str, str] = field(default_factory=dict)


def server_properties(node: Node) -> str:
    """Relative paths and ASCII only: Kafka reads the file as Latin-1 and ends a folder at a comma."""
    settings = {
        "process.roles": "broker,controller",
        "node.id": str(node.node_id),
        "controller.quorum.voters": ",".join(f"{voter}@{where}" for voter, where in node.voters.items()),
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{HOST}:{node.port},CONTROLLER://{node.controller}",
        "advertised.listeners": f"PLAINTEXT://{HOST}:{node.port}",
        "log.dirs": "data",
        **_replication(min(3, len(node.voters))),
        **_SMALL,
        **node.settings,
    }
    return "".join(f"{name}={value}\n" for name, value in settings.items())


def _replication(copies: int) -> dict[str, str]:
    in_sync = str(max(1, copies - 1))
    return {
        "default.replication.factor": str(copies),
        "min.insync.replicas": in_sync,
        "offsets.topic.replication.factor": str(copies),
        "transaction.state.log.replication.factor": str(copies),
        "transaction.state.log.min.isr": in_sync,
        "share.coordinator.state.topic.replication.factor": str(copies),
        "share.coordinator.state.topic.min.isr": in_sync,
    }
