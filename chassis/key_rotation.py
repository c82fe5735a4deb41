"""New keys beside the old ones: made, given to the others, used, and the old ones retired or revoked."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from chassis.crypto import StandardSuite, Suite
from chassis.errors import ChassisError
from chassis.key_files import (
    OwnKeys,
    TrustedKeys,
    new_keys,
    public_half,
    read_own_keys,
    read_trusted_keys,
    used,
    write_keys,
)
from schemas.ids import Province

KINDS: Final = ("signing", "letters", "wrapping")
PUBLIC: Final = ("signing", "letters")


@dataclass(eq=False)
class KeyNotChanged(ChassisError):
    """Found {found}, expected {expected}."""

    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Both files of a province that is served here."""

    folder: Path
    province: Province
    suite: Suite
    own: OwnKeys
    public: TrustedKeys

    def write(self, own: OwnKeys, public: TrustedKeys) -> None:
        """The private file first: what the public one promises can be kept at every moment."""
        write_keys(self.folder, own)
        write_keys(self.folder, public)


def read_files(folder: Path, province: Province, suite: Suite | None = None) -> KeyFiles:
    """Raises KeysRefused or KeyNotChanged."""
    suite = suite or StandardSuite()
    own = read_own_keys(folder, province, suite)
    public = read_trusted_keys(folder, suite).get(province)
    if public is None:
        raise KeyNotChanged(f"no public keys of {province}", "those that `casebridge keys create` writes")
    return KeyFiles(folder, province, suite, own, public)


def rotate(files: KeyFiles, kinds: Collection[str] = PUBLIC) -> Sequence[str]:
    """Make a key of each kind that waits: the others may use it, we do not. Returns what waits now.

    Where one waits already none is made, so that a command that broke off is run again.
    """
    made, own, public = new_keys(files.province, files.suite), files.own, files.public
    for kind in kinds:
        if not any(key.waits for key in listed(own, kind)):
            fresh = tuple(key.model_copy(update={"waits": True}) for key in listed(made, kind))
            own = own.model_copy(update={kind: (*listed(own, kind), *fresh)})
    halves = public_half(own, files.suite)
    for kind in PUBLIC:
        known = {key.id for key in listed(public, kind)}
        fresh = tuple(key for key in listed(halves, kind) if key.id not in known)
        public = public.model_copy(update={kind: (*listed(public, kind), *fresh)})
    files.write(own, public)
    return [key.id for kind in KINDS for key in listed(own, kind) if key.waits]


def use(files: KeyFiles) -> Sequence[str]:
    """Use the keys that wait from now on. Returns them; raises KeyNotChanged where none does."""
    waiting = [key.id for kind in KINDS for key in listed(files.own, kind) if key.waits]
    if not waiting:
        raise KeyNotChanged("no key that waits", "one that `casebridge keys rotate` made")
    files.write(with_used(files.own, KINDS), files.public)
    return waiting


def retire(files: KeyFiles, key_id: str, until: datetime) -> None:
    """What is recorded later is refused, what was recorded before stays good. Raises KeyNotChanged."""
    kind = kind_of(files, key_id)
    if used(listed(files.own, kind)).id == key_id:
        raise KeyNotChanged(f"{key_id} in use", "another key in its place: `casebridge keys rotate`")
    files.write(files.own, with_said(files.public, kind, key_id, valid_until=until))


def revoke(files: KeyFiles, key_id: str, since: datetime | None) -> None:
    """It was stolen, and not before `since` if that is certain. One that waits is used at once in its place.

    Raises KeyNotChanged where the key is in use and none waits.
    """
    kind, own = kind_of(files, key_id), files.own
    if used(listed(own, kind)).id == key_id:
        if not any(key.waits for key in listed(own, kind)):
            raise KeyNotChanged(f"{key_id} in use", "a key that takes its place: `casebridge keys rotate`")
        own = with_used(own, [kind])
    elif any(key.id == key_id and key.waits for key in listed(own, kind)):
        raise KeyNotChanged(
            f"{key_id}, which waits", "one that was in use: `casebridge keys rotate --use` comes first"
        )
    said = {"revoked": True} if since is None else {"revoked_at": since}
    files.write(own, with_said(files.public, kind, key_id, **said))


def listed(keys: OwnKeys | TrustedKeys, kind: str) -> Any:
    return getattr(keys, kind)


def kind_of(files: KeyFiles, key_id: str) -> str:
    """Raises KeyNotChanged where the province has no such public key."""
    for kind in PUBLIC:
        if any(key.id == key_id for key in listed(files.public, kind)):
            return kind
    known = ", ".join(key.id for kind in PUBLIC for key in listed(files.public, kind))
    raise KeyNotChanged(key_id, f"a key of {files.province}: {known}")


def with_used(own: OwnKeys, kinds: Collection[str]) -> OwnKeys:
    changed = {
        kind: tuple(key.model_copy(update={"waits": False}) for key in listed(own, kind)) for kind in kinds
    }
    return own.model_copy(update=changed)


def with_said(public: TrustedKeys, kind: str, key_id: str, **said: Any) -> TrustedKeys:
    keys = tuple(key.model_copy(update=said) if key.id == key_id else key for key in listed(public, kind))
    return public.model_copy(update={kind: keys})
