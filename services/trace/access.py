"""Who may look at what: the one table for the API and for the pages."""

from typing import TYPE_CHECKING, Final

from schemas.ids import Province

if TYPE_CHECKING:
    from chassis.auth import Caller

OPERATORS: Final = frozenset({"operator"})
"""Those who run the deployment: they follow a case through all provinces that it serves."""

LOOKERS: Final = OPERATORS | {
    "director",
    "caseworker",
    "receiver",
    "sender",
    "hotline_clerk",
    "intake_clerk",
}
"""The others see what their own province knows."""


def provinces_seen(who: "Caller", served: tuple[Province, ...]) -> tuple[Province, ...]:
    """The provinces whose logs the caller may look at."""
    return served if who.roles & OPERATORS else (who.province,)
