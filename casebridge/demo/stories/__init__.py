"""The six stories, in the order in which they are told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from casebridge.demo.cast import FUPING, STATION, WUQING, YIZHENG, ZHOUSHAN, Agency
from casebridge.demo.stories.fuping import fuping
from casebridge.demo.stories.wuqing import wuqing
from casebridge.demo.stories.yizheng import yizheng
from casebridge.demo.stories.zhongshan import zhongshan
from casebridge.demo.stories.zhongshan_by_phone import zhongshan_by_phone
from casebridge.demo.stories.zhoushan import zhoushan
from casebridge.demo.tale import Tale


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happens, and who owns the case in the end."""

    title: str
    facts: str
    owner: Agency
    play: Callable[[Tale], Awaitable[None]]


STORIES: Final = tuple(
    Story(title=title, facts=(play.__doc__ or "").partition("\n")[0], owner=owner, play=play)
    for title, owner, play in (
        ("Zhoushan", ZHOUSHAN, zhoushan),
        ("Wuqing", WUQING, wuqing),
        ("Yizheng", YIZHENG, yizheng),
        ("Fuping", FUPING, fuping),
        ("Zhongshan", STATION, zhongshan),
        ("Zhongshan by phone", STATION, zhongshan_by_phone),
    )
)
