"""Personal data of one case: sealed under the case's key, kept apart from every aggregate."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import Any, ClassVar, get_args

from pydantic import BaseModel

from chassis.case_state import CaseState
from chassis.errors import ChassisError
from chassis.keyring import CaseKey, Keyring
from schemas.codes import ErasureCode
from schemas.envelope import Sealed
from schemas.ids import Province, Pseudonym
from schemas.keys import KeysErased, KeysIssued


class KeyAwaited(ChassisError):
    """The case has no key here yet, and this service does not make keys: it comes on the log of keys."""

    zh: ClassVar[str] = "本案密钥尚未到达，本服务不生成密钥：密钥会随密钥日志到达。"
    status: ClassVar[int] = 503


class KeyErased(ChassisError):
    """The key of this case was erased: what it sealed cannot be read any more, by anybody."""

    zh: ClassVar[str] = "本案密钥已删除：以其密封的内容任何人都无法再读取。"
    status: ClassVar[int] = 410


class Vault:
    """What a handler may do with secrets. What it keeps and makes lies over the case until it merges."""

    def __init__(self, case: CaseState, keyring: Keyring, *, makes_keys: bool) -> None:
        self._case = case
        self._keyring = keyring
        self._makes_keys = makes_keys
        self._kept: dict[str, Sealed] = {}
        self._made: CaseKey | None = None
        self._erased: KeysErased | None = None
        self._wrapped: Sealed | None = None
        """The key that was made, for the services of the province."""

    # --- Under the case's key ------------------------------------------------------------------------------

    def seal(self, value: Any) -> Sealed:
        """JSON, sealed for the services of this province. Raises KeyAwaited."""
        return self._keyring.seal(value, self._key(), self._context)

    def unseal(self, sealed: Sealed) -> Any:
        """What was sealed here or by another service of this province. Raises KeyErased, CannotOpen."""
        return self._keyring.unseal(sealed, self._known(sealed.key_id), self._context)

    def keep(self, name: str, sealed: Sealed) -> None:
        """Put a sealed value away under a name, such as `member/<id>`. It must be in an own event too."""
        self._kept[name] = sealed

    def get(self, name: str) -> Sealed | None:
        """What was kept under that name."""
        return self._kept.get(name) or self._case.vault.get(name)

    def check_readable(self) -> None:
        """Raises KeyErased: of a case that was erased nothing is kept that could be missed."""
        if self._case.keys and not any(self._case.keys.values()):
            raise KeyErased

    def names(self, prefix: str) -> tuple[str, ...]:
        """The names that begin so, sorted."""
        return tuple(sorted(n for n in {**self._case.vault, **self._kept} if n.startswith(prefix)))

    # --- For another province ------------------------------------------------------------------------------

    def seal_for(self, province: Province, value: Any) -> Sealed:
        """JSON that this province alone can open."""
        return self._keyring.seal_for(province, value, self._context)

    def open_letter(self, sealed: Sealed) -> Any:
        """What another province sealed for this one."""
        return self._keyring.open_letter(sealed, self._case.province, self._context)

    def pseudonym(self, id_number: str) -> Pseudonym:
        """The person as this province knows him."""
        return self._keyring.pseudonym(id_number, self._case.province)

    # --- Keys ----------------------------------------------------------------------------------------------

    @property
    def _context(self) -> bytes:
        """A box opens for its own case alone: moved to another one it is only noise."""
        return self._case.case_id.encode()

    def _key(self) -> CaseKey:
        if self._made:
            return self._made
        usable = [key_id for key_id, wrapped in self._case.keys.items() if wrapped]
        if usable:
            return self._known(max(usable))
        if not self._makes_keys:
            raise KeyAwaited
        self._made = self._keyring.new_case_key(self._case.province)
        self._wrapped = self._keyring.wrap_case_key(self._made, self._case.province)
        return self._made

    def _known(self, key_id: str) -> CaseKey:
        if self._made and self._made.id == key_id:
            return self._made
        if key_id not in self._case.keys:
            raise KeyAwaited
        wrapped = self._case.keys[key_id]
        if wrapped is None:
            raise KeyErased
        return self._keyring.unwrap_case_key(key_id, Sealed.model_validate_json(wrapped), self._case.province)

    def erase(self, because: ErasureCode, now: datetime) -> KeysErased:
        """Destroy the keys of the case, and with them all that was sealed under them. Say what it returns.

        Other services of the province learn it from the log of keys; here it is done as this merges.
        """
        self._erased = KeysErased(
            case_id=self._case.case_id, at=now, key_ids=tuple(sorted(self._case.keys)), because=because
        )
        return self._erased

    # --- Merging -------------------------------------------------------------------------------------------

    def issued(self, now: datetime) -> Iterator[KeysIssued]:
        """The events that give a key made here to the other services of the province."""
        if self._made and self._wrapped:
            yield KeysIssued(
                case_id=self._case.case_id,
                at=now,
                key_id=self._made.id,
                wrapped=self._wrapped.box,
                wrapped_with=self._wrapped.key_id,
            )

    def merge(self) -> None:
        """Let the case have what was kept and made."""
        case = self._case
        case.vault |= self._kept
        case.kept_sealed |= self._kept
        if self._made and self._wrapped:
            case.keys[self._made.id] = case.new_keys[self._made.id] = self._wrapped.model_dump_json()
        if self._erased:
            learn_key(case, self._erased)


def learn_key(case: CaseState, event: KeysIssued | KeysErased) -> None:
    """Take a key that another service made; forget one that was erased. Erased stays erased."""
    if isinstance(event, KeysErased):
        for key_id in (*event.key_ids, *case.keys):
            case.keys[key_id] = case.new_keys[key_id] = None
        case.forgotten |= case.vault.keys()  # noise by now, but nobody need keep it
        case.vault.clear()
        case.kept_sealed.clear()
    elif event.key_id not in case.keys:
        case.keys[event.key_id] = case.new_keys[event.key_id] = wrapped_of(event)


def wrapped_of(event: KeysIssued) -> str:
    """The wrapped key as the table of keys holds it."""
    return Sealed(key_id=event.wrapped_with, box=event.wrapped).model_dump_json()


def sealed_key_ids(message: BaseModel) -> Iterator[str]:
    """The ids of the keys that open what an event carries, in its fields and in the values inside it."""
    for name in _sealing_fields(type(message)):
        yield from _key_ids(getattr(message, name))


def _key_ids(value: Any) -> Iterator[str]:
    if isinstance(value, Sealed):
        yield value.key_id
    elif isinstance(value, BaseModel):
        yield from sealed_key_ids(value)
    elif isinstance(value, tuple):
        for item in value:
            yield from _key_ids(item)


@cache
def _sealing_fields(kind: type[BaseModel]) -> tuple[str, ...]:
    """The fields that may hold something sealed, by their types: most events have none, and all are asked."""
    return tuple([name for name, field in kind.model_fields.items() if _may_seal(field.annotation)])


def _may_seal(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation is Sealed or bool(_sealing_fields(annotation))
    return any(_may_seal(part) for part in get_args(annotation))
