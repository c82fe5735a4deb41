"""What the page for operators says of who sees which cases in the lists is what the services show."""

import pytest

from casebridge.services import NAMES, load_service
from schemas.ids import AgencyId, Pseudonym
from services.intake.domain.sight import sight_of as applications_of
from services.mediation.domain.sight import sight_of as matters_of
from services.notify.domain.sight import sight_of as notices_of
from services.trace.access import OPERATORS
from tests.docs.pages import ROOT, rows

TABLE = {
    row[0].strip("`"): row[1:]
    for row in rows(ROOT / "docs/operators.md", "## Who sees which cases in the lists?")
}
AGENCY, PERSON = AgencyId("442000-legal-aid"), Pseudonym("person-1")
PERMISSIONS = {name: load_service(name).permissions for name in NAMES}


def applications(role: str) -> str:
    sight = applications_of({role}, AGENCY)
    if sight.own is None:
        return "province"
    assert sight.own == AGENCY
    return "own agency, by number" if sight.finds else "own agency"


def matters(role: str) -> str:
    sight = matters_of({role}, AGENCY, PERSON)
    return {(None, None): "province", (AGENCY, None): "own agency", (None, PERSON): "his own"}[
        sight.own, sight.assignee
    ]


def notices(role: str) -> str:
    sight = notices_of({role}, AGENCY, {})
    if sight.everything:
        return "province"
    return "own agency, applicants" if sight.applicants else "own agency"


def cases(role: str) -> str:
    return "all provinces served" if role in OPERATORS else "province"


LISTS = [
    ("intake", ("list_applications", "list_application_clocks_running_out"), applications),
    ("mediation", ("list_matters", "list_clocks_running_out"), matters),
    ("notify", ("list_notices",), notices),
    ("trace", ("list_cases",), cases),
]


def test_the_table_has_every_role_that_may_do_anything() -> None:
    roles = {role for service in PERMISSIONS.values() for allowed in service.values() for role in allowed}

    assert TABLE.keys() == roles


@pytest.mark.parametrize("role", sorted(TABLE))
def test_a_role_sees_in_each_list_what_its_row_says(role: str) -> None:
    shown = []
    for service, permissions, seen in LISTS:
        may = {role in PERMISSIONS[service][each] for each in permissions}
        assert len(may) == 1, f"both lists of {service} are for the same roles"
        shown.append(seen(role) if may == {True} else "–")

    assert shown == TABLE[role]


def test_a_token_without_an_agency_shows_no_agencys_cases() -> None:
    assert applications_of({"receiver"}, None).own == "none"
    assert matters_of({"receiver"}, None, PERSON).own == "none"


def test_who_has_two_roles_sees_the_wider_list() -> None:
    assert matters_of({"lawyer", "caseworker"}, AGENCY, PERSON).own == AGENCY
    assert matters_of({"caseworker", "coordinator"}, AGENCY, PERSON) == matters_of({"operator"}, None, PERSON)
