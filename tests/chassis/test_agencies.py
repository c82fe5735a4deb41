"""What a service knows of agencies: names and seats, from a directory's files or from its database."""

from sqlalchemy.ext.asyncio import create_async_engine

from chassis.agencies import Agencies, agencies_of, list_agencies, listed_agencies, taken_up
from chassis.migrate import migrate
from chassis.texts import Texts
from schemas.ids import AgencyId, Division, Seat
from services.mediation.app import service as mediation

STATION, CENTRE = AgencyId("510521-station-zhongshan"), AgencyId("442000-legal-aid")


def test_an_agency_belongs_to_where_it_stands_and_abroad_to_its_whole_province() -> None:
    seats = agencies_of(None).seats

    assert seats[CENTRE] == ("legal-aid-centre", "442000")
    assert seats[STATION].division == "510000"


async def test_what_was_listed_is_read_back_once(database_url: str) -> None:
    await migrate(mediation, database_url)
    engine = create_async_engine(database_url)
    shipped = agencies_of(None, "v1")
    try:
        async with engine.begin() as connection:
            await list_agencies(connection, shipped)
        listed = await listed_agencies(engine)
        again = await listed_agencies(engine, "v1")
    finally:
        await engine.dispose()

    assert listed == shipped
    assert again is None


def test_a_service_takes_up_what_it_uses_of_them() -> None:
    old, new = Agencies({}, {}), Agencies({}, {CENTRE: Seat("legal-aid-centre", Division("442000"))})

    assert taken_up({Agencies: old}, new) == {Agencies: new}
    assert taken_up({Texts: Texts({}, {})}, agencies_of(None)) == {Texts: Texts({}, agencies_of(None).names)}
    assert taken_up({}, new) == {}
