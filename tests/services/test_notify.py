"""Notices on a real broker and database: told once, seen when they fail, told to partners too."""

import asyncio
import json
import stat
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from confluent_kafka import TopicPartition as Expired
from confluent_kafka.admin import AdminClient

from casebridge.audit import Rule, audit
from casebridge.move.logs import read_logs_in, write_logs
from chassis.bulk import pack_headers
from chassis.embedded.parts import Addresses
from chassis.kafka_access import KafkaAccess
from chassis.keyring import load_keyring
from chassis.log_reading import Cluster
from chassis.runtime import Runtime
from chassis.settings import read_partners
from chassis.startup import connect_cluster
from chassis.topics import apply_topics
from schemas.cases import ApplicationSubmitted, EmployerAlerted
from schemas.codes import AgencyKind
from schemas.envelope import Sealed
from schemas.ids import AgencyId, CaseId, NoticeId, Province
from schemas.keys import KeysIssued
from schemas.matters import (
    HearingPostponed,
    HearingSet,
    MatterAccepted,
    RecoveryRecorded,
    ReferralMade,
    RightLapsed,
)
from schemas.samples import a, record_of
from schemas.transfers import OfferReceived
from services.notify.app import service as notify
from services.notify.domain.notice import STAFF
from services.notify.domain.sight import sight_of
from services.notify.sender import send_waiting
from services.notify.worklists import Wanted, query_of
from tests.deployment import Deployment, Source, case_id, deployed, drop_topics, source, until
from tests.services.test_intake_repeated import rows_read

GUANGDONG = Province("44")
BUREAU = AgencyId("442000-human-resources")
CENTRE = AgencyId("442000-legal-aid")
CONTACT = {"name": "项某", "phone": "10012345678"}
APPLIED = {"cases": 1}
"""Said after the application was heard, as every act of an owner is."""


@pytest.fixture
async def guangdong(addresses: Addresses, tmp_path: Path) -> AsyncIterator[Deployment]:
    async with deployed(addresses, tmp_path, [notify], ["44"]) as deployment:
        yield deployment


@pytest.fixture
async def intake(guangdong: Deployment) -> AsyncIterator[Source]:
    async with source(guangdong.addresses.kafka, "/cn44/intake") as speaking:
        yield speaking


@pytest.fixture
async def mediation(guangdong: Deployment) -> AsyncIterator[Source]:
    async with source(guangdong.addresses.kafka, "/cn44/mediation") as speaking:
        yield speaking


Seal = Callable[[Any], Sealed]


async def begin(guangdong: Deployment, intake: Source) -> tuple[CaseId, Seal]:
    """A case with a key, as intake makes it, and what seals under it."""
    case = case_id()
    keyring = load_keyring(guangdong.folder / "keys", [GUANGDONG])
    key = keyring.new_case_key(GUANGDONG)
    wrapped = keyring.wrap_case_key(key, GUANGDONG)
    await intake.say(
        a(KeysIssued, case_id=case, key_id=key.id, wrapped=wrapped.box, wrapped_with=wrapped.key_id)
    )
    return case, lambda value: keyring.seal(value, key, case.encode())


async def apply(guangdong: Deployment, intake: Source, contact: Any) -> CaseId:
    case, seal = await begin(guangdong, intake)
    await intake.say(a(ApplicationSubmitted, case_id=case, contact=seal(contact)))
    return case


async def notices(guangdong: Deployment, case: CaseId, status: str, count: int) -> list[dict[str, Any]]:
    """The notices of a case, once so many have come so far."""
    query = "SELECT state::text FROM notice WHERE case_id = :c AND status = :s AND send_at IS NULL"
    found: list[dict[str, Any]] = []

    async def there() -> bool:
        rows = await guangdong.rows("notify", query, c=case, s=status)
        found[:] = [json.loads(row.state) for row in rows]
        return len(found) >= count

    await until(there, f"{count} notices {status}")
    return found


async def bureau_as_partner(guangdong: Deployment) -> Mapping[Province, frozenset[AgencyId]]:
    """The bureau has a topic."""
    partners = read_partners(f"44:{BUREAU}")
    servers, exchange = guangdong.addresses.kafka, guangdong.exchange
    await asyncio.to_thread(apply_topics, servers, exchange, guangdong.provinces, partners=partners)
    return partners


