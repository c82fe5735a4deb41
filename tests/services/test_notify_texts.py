"""Everything that notify says has a text in both languages, and every field of a text is one of its event."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any, get_args

import pytest

from chassis.agencies import Agencies, agencies_of
from chassis.case_state import CaseState
from chassis.key_files import create_keys
from chassis.keyring import Keyring, load_keyring
from chassis.service import OnEvent
from chassis.texts import Texts, fields_of, load_texts
from chassis.unit_of_work import Stimulus, UnitOfWork
from chassis.vault import Vault
from schemas.cases import ApplicationInfoRequested, ApplicationSubmitted, EmployerAlerted
from schemas.codes import (
    NOTICE_KINDS,
    AgencyKind,
    Disputant,
    LegalBasis,
    OfferEnd,
    PaperCode,
    RemedyCode,
    SessionResult,
)
from schemas.envelope import Event
from schemas.facts import AlertFigures, Imported
from schemas.ids import AgencyId, BundleId, EventId, Province
from schemas.matters import (
    ArbitrationEffective,
    ArbitrationPartEffective,
    ClockBreached,
    HearingHeld,
    HearingSet,
    MatterAccepted,
    MediationAgreed,
    MediationSessionHeld,
    ObjectionDecided,
    ObjectionFiled,
    RecoveryRecorded,
    ReferralMade,
    Remedy,
    ReviewPaused,
    RightLapsed,
)
from schemas.notices import NoticeQueued
from schemas.samples import a, facts
from schemas.transfers import ErrandClosed, ErrandReminded, OfferClosed, TaskDone
from schemas.words import Language
from services.notify.app import TEXTS, service
from services.notify.domain.notice import AGENCY, STAFF, WORKER, Notice
from services.notify.partners import FIGURES, Partners
from services.notify.telling import Reach, message_name

GUANGDONG = Province("44")
BUREAU = AgencyId("442000-hrss")
CONTACT = {"name": "项某", "phone": "13800000000", "story": "what happened"}
CASE = a(ApplicationSubmitted).case_id

AGENCIES = agencies_of(None)
ZHONGSHAN = {"442000-legal-aid", "442000-human-resources", "442000-labour-inspection"}

texts = load_texts(TEXTS)
LANGUAGES: tuple[Language, ...] = get_args(Language)
HANDLES = [handle for handle in service.handles if isinstance(handle, OnEvent)]

Units = Callable[[], UnitOfWork]


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    folder: Path = tmp_path_factory.mktemp("keys")
    create_keys(folder, [GUANGDONG])
    return load_keyring(folder, [GUANGDONG])


@pytest.fixture
def unit(keyring: Keyring) -> Units:
    """Units of work on one case, one after another, each merged when the next one begins."""
    case = CaseState.empty(GUANGDONG, CASE)
    made: list[UnitOfWork] = []

    def begin() -> UnitOfWork:
        if made:
            case.vault |= made[-1].vault._kept
            case.aggregates |= made[-1].overlay
        else:
            key = keyring.new_case_key(GUANGDONG)
            case.keys[key.id] = keyring.wrap_case_key(key, GUANGDONG).model_dump_json()
        made.append(
            UnitOfWork(
                case,
                Stimulus(case_id=CASE, causation=EventId(f"event-{len(made)}")),
                now=a(ApplicationSubmitted).at,
                log="notices",
                stores={store.kind: store for store in service.stores},
                vault=Vault(case, keyring, makes_keys=False),
                reference={
                    Agencies: AGENCIES,
                    Texts: texts,
                    Partners: Partners({GUANGDONG: frozenset({BUREAU})}),
                },
            )
        )
        return made[-1]

    return begin


def handle(event: Event, uow: UnitOfWork) -> list[NoticeQueued]:
    for handler in service.handlers_of(next(h.log for h in HANDLES if h.type is type(event)), type(event)):
        handler(event, uow)
    return [said.event for said in uow.said if isinstance(said.event, NoticeQueued)]


def apply(unit: Units, **said: Any) -> list[NoticeQueued]:
    uow = unit()
    return handle(a(ApplicationSubmitted, contact=uow.vault.seal(CONTACT), **said), uow)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [handle.type for handle in HANDLES], ids=lambda kind: str(kind.__name__))
def test_what_is_told_of_an_event_has_a_text_without_gaps(
    kind: type[Event], language: Language, unit: Units
) -> None:
    apply(unit, facts=facts(language=language))
    uow = unit()
    event = a(kind, case_id=CASE)
    if "contact" in kind.model_fields:
        event = a(kind, case_id=CASE, contact=uow.vault.seal(CONTACT), facts=facts(language=language))
    for name in {"place", "details"} & kind.model_fields.keys():
        event = a(kind, case_id=CASE, **{name: uow.vault.seal("第三仲裁庭")})

    for queued in handle(event, uow):
        if queued.recipient == WORKER:
            assert queued.message is not None
            text = uow.vault.unseal(queued.message)["text"]
            assert "44-2026-0001234-9" in text
            assert "—" not in text, "a field that the event does not have"
            assert text.startswith("【法律援助】" if language == "zh" else "Legal aid: ")
        else:
            assert queued.message is None


@pytest.mark.parametrize("section", ["worker", "staff"])
def test_the_languages_say_the_same_things(section: str) -> None:
    zh, en = (texts.templates[language][section] for language in LANGUAGES)

    assert zh.keys() == en.keys() <= NOTICE_KINDS.keys()
    for kind, template in zh.items():
        assert fields_of(template) == fields_of(en[kind])


def test_the_first_notice_tells_the_later_ones_how_to_reach_the_worker(unit: Units) -> None:
    apply(unit)
    uow = unit()

    [queued] = handle(a(MatterAccepted, case_id=CASE), uow)

    assert queued.message == uow.vault.get(message_name(queued.notice_id))
    assert queued.message is not None
    to = uow.vault.unseal(queued.message)["to"]
    assert (to["name"], to["phone"]) == ("项某", "13800000000")
    assert "story" not in to


def test_a_notice_has_the_same_id_whenever_its_event_is_handled(unit: Units, keyring: Keyring) -> None:
    [first] = apply(unit)
    other = UnitOfWork(
        CaseState.empty(GUANGDONG, CASE),
        Stimulus(case_id=CASE, causation=EventId("event-0")),
        now=first.at,
        log="notices",
        stores={store.kind: store for store in service.stores},
        vault=Vault(CaseState.empty(GUANGDONG, CASE), keyring, makes_keys=False),
        reference={Texts: texts},
    )

    [again] = handle(a(MatterAccepted, case_id=CASE), other)

    assert again.notice_id == first.notice_id
    assert again.message is None, "nobody knows how to reach the worker, which the sender will say"


def test_a_partner_hears_of_the_cases_that_were_referred_to_it(unit: Units) -> None:
    apply(unit)
    before, referred = unit(), a(ReferralMade, to=BUREAU, kind=AgencyKind("human-resources"))
    handle(a(MediationAgreed, case_id=CASE), before)
    assert not [said for said in before.said if said.partner]

    uow = unit()
    handle(referred, uow)
    after = unit()
    handle(a(RecoveryRecorded, case_id=CASE), after)

    for work in (uow, after):
        assert [said.partner for said in work.said if said.partner] == [BUREAU]
        [notice] = [n for n in work.overlay.values() if getattr(n.aggregate, "recipient", None) == AGENCY]
        assert isinstance(notice.aggregate, Notice)
        assert notice.aggregate.send_at is None


def test_an_agency_without_a_topic_hears_nothing(unit: Units) -> None:
    apply(unit)
    uow = unit()

    told = handle(a(ReferralMade, to=AgencyId("elsewhere"), kind=AgencyKind("human-resources")), uow)

    assert [queued.recipient for queued in told] == [WORKER]
    assert not [said for said in uow.said if said.partner]


@pytest.mark.parametrize(
    ("event", "kind"),
    [
        (a(TaskDone, asked_by=BUREAU), "task-done"),
        (a(ErrandReminded, agency=BUREAU), "task-reminded"),
        (a(ErrandClosed, agency=BUREAU), "task-recalled"),
        (a(OfferClosed, because=OfferEnd("voided"), agency=BUREAU), "offer-voided"),
    ],
    ids=lambda said: said if isinstance(said, str) else type(said).__name__,
)
def test_an_agency_finds_what_concerns_it_on_its_work_list(event: Event, kind: str, unit: Units) -> None:
    [queued] = handle(event, unit())

    assert (queued.kind, queued.recipient, queued.agency) == (kind, STAFF, BUREAU)
    assert fields_of(texts.templates["en"][STAFF][kind]) == {"agency", "case_id"}


@pytest.mark.parametrize(
    ("work", "told"),
    [
        ("442000", ZHONGSHAN),
        ("441900", {"440000-legal-aid"}),
        ("510521", ZHONGSHAN),
    ],
    ids=["where there is a bureau", "where there is none", "in another province"],
)
def test_of_an_alert_the_centre_and_human_resources_hear_nearest_to_the_work(
    work: str, told: set[str], unit: Units
) -> None:
    event = a(EmployerAlerted, case_id=CASE, work=work, agency=AgencyId("442000-justice-bureau"))

    queued = handle(event, unit())

    assert {notice.agency for notice in queued} == told
    assert {notice.recipient for notice in queued} == {STAFF}
    for notice in queued:
        centre = str(notice.agency).endswith("-legal-aid")
        assert notice.kind == ("employer-alert" if centre else "alert-figures")
        assert (notice.alert is None) == centre


@pytest.mark.parametrize(
    "event",
    [a(OfferClosed, because=OfferEnd("recalled"), agency=BUREAU), a(OfferClosed, because=OfferEnd("voided"))],
)
def test_an_offer_that_ends_otherwise_or_names_nobody_is_on_no_work_list(event: Event, unit: Units) -> None:
    assert handle(event, unit()) == []


def test_nothing_of_a_work_list_is_sealed() -> None:
    for kind, template in texts.templates["zh"][STAFF].items():
        if kind == FIGURES:
            assert fields_of(template) <= AlertFigures.model_fields.keys()
        else:
            assert fields_of(template) == {"agency", "case_id"}, kind


def test_a_contact_of_another_form_is_a_reach_without_address() -> None:
    assert Reach.of(["not", "an", "object"], facts()) == Reach.of({"phone": 13800000000}, facts())
    assert Reach.of(None, facts()).number == facts().number


def test_a_group_is_asked_for_its_consent_and_all_others_hear_that_it_is_agreed(unit: Units) -> None:
    apply(unit)

    kinds = [
        [told.kind for told in handle(a(MediationAgreed, case_id=CASE, by_consent=by_consent), unit())]
        for by_consent in (True, None)
    ]

    assert kinds == [["consent-asked"], ["agreed"]]


def test_an_award_that_is_effective_worker_by_worker_is_told_once(unit: Units) -> None:
    apply(unit)

    told = [handle(a(ArbitrationEffective, case_id=CASE, effective=number), unit()) for number in (1, 2, 3)]

    assert [[notice.kind for notice in notices] for notices in told] == [["award-effective"], [], []]


def test_an_objection_waits_on_the_list_of_the_justice_bureau_and_its_decision_on_that_of_the_owner(
    unit: Units,
) -> None:
    apply(unit)
    filed, decided = a(ObjectionFiled, case_id=CASE), a(ObjectionDecided, case_id=CASE)

    (waiting,) = handle(filed, unit())
    told = handle(decided, unit())

    assert (waiting.recipient, waiting.agency) == (STAFF, filed.bureau)
    assert [(notice.recipient, notice.agency) for notice in told] == [(WORKER, None), (STAFF, decided.agency)]


def test_an_objection_that_came_with_an_imported_case_waits_there_unless_it_is_decided(unit: Units) -> None:
    filed = a(ObjectionFiled, case_id=CASE)
    moved_here = Imported(bundle=BundleId("0123456789abcdef"), at=filed.at + timedelta(days=2))
    apply(unit, facts=facts(imported=moved_here))

    (waiting,) = handle(a(ObjectionFiled, case_id=CASE, undecided=True), unit())

    assert (waiting.kind, waiting.recipient, waiting.agency) == ("objection-waiting", STAFF, filed.bureau)
    assert handle(a(ObjectionFiled, case_id=CASE, undecided=None), unit()) == []


def text_of(event: Event, uow: UnitOfWork) -> str:
    """What the one notice to the workers says."""
    (told,) = handle(event, uow)
    assert (told.recipient, told.kind) == (WORKER, "info-requested")
    assert told.message
    return str(uow.vault.unseal(told.message)["text"])


def test_workers_hear_what_their_review_waits_for_and_until_when(unit: Units) -> None:
    apply(unit)
    in_words, too_long, in_codes = unit(), unit(), unit()
    pay = (PaperCode("pay-papers"),)

    said = text_of(a(ReviewPaused, missing=pay, details=in_words.vault.seal("三月的工资条")), in_words)
    alone = text_of(a(ReviewPaused, missing=(), details=in_words.vault.seal("三月的工资条")), unit())
    long = text_of(a(ReviewPaused, missing=(), details=too_long.vault.seal("很长" * 200)), too_long)
    coded = text_of(a(ReviewPaused, missing=pay, details=None), in_codes)

    assert "尚缺：工资或者欠条等报酬凭证（三月的工资条）。请在2026-03-17 23:59前" in said
    assert "尚缺：三月的工资条。" in alone
    assert "尚缺：承办机构将向您说明的材料。" in long
    assert "尚缺：工资或者欠条等报酬凭证。" in coded


def test_of_papers_that_intake_asked_for_workers_hear_once(unit: Units) -> None:
    apply(unit)

    told = [
        kinds_of(a(ApplicationInfoRequested, case_id=CASE), unit),
        kinds_of(a(ReviewPaused, case_id=CASE, limit=None, details=None), unit),
    ]

    assert told == [[(WORKER, "info-requested")], []]


def kinds_of(event: Event, unit: Units) -> list[tuple[str, str]]:
    return [(told.recipient, told.kind) for told in handle(event, unit())]


def test_workers_hear_when_and_where_they_are_heard(unit: Units) -> None:
    apply(unit)
    uow = unit()
    somewhere = a(HearingSet, case_id=CASE, place=uow.vault.seal("石岐区华柏路3号，第三仲裁庭"))

    told = [handle(somewhere, uow), handle(a(HearingSet, case_id=CASE, place=None), unit())]

    assert [[(notice.recipient, notice.kind) for notice in each] for each in told] == [
        [(WORKER, "hearing-set")]
    ] * 2
    texts_told = [uow.vault.unseal(each.message)["text"] for (each,) in told if each.message]
    assert "2026-05-15 09:00" in texts_told[0]
    assert "石岐区华柏路3号，第三仲裁庭" in texts_told[0]
    assert "见仲裁机构的开庭通知书" in texts_told[1]


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (a(HearingHeld, case_id=CASE, absent=Disputant("worker")), ["hearing-missed"]),
        (a(HearingHeld, case_id=CASE, absent=Disputant("employer")), []),
        (a(MediationSessionHeld, case_id=CASE, result=SessionResult("broken-off")), ["mediation-failed"]),
        (a(MediationSessionHeld, case_id=CASE, result=SessionResult("agreed"), next_at=None), []),
        (a(ArbitrationPartEffective, case_id=CASE, effective=1), ["part-effective"]),
        (a(ArbitrationPartEffective, case_id=CASE, effective=2), []),
        (a(ClockBreached, case_id=CASE, remedies=None), []),
    ],
    ids=lambda said: "-".join(said) if isinstance(said, list) else type(said).__name__,
)
def test_workers_hear_of_a_step_that_changes_something_for_them(
    event: Event, told: list[str], unit: Units
) -> None:
    apply(unit)

    assert [kind for recipient, kind in kinds_of(event, unit) if recipient == WORKER] == told


def test_workers_and_staff_hear_that_a_time_limit_ended_and_opened_a_way(unit: Units) -> None:
    apply(unit)
    suit = (Remedy(way=RemedyCode("suit"), legal_basis=LegalBasis("LDMAL-29")),)

    silent = kinds_of(a(ClockBreached, case_id=CASE, remedies=suit), unit)
    unopposed = kinds_of(a(RightLapsed, case_id=CASE, clock="object_by", remedies=suit), unit)
    lost = kinds_of(a(RightLapsed, case_id=CASE, clock="enforce_by/award", remedies=None), unit)

    assert sorted(silent) == [(STAFF, "deadline-missed"), (WORKER, "way-opened")]
    assert sorted(unopposed) == [(STAFF, "way-opened"), (WORKER, "order-unopposed")]
    assert lost == [(STAFF, "right-lapsed")]
