"""What a person may not do with a notice."""

from dataclasses import dataclass

from schemas.ids import NoticeId
from schemas.refusals import Refusal


class NotifyError(Refusal):
    """A rule of notices is broken."""


@dataclass(eq=False)
class NoticeNotGivenUp(NotifyError):
    """Notice {notice} is {found}; only one that was given up is sent again by a person."""

    notice: NoticeId
    found: str
