"""Who sees which notices, by role and by what his agency is."""

import pytest

from schemas.ids import AgencyId, Division, Seat
from services.notify.domain.sight import sight_of

SEATS = {
    AgencyId(f"442000-{kind}"): Seat(kind, Division("442000"))
    for kind in ("legal-aid-centre", "justice-bureau", "human-resources", "court")
}


@pytest.mark.parametrize(
    ("role", "agency", "seen"),
    [
        ("receiver", "442000-legal-aid-centre", (False, False)),
        ("caseworker", "442000-legal-aid-centre", (False, True)),
        ("director", "442000-legal-aid-centre", (True, True)),
        ("director", "442000-justice-bureau", (True, True)),
        ("director", "of the next directory", (True, True)),
        ("caseworker", None, (False, True)),
        ("director", "442000-human-resources", (False, False)),
        ("caseworker", "442000-court", (False, False)),
        ("operator", "442000-human-resources", (True, False)),
        ("operator", None, (True, True)),
    ],
)
def test_a_role_shows_more_than_the_list_of_ones_agency_to_legal_aid_alone(
    role: str, agency: str | None, seen: tuple[bool, bool]
) -> None:
    sight = sight_of({role}, AgencyId(agency) if agency else None, SEATS)

    assert (sight.everything, sight.applicants) == seen
    assert sight.agency == agency
