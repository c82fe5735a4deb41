"""How many may speak for a group, and before whom."""

from dataclasses import dataclass
from typing import Final

from schemas.codes import Forum, LegalBasis
from services.intake.domain.priority import GROUP


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """What one forum wants of a group's representatives."""

    forum: Forum
    lowest: int
    highest: int
    article: LegalBasis
    needed: bool
    """Whether there must be any: fewer than ten may each speak for themselves."""
    enough: bool


WANTED: Final = (
    # The 2017 Rules of Case Handling Art. 5 say three to five; the court's number is in the Interpretation of
    # the Civil Procedure Law Art. 78, two to five.
    (Forum("arbitration"), 3, 5, LegalBasis("LDMAL-7")),
    (Forum("court"), 2, 5, LegalBasis("CPL-56")),
)


def speaking(representatives: int, members: int) -> tuple[Speaking, ...]:
    """Whether so many may speak for so many. Mediation and the centre itself prescribe no number."""
    needed = members >= GROUP
    return tuple(
        Speaking(
            forum=forum,
            lowest=lowest,
            highest=highest,
            article=article,
            needed=needed,
            enough=lowest <= representatives <= highest or (not needed and representatives == 0),
        )
        for forum, lowest, highest, article in WANTED
    )