async def test_a_worker_is_told_once_in_a_file_that_nobody_else_reads(
    guangdong: Deployment, intake: Source, mediation: Source
) -> None:
    async with guangdong.running(notify):
        case = await apply(guangdong, intake, CONTACT)
        accepted = await mediation.say(a(MatterAccepted, case_id=case), after=APPLIED)
        await mediation.send("cn44.matters", accepted)
        arrived = await notices(guangdong, case, "delivered", 2)
        await guangdong.settled("notify")
    async with guangdong.running(notify):
        await guangdong.settled("notify")

    folder = guangdong.folder / "notices" / "44"
    assert {file.stem for file in folder.iterdir()} == {notice["notice_id"] for notice in arrived}
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert file.read_text().startswith("项某 10012345678\n")
    said = [(m.event.type, m.envelope.sequence) for _, m in await guangdong.records("cn44.notices")]
    assert sorted(said, key=lambda one: one[1] or 0) == [
        (f"casebridge.notice.{said[place][0].split('.')[2]}.v1", place + 1) for place in range(4)
    ]
    assert sorted(type for type, _ in said) == [
        "casebridge.notice.delivered.v1",
        "casebridge.notice.delivered.v1",
        "casebridge.notice.queued.v1",
        "casebridge.notice.queued.v1",
    ]


async def test_nothing_of_a_worker_is_in_the_clear_on_the_topic(
    guangdong: Deployment, intake: Source
) -> None:
    async with guangdong.running(notify):
        case = await apply(guangdong, intake, CONTACT)
        await notices(guangdong, case, "delivered", 1)
        await guangdong.settled("notify")

    for record, _ in await guangdong.records("cn44.notices"):
        assert "10012345678" not in record.value.decode()
        assert "项某" not in record.value.decode()


async def test_a_worker_without_a_phone_is_seen_by_staff_who_may_try_again(
    guangdong: Deployment, intake: Source
) -> None:
    async with guangdong.running(notify) as runtime:
        case = await apply(guangdong, intake, {"name": "项某"})
        [failed] = await notices(guangdong, case, "failed", 1)
        async with guangdong.client(runtime, "caseworker", "44") as client:
            listed = (await client.get("/notices", params={"status": "failed"})).json()
            path = f"/cases/{case}/notices/{failed['notice_id']}/attempts"
            unstated = await client.post(path)
            again = await client.post(path, headers={"If-Match": "*"})
            running = await client.post(path, headers={"If-Match": "*"})

    assert [notice["failed_because"] for notice in listed] == ["no-address"]
    assert unstated.status_code == 428
    assert (again.status_code, again.json()["state"]) == (201, "queued")
    assert running.status_code in (201, 409), "the sender may have given it up again by now"


async def test_an_offer_is_on_the_work_list_of_the_agency_that_is_asked(guangdong: Deployment) -> None:
    offer = a(OfferReceived, case_id=case_id())
    async with (
        source(guangdong.addresses.kafka, "/cn44/routing") as routing,
        guangdong.running(notify) as run,
    ):
        await routing.say(offer)
        await notices(guangdong, offer.case_id, "delivered", 1)
        async with guangdong.client(run, "receiver", "44", agency=offer.agency) as client:
            asked = {"recipient": "staff", "agency": offer.agency}
            mine = (await client.get("/notices", params=asked)).json()
            others = (await client.get("/notices", params={**asked, "agency": "another"})).json()

    assert [(notice["kind"], notice["case_id"]) for notice in mine] == [("offer-waiting", offer.case_id)]
    assert others == []


async def test_notices_of_several_cases_that_are_due_together_share_one_transaction(
    guangdong: Deployment,
) -> None:
    offers = [a(OfferReceived, case_id=case_id()) for _ in range(3)]
    async with (
        source(guangdong.addresses.kafka, "/cn44/routing") as routing,
        guangdong.running(replace(notify, jobs=[])) as runtime,
    ):
        for offer in offers:
            await routing.say(offer)

        async def queued() -> bool:
            return len(await guangdong.rows("notify", "SELECT id FROM notice")) == len(offers)

        await until(queued, "the notices are queued")
        sent = await send_waiting(runtime)
        written = "SELECT status, count(*), count(DISTINCT xmin::text) AS by FROM notice GROUP BY status"
        rows = await guangdong.rows("notify", written)

    assert sent == len(offers)
    assert [tuple(row) for row in rows] == [("delivered", len(offers), 1)]


