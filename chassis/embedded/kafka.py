"""Apache Kafka as a child process."""

import base64
import os
import shutil
import signal
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from chassis.embedded.class_archive import reading
from chassis.embedded.environment import inherited_environment
from chassis.embedded.java import find_java
from chassis.embedded.kafka_config import Node, server_properties
from chassis.embedded.kafka_probe import serves
from chassis.embedded.ports import HOST, remembered_port
from chassis.embedded.processes import Child, Command, finish, spawn
from chassis.embedded.program import SIGKILL, Program
from chassis.embedded.progress import Progress, silent

_START_S = 90.0


@dataclass(frozen=True, kw_only=True)
class Member:
    """A node's place in a cluster: all nodes have the same `cluster_id` and `voters`."""

    node_id: int
    cluster_id: str
    voters: Mapping[int, str]


@dataclass(frozen=True, kw_only=True)
class KafkaOptions:
    """`settings` are server properties that win over ours; `format_arguments` go to Kafka's storage tool.

    `java` are options of the broker's Java.
    """

    heap: str = "384m"
    settings: Mapping[str, str] = field(default_factory=dict)
    format_arguments: Sequence[str] = ()
    java: Sequence[str] = ()
    member: Member | None = None


class EmbeddedKafka:
    """One node with its own folder; as many as you like beside each other, each with its own name.

    `start()` is `prepare()`, `launch()` and `wait_ready()`, which `together.start_together` takes one by one
    to start several parts in the time of the slowest. Any thread may call them. After `kill()` the folder
    stays ours and `start()` brings the node back on its old port; `stop()` gives the folder up.
    """

    def __init__(
        self,
        folder: Path,
        jars: Sequence[Path],
        *,
        name: str = "kafka",
        book: Path | None = None,
        options: KafkaOptions | None = None,
        progress: Progress = silent,
    ) -> None:
        """`book` is the file in which ports are remembered: addresses.json beside `folder` unless given."""
        folder = folder.absolute()
        self._program = Program(name, folder, progress)
        self.folder = folder
        self._jars = jars
        self._book = book or folder.parent / "addresses.json"
        self._options = options or KafkaOptions()
        self._progress = progress
        self._formatted = folder / "formatted"
        self._formatting: tuple[Child, Command] | None = None
        self._node: Node | None = None

    @property
    def bootstrap(self) -> str:
        """`host:port`, known from `prepare()` on."""
        if self._node is None:
            raise RuntimeError(f"{self._program.name} has no address before it is prepared")
        return f"{HOST}:{self._node.port}"

    @property
    def pid(self) -> int | None:
        """None unless it runs."""
        return self._program.pid

    def start(self) -> None:
        self.prepare()
        self.launch()
        self.wait_ready()

    def prepare(self) -> None:
        """Takes the folder, chooses the ports and begins to format the storage if it is new."""
        self._program.hold()
        self._node = self._choose_node()
        (self.folder / "server.properties").write_text(server_properties(self._node), "ascii")
        (self.folder / "jars.txt").write_text("\n".join(map(str, self._jars)) + "\n", "utf-8")
        if not self._formatted.exists():
            self._begin_to_format()

    def launch(self) -> None:
        if self._formatting is not None:
            finish(*self._formatting)
            self._formatting = None
            self._formatted.touch()
        self._progress(f"{self._program.name}: starting on {self.bootstrap}")
        self._program.launch(self._java("kafka.Kafka", "server.properties", options=self._options.java))

    def wait_ready(self, *, within_s: float = _START_S) -> None:
        """Returns when the node answers requests and counts itself in service."""
        node = self._node
        if node is None:
            raise RuntimeError(f"{self._program.name} was not prepared")
        self._program.wait_until_ready(lambda: serves(node.port, node.node_id), within_s)

    def kill(self, number: int = SIGKILL) -> None:
        """Sends any signal, and after SIGKILL waits for the end."""
        self._program.kill(number)

    def stop(self, *, within_s: float = 20) -> None:
        """Kills it when it has not ended within this time: the records are safe either way."""
        if self._formatting is not None:
            self._formatting[0].send(SIGKILL)
            self._formatting = None
        self._program.stop(signal.SIGTERM, within_s=within_s)

    def _choose_node(self) -> Node:
        name, member = self._program.name, self._options.member
        port = remembered_port(self._book, name)
        if member is not None:
            node_id, voters = member.node_id, member.voters
        else:
            controller = remembered_port(self._book, f"{name} controller")
            node_id, voters = 1, {1: f"{HOST}:{controller}"}
        return Node(
            node_id=node_id,
            port=port,
            controller=voters[node_id],
            voters=voters,
            settings=self._options.settings,
        )

    def _begin_to_format(self) -> None:
        """Anew: what a format that was cut short left behind holds no records yet."""
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        self._progress(f"{self._program.name}: formatting {self.folder}")
        cluster_id = self._options.member.cluster_id if self._options.member else new_cluster_id()
        command = self._java(
            "kafka.tools.StorageTool",
            *("format", "-t", cluster_id, "-c", "server.properties", *self._options.format_arguments),
        )
        self._formatting = spawn(command), command

    def _java(self, main: str, *arguments: str, options: Sequence[str] = ()) -> Command:
        # In the C locale Java takes the bytes of a Chinese path for question marks.
        environment = inherited_environment(without=("KAFKA_", "CLASSPATH"), LC_ALL="C.UTF-8")
        java = find_java(environment)
        all_options = [
            *(options or reading(java, self._jars, environment)),
            f"-Xmx{self._options.heap}",
            *("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError"),
            *("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"),
            *("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Dorg.slf4j.simpleLogger.showDateTime=true"),
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSX",
        ]
        class_path = os.pathsep.join(map(str, self._jars))
        return Command(
            arguments=[java, *all_options, "-cp", class_path, main, *arguments],
            folder=self.folder,
            environment=environment,
            log=self._program.log,
        )


def new_cluster_id() -> str:
    """What Kafka's own tool makes: 16 random bytes in 22 characters, the first no dash."""
    while (drawn := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return drawn
