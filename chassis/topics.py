"""Which topics there are, as `deploy/topics.toml` declares them; whether a cluster has them; making them."""

import asyncio
import re
import time
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from confluent_kafka import KafkaException
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic, ResourceType, TopicMetadata
from confluent_kafka.error import KafkaError

from chassis.errors import ChassisError
from schemas.ids import AgencyId, Province

DECLARED = Path(__file__).parents[1] / "deploy" / "topics.toml"
LOCAL, EXCHANGE = "local", "exchange"

Partners = Mapping[Province, Collection[AgencyId]]

_DAY_MS = 86_400_000
_ALL_TOPICS = {
    # A replica that lags never becomes leader: what was acknowledged is not forgotten.
    "unclean.leader.election.enable": "false",
    # The most that the outbox lets through, with its headers, on every cluster alike.
    "max.message.bytes": "1048588",
}


@dataclass(eq=False)
class BrokersAway(ChassisError):
    """No broker of {servers} answers ({reason})."""

    zh: ClassVar[str] = "{servers}均无应答（{reason}）。"
    servers: str
    reason: str


@dataclass(eq=False)
class TopicsWrong(ChassisError):
    """{differences}. `casebridge topics plan` shows all, `casebridge topics apply` makes what is missing."""

    zh: ClassVar[str] = (
        "{differences}。`casebridge topics plan` 显示全部差异，`casebridge topics apply` 补齐所缺。"
    )
    differences: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic that a deployment needs."""

    cluster: str
    name: str
    partitions: int
    in_sync: int
    config: Mapping[str, str]

    def config_on(self, copies: int) -> Mapping[str, str]:
        """On a cluster that keeps so many copies: one may be away, or with one copy none."""
        return {**self.config, "min.insync.replicas": str(max(1, min(self.in_sync, copies - 1)))}


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that a person must put right: nothing that exists is ever changed by us."""

    cluster: str
    topic: str
    setting: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.topic} on {self.cluster}: {self.setting}: found {self.found}, expected {self.expected}"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a cluster lacks and where it differs."""

    missing: list[Topic] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


def declared_topics(
    provinces: Iterable[Province], partners: Partners | None = None, file: Path = DECLARED
) -> list[Topic]:
    """The topics of these provinces, with those of their partner agencies."""
    said = tomllib.loads(file.read_text("utf-8"))["topics"]
    topics = []
    for province in sorted(set(provinces)):
        for declaration in said.values():
            name = str(declaration["name"]).replace("NN", province)
            agencies = sorted((partners or {}).get(province, ()))
            names = [name.replace("AGENCY", agency) for agency in agencies] if "AGENCY" in name else [name]
            topics += [
                _topic(declaration, name, cluster) for cluster in declaration["clusters"] for name in names
            ]
    return topics


def plan_topics(
    kafka: str,
    exchange: str,
    provinces: Iterable[Province],
    *,
    partners: Partners | None = None,
    clusters: Collection[str] = (LOCAL, EXCHANGE),
    admin_config: Mapping[str, str] | None = None,
) -> Plan:
    """Compare with what is there. Raises BrokersAway."""
    plan = Plan()
    for servers, topics in _by_cluster(kafka, exchange, declared_topics(provinces, partners), clusters):
        found = Cluster(servers, admin_config).plan(topics)
        plan.missing.extend(found.missing)
        plan.differences.extend(found.differences)
    return plan


def apply_topics(
    kafka: str,
    exchange: str,
    provinces: Iterable[Province],
    *,
    partners: Partners | None = None,
    clusters: Collection[str] = (LOCAL, EXCHANGE),
    admin_config: Mapping[str, str] | None = None,
) -> list[str]:
    """Make what is missing, in one request per cluster, and return once it can be used.

    Returns the names made. Raises TopicsWrong, before anything is made there, where what exists differs.
    """
    made = []
    for servers, topics in _by_cluster(kafka, exchange, declared_topics(provinces, partners), clusters):
        cluster = Cluster(servers, admin_config)
        plan = cluster.plan(topics)
        if plan.differences:
            raise TopicsWrong("; ".join(map(str, plan.differences)))
        made += cluster.make(plan.missing)
    return made


async def check_topics(
    kafka: str,
    exchange: str,
    provinces: Iterable[Province],
    partners: Partners | None = None,
    *,
    access: Mapping[str, Mapping[str, str]],
) -> None:
    """At a service's start: every topic is there with its partitions. Raises TopicsWrong or BrokersAway.

    `access` says, by bootstrap servers, how to prove to them who this is.
    """

    def check() -> list[Difference]:
        clusters = _by_cluster(kafka, exchange, declared_topics(provinces, partners), (LOCAL, EXCHANGE))
        return [
            difference
            for servers, topics in clusters
            for difference in Cluster(servers, access.get(servers)).at_start(topics)
        ]

    if differences := await asyncio.to_thread(check):
        shown = "; ".join(map(str, differences[:5]))
        raise TopicsWrong(shown + (f"; and {len(differences) - 5} more" if len(differences) > 5 else ""))


def broker_config(admin: AdminClient) -> Mapping[str, str]:
    """What one of the brokers is told; all are told the same."""
    broker = str(next(iter(admin.list_topics(timeout=15).brokers)))
    (answer,) = admin.describe_configs([ConfigResource(ResourceType.BROKER, broker)]).values()
    return {name: entry.value or "" for name, entry in answer.result().items()}


