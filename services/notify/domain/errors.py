"""What a person may not do with a notice."""

from dataclasses import dataclass
from typing import ClassVar

from schemas.ids import NoticeId
from schemas.refusals import Refusal


class NotifyError(Refusal):
    """A rule of notices is broken."""


@dataclass(eq=False)
class NoticeNotGivenUp(NotifyError):
    """Notice {notice} is {found}; only one that was given up is sent again by a person."""

    zh: ClassVar[str] = "通知{notice}为{found}；只有已放弃发送的通知可由人员重新发送。"
    notice: NoticeId
    found: str
