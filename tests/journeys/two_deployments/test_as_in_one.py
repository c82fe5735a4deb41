"""Whether two provinces have a deployment each or share one, the same is said about a case."""

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from confluent_kafka.admin import AdminClient

from casebridge.services import NAMES, load_service
from chassis.embedded.kafka import EmbeddedKafka
from chassis.embedded.parts import Addresses
from schemas.ids import CaseId, Province
from tests.deployment import Deployment, deployed
from tests.journeys.by_phone import by_phone
from tests.stage import Provinces, on_stage

BOTH = Province("44"), Province("51")

Told = Mapping[Province, Mapping[str, Any]]
"""What each province said of the case, by log."""


@pytest.fixture(scope="package")
async def told_in_one(addresses: Addresses, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """By one that serves others too, who have no part in the story but to hear of it. It runs no longer."""
    services, folder = [load_service(name) for name in NAMES], tmp_path_factory.mktemp("one")
    async with deployed(addresses, folder, services, ["00", "42", "44", "51"]) as one:
        async with on_stage([one], folder / "clock") as stage:
            case = await by_phone(stage)
        return {code: await logs_of(one, code, case) for code in BOTH}


async def test_the_same_story_in_two_deployments_and_in_one_gives_the_same_events(
    told_in_one: Told, stage: Provinces, case: CaseId, brokers: dict[str, EmbeddedKafka]
) -> None:
    told_in_two = {code: await logs_of(stage.deployments[code], code, case) for code in BOTH}

    assert await leaked(brokers["44"], "cn51.") == await leaked(brokers["51"], "cn44.") == []
    assert told_in_one == told_in_two


async def leaked(broker: EmbeddedKafka, prefix: str) -> list[str]:
    """Topics of another province on a province's own broker, beside mailboxes."""
    admin = AdminClient({"bootstrap.servers": broker.bootstrap, "log_level": 0})
    return [name for name in admin.list_topics(timeout=15).topics if name.startswith(prefix)]


# --- What must be equal: ids, times, seals and names of keys aside ------------------------------------------

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
TIME = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
PSEUDONYM = re.compile(r"\d\d-p-[0-9a-f]{8}\.[\w-]+")
NUMBER = re.compile(r"\d\d-\d{4}-\d{7}-\d")
EMPLOYER = re.compile(r'"employer":"[0-9A-Z]{18}"')
SEALED = re.compile(r'\{"key_id":"[^"]+","box":"[^"]+"\}')


def masked(value: bytes) -> str:
    text = SEALED.sub("<sealed>", value.decode())
    for pattern, name in ((UUID, "<id>"), (TIME, "<time>"), (PSEUDONYM, "<person>"), (NUMBER, "<number>")):
        text = pattern.sub(name, text)
    return EMPLOYER.sub("<employer>", text)


async def logs_of(deployment: Deployment, province: Province, case: CaseId) -> dict[str, Any]:
    """The case's events per log. Claims and notices answer several logs: their place among others is free."""
    found: dict[str, Any] = {}
    for log in ("cases", "transfers", "matters", "notices"):
        records = [
            (record, message)
            for record, message in await deployment.records(f"cn{province}.{log}")
            if message.envelope.subject == case
        ]
        records.sort(key=lambda pair: pair[1].envelope.sequence or 0)
        once = {m.envelope.sequence: (m.event.type, masked(r.value)) for r, m in records}
        assert list(once) == list(range(1, len(once) + 1)), f"{log} of {province} has no gap"
        said = list(once.values())
        if log in ("cases", "transfers"):
            found[log] = said
        else:
            found[log] = Counter(said)
    return found
