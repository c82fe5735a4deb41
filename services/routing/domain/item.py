"""What moves with a case, without its content: that lies in the vault under the item's name."""

from dataclasses import dataclass
from datetime import datetime

from schemas.cases import DocumentAdded, MemberJoined
from schemas.codes import EnclosureKind, LeavingCode, MemberRole
from schemas.facts import Enclosure, Removal
from schemas.fields import Sealed
from schemas.ids import TransferId

MEMBER = EnclosureKind("member")
DOCUMENT = EnclosureKind("document")
CONTACT = EnclosureKind("contact")
REPRESENTATIVES = EnclosureKind("representatives")
CLARIFICATION = EnclosureKind("clarification")

ELSEWHERE = LeavingCode("elsewhere")
"""Why a member left who did not come back with his case."""

ONE_OF_A_KIND = frozenset({CONTACT, REPRESENTATIVES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A member, a document, the contact, or who speaks for a group."""

    kind: EnclosureKind
    id: str
    role: MemberRole | None = None
    claim_fen: int | None = None

    @property
    def name(self) -> str:
        """Where its content lies in the vault."""
        return self.kind if self.kind in ONE_OF_A_KIND else f"{self.kind}/{self.id}"

    def enclosing(self, content: Sealed) -> Enclosure:
        """The item with its content."""
        return Enclosure(
            kind=self.kind, id=self.id, content=content, role=self.role, claim_fen=self.claim_fen
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Departed:
    """A member who left, or a document that was removed, when it was on its way with the case already."""

    transfer: TransferId
    """What it was sent with."""
    item: Item
    because: LeavingCode | None
    at: datetime
    removal: Removal | None = None
    """Of a document."""


def contact_item() -> Item:
    return Item(kind=CONTACT, id=CONTACT)


def representatives_item() -> Item:
    return Item(kind=REPRESENTATIVES, id=REPRESENTATIVES)


def clarification_item(transfer: TransferId, number: int) -> Item:
    """What an agency wanted to know; it travels on, so that the next one need not ask again."""
    return Item(kind=CLARIFICATION, id=f"{transfer}-{number}")


def member_item(joined: MemberJoined) -> Item:
    return Item(kind=MEMBER, id=joined.member_id, role=joined.role, claim_fen=joined.claim_fen)


def document_item(added: DocumentAdded) -> Item:
    return Item(kind=DOCUMENT, id=added.document_id)


def item_of(enclosure: Enclosure) -> Item:
    return Item(kind=enclosure.kind, id=enclosure.id, role=enclosure.role, claim_fen=enclosure.claim_fen)


def with_item(items: tuple[Item, ...], enclosure: Enclosure) -> tuple[Item, ...]:
    """The items with this one; it replaces one of its kind and id."""
    new = item_of(enclosure)
    return (*(item for item in items if item.name != new.name), new)


def without_item(items: tuple[Item, ...], kind: EnclosureKind, id: str) -> tuple[Item, ...]:
    """The items without that one."""
    return tuple(item for item in items if (item.kind, item.id) != (kind, id))
