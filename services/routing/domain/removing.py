"""Takes a document out of what goes with a case, here and wherever the case was before."""

from datetime import datetime

from schemas.cases import DocumentRemoved
from schemas.facts import Removal
from schemas.ids import Province
from schemas.transfers import CustodyEvent, CustodyReduced, RemovalReported
from services.routing.domain.amending import reduce
from services.routing.domain.custody import Custody
from services.routing.domain.item import DOCUMENT


def remove(custody: Custody, removed: DocumentRemoved, *, here: Province, at: datetime) -> list[CustodyEvent]:
    """Send it no longer on, and tell every earlier owner. Of them each believes only who took it from him.

    So who hears of it passes it on himself: on a way of several provinces the one in the middle vouches.
    """
    removal = Removal(
        province=removed.province or here,
        agency=removed.agency,
        epoch=removed.epoch,
        because=removed.because,
        at=removed.removed_at or removed.at,
    )
    told = [
        RemovalReported(
            case_id=custody.case_id,
            at=removal.at,
            to_province=earlier,
            sender=here,
            document_id=removed.document_id,
            removal=removal,
        )
        for earlier in custody.followers
    ]
    return [*reduce(custody, DOCUMENT, removed.document_id, at=at), *told]


def take_removal(custody: Custody, letter: RemovalReported, *, at: datetime) -> list[CustodyEvent]:
    """The copy that stayed here goes as well, if it is who took the case from us that says so."""
    moved = custody.moved
    if moved is None or moved.to_province != letter.sender:
        return []
    return [
        CustodyReduced(
            case_id=custody.case_id, at=at, kind=DOCUMENT, id=letter.document_id, removal=letter.removal
        )
    ]
