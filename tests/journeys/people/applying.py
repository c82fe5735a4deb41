"""New applications: who applies where, from where, about what."""

from typing import Any, Final, NamedTuple

from casebridge.demo.people import employer, member
from schemas.codes import CASE_TYPES, EVIDENCE, RELATIONS, WORKER_CLASSES
from schemas.ids import Division
from tests.journeys.people.wishes import Wish, pick


class Taker(NamedTuple):
    """Who takes applications in, and by which channel."""

    agency: str
    role: str
    channel: str
    site: str | None = None


TAKERS: Final = (
    Taker("440000-legal-aid", "hotline_clerk", "hotline-12348", "440000-hotline-12348"),
    Taker("442000-legal-aid", "intake_clerk", "window", "442000-window"),
    Taker("420900-legal-aid", "intake_clerk", "window", "420900-window"),
    Taker("420900-legal-aid", "hotline_clerk", "hotline-12348", "420900-hotline-12348"),
    Taker("440100-legal-aid", "intake_clerk", "mini-program"),
    Taker(
        "510521-station-zhongshan", "intake_clerk", "workstation-home-province", "510521-station-zhongshan"
    ),
    Taker("510521-legal-aid", "intake_clerk", "national-law-site"),
)
HOMES: Final = ("510521", "420900", "442000", "510521", "440100", "510100")
WORKS: Final = ("442000", "442000", "420900", "440100", "510521")
GROUPS: Final = (1, 1, 2, 3, 12)


def applies(mood: int) -> Wish:
    """Somebody applies who never did before: the same worker twice is one case."""
    taker, home, work = pick(TAKERS, mood), pick(HOMES, mood // 7), pick(WORKS, mood // 42)
    size, type = pick(GROUPS, mood // 3), pick(sorted(CASE_TYPES), mood // 11)
    return Wish(
        verb="applies",
        words=f"takes in a group of {size} from {home} who worked in {work}, about {type}",
        role=taker.role,
        agency=taker.agency,
        service="intake",
        path="/applications",
        seen=None,
        body=application(taker, home, work, type, size, mood),
        sure=True,
    )


def application(taker: Taker, home: str, work: str, type: str, size: int, mood: int) -> dict[str, Any]:
    role = "heir" if type == "death-compensation" else "worker"
    said = {
        "channel": taker.channel,
        "home": home,
        "work": work,
        "case_type": type,
        "relation": pick(sorted(RELATIONS), mood),
        "worker_class": pick(sorted(WORKER_CLASSES), mood // 5),
        "evidence": [pick(sorted(EVIDENCE), mood)],
        "employer": employer(Division(work), "某公司"),
        "narrative": "Not paid since spring.",
        "members": [
            member(Division(home), 1_000_00 * ((mood + place) % 4), role=role) for place in range(size)
        ],
        "representatives": [0] if size > 2 else [],
    }
    return said | ({"site": taker.site} if taker.site else {})
