"""Zhongshan by phone: the case moves to the home province's workstation, and the first owner follows it."""

from casebridge.demo.cast import GUANGDONG, NATIONAL_DESK, STATION
from casebridge.demo.stories.zhongshan import application, mediated
from casebridge.demo.tale import Tale

MILESTONES = ("accepted", "granted", "assigned", "agreed", "concluded", "recovered", "evaluated")


async def zhongshan_by_phone(tale: Tale) -> None:
    """The same family calls 12348 in Guangdong instead; the case moves to Luxian's station in Zhongshan."""
    said = application(channel="hotline-12348", site="440000-hotline-12348")
    await tale.apply(GUANGDONG, "hotline_clerk", said)
    transfer = await tale.offered_to(STATION)
    await tale.delivered(GUANGDONG, transfer)

    await tale.later(days=1)
    await tale.accept_offer(STATION, transfer)
    await tale.moved(GUANGDONG, transfer)
    tale.epoch = 2
    await tale.placed_with(STATION)
    await tale.accept()

    # The review ends on the seventh day after the application, whoever has the case.
    await tale.later(days=4)
    await mediated(tale)

    await tale.followed_by(GUANGDONG, MILESTONES)
    await tale.followed_by(NATIONAL_DESK, MILESTONES)
    await tale.ended()
    await tale.has_no_more(GUANGDONG)
