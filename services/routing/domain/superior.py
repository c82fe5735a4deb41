"""Who decides between agencies that do not agree: their common superior, found in the directory alone.

Local rules have it so (Henan Art. 28, Shandong): the next justice bureau above all of them; across provinces
the Ministry, whose desk is the jurisdiction `00`.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from schemas.ids import NATIONAL_DESK, AgencyId, Division
from services.routing.domain.directory import Agency, Directory, covers, levels, whole


def common_superior(parties: Iterable[AgencyId], on: date, directory: Directory) -> Agency | None:
    """The lowest one that is above all parties and none of them; of several the first by id.

    None: the directory has no national desk.
    """
    known = frozenset(parties)
    seats = [directory.agencies[id].seat for id in known if id in directory.agencies]
    for division in above(seats):
        for superior in directory.directing(division):
            if superior.id not in known and superior.open_on(on):
                return superior
    return None


def above(seats: Iterable[Division]) -> Iterator[Division]:
    """The divisions that all seats lie in and none of them is, the smallest first; at last the nation."""
    seats = tuple(seats)
    for division in levels(seats[0]) if seats else ():
        if division not in seats and all(covers(division, seat) for seat in seats):
            yield division
    yield whole(NATIONAL_DESK)