async def test_staff_hear_of_rights_that_the_applicants_lost_and_not_of_the_employers(
    guangdong: Deployment, mediation: Source
) -> None:
    case = case_id()
    async with guangdong.running(notify):
        for clock in ("postpone_by", "set_aside_by", "sue_anew_by"):
            await mediation.say(a(RightLapsed, case_id=case, clock=clock))
        await notices(guangdong, case, "delivered", 1)
        await guangdong.settled("notify")
        told = await notices(guangdong, case, "delivered", 1)

    assert [notice["kind"] for notice in told] == ["right-lapsed"]


async def test_a_worker_hears_of_a_hearing_with_its_place_and_of_its_postponement_once(
    guangdong: Deployment, intake: Source, mediation: Source
) -> None:
    async with guangdong.running(notify):
        case, seal = await begin(guangdong, intake)
        await intake.say(a(ApplicationSubmitted, case_id=case, contact=seal(CONTACT)))
        hearing = a(HearingSet, case_id=case, place=seal("第三仲裁庭"))
        record = await mediation.say(hearing, after=APPLIED)
        await mediation.send("cn44.matters", record)
        await mediation.say(a(HearingPostponed, case_id=case))
        await notices(guangdong, case, "delivered", 3)
        await guangdong.settled("notify")
        told = await notices(guangdong, case, "delivered", 3)

    assert sorted(notice["kind"] for notice in told) == [
        "application-received",
        "hearing-postponed",
        "hearing-set",
    ]
    (heard,) = [notice for notice in told if notice["kind"] == "hearing-set"]
    file = guangdong.folder / "notices" / "44" / f"{heard['notice_id']}.txt"
    assert "2026-05-15 09:00" in file.read_text()
    assert "第三仲裁庭" in file.read_text()


async def test_an_alert_names_its_case_to_the_centre_and_figures_alone_to_human_resources(
    guangdong: Deployment, intake: Source
) -> None:
    alert = a(EmployerAlerted)
    async with guangdong.running(notify) as runtime:
        case = await apply(guangdong, intake, CONTACT)
        await intake.say(a(EmployerAlerted, case_id=case))
        told = {notice["agency"]: notice for notice in await notices(guangdong, case, "delivered", 4)}
        people = [("receiver", CENTRE), ("receiver", BUREAU), ("caseworker", CENTRE), ("director", CENTRE)]
        lists = {who: await list_of(guangdong, runtime, *who) for who in people}
        coordinator = await list_of(guangdong, runtime, "coordinator", CENTRE)
        others = await list_of(guangdong, runtime, "receiver", CENTRE, agency=BUREAU)
        behind = await list_of(guangdong, runtime, "receiver", BUREAU, after=told[BUREAU]["notice_id"])

    assert [(one["kind"], one["case_id"]) for one in lists["receiver", CENTRE]] == [("employer-alert", case)]
    assert {one["agency"] for one in lists["caseworker", CENTRE]} == {None, CENTRE}
    assert {one["agency"]: one["case_id"] for one in lists["director", CENTRE]} == dict.fromkeys(told, case)
    assert coordinator == lists["receiver", CENTRE]
    assert others == behind == []
    (listed,) = lists["receiver", BUREAU]
    assert (listed["kind"], listed["agency"]) == ("alert-figures", BUREAU)
    assert (listed["alert"]["cases"], listed["alert"]["employer"]) == (alert.cases, alert.employer)
    folder = guangdong.folder / "notices" / "44"
    file = (folder / f"{told[BUREAU]['notice_id']}.txt").read_text()
    assert f"劳动者{alert.workers}人" in file
    assert "中山市法律援助中心" in file
    for unsaid in (case, told[BUREAU]["about"], *alert.others, CONTACT["name"]):
        assert unsaid not in file + json.dumps(listed, ensure_ascii=False)
    assert case in (folder / f"{told[CENTRE]['notice_id']}.txt").read_text()


