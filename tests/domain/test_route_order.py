"""Who is asked first and who never: every reason, the order within a rank, and what always holds."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.book import Law, load_law
from schemas.codes import ROUTE_REASONS, CaseType, Language, Level, RouteReason, WorkerClass
from schemas.facts import Candidate, KnownLoad, Period
from schemas.ids import AgencyId, Division, Province, RuleId, SiteId
from schemas.samples import a
from schemas.transfers import RouteDecided
from services.routing.domain.directory import Agency, Directory, province_of
from services.routing.domain.explanation import compared
from services.routing.domain.load import Load
from services.routing.domain.question import Question
from services.routing.domain.reasons import BASIS
from services.routing.domain.route import Route, decide
from tests.domain.test_directory import SPRING_FESTIVAL, agency, agreement, directory, site

LAW = load_law()
MONDAY = date(2026, 3, 2)
SEAT = {"latitude": 22_517_000, "longitude": 113_392_000}
"""Of Zhongshan."""

LUXIAN = agency("luxian", "510521")
HEJIANG = agency("hejiang", "510522")
ZHONGSHAN = agency("zhongshan", "442000")
GUANGDONG = agency("guangdong", "440000")
DESK = agency("desk", "110101", kind="justice-bureau", province=Province("00"))
CENTRES = (LUXIAN, HEJIANG, ZHONGSHAN, GUANGDONG, DESK)


def station(id: str, of: Agency = LUXIAN, division: str = "442000", **said: Any) -> tuple[Any, ...]:
    """A workstation of Sichuan in Guangdong, at the seat of Zhongshan."""
    return site(id, of.id, division, **({"kind": "workstation-home-province"} | SEAT | said))


def country(
    *rows: tuple[Any, ...], agencies: tuple[Agency, ...] = CENTRES, agreements: tuple[Any, ...] | None = None
) -> Directory:
    return directory(agencies, rows, agreements=(agreement("44-51"),) if agreements is None else agreements)


def asked(known: Directory, load: Load | None = None, *, law: Law = LAW, **said: Any) -> Route:
    """About wages of somebody from Luxian who worked in Zhongshan; Guangdong's centre took it in."""
    usual = Question(
        intake=AgencyId("guangdong"),
        home=Division("510521"),
        work=Division("442000"),
        case_type=CaseType("wage-arrears"),
        on=MONDAY,
    )
    return decide(replace(usual, **said), known, law, load)


def named(route: Route, agency: str) -> Candidate:
    return next(each for each in route.candidates if each.agency == agency)


def order(route: Route) -> list[str]:
    return [each.agency for each in route.candidates if not each.reasons_against]


# --- Every reason ------------------------------------------------------------------------------------------


def closed(one: Agency) -> Agency:
    return replace(one, valid_to=date(2025, 12, 31))


def centres(*changed: Agency) -> tuple[Agency, ...]:
    """The usual ones, with those otherwise that are given."""
    ids = {each.id for each in changed}
    return (*(each for each in CENTRES if each.id not in ids), *changed)


FULL = Load(sites={SiteId("s"): 10})

REASONS: dict[str, tuple[Route, str]] = {
    "home-province-station": (asked(country(station("s"))), "luxian"),
    "agreement": (asked(country(station("s"))), "luxian"),
    "home-province": (asked(country()), "luxian"),
    "matter-arose": (asked(country()), "zhongshan"),
    "dispute-seat": (asked(country()), "zhongshan"),
    "received-first": (asked(country(), intake=ZHONGSHAN.id), "zhongshan"),
    "proposed": (asked(country(), proposed=HEJIANG.id), "hejiang"),
    "open-that-day": (asked(country(station("s"))), "luxian"),
    "spare-capacity": (asked(country(station("s", capacity=10))), "luxian"),
    "nearby": (asked(country(station("s"))), "luxian"),
    "speaks-language": (asked(country(station("s", languages="ii")), language=Language("ii")), "luxian"),
    "special-desk": (asked(country(station("s", case_types="wage-arrears"))), "luxian"),
    "common-superior": (
        asked(country(), asked=frozenset({LUXIAN.id, ZHONGSHAN.id}), declined=True),
        "desk",
    ),
    "not-competent": (asked(country()), "guangdong"),
    "no-agreement": (asked(country(station("s"), agreements=())), "luxian"),
    "already-asked": (asked(country(station("s")), asked=frozenset({LUXIAN.id})), "luxian"),
    "case-type-not-served": (
        asked(country(agencies=centres(replace(ZHONGSHAN, case_types=frozenset({CaseType("work-injury")}))))),
        "zhongshan",
    ),
    "level-not-served": (
        asked(country(agencies=centres(replace(ZHONGSHAN, levels=frozenset({Level("county")}))))),
        "zhongshan",
    ),
    "closed": (asked(country(agencies=centres(closed(ZHONGSHAN)))), "zhongshan"),
    "no-capacity": (asked(country(station("s", capacity=10)), FULL), "luxian"),
}


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_is_given_where_it_is_true(code: str) -> None:
    route, agency = REASONS[code]

    found = named(route, agency)

    assert code in (*found.reasons_for, *found.reasons_against)


