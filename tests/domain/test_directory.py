"""The parts of a directory: opening hours, distances, the grid, agreements, superiors, successors."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.book import load_law
from schemas.codes import CaseType, Language, Level, RouteMode, SiteKind
from schemas.facts import Period
from schemas.ids import AgencyId, AgreementId, Division, Province, SiteId, Wording
from services.routing.directory import read_directory, shipped_folder
from services.routing.domain.agreement import Agreement, Agreements
from services.routing.domain.circle import Wish, gaps, nearest, smallest
from services.routing.domain.directory import Agency, Directory, level_of
from services.routing.domain.distance import Point, metres
from services.routing.domain.opening import HOLIDAY, MONDAY, Hours, kind_of
from services.routing.domain.sites import COLUMNS, Sites
from services.routing.domain.succession import moved
from services.routing.domain.superior import common_superior

CALENDAR = load_law().calendar
MONDAY_2_MARCH = date(2026, 3, 2)
SPRING_FESTIVAL, SHIFTED_SATURDAY = date(2026, 2, 17), date(2026, 2, 28)

NAME = Wording("某机构", "an agency")
OFFICE = Hours.read("1-5 09:00-12:00,14:00-17:30")


def agency(id: str, division: str, **said: Any) -> Agency:
    """A centre there, with what a test says otherwise."""
    usual: dict[str, Any] = {
        "kind": "legal-aid-centre",
        "name": NAME,
        "province": Province(division[:2]),
        "case_types": frozenset(),
        "hours": OFFICE,
        "phone": "",
        "serves_home": None,
        "valid_from": date(2022, 1, 1),
        "valid_to": None,
        "successor": None,
    }
    return Agency(**(usual | {"id": AgencyId(id), "division": Division(division)} | said))


def site(id: str, agency: str, division: str, **said: Any) -> tuple[Any, ...]:
    """A row of `Sites`: a window, with what a test says otherwise."""
    usual: dict[str, Any] = dict.fromkeys(COLUMNS, "") | {
        "id": id,
        "agency": agency,
        "kind": "window",
        "division": division,
        "latitude": None,
        "longitude": None,
        "hours": "1-5 09:00-17:00",
        "duty_lawyers": None,
        "capacity": None,
        "valid_from": date(2022, 1, 1).toordinal(),
        "valid_to": None,
    }
    row = usual | said
    return tuple(row[name] for name in COLUMNS)


@cache
def shipped() -> Directory:
    return read_directory(shipped_folder())


def directory(
    agencies: Iterable[Agency],
    rows: Iterable[tuple[Any, ...]] = (),
    points: Mapping[Division, Point] | None = None,
    agreements: Iterable[Agreement] = (),
) -> Directory:
    known = list(agencies)
    return Directory.of(
        "made",
        divisions=shipped().divisions,
        points=shipped().points if points is None else points,
        agencies=known,
        agreements=agreements,
        sites=Sites.of(sorted(rows), {each.id: each.province for each in known}),
    )


# --- Opening hours -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "open"),
    [
        ("2026-03-02T09:00+08:00", True),
        ("2026-03-02T12:00+08:00", False),
        ("2026-03-02T17:29+08:00", True),
        ("2026-03-02T17:30+08:00", False),
        ("2026-03-07T10:00+08:00", True),
        ("2026-03-08T10:00+08:00", False),
        ("2026-02-17T10:00+08:00", False),  # Spring Festival, a Tuesday
        ("2026-02-28T15:00+08:00", True),  # a Saturday on which people work
    ],
)
def test_hours_are_those_of_beijing_with_its_holidays(moment: str, open: bool) -> None:
    hours = Hours.read("1-5 09:00-12:00,14:00-17:30; 6 09:00-12:00")

    assert hours.open_at(datetime.fromisoformat(moment).astimezone(UTC), CALENDAR) is open


def test_a_holiday_has_hours_of_its_own_and_a_shifted_workday_those_of_a_monday() -> None:
    assert kind_of(SPRING_FESTIVAL, CALENDAR) == HOLIDAY
    assert kind_of(SHIFTED_SATURDAY, CALENDAR) == MONDAY
    assert Hours.read("H 10:00-11:00").open_on(HOLIDAY)
    assert not Hours.read("1-7 10:00-11:00").open_on(HOLIDAY)
    assert Hours.read("24h").open_on(HOLIDAY)


def test_hours_that_nobody_stated_are_those_of_an_office() -> None:
    assert [Hours.read("").open_on(kind) for kind in range(8)] == [True] * 5 + [False] * 3


@pytest.mark.parametrize(
    "text", ["1-5", "8 09:00-10:00", "5-1 09:00-10:00", "1 10:00-09:00", "1 09:00-24:01"]
)
def test_hours_of_another_form_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="1 is Monday"):
        Hours.read(text)


# --- Distance ----------------------------------------------------------------------------------------------

ids_of_sites = st.text("abcXYZ019.-", min_size=1, max_size=8)
points = st.builds(Point, st.integers(18_000_000, 53_000_000), st.integers(74_000_000, 135_000_000))


def test_distances_are_right_to_a_few_per_mille() -> None:
    luzhou, zhongshan = Point(28_870_000, 105_440_000), Point(22_517_000, 113_392_000)

    assert metres(luzhou, zhongshan) == pytest.approx(1_064_246, rel=0.002)  # by the haversine formula
    assert metres(luzhou, luzhou) == 0


@settings(max_examples=25)
@given(st.lists(points, max_size=30), points, st.integers(0, 900_000))
def test_the_grid_finds_what_looking_at_every_site_finds(
    places: list[Point], here: Point, within_m: int
) -> None:
    rows = [
        site(f"s{n:03}", "a", "510521", latitude=place.latitude, longitude=place.longitude)
        for n, place in enumerate(places)
    ]
    sites = Sites.of(rows, {AgencyId("a"): Province("51")})

    everyone = sorted((metres(here, place), n) for n, place in enumerate(places))
    assert list(sites.near(here, within_m)) == [each for each in everyone if each[0] <= within_m]


@given(
    st.sets(st.text("abcXYZ019.-", min_size=1, max_size=8), max_size=40), st.text("abcXYZ019.-", max_size=8)
)
def test_a_site_is_found_by_its_id(ids: set[str], asked: str) -> None:
    rows = sorted(site(id, "a", "510521") for id in ids)
    sites = Sites.of(rows, {AgencyId("a"): Province("51")})

    assert [each.id for each in sites] == sorted(ids)
    assert (asked in sites) == (asked in ids)
    for id in ids:
        found = sites.get(SiteId(id))
        assert found
        assert found.id == id


def test_a_site_comes_out_of_the_columns_as_it_went_in() -> None:
    row = site(
        "s1",
        "a",
        "440103",
        kind="workstation-union",
        latitude=23_125_000,
        longitude=-1,
        case_types="wage-arrears work-injury",
        levels="county",
        languages="yue",
        duty_lawyers=2,
        capacity=0,
        serves_home_division="510000",
        valid_to=date(2026, 1, 1).toordinal(),
        successor="s2",
    )

    (found,) = Sites.of([row], {AgencyId("a"): Province("44")})

    assert (found.kind, found.point) == (SiteKind("workstation-union"), Point(23_125_000, -1))
    assert (found.case_types, found.levels) == (
        frozenset({CaseType("wage-arrears"), CaseType("work-injury")}),
        frozenset({Level("county")}),
    )
    assert (set(found.languages), found.duty_lawyers, found.capacity) == ({Language("yue")}, 2, 0)
    assert (found.serves_home, found.valid_to, found.successor) == ("510000", date(2026, 1, 1), "s2")
    assert found.takes_cases_on
    assert not found.stands_on(date(2026, 1, 2))


# --- The half-hour circle ----------------------------------------------------------------------------------


def test_the_nearest_site_is_one_that_is_open_stands_and_fits() -> None:
    near = {"latitude": 22_517_000, "longitude": 113_392_000}
    known = directory(
        [agency("a", "442000")],
        [
            site("closed", "a", "442000", **near, valid_to=date(2025, 1, 1).toordinal()),
            site("saturday", "a", "442000", **near, hours="6 09:00-12:00"),
            site("point", "a", "442000", **(near | {"latitude": 22_520_000}), kind="contact-point"),
            site("window", "a", "442000", **(near | {"latitude": 22_530_000})),
            site("wages", "a", "442000", **(near | {"latitude": 22_519_000}), case_types="wage-arrears"),
            site("nowhere", "a", "442000"),
        ],
    )
    here = Point(22_517_000, 113_392_000)

    def found(**said: Any) -> list[str]:
        wish = replace(Wish(within_m=5_000, on=MONDAY_2_MARCH), **said)
        return [known.sites.id(row) for _, row in nearest(here, wish, known, CALENDAR)]

    assert found() == ["wages", "point", "window"]
    assert found(kind=SiteKind("window")) == ["wages", "window"]
    assert found(case_type=CaseType("traffic-accident")) == ["point", "window"]
    assert found(at=datetime(2026, 3, 2, 20, tzinfo=UTC)) == []
    assert found(on=date(2026, 3, 7)) == ["saturday"]
    assert found(within_m=500) == ["wages", "point"]


def test_a_gap_is_a_place_without_an_open_site_near_its_seat() -> None:
    seats = {
        Division("442000"): Point(22_517_000, 113_392_000),
        Division("510521"): Point(29_151_000, 105_381_000),
    }
    rows = [site("s", "a", "442000", latitude=22_520_000, longitude=113_392_000)]
    known = directory([agency("a", "442000")], rows, seats)

    assert list(gaps(known, 15_000, MONDAY_2_MARCH, CALENDAR)) == ["510521"]
    assert list(gaps(known, 15_000, SPRING_FESTIVAL, CALENDAR)) == ["442000", "510521"]
    assert list(gaps(known, 15_000, MONDAY_2_MARCH, CALENDAR, Province("44"))) == []


def test_places_are_counties_and_cities_without_counties() -> None:
    found = set(smallest(shipped()))

    assert {"510521", "442000", "110101", "660000"} <= found
    assert not {"510500", "510000", "110000"} & found


def test_levels_follow_from_the_digits() -> None:
    assert [level_of(Division(code)) for code in ("510521", "510500", "510000")] == [
        "county",
        "city",
        "province",
    ]


# --- Agreements --------------------------------------------------------------------------------------------


def agreement(id: str, **said: Any) -> Agreement:
    usual: dict[str, Any] = {
        "sender": Province("44"),
        "receiver": Province("51"),
        "mode": RouteMode("transfer"),
        "case_types": frozenset(),
        "answer_within": Period(days=5),
        "valid_from": date(2022, 1, 1),
        "valid_to": None,
        "name": NAME,
    }
    return Agreement(**(usual | {"id": AgreementId(id)} | said))


@pytest.mark.parametrize(
    ("said", "holds"),
    [
        ({}, True),
        ({"sender": Province("33")}, False),
        ({"receiver": Province("52")}, False),
        ({"mode": RouteMode("forward")}, False),
        ({"case_types": frozenset({CaseType("wage-arrears")})}, True),
        ({"case_types": frozenset({CaseType("work-injury")})}, False),
        ({"valid_from": date(2026, 3, 3)}, False),
        ({"valid_to": date(2026, 3, 1)}, False),
        ({"valid_to": MONDAY_2_MARCH}, True),
    ],
)
def test_an_agreement_holds_between_its_parties_for_its_cases_in_its_time(
    said: Mapping[str, Any], holds: bool
) -> None:
    agreements = Agreements.of([agreement("a", **said)])
    between = (Province("44"), Province("51"), RouteMode("transfer"))

    assert (agreements.between(*between, CaseType("wage-arrears"), MONDAY_2_MARCH) is not None) is holds


def test_of_several_agreements_the_latest_holds_and_of_those_the_first_by_id() -> None:
    later = date(2025, 1, 1)
    agreements = Agreements.of(
        [agreement("c", valid_from=later), agreement("a"), agreement("b", valid_from=later)]
    )

    found = agreements.between(
        Province("44"), Province("51"), RouteMode("transfer"), CaseType("wage-arrears"), MONDAY_2_MARCH
    )

    assert found
    assert found.id == "b"


# --- The common superior -----------------------------------------------------------------------------------

SUPERIORS = (
    agency("desk", "110101", kind="justice-bureau", province=Province("00")),
    agency("sichuan", "510000", kind="justice-bureau"),
    agency("luzhou", "510500", kind="justice-bureau"),
    agency("sichuan-centre", "510000"),
    agency("luzhou-centre", "510500"),
    agency("luxian", "510521"),
    agency("hejiang", "510522"),
    agency("chengdu", "510104"),
    agency("guangzhou", "440103"),
    agency("guangdong-centre", "440000"),
    agency("luxian-in-zhongshan", "442000", province=Province("51"), serves_home=Division("510000")),
)


@pytest.mark.parametrize(
    ("parties", "superior"),
    [
        (["luxian", "hejiang"], "luzhou"),
        (["luxian"], "luzhou"),
        (["luxian", "chengdu"], "sichuan"),
        (["luxian", "luzhou-centre"], "sichuan"),
        (["sichuan-centre"], "desk"),
        (["luxian", "guangzhou"], "desk"),
        (["luxian", "luxian-in-zhongshan"], "desk"),  # a province's own station belongs to its top level
        (["guangzhou"], "guangdong-centre"),  # where there is no bureau, the centre above
        (["nobody-known"], "desk"),
        ([], "desk"),
    ],
)
def test_the_common_superior_is_the_lowest_one_above_all(parties: list[str], superior: str) -> None:
    found = common_superior(map(AgencyId, parties), MONDAY_2_MARCH, directory(SUPERIORS))

    assert found
    assert found.id == superior


def test_a_superior_that_has_closed_is_passed_over_and_without_a_desk_there_is_none() -> None:
    closed = [replace(each, valid_to=date(2025, 1, 1)) if each.id == "luzhou" else each for each in SUPERIORS]
    without = [each for each in SUPERIORS if each.id != "desk"]

    found = common_superior([AgencyId("luxian")], MONDAY_2_MARCH, directory(closed))

    assert found
    assert found.id == "sichuan"
    assert common_superior([AgencyId("sichuan-centre")], MONDAY_2_MARCH, directory(without)) is None


# --- Successors --------------------------------------------------------------------------------------------

ENDED = date(2026, 2, 28)


def test_who_has_closed_names_the_first_successor_that_is_still_there() -> None:
    known = directory(
        [
            agency("a", "510521", valid_to=ENDED, successor=AgencyId("b")),
            agency("b", "510522", valid_to=ENDED, successor=AgencyId("c")),
            agency("c", "510500"),
            agency("d", "510104", valid_to=ENDED, successor=AgencyId("e")),
            agency("e", "510104", valid_to=ENDED, successor=AgencyId("d")),
            agency("f", "510105", valid_to=ENDED),
            agency("g", "510105", valid_from=date(2027, 1, 1)),
        ],
        [
            site("s1", "c", "510521", valid_to=ENDED.toordinal(), successor="s2"),
            site("s2", "c", "510521", valid_to=ENDED.toordinal(), successor="s3"),
            site("s3", "c", "510521"),
            site("s4", "c", "510521", valid_to=ENDED.toordinal()),
        ],
    )

    moves = moved(known, known, MONDAY_2_MARCH)

    assert moves.agencies == {"a": "c", "b": "c", "d": None, "e": None, "f": None}
    assert moves.sites == {"s1": "s3", "s2": "s3", "s4": None}
    assert moved(known, known, ENDED).sites == {}


def test_who_is_not_listed_any_more_goes_to_the_successor_that_was_named() -> None:
    centre = agency("c", "510500")
    old = directory(
        [agency("a", "510521", successor=AgencyId("c")), centre],
        [site("s1", "c", "510521", successor="s2"), site("s2", "c", "510521"), site("s9", "c", "510521")],
    )
    new = directory([centre], [site("s2", "c", "510521")])

    moves = moved(old, new, MONDAY_2_MARCH)

    assert (moves.agencies, moves.sites) == ({"a": "c"}, {"s1": "s2", "s9": None})
