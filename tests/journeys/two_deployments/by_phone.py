"""The story that two deployments tell together."""

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
        tale = Tale(
            stage=stage,
            screen=Screen(Console(file=io.StringIO())),
            http=http,
            owner=STATION,
            watcher=STATION.person("operator"),
        )
        await tale.apply(
            GUANGDONG, "hotline_clerk", application(channel="hotline-12348", site="440000-hotline-12348")
        )
        transfer = await tale.offered_to(STATION)
        await tale.delivered(GUANGDONG, transfer)
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
        assert tale.case_id is not None
        return tale.case_id
