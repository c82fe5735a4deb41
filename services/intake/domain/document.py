"""Document: a paper, a photo or a recording of a case. Its bytes lie in the store, its key in the vault."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Self

from pydantic import ValidationError

from schemas.cases import (
    DocumentAdded,
    DocumentErased,
    DocumentEvent,
    DocumentFetched,
    DocumentMissed,
    DocumentRemoved,
)
from schemas.codes import DocumentKind, DocumentRemoval
from schemas.facts import Enclosure, Removal
from schemas.fields import Sealed
from schemas.ids import AgencyId, CaseId, DocumentId, MemberId, Province
from services.intake.domain.case import HERE, ApplicationState, Case
from services.intake.domain.errors import ContentErased, DocumentElsewhere, DocumentGone, DocumentUnderWay


class DocumentState(StrEnum):
    """Where a document is."""

    HERE = "here"
    AWAITED = "awaited"
    """It came with the case, and its bytes are still to be fetched."""
    ERASED = "erased"
    """It was awaited, and erased before it came: where it was to come from, or here with the case."""
    ELSEWHERE = "elsewhere"
    """It was awaited, and the case left again before it came: it is where the case is."""
    REMOVED = "removed"


UNREADABLE: Final = frozenset({DocumentState.ERASED, DocumentState.REMOVED})
"""Of these there are no bytes any more: who has the paper hands it in again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """That a document was taken out of the case."""

    at: datetime
    agency: AgencyId
    because: DocumentRemoval
    province: Province | None = None
    """Where, if the case had gone to another province."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """What is known of a document without opening it."""

    case_id: CaseId
    document_id: DocumentId
    kind: DocumentKind
    media_type: str
    size_bytes: int
    sha256: str
    added_at: datetime
    member_id: MemberId | None = None
    state: DocumentState = DocumentState.HERE
    from_province: Province | None = None
    """Where its bytes are fetched from, if it came with the case: the case may move on before they come."""
    removal: Taken | None = None
    erased_in: Province | None = None
    """Where it was erased before it came."""
    elsewhere_in: Province | None = None
    """Which province got the case later, when it had left before this came."""

    @property
    def id(self) -> str:
        return self.document_id

    @property
    def due(self) -> Mapping[str, datetime]:
        return {}

    def fetched(self, province: Province, about: Sealed, *, at: datetime) -> list[DocumentEvent]:
        """Its bytes have come. A reaction: of what is here or was removed meanwhile, nothing is said."""
        if self.state is not DocumentState.AWAITED:
            return []
        return [
            DocumentFetched(
                case_id=self.case_id,
                at=at,
                document_id=self.document_id,
                from_province=province,
                about=about,
            )
        ]

    def erased(self, province: Province, *, at: datetime) -> list[DocumentEvent]:
        """Its bytes will never come. A reaction: of what is here or gone already, nothing is said."""
        if self.state is not DocumentState.AWAITED:
            return []
        return [DocumentErased(case_id=self.case_id, at=at, document_id=self.document_id, province=province)]

    def went_back(self, case: Case) -> bool:
        """Whether the case left for the very province that its bytes were to come from."""
        return case.state is ApplicationState.HANDED_OVER and case.handed_to == self.from_province

    def missed(self, case: Case, province: Province, *, at: datetime) -> list[DocumentEvent]:
        """That province got the case after this one. A reaction: of what is here nothing is said.

        Who has no case needs no document of it; and whoever had it in between asks that province, too.
        """
        if self.state is not DocumentState.AWAITED or case.state is not ApplicationState.HANDED_OVER:
            return []
        return [DocumentMissed(case_id=self.case_id, at=at, document_id=self.document_id, province=province)]

    def comes_again(self, case: Case, *, here: Province) -> bool:
        """Whether it came with the case once more, from a province that is to be asked for it now.

        A case that moved on inside the province has its documents from where they were to come before.
        """
        if case.came_from is None or case.came_from == here:
            return False
        asked = self.state is DocumentState.AWAITED and self.from_province != case.came_from
        return asked or self.state is DocumentState.ELSEWHERE

    def check_readable(self) -> None:
        """Raises DocumentGone, ContentErased, DocumentElsewhere, DocumentUnderWay."""
        match self.state:
            case DocumentState.REMOVED:
                raise DocumentGone(document=self.document_id)
            case DocumentState.ERASED:
                raise ContentErased(document=self.document_id, province=self.erased_in or "")
            case DocumentState.ELSEWHERE:
                raise DocumentElsewhere(document=self.document_id, province=self.elsewhere_in or "")
            case DocumentState.AWAITED:
                raise DocumentUnderWay(document=self.document_id)
            case DocumentState.HERE:
                return

    def remove(
        self, case: Case, because: DocumentRemoval, *, by: AgencyId | None, epoch: int, at: datetime
    ) -> list[DocumentEvent]:
        """Take it out of the case. Raises NotHere, StaleEpoch, NotTheOwner, DocumentGone."""
        case.check_owner(by=by, epoch=epoch)
        if self.state is DocumentState.REMOVED:
            raise DocumentGone(document=self.document_id)
        return [
            DocumentRemoved(
                case_id=self.case_id,
                at=at,
                document_id=self.document_id,
                agency=case.agency,
                epoch=case.epoch,
                because=because,
            )
        ]

    def removed_there(self, case: Case, removal: Removal, *, at: datetime) -> list[DocumentEvent]:
        """It was taken out where the case is now. A reaction: what is gone already is not removed again."""
        if self.state is DocumentState.REMOVED or case.state is ApplicationState.ERASED:
            return []
        return [
            DocumentRemoved(
                case_id=self.case_id,
                at=at,
                document_id=self.document_id,
                agency=removal.agency,
                epoch=removal.epoch,
                because=removal.because,
                province=removal.province,
                removed_at=removal.at,
            )
        ]

    @classmethod
    def added(cls, event: DocumentAdded) -> Self:
        return cls(
            case_id=event.case_id,
            document_id=event.document_id,
            kind=event.kind,
            media_type=event.media_type,
            size_bytes=event.size_bytes,
            sha256=event.sha256,
            added_at=event.at,
            member_id=event.member_id,
            state=DocumentState.AWAITED if event.from_province else DocumentState.HERE,
            from_province=event.from_province,
        )

    def after(self, event: DocumentEvent) -> Self:
        """This document once the event has happened."""
        match event:
            case DocumentAdded():
                return self.added(event)
            case DocumentFetched():
                return replace(self, state=DocumentState.HERE)
            case DocumentErased(province=province):
                return replace(self, state=DocumentState.ERASED, erased_in=province)
            case DocumentMissed(province=province):
                return replace(self, state=DocumentState.ELSEWHERE, elsewhere_in=province)
            case DocumentRemoved():
                return replace(self, state=DocumentState.REMOVED, removal=taken(event))


def taken(removed: DocumentRemoved) -> Taken:
    return Taken(
        at=removed.removed_at or removed.at,
        agency=removed.agency,
        because=removed.because,
        province=removed.province,
    )


def same_content(sha256: str, documents: Iterable[Document]) -> Document | None:
    """The document of the case that has this very content: nothing is kept twice."""
    there = (each for each in documents if each.state not in UNREADABLE)
    return next((each for each in there if each.sha256 == sha256), None)


def announced(case: Case, came: Enclosure, told: Any, about: Sealed, *, at: datetime) -> list[DocumentAdded]:
    """A document came with a case, as far as it can be told: another release may have sealed it."""
    if case.state not in HERE or case.came_from is None or not isinstance(told, dict):
        return []
    said = {name: told.get(name) for name in ("kind", "media_type", "size_bytes", "sha256", "member_id")}
    try:
        return [
            DocumentAdded(
                case_id=case.case_id,
                at=at,
                document_id=DocumentId(came.id),
                agency=case.agency,
                epoch=case.epoch,
                about=about,
                from_province=case.came_from,
                **said,  # type: ignore[arg-type]
            )
        ]
    except ValidationError:
        return []