def test_every_reason_of_the_order_has_words_and_those_of_law_an_article() -> None:
    assert REASONS.keys() <= ROUTE_REASONS.keys()
    assert BASIS.keys() <= set(map(RouteReason, REASONS))
    assert BASIS[RouteReason("matter-arose")] == "LAL-38"


# --- The order ---------------------------------------------------------------------------------------------


def test_first_the_station_then_the_home_centre_then_the_host_centre() -> None:
    route = asked(country(station("s", of=HEJIANG)))

    assert order(route) == ["hejiang", "luxian", "zhongshan"]
    assert (route.mode, route.site) == ("transfer", "s")


def of_two(first: dict[str, Any], second: dict[str, Any], load: Load | None = None, **said: Any) -> str:
    """Which of two stations is asked first."""
    found = asked(country(station("x", **first), station("y", of=HEJIANG, **second)), load, **said)
    assert found.site
    return found.site


NEAR, KM_9 = SEAT, SEAT | {"latitude": 22_600_000}


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        # Opening counts before load.
        ({"hours": "6 09:00-12:00"}, {"capacity": 10}, {"load": Load(sites={SiteId("y"): 9})}),
        # Load counts before distance.
        ({"capacity": 10}, {"capacity": 10} | KM_9, {"load": Load(sites={SiteId("x"): 5})}),
        # Distance counts before language.
        ({"languages": "ii"} | KM_9, {}, {"language": Language("ii")}),
        # Language counts before specialty.
        ({"case_types": "wage-arrears"}, {"languages": "ii"}, {"language": Language("ii")}),
        # Specialty counts before the exact distance.
        ({}, {"case_types": "wage-arrears", "latitude": 22_530_000}, {}),
        # The exact distance counts before the exact load.
        ({"latitude": 22_530_000}, {}, {"load": Load(sites={SiteId("y"): 9})}),
        # The same city counts before all of it.
        ({"division": "440103"}, {"hours": "6 09:00-12:00"} | KM_9, {}),
    ],
)
def test_among_those_of_one_rank(first: dict[str, Any], second: dict[str, Any], said: dict[str, Any]) -> None:
    assert of_two(first, second, **said) == "y"


def test_a_tie_is_broken_by_the_id() -> None:
    assert of_two({}, {}) == "x"


def test_a_desk_for_new_forms_of_work_is_a_specialty_of_the_host_centre() -> None:
    rows = (
        site("a", "zhongshan", "442000", kind="window", **SEAT),
        site("b", "zhongshan", "442000", kind="workstation-new-form", **SEAT),
        site("c", "zhongshan", "442000", kind="public-platform", **SEAT),
    )

    known = country(*rows, agreements=())

    assert asked(known).site == "a"
    assert asked(known, worker_class=WorkerClass("rider")).site == "b"


def test_an_urgent_case_prefers_a_lawyer_on_duty() -> None:
    rows = (site("a", "zhongshan", "442000"), site("b", "zhongshan", "442000", duty_lawyers=1))

    known = country(*rows, agreements=())

    assert asked(known).site == "a"
    assert asked(known, urgent=True).site == "b"


def test_a_holiday_is_no_day_on_which_an_office_is_open() -> None:
    first, second = {"hours": "1-5 09:00-17:00"}, {"hours": "1-7,H 09:00-17:00"}

    assert of_two(first, second) == "x"
    assert of_two(first, second, on=SPRING_FESTIVAL) == "y"


def test_a_full_host_centre_is_asked_all_the_same_since_competence_does_not_end_with_capacity() -> None:
    known = country(agencies=centres(replace(ZHONGSHAN, capacity=1)), agreements=())

    assert order(asked(known, Load({ZHONGSHAN.id: 5}))) == ["zhongshan"]