async def list_of(
    guangdong: Deployment, runtime: Runtime, role: str, by: AgencyId, **asked: str
) -> list[dict[str, Any]]:
    """The notices that such a person of an agency sees."""
    async with guangdong.client(runtime, role, "44", agency=by) as client:
        found: list[dict[str, Any]] = (await client.get("/notices", params=asked)).json()
        return found


MANY = 5_000
NOTICES = """
    INSERT INTO notice (province, id, case_id, version, state, recipient, agency, status, queued_at)
    SELECT '44', 'n-' || n, 'c-' || n, 1, '{}', CASE WHEN n % 2 = 0 THEN 'worker' ELSE 'staff' END,
           CASE WHEN n % 2 = 0 THEN NULL WHEN n > 4995 THEN :bureau ELSE 'a-' || n % 9 END, 'delivered',
           now() - n * interval '1 minute'
    FROM generate_series(1, :many) AS n
"""


async def test_a_page_of_a_work_list_reads_the_notices_of_its_agency(guangdong: Deployment) -> None:
    await guangdong.rows("notify", NOTICES, many=MANY, bureau=BUREAU)
    await guangdong.rows("notify", "ANALYZE notice")
    sight = sight_of({"receiver"}, BUREAU, {})
    for wanted in (Wanted(), Wanted(after=NoticeId("n-4997"), recipient=STAFF)):
        query = query_of(GUANGDONG, wanted, sight).limit(50)
        compiled = query.compile(compile_kwargs={"literal_binds": True})
        ((plan,),) = await guangdong.rows("notify", f"EXPLAIN (ANALYZE, FORMAT JSON) {compiled}")

        assert max(rows_read(plan[0]["Plan"])) <= 3


async def test_human_resources_hear_of_an_alert_on_their_topic_and_nothing_of_that_case(
    guangdong: Deployment, intake: Source, mediation: Source
) -> None:
    partners = await bureau_as_partner(guangdong)
    async with guangdong.running(notify, partners=partners):
        case = await apply(guangdong, intake, CONTACT)
        await intake.say(a(EmployerAlerted, case_id=case))
        await notices(guangdong, case, "delivered", 5)
        await mediation.say(a(RecoveryRecorded, case_id=case, receipt=None), after={"cases": 2})
        await notices(guangdong, case, "delivered", 6)
        await guangdong.settled("notify")

    ((record, message),) = await guangdong.records(f"cn44.partner.{BUREAU}")
    seen = json.loads(record.value)
    assert message.event.type == "casebridge.alert.told.v1"
    assert (message.envelope.subject, message.envelope.sequence) == (BUREAU, None)
    assert seen["cases"] == a(EmployerAlerted).cases
    assert not {"name", "others"} & seen.keys()
    parts = (record.key, record.value, *(raw for _, raw in record.headers))
    assert not any(case.encode() in part for part in parts)


DROP_ALERTS = """
    CREATE FUNCTION drop_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER drop_alerts BEFORE INSERT ON outbox FOR EACH ROW
    WHEN (new.topic LIKE '%.partner.%') EXECUTE FUNCTION drop_row();
"""


async def test_the_audit_names_an_alert_that_a_partner_was_not_told_and_one_that_nobody_queued(
    guangdong: Deployment, intake: Source
) -> None:
    partners = await bureau_as_partner(guangdong)
    deployed = [(notify, guangdong.settings(notify, partners=partners))]
    async with guangdong.running(notify, partners=partners):
        told = await apply(guangdong, intake, CONTACT)
        await intake.say(a(EmployerAlerted, case_id=told))
        await notices(guangdong, told, "delivered", 5)
        await guangdong.settled("notify")
        before = await audit(deployed, now=guangdong.clock.now())
        for statement in DROP_ALERTS.strip().split(";\n"):
            await guangdong.rows("notify", statement)
        lost = await apply(guangdong, intake, CONTACT)
        await intake.say(a(EmployerAlerted, case_id=lost))
        await notices(guangdong, lost, "delivered", 5)
        await guangdong.settled("notify")
    await intake.send(f"cn44.partner.{BUREAU}", record_of("casebridge.alert.told.v1"))

    after = await audit(deployed, now=guangdong.clock.now())
    assert before.ok, before.text()
    assert before.counts["alerts queued for partners"] == 1
    named = {text.detail.partition(":")[0]: text.where for text in after.first if text.rule is Rule.ALERTS}
    missing = named.pop(f"queued of case {lost}, and neither on the topic nor in the outbox")
    assert list(named) == ["no notice of it was queued"]
    await put_in_outbox(guangdong, missing.split()[-1])
    waiting = await audit(deployed, now=guangdong.clock.now())
    assert [text.where for text in waiting.first] == list(named.values())


