"""The broker and the database as containers, for those who would rather have the published images."""

import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager

import docker
from docker.errors import DockerException, ImageNotFound
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.container import DockerContainer

from chassis.embedded.kafka_probe import serves
from chassis.embedded.parts import Addresses
from chassis.embedded.waiting import wait_until

_KAFKA_IMAGE = "apache/kafka:4.3.0"
_POSTGRES_IMAGE = "postgres:18"
_START_SCRIPT = "/tmp/casebridge-start.sh"
_START_S = 90.0

_KAFKA_SETTINGS = {
    "CLUSTER_ID": "4L6g3nShT-eMCtK--X86sw",
    "KAFKA_NODE_ID": "1",
    "KAFKA_PROCESS_ROLES": "broker,controller",
    "KAFKA_LISTENERS": "PLAINTEXT://:9092,BROKER://:9093,CONTROLLER://:9094",
    "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "KAFKA_INTER_BROKER_LISTENER_NAME": "BROKER",
    "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
    "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9094",
    "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    "KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
    "KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS": "4",
    "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
    "KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS": "4",
    "KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
    "KAFKA_TRANSACTION_STATE_LOG_MIN_ISR": "1",
    "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR": "1",
    "KAFKA_SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR": "1",
}


@contextmanager
def containers() -> Iterator[Addresses]:
    """A fresh broker and a fresh database, gone at the end."""
    with _kafka() as kafka, PostgresContainer(_POSTGRES_IMAGE, driver="asyncpg") as postgres:
        yield Addresses(kafka=kafka, database_url=postgres.get_connection_url())


def why_no_containers() -> str | None:
    """A sentence that says what is missing, or None when containers can be had."""
    try:
        client = docker.from_env(timeout=5)
        client.ping()
    except DockerException as failure:
        return f"Docker does not answer ({str(failure).splitlines()[0]})"
    # A mirror that the user has told testcontainers about is part of these names.
    for image in (DockerContainer(name).image for name in (_KAFKA_IMAGE, _POSTGRES_IMAGE)):
        if not _can_be_had(client, image):
            return f"the image {image} is neither here nor to be fetched"
    return None


def _can_be_had(client: docker.DockerClient, image: str) -> bool:
    try:
        client.images.get(image)
    except ImageNotFound:
        try:
            client.images.get_registry_data(image)
        except (DockerException, OSError):
            return False
    return True


@contextmanager
def _kafka() -> Iterator[str]:
    """Not testcontainers' KafkaContainer, which refuses the tags of apache/kafka.

    The broker must tell clients an address that they can reach, and which port of this machine leads to it is
    known only once the container runs. So the container waits for its start script.
    """
    waiting = f"while [ ! -f {_START_SCRIPT} ]; do sleep 0.1; done; exec bash {_START_SCRIPT}"
    container = DockerContainer(_KAFKA_IMAGE).with_exposed_ports(9092).with_command(["sh", "-c", waiting])
    for name, value in _KAFKA_SETTINGS.items():
        container.with_env(name, value)
    with container:
        host, port = container.get_container_host_ip(), int(container.get_exposed_port(9092))
        _put_start_script(container, f"PLAINTEXT://{host}:{port},BROKER://localhost:9093")
        wait_until(lambda: serves(port, 1, host=host), within_s=_START_S, what=f"{_KAFKA_IMAGE} ready")
        yield f"{host}:{port}"


def _put_start_script(container: DockerContainer, advertised: str) -> None:
    script = f"export KAFKA_ADVERTISED_LISTENERS={advertised}\nexec /etc/kafka/docker/run\n".encode()
    entry = tarfile.TarInfo(_START_SCRIPT.lstrip("/"))
    entry.size, entry.mode = len(script), 0o755
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.addfile(entry, io.BytesIO(script))
    container.get_wrapped_container().put_archive("/", archive.getvalue())
