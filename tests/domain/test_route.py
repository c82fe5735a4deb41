"""The route decision: each of the stories, and the rules between them."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

from law.book import load_law
from schemas.codes import CaseType
from schemas.facts import Candidate, Period
from schemas.ids import AgencyId, Division, RuleVersion
from services.routing.directory import read_directory, shipped_folder
from services.routing.domain.directory import Agency, Directory
from services.routing.domain.route import Question, Route, decide

LUXIAN_STATION = AgencyId("510521-station-zhongshan")
LUXIAN = AgencyId("510521-legal-aid")
ZHONGSHAN = AgencyId("442000-legal-aid")

LAW = load_law()


@cache
def shipped() -> Directory:
    return read_directory(shipped_folder())


def directory_with(id: AgencyId, **said: Any) -> Directory:
    """The shipped directory with one agency otherwise."""
    changed: dict[AgencyId, Agency] = dict(shipped().agencies)
    changed[id] = replace(changed[id], **said)
    return replace(
        Directory.of(
            "changed",
            divisions=shipped().divisions,
            points=shipped().points,
            agencies=changed.values(),
            sites=shipped().sites,
        ),
        agreements=shipped().agreements,
    )


def asked_by(
    intake: str, *, home: str, work: str, case_type: str, directory: Directory | None = None, **said: Any
) -> Route:
    asking = Question(
        intake=AgencyId(intake),
        home=Division(home),
        work=Division(work),
        case_type=CaseType(case_type),
        on=date(2026, 3, 2),
    )
    return decide(replace(asking, **said), directory or shipped(), LAW)


def death_in_zhongshan(intake: str = "440000-legal-aid", **said: Any) -> Route:
    return asked_by(intake, home="510521", work="442000", case_type="death-compensation", **said)


def eligible(route: Route) -> list[tuple[str, str]]:
    return [(c.agency, c.mode) for c in route.candidates if not c.reasons_against]


def named(route: Route, agency: str) -> Candidate:
    return next(c for c in route.candidates if c.agency == agency)


# --- The stories ------------------------------------------------------------------------------------------


def test_zhoushan_a_traffic_accident_stays_where_it_happened_and_the_home_centre_sends_papers() -> None:
    route = asked_by("330900-legal-aid", home="420900", work="330900", case_type="traffic-accident")

    assert eligible(route) == [("330900-legal-aid", "stay"), ("420900-legal-aid", "collaborate")]
    assert [helper.task for helper in route.helpers] == ["means-papers"]
    assert named(route, "330900-legal-aid").reasons_for == ("matter-arose", "received-first")


def test_wuqing_a_local_labour_case_stays_and_nobody_else_is_asked() -> None:
    route = asked_by("120114-legal-aid", home="120114", work="120114", case_type="labour-relation")

    assert (route.mode, eligible(route)) == ("stay", [("120114-legal-aid", "stay")])


def test_yizheng_a_group_at_a_workstation_stays() -> None:
    route = asked_by("321081-legal-aid", home="321081", work="321081", case_type="service-pay")

    assert eligible(route) == [("321081-legal-aid", "stay")]


def test_fuping_wage_arrears_stay_and_need_no_papers_on_means() -> None:
    route = asked_by("610528-legal-aid", home="510100", work="610528", case_type="wage-arrears")

    assert eligible(route) == [("610528-legal-aid", "stay")]


def test_zhongshan_the_station_of_the_home_province_keeps_the_case_and_asks_for_papers_of_the_site() -> None:
    route = death_in_zhongshan(LUXIAN_STATION)

    assert eligible(route) == [(LUXIAN_STATION, "stay"), (ZHONGSHAN, "collaborate")]
    assert [helper.task for helper in route.helpers] == ["site-report"]


def test_zhongshan_by_phone_goes_to_the_station_then_the_home_centre_then_the_host_centre() -> None:
    route = death_in_zhongshan()

    assert route.mode == "transfer"
    assert eligible(route) == [(LUXIAN_STATION, "transfer"), (LUXIAN, "transfer"), (ZHONGSHAN, "forward")]
    assert named(route, LUXIAN_STATION).reasons_for[:2] == ("home-province-station", "agreement")
    assert route.site == "510521-station-zhongshan"


def test_zhongshan_by_phone_at_the_host_centre_itself_ends_there_if_nobody_takes_it() -> None:
    route = death_in_zhongshan(ZHONGSHAN)

    assert eligible(route) == [(LUXIAN_STATION, "transfer"), (LUXIAN, "transfer"), (ZHONGSHAN, "stay")]


# --- The rules --------------------------------------------------------------------------------------------


def test_a_worker_from_elsewhere_in_the_home_province_is_served_by_the_same_station() -> None:
    route = asked_by("440000-legal-aid", home="510100", work="442000", case_type="wage-arrears")

    assert eligible(route)[:2] == [(LUXIAN_STATION, "transfer"), ("510100-legal-aid", "transfer")]


def test_a_case_type_that_the_station_does_not_serve_goes_to_the_host_centre() -> None:
    route = asked_by(LUXIAN_STATION, home="510521", work="442000", case_type="traffic-accident")

    assert named(route, LUXIAN_STATION).reasons_against == ("case-type-not-served",)
    assert route.chosen
    assert route.chosen.agency == LUXIAN


def test_without_a_station_the_home_centre_is_named_and_not_asked_for_want_of_an_agreement() -> None:
    route = asked_by("330900-legal-aid", home="420900", work="330900", case_type="wage-arrears")

    assert named(route, "420900-legal-aid").reasons_against == ("no-agreement",)
    assert eligible(route) == [("330900-legal-aid", "stay")]


def test_a_case_of_another_county_is_forwarded_to_the_nearest_centre() -> None:
    route = asked_by("440100-legal-aid", home="440100", work="442000", case_type="wage-arrears")

    assert route.mode == "forward"
    assert eligible(route) == [(ZHONGSHAN, "forward"), ("440000-legal-aid", "forward")]
    assert named(route, "440100-legal-aid").reasons_against == ("not-competent",)


def test_a_case_of_another_province_that_came_to_the_home_centre_is_forwarded_to_where_it_arose() -> None:
    route = asked_by("420900-legal-aid", home="420900", work="330902", case_type="wage-arrears")

    assert eligible(route)[0] == ("330902-legal-aid", "forward")
    assert named(route, "420900-legal-aid").mode == "stay"


def test_a_city_centre_keeps_a_case_of_its_district() -> None:
    route = asked_by("330900-legal-aid", home="330902", work="330902", case_type="wage-arrears")

    assert eligible(route) == [("330900-legal-aid", "stay")]


def test_who_was_asked_is_named_and_not_asked_again() -> None:
    route = death_in_zhongshan(asked=frozenset({LUXIAN_STATION}))

    assert named(route, LUXIAN_STATION).reasons_against == ("already-asked",)
    assert route.chosen
    assert route.chosen.agency == LUXIAN


def test_when_everybody_was_asked_nobody_is_chosen_and_the_common_superior_is_named() -> None:
    route = death_in_zhongshan(asked=frozenset({LUXIAN_STATION, LUXIAN, ZHONGSHAN}))

    assert (route.mode, route.chosen) == ("escalate", None)
    assert route.superior
    assert (route.superior.agency, route.superior.province) == ("00-national-desk", "00")


def test_an_owner_that_took_the_case_over_may_keep_it_though_it_was_asked() -> None:
    route = death_in_zhongshan(LUXIAN_STATION, asked=frozenset({LUXIAN_STATION}))

    assert eligible(route)[0] == (LUXIAN_STATION, "stay")


def test_the_agency_that_was_proposed_comes_first() -> None:
    route = death_in_zhongshan(asked=frozenset({LUXIAN_STATION}), proposed=ZHONGSHAN)

    assert eligible(route) == [(ZHONGSHAN, "forward"), (LUXIAN, "transfer")]
    assert named(route, ZHONGSHAN).reasons_for == ("proposed", "matter-arose", "dispute-seat")


def test_a_proposed_agency_that_was_asked_before_is_not_asked_again() -> None:
    route = death_in_zhongshan(asked=frozenset({LUXIAN_STATION, ZHONGSHAN}), proposed=ZHONGSHAN)

    assert eligible(route) == [(LUXIAN, "transfer")]


def test_a_proposed_agency_that_grants_no_aid_is_not_asked() -> None:
    route = death_in_zhongshan(proposed=AgencyId("610528-court"))

    assert "610528-court" not in [c.agency for c in route.candidates]


def test_a_closed_agency_is_named_and_its_successor_asked() -> None:
    closed = directory_with(
        LUXIAN_STATION, valid_to=date(2025, 12, 31), successor=AgencyId("510500-legal-aid")
    )

    route = death_in_zhongshan(directory=closed)

    assert named(route, LUXIAN_STATION).reasons_against == ("closed",)
    assert eligible(route)[0] == ("510500-legal-aid", "transfer")


def test_an_owner_that_is_not_competent_cannot_be_chosen() -> None:
    route = asked_by(
        "330900-legal-aid", home="330900", work="330902", case_type="wage-arrears", declined=True
    )

    assert named(route, "330900-legal-aid").reasons_against == ("not-competent",)
    assert eligible(route)[0] == ("330902-legal-aid", "forward")


def test_a_station_that_is_not_competent_sends_the_case_on() -> None:
    route = death_in_zhongshan(LUXIAN_STATION, declined=True)

    assert eligible(route) == [(LUXIAN, "transfer"), (ZHONGSHAN, "forward"), ("440000-legal-aid", "forward")]


def test_an_agency_that_the_directory_does_not_know_is_no_candidate() -> None:
    route = asked_by("no-such-agency", home="442000", work="442000", case_type="wage-arrears")

    assert eligible(route)[0] == (ZHONGSHAN, "forward")


def test_an_urgent_case_leaves_less_time_for_the_answer() -> None:
    urgent, usual = death_in_zhongshan(urgent=True).chosen, death_in_zhongshan().chosen

    assert urgent
    assert usual
    assert urgent.answer_within
    assert usual.answer_within
    assert urgent.answer_within.days < usual.answer_within.days


def test_the_time_for_the_answer_comes_from_the_law_of_the_addressee_and_names_its_rule() -> None:
    between, within = death_in_zhongshan().chosen, forwarded_in_guangdong().chosen

    assert between
    assert between.answer_within
    assert between.answer_within.days == 10
    assert within
    assert within.answer_within == Period(
        days=5, working=True, rule=RuleVersion("answer-offer-local:cn:2024-01-01")
    )


def forwarded_in_guangdong() -> Route:
    """A case of Zhongshan that the provincial centre took in."""
    return asked_by("440000-legal-aid", home="442000", work="442000", case_type="wage-arrears")


def test_the_same_question_gets_the_same_answer() -> None:
    again = read_directory(shipped_folder())

    assert death_in_zhongshan(directory=again) == death_in_zhongshan()