async def put_in_outbox(guangdong: Deployment, alert: str) -> None:
    """Where the message of that alert would wait to be sent."""
    key, value, headers = record_of("casebridge.alert.told.v1")
    await guangdong.rows("notify", "DROP TRIGGER drop_alerts ON outbox")
    await guangdong.rows(
        "notify",
        "INSERT INTO outbox (cluster, queue, topic, key, value, headers, written_at) "
        "VALUES ('local', 1, :topic, :key, :value, :headers, now())",
        topic=f"cn44.partner.{BUREAU}",
        key=key,
        value=value,
        headers=pack_headers([(name, alert.encode() if name == "ce_id" else raw) for name, raw in headers]),
    )


async def test_the_audit_misses_nothing_that_had_expired_before_a_log_was_copied(
    guangdong: Deployment, intake: Source, mediation: Source
) -> None:
    partners = await bureau_as_partner(guangdong)
    await refer(guangdong, intake, mediation, partners)
    await copy_without_the_first(guangdong, f"cn44.partner.{BUREAU}")
    await guangdong.rows("notify", "INSERT INTO moved_province VALUES ('44', now(), 'digest', true)")

    settings = guangdong.settings(notify, partners=partners)
    report = await audit([(notify, settings)], now=guangdong.clock.now())
    assert report.ok, report.text()


async def copy_without_the_first(guangdong: Deployment, topic: str) -> None:
    """As a province takes a log along of which the first record has expired: then they are counted from 0."""
    servers, folder = guangdong.addresses.kafka, guangdong.folder / "moved"
    admin, cluster = AdminClient({"bootstrap.servers": servers}), await cluster_at(servers)
    (first, _), *_ = await guangdong.records(topic)
    expired = admin.delete_records([Expired(topic, first.partition, first.offset + 1)])
    await asyncio.to_thread(next(iter(expired.values())).result)
    folder.mkdir()
    logs = await write_logs(cluster, [topic], folder)
    await asyncio.to_thread(drop_topics, servers, [Province("44.partner")])
    await bureau_as_partner(guangdong)
    await read_logs_in(cluster, folder, logs)


async def cluster_at(servers: str) -> Cluster:
    return await connect_cluster("local", servers, KafkaAccess(), "test")


async def test_a_partner_hears_on_its_own_topic_what_it_may_see(
    guangdong: Deployment, intake: Source, mediation: Source
) -> None:
    partners = await bureau_as_partner(guangdong)
    await refer(guangdong, intake, mediation, partners)

    found = await guangdong.records(f"cn44.partner.{BUREAU}")
    assert [(m.event.type, m.envelope.sequence) for _, m in found] == [
        ("casebridge.referral.made.v1", 1),
        ("casebridge.recovery.recorded.v1", 2),
    ]
    for record, _ in found:
        assert not {"details", "receipt"} & json.loads(record.value).keys()


async def refer(
    guangdong: Deployment,
    intake: Source,
    mediation: Source,
    partners: Mapping[Province, frozenset[AgencyId]],
) -> None:
    """A case is referred to the bureau, which is told of that and of one thing more."""
    async with guangdong.running(notify, partners=partners):
        case, seal = await begin(guangdong, intake)
        await intake.say(a(ApplicationSubmitted, case_id=case, contact=seal(CONTACT)))
        referral = {"to": BUREAU, "kind": AgencyKind("human-resources"), "details": seal("details")}
        await mediation.say(a(ReferralMade, case_id=case, **referral), after=APPLIED)
        await mediation.say(a(RecoveryRecorded, case_id=case, receipt=seal("receipt")), after=APPLIED)
        await notices(guangdong, case, "delivered", 5)
        await guangdong.settled("notify")