def test_a_station_whose_successor_took_over_is_followed_as_far_as_it_goes() -> None:
    gone = replace(closed(ZHONGSHAN), successor=AgencyId("between"))
    between = replace(closed(agency("between", "440103")), successor=AgencyId("last"))
    route = asked(country(agencies=centres(gone, between, agency("last", "440104")), agreements=()))

    assert named(route, "zhongshan").reasons_against == ("closed",)
    assert order(route) == ["last"]


def test_the_time_for_the_answer_is_what_the_provinces_agreed_on_and_less_in_haste() -> None:
    agreed = (agreement("44-51", answer_within=Period(days=20)),)
    route, urgent = (asked(country(station("s"), agreements=agreed), urgent=haste) for haste in (False, True))

    assert named(route, "luxian").answer_within == Period(days=20)
    assert named(route, "luxian").agreement == "44-51"
    within = named(urgent, "luxian").answer_within
    assert within
    assert within.days == 3


# --- Deciding again ----------------------------------------------------------------------------------------


def told(route: Route) -> RouteDecided:
    return a(
        RouteDecided,
        mode=route.mode,
        candidates=route.candidates,
        directory_version=route.directory_version,
        rules_version=route.rules_version,
        legal_basis=route.legal_basis,
        inputs=route.inputs,
    )


def test_what_was_weighed_travels_with_the_decision_and_gives_it_again() -> None:
    known = country(station("x", capacity=10), station("y", of=HEJIANG, capacity=10))
    route = asked(known, Load({LUXIAN.id: 9}, {SiteId("x"): 8, SiteId("elsewhere"): 3}))

    assert route.inputs
    assert route.inputs.loads == (
        KnownLoad(agency=LUXIAN.id, open=9),
        KnownLoad(agency=LUXIAN.id, site=SiteId("x"), open=8),
    )
    assert asked(known, Load.known(route.inputs.loads)) == route
    assert list(compared(told(route), route)) == []


def test_what_comes_out_otherwise_is_named() -> None:
    route = asked(country(station("x"), station("y", of=HEJIANG)))
    otherwise = asked(
        country(station("x", capacity=1), station("y", of=HEJIANG)), Load(sites={SiteId("x"): 3})
    )

    found = [(each.what, each.then, each.now) for each in compared(told(route), otherwise)]

    assert found[0] == ("candidate 1", "luxian", "hejiang")


def with_another_time_for_answers(**said: Any) -> Law:
    """The files of time limits as they may be later: with one more version of a rule."""
    id = RuleId("answer-offer-local")
    first, *_ = LAW.rules[id]
    another = first.model_copy(update={"duration": 3, **said})
    return replace(LAW, version="sha256-later", rules={**LAW.rules, id: (first, another)})


def test_a_rule_that_came_into_force_later_leaves_an_old_decision_as_it_was() -> None:
    known = country(agreements=())
    route = asked(known)

    again = asked(known, law=with_another_time_for_answers(valid_from=date(2026, 4, 1)))

    assert list(compared(told(route), again)) == []


def test_a_rule_that_was_in_force_and_not_in_the_files_is_told_with_the_law() -> None:
    known = country(agreements=())
    route = asked(known)

    again = asked(known, law=with_another_time_for_answers(valid_from=date(2026, 2, 1)))

    first, *_, last = compared(told(route), again)
    assert (first.what, first.then, first.now) == (
        "candidate 1, answer_within",
        "5 working days by answer-offer-local:cn:2024-01-01",
        "3 working days by answer-offer-local:cn:2026-02-01",
    )
    assert (last.what, last.then, last.now) == ("law", LAW.version, "sha256-later")


def test_of_a_decision_that_does_not_say_its_law_no_other_law_is_told() -> None:
    known = country(agreements=())
    route = asked(known)
    assert route.inputs
    before = replace(route, inputs=route.inputs.model_copy(update={"law_version": None}))

    again = asked(known, law=with_another_time_for_answers(valid_from=date(2026, 2, 1)))

    assert "law" not in [each.what for each in compared(told(before), again)]


# --- What always holds -------------------------------------------------------------------------------------

DIVISIONS = (
    "510521",
    "510522",
    "510500",
    "510000",
    "442000",
    "440103",
    "440100",
    "440000",
    "330902",
    "330000",
)
TYPES = tuple(map(CaseType, ("wage-arrears", "traffic-accident")))
KINDS = ("window", "workstation-host", "workstation-home-province", "contact-point")

some_days = st.sampled_from([None, date(2025, 6, 30), date(2027, 1, 1)])
ids = st.sampled_from([f"a{n}" for n in range(9)])


