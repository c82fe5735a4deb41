"""Several Kafka nodes on one machine, each broker and controller, so that tests can take one away."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from chassis.embedded.folder_lock import FolderLock
from chassis.embedded.kafka import EmbeddedKafka, KafkaOptions, Member, new_cluster_id
from chassis.embedded.ports import HOST, remembered_port
from chassis.embedded.progress import Progress, silent
from chassis.embedded.together import start_together

# The gap after the death of a leader is 8 to 14 s as Kafka comes, and about 3.5 s with these.
_QUICK_TO_NOTICE = {
    "broker.session.timeout.ms": "2000",
    "broker.heartbeat.interval.ms": "500",
    "controller.quorum.fetch.timeout.ms": "1000",
    "controller.quorum.election.timeout.ms": "500",
}


@contextmanager
def kafka_cluster(
    folder: Path, jars: Sequence[Path], *, nodes: int = 3, progress: Progress = silent
) -> Iterator[list[EmbeddedKafka]]:
    """Three copies of each record, two of them in step; node n is at index n - 1, its folder is `node-n`.

    The bootstrap list is `",".join(node.bootstrap for node in cluster)`.
    """
    lock = FolderLock(folder)
    lock.take()
    try:
        cluster = _members(folder, jars, nodes, progress)
        start_together(cluster)
        try:
            yield cluster
        finally:
            _stop(cluster)
    finally:
        lock.release()


def _stop(cluster: list[EmbeddedKafka]) -> None:
    """The last nodes to leave would wait in vain for a majority of controllers to agree to it."""
    for node in cluster:
        node.kill(signal.SIGTERM)
    for node in cluster:
        node.stop(within_s=2)


def _members(folder: Path, jars: Sequence[Path], nodes: int, progress: Progress) -> list[EmbeddedKafka]:
    book = folder / "addresses.json"
    numbers = range(1, nodes + 1)
    voters = {number: f"{HOST}:{remembered_port(book, f'node-{number} controller')}" for number in numbers}
    cluster_id = _cluster_id(folder / "cluster-id")

    def node(number: int) -> EmbeddedKafka:
        member = Member(node_id=number, cluster_id=cluster_id, voters=voters)
        options = KafkaOptions(settings=_QUICK_TO_NOTICE, member=member)
        name = f"node-{number}"
        return EmbeddedKafka(folder / name, jars, name=name, book=book, options=options, progress=progress)

    return [node(number) for number in numbers]


def _cluster_id(file: Path) -> str:
    if not file.exists():
        file.write_text(new_cluster_id(), "ascii")
    return file.read_text("ascii")
