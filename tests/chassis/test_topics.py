"""Topics are made as declared, in one go, and nothing that exists is changed."""

import time

import pytest
from aiokafka import AIOKafkaProducer
from click.testing import CliRunner, Result
from confluent_kafka.admin import NewTopic

from casebridge.topics import topics
from chassis.topics import (
    BrokersAway,
    Cluster,
    TopicsWrong,
    apply_topics,
    check_topics,
    declared_topics,
    plan_topics,
)
from schemas.ids import AgencyId, Province
from tests.deployment import drop_topics

# Provinces that no journey uses: the broker is shared.
NINGXIA, QINGHAI, TIBET, HAINAN = Province("64"), Province("63"), Province("54"), Province("46")
PARTNERS = {NINGXIA: [AgencyId("64-hrss")]}


@pytest.fixture
def other_cases(kafka: str) -> str:
    """A topic of Tibet that somebody made by hand."""
    name, cluster = "cn54.cases", Cluster(kafka)
    for answer in cluster.admin.create_topics([NewTopic(name, 1, 1)]).values():
        answer.result()
    cluster.await_leaders({name})
    return name


def run(*arguments: str) -> Result:
    return CliRunner().invoke(topics, arguments)


def test_a_province_has_its_logs_its_mailbox_and_one_topic_for_each_agency() -> None:
    found = declared_topics([NINGXIA], PARTNERS)

    assert {topic.name for topic in found if topic.cluster == "exchange"} == {"cn64.mailbox"}
    assert [topic.name for topic in found if topic.cluster == "local"] == [
        "cn64.cases",
        "cn64.transfers",
        "cn64.matters",
        "cn64.notices",
        "cn64.keys",
        "cn64.ops",
        "cn64.mailbox",
        "cn64.partner.64-hrss",
    ]


def test_logs_are_kept_for_ever_keys_compacted_and_mailboxes_for_30_days() -> None:
    config = {topic.name: topic.config for topic in declared_topics([NINGXIA])}

    for log in ("cases", "transfers", "matters", "notices"):
        kept = config[f"cn64.{log}"]
        assert (kept["cleanup.policy"], kept["retention.ms"], kept["retention.bytes"]) == (
            "delete",
            "-1",
            "-1",
        )
    assert config["cn64.keys"]["cleanup.policy"] == "compact"
    assert config["cn64.mailbox"]["retention.ms"] == str(30 * 24 * 3600 * 1000)


@pytest.mark.parametrize(("copies", "in_sync"), [(1, "1"), (2, "1"), (3, "2"), (5, "2")])
def test_a_cluster_with_few_copies_does_not_wait_for_more_than_it_has(copies: int, in_sync: str) -> None:
    topic = declared_topics([NINGXIA])[0]

    assert topic.config_on(copies)["min.insync.replicas"] == in_sync


async def test_topics_are_made_once_and_can_be_written_at_once(kafka: str) -> None:
    made = apply_topics(kafka, kafka, [NINGXIA], partners=PARTNERS)

    assert len(made) == len(set(made)) == 8
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all") as producer:
        await producer.send_and_wait("cn64.partner.64-hrss", b"x")
    assert apply_topics(kafka, kafka, [NINGXIA], partners=PARTNERS) == []
    assert plan_topics(kafka, kafka, [NINGXIA], partners=PARTNERS).differences == []
    await check_topics(kafka, kafka, [NINGXIA], access={})


def test_eight_provinces_take_seconds(kafka: str) -> None:
    eight = [Province(code) for code in ("11", "12", "13", "14", "15", "21", "22", "23")]
    drop_topics(kafka, eight)
    started = time.monotonic()

    made = apply_topics(kafka, kafka, eight)

    assert len(made) == 8 * 7
    assert time.monotonic() - started < 20


async def test_a_service_does_not_start_without_its_topics(kafka: str) -> None:
    with pytest.raises(
        TopicsWrong, match=r"cn63\.cases on local: partitions: found no such topic, expected 6"
    ):
        await check_topics(kafka, kafka, [QINGHAI], access={})


async def test_another_number_of_partitions_is_told_and_left_alone(kafka: str, other_cases: str) -> None:
    told = rf"{other_cases} on local: partitions: found 1, expected 6"

    with pytest.raises(TopicsWrong, match=told):
        apply_topics(kafka, kafka, [TIBET])
    with pytest.raises(TopicsWrong, match=told):
        await check_topics(kafka, kafka, [TIBET], access={})

    shown = run("plan", "--kafka", kafka, "--provinces", "54")
    assert shown.exit_code == 1
    assert "make cn54.mailbox on local: 6 partitions" in shown.output
    assert "differs: cn54.cases on local: partitions: found 1, expected 6" in shown.output
    assert "differs: cn54.cases on local: retention.ms: found 604800000, expected -1" in shown.output


def test_the_command_makes_what_its_plan_shows(kafka: str) -> None:
    where = ("--kafka", kafka, "--provinces", "46", "--partner", "46:46-court")

    planned, made, again = run("plan", *where), run("apply", *where), run("plan", *where)

    assert "make cn46.partner.46-court on local: 3 partitions" in planned.output
    assert made.output == "8 topics made.\n"
    assert again.output == "All topics are as declared.\n"


def test_the_command_says_that_a_cluster_grants_everything_to_everybody(kafka: str) -> None:
    shown = run("plan", "--kafka", kafka, "--provinces", "46", "--acls")

    assert f"{kafka} has no authorizer" in shown.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--provinces", "99"), "expected `all` or codes of 00, 11"),
        (("--provinces", "46", "--partner", "court"), "expected province:agency"),
        (("--provinces", "46", "--partner", "46:a:b"), "expected province:agency"),
        (("--provinces", "46", "--cluster", "moon"), "is not one of"),
    ],
)
def test_the_command_refuses_what_makes_no_sense(arguments: tuple[str, ...], told: str) -> None:
    shown = run("apply", "--kafka", "localhost:1", *arguments)

    assert shown.exit_code != 0
    assert told in shown.output


def test_a_cluster_that_does_not_answer_is_named() -> None:
    with pytest.raises(BrokersAway, match="No broker of localhost:1 answers"):
        Cluster("localhost:1", answer_within_s=0.2).plan(declared_topics([HAINAN]))