@st.composite
def countries(draw: st.DrawFn) -> Directory:
    """A few centres, bureaus, stations, sites and agreements, open or closed, one way or another."""
    agencies = [
        agency(
            f"a{n}",
            draw(st.sampled_from(DIVISIONS)),
            kind=draw(st.sampled_from(["legal-aid-centre", "legal-aid-centre", "justice-bureau"])),
            serves_home=draw(st.sampled_from([None, None, None, Division("510000")])),
            case_types=frozenset(draw(st.sets(st.sampled_from(TYPES), max_size=1))),
            levels=frozenset(draw(st.sets(st.sampled_from([Level("county"), Level("city")]), max_size=1))),
            valid_to=draw(some_days),
            successor=draw(st.none() | ids),
        )
        for n in range(9)
    ]
    rows = [
        site(
            f"s{n}",
            draw(ids),
            draw(st.sampled_from(DIVISIONS)),
            kind=draw(st.sampled_from(KINDS)),
            capacity=draw(st.sampled_from([None, 0, 2])),
            valid_to=(draw(some_days) or date(9999, 1, 1)).toordinal(),
        )
        for n in range(draw(st.integers(0, 8)))
    ]
    provinces = st.sampled_from(list(map(Province, ("33", "44", "51"))))
    agreements = [
        agreement(f"g{n}", sender=draw(provinces), receiver=draw(provinces), valid_to=draw(some_days))
        for n in range(draw(st.integers(0, 4)))
    ]
    return directory(agencies, rows, agreements=agreements)


questions = st.builds(
    Question,
    intake=ids.map(AgencyId),
    home=st.sampled_from(DIVISIONS).map(Division),
    work=st.sampled_from(DIVISIONS).map(Division),
    case_type=st.sampled_from(TYPES),
    on=st.just(MONDAY),
    urgent=st.booleans(),
    asked=st.frozensets(ids.map(AgencyId), max_size=4),
    proposed=st.none() | ids.map(AgencyId),
    declined=st.booleans(),
)
loads = st.builds(
    Load,
    st.dictionaries(ids.map(AgencyId), st.integers(1, 5)),
    st.dictionaries(st.sampled_from([SiteId(f"s{n}") for n in range(8)]), st.integers(1, 5)),
)


@settings(max_examples=60)
@given(countries(), questions, loads)
def test_nobody_is_asked_who_has_closed_refused_or_is_not_competent(
    known: Directory, asking: Question, load: Load
) -> None:
    route = decide(asking, known, LAW, load)

    for each in route.candidates:
        one = known.agencies[each.agency]
        if each.mode in ("transfer", "forward", "stay") and not each.reasons_against:
            assert one.open_on(MONDAY)
            assert one.serves(asking.case_type)
            assert each.mode == "stay" or each.agency not in asking.asked
            assert (
                each.mode != "stay"
                or (each.agency == asking.intake and not asking.declined)
                or each.agreement
            )
        if each.mode == "transfer" and not each.reasons_against and each.agency != asking.proposed:
            assert each.agreement
            assert province_of(asking.home) != province_of(asking.work)
        if each.site:
            found = known.sites.get(each.site)
            assert found
            assert found.stands_on(MONDAY)
            assert found.takes_cases_on
            assert found.serves(asking.case_type)
            assert found.agency == each.agency
    assert (route.chosen is None) == (route.mode == "escalate")
    if route.superior:
        assert route.superior.agency not in {asking.intake, *asking.asked}
    considered = [each.agency for each in route.candidates if not each.task and each.mode != "escalate"]
    assert len(considered) == len(set(considered))


@settings(max_examples=30)
@given(countries(), questions, loads, st.randoms(use_true_random=False))
def test_the_same_question_gets_the_same_answer_whatever_the_order_of_rows(
    known: Directory, asking: Question, load: Load, shuffle: random.Random
) -> None:
    agencies = list(known.agencies.values())
    shuffle.shuffle(agencies)
    agreements = [each for some in known.agreements.by_parties.values() for each in some]
    shuffle.shuffle(agreements)
    again = Directory.of(
        known.version,
        divisions=known.divisions,
        points=known.points,
        agencies=agencies,
        agreements=agreements,
        sites=known.sites,
    )

    assert decide(asking, again, LAW, load) == decide(asking, known, LAW, load)


@settings(max_examples=30)
@given(countries(), questions, loads)
def test_a_decision_comes_out_the_same_from_what_it_recorded(
    known: Directory, asking: Question, load: Load
) -> None:
    route = decide(asking, known, LAW, load)

    assert route.inputs
    assert decide(asking, known, LAW, Load.known(route.inputs.loads)) == route