class Cluster:
    """One cluster's administration, from the topics' point of view."""

    def __init__(
        self, servers: str, admin_config: Mapping[str, str] | None = None, *, answer_within_s: float = 15.0
    ) -> None:
        self.servers = servers
        self.answer_within_s = answer_within_s
        settings = {"bootstrap.servers": servers, "socket.connection.setup.timeout.ms": "5000"}
        # Its log lines go to stderr on their own; what matters comes back as an error.
        self.admin = AdminClient({**settings, "log_level": 0, **(admin_config or {})})

    def at_start(self, topics: Collection[Topic]) -> list[Difference]:
        """What a service must not start with."""
        return [*self.without_config(topics), *self.creating()]

    def creating(self) -> list[Difference]:
        """A cluster that makes topics by itself hides a missing one behind an empty one of the wrong shape.

        Who may not read the brokers' settings does not learn it; who runs `casebridge topics plan` may.
        """
        try:
            found = broker_config(self.admin).get("auto.create.topics.enable", "false")
        except KafkaException:
            return []
        if found != "true":
            return []
        return [Difference(self.servers, "every broker", "auto.create.topics.enable", "true", "false")]

    def without_config(self, topics: Collection[Topic]) -> list[Difference]:
        """What is missing, or has another number of partitions."""
        there = self.partitions()
        return [
            Difference(
                topic.cluster, topic.name, "partitions", str(found or "no such topic"), str(topic.partitions)
            )
            for topic in topics
            if (found := there.get(topic.name)) != topic.partitions
        ]

    def plan(self, topics: Collection[Topic]) -> Plan:
        there = self.partitions()
        present = [topic for topic in topics if topic.name in there]
        plan = Plan([topic for topic in topics if topic.name not in there], self.without_config(present))
        plan.differences.extend(self.differing_config(present))
        return plan

    def partitions(self) -> dict[str, int]:
        """Every topic with its number of partitions."""
        return {name: len(topic.partitions) for name, topic in self.topics().items()}

    def topics(self) -> Mapping[str, TopicMetadata]:
        try:
            return self.admin.list_topics(timeout=self.answer_within_s).topics
        except KafkaException as error:
            raise BrokersAway(self.servers, error.args[0].name()) from error

    def differing_config(self, topics: Collection[Topic]) -> list[Difference]:
        if not topics:
            return []
        copies = int(broker_config(self.admin)["default.replication.factor"])
        named = {topic.name: topic for topic in topics}
        asked = self.admin.describe_configs([ConfigResource(ResourceType.TOPIC, name) for name in named])
        differences = []
        for resource, answer in asked.items():
            topic, found = named[resource.name], answer.result()
            differences += [
                Difference(topic.cluster, topic.name, setting, str(found[setting].value), expected)
                for setting, expected in topic.config_on(copies).items()
                if found[setting].value != expected
            ]
        return differences

    def make(self, topics: Collection[Topic]) -> list[str]:
        if not topics:
            return []
        copies = int(broker_config(self.admin)["default.replication.factor"])
        asked = self.admin.create_topics(
            [
                NewTopic(
                    topic.name,
                    num_partitions=topic.partitions,
                    replication_factor=-1,
                    config=dict(topic.config_on(copies)),
                )
                for topic in topics
            ],
            operation_timeout=60,
            request_timeout=90,
        )
        for name, answer in asked.items():
            try:
                answer.result()
            except KafkaException as error:
                # Somebody else is applying the same file.
                if error.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
                    raise TopicsWrong(f"{name} on {self.servers}: {error.args[0].str()}") from error
        self.await_leaders({topic.name for topic in topics})
        return list(asked)

    def await_leaders(self, names: set[str], within_s: float = 60.0) -> None:
        """Until the broker that is asked knows them: a producer that comes at once must not fail."""
        deadline = time.monotonic() + within_s
        while missing := names - {n for n, topic in self.topics().items() if _is_led(topic)}:
            if time.monotonic() > deadline:
                raise TopicsWrong(
                    f"{len(missing)} new topics on {self.servers} have no leader after {within_s:g} s"
                )
            time.sleep(0.05)


def _is_led(topic: TopicMetadata) -> bool:
    return bool(topic.partitions) and all(p.leader >= 0 for p in topic.partitions.values())


def _topic(declaration: Mapping[str, Any], name: str, cluster: str) -> Topic:
    if not re.fullmatch(r"[A-Za-z0-9._-]{1,249}", name):
        raise TopicsWrong(f"found the name {name}, expected letters, digits, dots, dashes and underscores")
    return Topic(
        cluster=cluster,
        name=name,
        partitions=declaration["partitions"],
        in_sync=declaration["in_sync"],
        config={**_kept(declaration["kept"]), **_ALL_TOPICS},
    )


def _kept(said: str) -> dict[str, str]:
    if said == "latest":
        return {"cleanup.policy": "compact"}
    days = re.fullmatch(r"(\d+) days", said)
    if said != "for ever" and not days:
        raise TopicsWrong(f"found kept {said!r}, expected `for ever`, `latest` or `30 days`")
    kept_ms = str(int(days[1]) * _DAY_MS) if days else "-1"
    return {"cleanup.policy": "delete", "retention.ms": kept_ms, "retention.bytes": "-1"}


def _by_cluster(
    kafka: str, exchange: str, topics: Collection[Topic], clusters: Collection[str]
) -> list[tuple[str, list[Topic]]]:
    """Bootstrap servers and what belongs there; each topic once where the exchange is the local cluster."""
    wanted: dict[str, dict[str, Topic]] = {}
    for topic in topics:
        if topic.cluster in clusters:
            servers = kafka if topic.cluster == LOCAL else exchange
            wanted.setdefault(servers, {}).setdefault(topic.name, topic)
    return [(servers, list(named.values())) for servers, named in wanted.items()]
