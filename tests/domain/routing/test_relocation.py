"""The site that an offer asks closes: its successor goes on, here or elsewhere, or its agency does."""

from dataclasses import replace
from datetime import date, timedelta

from law.book import load_law
from schemas.codes import AskedResult, OfferEnd
from schemas.facts import Asked, Candidate
from schemas.ids import AgencyId, Province, SiteId, TransferId
from schemas.samples import a
from schemas.transfers import (
    CustodyBegun,
    CustodyEvent,
    OfferAccepted,
    OfferClosed,
    OfferReceived,
    OfferRelocated,
    TransferDelivered,
    TransferEscalated,
    TransferOffered,
    TransferRecalled,
    TransferRelocated,
)
from services.routing.domain import receiving, relocating
from services.routing.domain.custody import Custody
from services.routing.domain.offer import Offer
from services.routing.domain.protocol.custody_stimuli import onward
from services.routing.domain.route import TRANSFER
from services.routing.domain.succession import site_has_ended
from services.routing.domain.transfer import DIRECTED
from tests.domain.test_directory import agency, directory, site

LAW = load_law()
HERE = Province("44")
NEXT = TransferId("next")
NOW = a(OfferAccepted).at
ASKED = a(TransferOffered)
LEFT, WINDOW = SiteId("510521-station-zhongshan"), SiteId("510521-window")
ELSEWHERE = Candidate(
    agency=AgencyId("510500-legal-aid"), province=Province("51"), mode=TRANSFER, site=SiteId("510500-window")
)
TODAY = date(2026, 3, 10)


def custody(offered: TransferOffered = ASKED) -> Custody:
    return Custody.begin(a(CustodyBegun)).after(offered).after(a(TransferDelivered))


def relocated(case: Custody, to: Candidate | None) -> list[CustodyEvent]:
    """What is said once the site has closed, and `to` goes on."""
    return relocating.relocate(case, {LEFT: to}, onward(case, None), NEXT, LAW, here=HERE, at=NOW)


def test_a_successor_of_the_same_agency_takes_the_offer_over_as_it_stands() -> None:
    case = custody()
    to = Candidate(agency=ASKED.to, province=Province("51"), mode=TRANSFER, site=WINDOW)

    [said] = relocated(case, to)

    assert isinstance(said, TransferRelocated)
    assert (said.to, said.left, said.site) == (ASKED.to, LEFT, WINDOW)
    [transfer] = case.after(said).transfers
    assert transfer == replace(case.transfers[0], site=WINDOW, left=LEFT), "its clock runs on"


def test_without_a_successor_the_agency_itself_is_asked() -> None:
    [said] = relocated(custody(), None)

    assert isinstance(said, TransferRelocated)
    assert (said.to, said.site) == (ASKED.to, None)


def test_done_again_it_finds_nothing_to_do() -> None:
    case = custody()
    [said] = relocated(case, None)
    assert isinstance(said, TransferRelocated)

    assert relocated(case.after(said), None) == []


def test_the_agency_of_the_successor_is_asked_anew_where_it_is_another_one() -> None:
    recalled, offered = relocated(custody(), ELSEWHERE)

    assert isinstance(recalled, TransferRecalled)
    assert recalled.because == "site-closed"
    assert isinstance(offered, TransferOffered)
    assert (offered.to, offered.site, offered.mode) == (ELSEWHERE.agency, ELSEWHERE.site, ASKED.mode)


def test_an_agency_that_was_asked_before_is_not_asked_because_a_site_closed() -> None:
    lapsed = Asked(agency=ELSEWHERE.agency, province=ELSEWHERE.province, result=AskedResult("lapsed"))
    case = Custody.begin(a(CustodyBegun, asked=(lapsed,))).after(ASKED)

    [said] = relocated(case, ELSEWHERE)

    assert isinstance(said, TransferRelocated)
    assert said.site is None


def test_a_direction_stays_with_the_agency_that_it_names() -> None:
    directed = a(TransferOffered, mode=DIRECTED, direction=a(TransferEscalated).transfer_id)

    [said] = relocated(custody(directed), ELSEWHERE)

    assert isinstance(said, TransferRelocated)
    assert (said.to, said.site) == (directed.to, None)


def test_the_agency_notes_which_site_of_its_own_goes_on() -> None:
    offer = Offer.begin(a(OfferReceived, site=LEFT))

    [noted] = receiving.relocate(offer, a(TransferRelocated, left=LEFT, site=WINDOW), at=NOW)

    assert isinstance(noted, OfferRelocated)
    assert offer.after(noted) == replace(offer, site=WINDOW, left=LEFT)


def test_an_offer_that_is_over_stays_where_it_was() -> None:
    offer = Offer.begin(a(OfferReceived)).after(a(OfferClosed, because=OfferEnd("recalled")))

    assert receiving.relocate(offer, a(TransferRelocated), at=NOW) == []


# --- Which sites have closed, and who goes on ---------------------------------------------------------------


CENTRE = agency("510521-legal-aid", "510521")


def test_a_site_has_ended_after_its_last_day_or_when_it_is_not_listed_any_more() -> None:
    known = directory([CENTRE], [site(LEFT, CENTRE.id, "510521", valid_to=TODAY.toordinal())])

    assert not site_has_ended(LEFT, TODAY, known)
    assert site_has_ended(LEFT, TODAY + timedelta(days=1), known)
    assert site_has_ended(SiteId("another"), TODAY, known)


def successor(kind: str = "window", case_types: str = "") -> SiteId | None:
    """Who goes on where the successor is such a site."""
    closed = site(LEFT, CENTRE.id, "510521", valid_to=TODAY.toordinal() - 1, successor=WINDOW)
    window = site(WINDOW, CENTRE.id, "510521", kind=kind, case_types=case_types)
    going_on = relocating.closed_sites(custody(), TODAY, directory([CENTRE], [closed, window]))[LEFT]
    return going_on.site if going_on else None


def test_the_successor_goes_on_if_it_takes_such_cases_on() -> None:
    assert successor() == WINDOW
    assert successor(kind="hotline-12348") is None
    assert successor(case_types="wage-arrears") is None


def test_nothing_moves_away_from_a_site_that_stands() -> None:
    known = directory([CENTRE], [site(LEFT, CENTRE.id, "510521")])

    assert relocating.closed_sites(custody(), TODAY, known) == {}
