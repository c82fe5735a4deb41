"""When several applications against one employer, or from one project, raise an alert."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from law.threshold import load_thresholds
from schemas.cases import ApplicationSubmitted, EmployerAlerted
from schemas.ids import CaseNumber, EmployerCode, Province, Pseudonym, case_number
from schemas.samples import a, facts
from services.intake.domain.alerting import NAMED, Against, Before, Received, alert
from services.intake.domain.case import Case
from services.intake.domain.employer import EMPLOYER, PROJECT, opponents_of

NOW = datetime(2026, 3, 2, 1, 12, tzinfo=UTC)
HOUSE = load_thresholds().of("442000", date(2026, 3, 2))
COMPANY = Against(about=EMPLOYER, code=EmployerCode("91442000MA4UXKQ25W"), name=None)
SITE = Against(about=PROJECT, code=None, name=Pseudonym("44p1.site"))


def number(running: int) -> CaseNumber:
    return case_number(Province("44"), 2026, running)


def received(running: int = 9, workers: int = 1, at: datetime = NOW) -> Received:
    return Received(number=number(running), at=at, workers=workers)


def case(workers: int = 1) -> Case:
    return Case.begun(a(ApplicationSubmitted, facts=facts(number=number(9), members=workers)))


def raised(before: Before, *, workers: int = 1, at: datetime = NOW) -> list[EmployerAlerted]:
    return alert(case(workers), COMPANY, before, HOUSE, at=at)


def test_the_fifth_application_raises_an_alert_that_names_the_others() -> None:
    latest = tuple(number(running) for running in (8, 7, 6, 5))

    (said,) = raised(Before(cases=4, workers=4, latest=latest))

    assert (said.about, said.employer, said.name) == ("employer", COMPANY.code, None)
    assert (said.cases, said.workers, said.others) == (5, 5, latest)
    assert said.since == NOW - timedelta(days=30)
    assert said.threshold == "alerts:cn:2022-01-01"


def test_the_fourth_raises_none() -> None:
    assert raised(Before(cases=3, workers=3)) == []


@pytest.mark.parametrize(("before", "workers", "alerts"), [(8, 2, 1), (8, 1, 0), (1, 500, 1)])
def test_ten_workers_of_two_applications_raise_one(before: int, workers: int, alerts: int) -> None:
    assert len(raised(Before(cases=1, workers=before), workers=workers)) == alerts


def test_a_group_in_one_application_is_not_several() -> None:
    assert raised(Before(), workers=500) == []


def test_hundreds_who_apply_one_by_one_raise_one_alert() -> None:
    before, alerts = Before(), 0
    for running in range(1, 501):
        came = received(running, at=NOW + timedelta(minutes=running))
        alerts += before.reaches(came, HOUSE)
        before = before.after(came, HOUSE)

    assert alerts == 1


def test_the_next_is_raised_by_as_many_again_once_it_was_quiet() -> None:
    told = Before(alerted_at=NOW, cases=4, workers=4)
    over = NOW + HOUSE.quiet

    assert raised(told, at=over - timedelta(seconds=1)) == []
    (again,) = raised(told, at=over)
    assert again.since == NOW, "what was told of is not counted again"
    assert raised(replace(told, cases=3, workers=3), at=over) == []


def test_an_alert_long_ago_does_not_lengthen_the_time_that_is_looked_at() -> None:
    (said,) = raised(Before(alerted_at=NOW - timedelta(days=90), cases=4, workers=4))

    assert said.since == NOW - HOUSE.within


def test_of_very_many_others_an_alert_names_the_latest() -> None:
    before, generous = Before(), HOUSE.model_copy(update={"cases": 10_000, "workers": 100_000})
    for running in range(1, 101):
        before = before.after(received(running), generous)

    assert (before.cases, len(before.latest), before.latest[0]) == (100, NAMED, number(100))


def test_a_project_is_named_by_a_pseudonym() -> None:
    (said,) = alert(case(), SITE, Before(cases=4, workers=4), HOUSE, at=NOW)

    assert (said.about, said.employer, said.name) == ("project", None, SITE.name)


def test_an_employer_of_whom_nothing_is_known_is_one_that_no_two_share() -> None:
    assert [each.is_known for each in opponents_of(None, {"employer_name": "  "})] == [False]
    assert [each.is_known for each in opponents_of(None, {"employer_name": "某公司"})] == [True]
    assert [each.is_known for each in opponents_of(COMPANY.code, None)] == [True]


def test_a_project_is_the_same_however_its_name_is_written() -> None:
    names = {list(opponents_of(None, {"project": said}))[1] for said in ("某 大厦２号楼", "某大厦2号楼")}

    assert [(each.about, each.name) for each in names] == [("project", "project:某大厦2号楼")]
