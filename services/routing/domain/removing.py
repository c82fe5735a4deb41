"""Takes a document out of what goes with a case: here, where the case was before, and where it has gone."""

from collections.abc import Iterable
from datetime import datetime

from schemas.cases import DocumentRemoved
from schemas.facts import Removal
from schemas.ids import DocumentId, Province
from schemas.transfers import CustodyEvent, CustodyReduced, RemovalReported
from services.routing.domain.custody import Custody
from services.routing.domain.item import DOCUMENT


def remove(custody: Custody, removed: DocumentRemoved, *, here: Province, at: datetime) -> list[CustodyEvent]:
    """Send it no longer on, and tell every earlier owner. Of them each believes only who took it from him.

    So who hears of it passes it on himself: on a way of several provinces the one in the middle vouches.
    Removed here when the case had left and that was not known yet, it goes after the case as well.
    """
    removal = Removal(
        province=removed.province or here,
        agency=removed.agency,
        epoch=removed.epoch,
        because=removed.because,
        at=removed.removed_at or removed.at,
    )
    goes_after = next_owner(custody) if removed.province is None else ()
    told = dict.fromkeys((*custody.followers, *goes_after))
    said: list[CustodyEvent] = []
    if custody.takes_along(DOCUMENT, removed.document_id):
        said.append(reduced(custody, removed.document_id, removal, at=at))
    return [*said, *reports(custody, removed.document_id, removal, told, here=here)]


def take_removal(
    custody: Custody, letter: RemovalReported, *, here: Province, at: datetime
) -> list[CustodyEvent]:
    """The copy here goes as well, if who took the case from us says so, or who removed it before we had it.

    Of a case that has gone on since, an earlier removal goes after it.
    """
    if not believes(custody, letter, here=here):
        return []
    goes_after = next_owner(custody) if of_before(custody, letter, here=here) else ()
    return [
        reduced(custody, letter.document_id, letter.removal, at=at),
        *reports(custody, letter.document_id, letter.removal, goes_after, here=here),
    ]


def believes(custody: Custody, letter: RemovalReported, *, here: Province) -> bool:
    """Whether its sender took the case from us, or removed it before we had it."""
    by_next = custody.moved is not None and custody.moved.to_province == letter.sender
    return by_next or of_before(custody, letter, here=here)


def of_before(custody: Custody, letter: RemovalReported, *, here: Province) -> bool:
    """Whether who had the case before says it, of what was removed before our epoch."""
    return letter.removal.epoch < custody.epoch and custody.was_with(letter.sender, here=here)


def next_owner(custody: Custody) -> tuple[Province, ...]:
    """Where the case went from here, if it did."""
    moved = custody.moved
    return (moved.to_province,) if moved else ()


def reduced(custody: Custody, id: DocumentId, removal: Removal, *, at: datetime) -> CustodyReduced:
    return CustodyReduced(case_id=custody.case_id, at=at, kind=DOCUMENT, id=id, removal=removal)


def reports(
    custody: Custody, id: DocumentId, removal: Removal, to: Iterable[Province], *, here: Province
) -> list[RemovalReported]:
    """A letter to each of them."""
    return [
        RemovalReported(
            case_id=custody.case_id,
            at=removal.at,
            to_province=each,
            sender=here,
            document_id=id,
            removal=removal,
        )
        for each in to
    ]
