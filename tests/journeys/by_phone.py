"""One story for journeys that are about something else: a call in Guangdong, and the case moves to Luxian."""

import io

import httpx
from rich.console import Console

from casebridge.demo.cast import GUANGDONG, STATION
from casebridge.demo.screen import Screen
from casebridge.demo.stories.zhongshan import application, mediated
from casebridge.demo.stories.zhongshan_by_phone import MILESTONES
from casebridge.demo.tale import Tale
from schemas.ids import CaseId
from tests.stage import Provinces


async def by_phone(stage: Provinces) -> CaseId:
    """The family calls 12348 in Guangdong; the case moves to Luxian's station; Guangdong sees how it goes."""
    async with httpx.AsyncClient(timeout=30) as http:
        tale = tale_on(stage, http)
        await go_on(stage, tale, await begin(stage, tale))
        assert tale.case_id is not None
        return tale.case_id


def tale_on(stage: Provinces, http: httpx.AsyncClient) -> Tale:
    screen = Screen(Console(file=io.StringIO()))
    return Tale(stage=stage, screen=screen, http=http, owner=STATION, watcher=STATION.person("operator"))


async def begin(stage: Provinces, tale: Tale) -> str:
    """The family applies, and the station is asked; returns the transfer."""
    await tale.apply(
        GUANGDONG, "hotline_clerk", application(channel="hotline-12348", site="440000-hotline-12348")
    )
    transfer = await tale.offered_to(STATION)
    await tale.delivered(GUANGDONG, transfer)
    await stage.traveller.quiet()
    return transfer


async def go_on(stage: Provinces, tale: Tale, transfer: str) -> None:
    """The station takes the case, and brings it to its end."""
    await tale.accept_offer(STATION, transfer)
    await tale.moved(GUANGDONG, transfer)
    tale.epoch = 2
    await tale.placed_with(STATION)
    await tale.accept()
    await mediated(tale)
    await tale.followed_by(GUANGDONG, MILESTONES)
    await tale.ended()
    await tale.has_no_more(GUANGDONG)
    await stage.traveller.quiet()
