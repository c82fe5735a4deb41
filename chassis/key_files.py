"""The files that keys lie in: private ones of the provinces served, public ones of all."""

import base64
import os
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import Annotated, ClassVar, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Base64UrlBytes,
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
)

from chassis.crypto import CannotOpen, StandardSuite, Suite
from chassis.errors import ChassisError
from schemas.ids import Province

F = TypeVar("F", bound="KeyFile")
Raw = Annotated[Base64UrlBytes, Field(min_length=1)]
KeyId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,19}$")]


@dataclass(eq=False)
class KeysRefused(ChassisError):
    """{file}: found {found}, expected {expected}."""

    zh: ClassVar[str] = "{file}：实际为{found}，应为{expected}。"
    file: Path
    found: str
    expected: str


class SecretKey(BaseModel):
    """A key that nobody else has."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)
    id: KeyId
    key: Raw = Field(repr=False)
    waits: bool = False
    """Made, and not used until the others know it. It opens already what they seal for it."""


def used(keys: tuple[SecretKey, ...]) -> SecretKey:
    """The key in use. Raises ValueError where all wait."""
    for key in reversed(keys):
        if not key.waits:
            return key
    raise ValueError("a key that does not wait")


def _one_in_use(keys: tuple[SecretKey, ...]) -> tuple[SecretKey, ...]:
    used(keys)
    return keys


Secrets = Annotated[tuple[SecretKey, ...], Field(min_length=1), AfterValidator(_one_in_use)]


class PublicKey(BaseModel):
    """The public half of another's key."""

    model_config = ConfigDict(frozen=True)
    id: KeyId
    key: Raw
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    """Retired: what was recorded later is refused, what was recorded before stays good."""
    revoked: bool = False
    """Stolen: nothing that it signed is believed, whatever date it bears."""
    revoked_at: AwareDatetime | None = None
    """Stolen, and not before this moment: as `revoked`, but for what somebody else had signed for before."""

    def stolen_by(self, known_at: datetime | None) -> bool:
        """Whether what it signed may be the thief's. A thief can date back, so its own date says nothing.

        Args:
            known_at: when another key, that is good, signed for having had it; None if none did.
        """
        late = known_at is None or (self.revoked_at is not None and known_at >= self.revoked_at)
        return self.revoked or (self.revoked_at is not None and late)

    def valid_at(self, recorded: datetime) -> bool:
        """Dates that the signature covers, so that only the key's holder could have set them."""
        started = self.valid_from is None or self.valid_from <= recorded
        return started and (self.valid_until is None or recorded <= self.valid_until)

    def among(self, known: tuple["PublicKey", ...]) -> bool:
        """Whether others would use it for what it is."""
        return any((k.id, k.key, k.stolen_by(None)) == (self.id, self.key, False) for k in known)


class KeyFile(BaseModel):
    """What both kinds of file say."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)
    province: Province
    suite: str


class OwnKeys(KeyFile):
    """`<province>.private.json`. The last key of a list that does not wait is in use; all open and unwrap."""

    signing: Secrets
    letters: Secrets
    """Open what other provinces sealed for this one."""
    wrapping: Secrets
    """Wrap the keys of cases."""
    pseudonyms: Secrets


class TrustedKeys(KeyFile):
    """`<province>.public.json`, as that province gave it out. Sealed is for the last that is good."""

    signing: tuple[PublicKey, ...] = Field(min_length=1)
    letters: tuple[PublicKey, ...] = Field(min_length=1)


def create_keys(folder: Path, provinces: Collection[Province], suite: Suite | None = None) -> list[Province]:
    """Make the keys of the provinces that have none yet, private files readable by the owner alone.

    Existing keys are never replaced. Public files that are missing are written from the private ones. Returns
    the provinces for which keys were made.
    """
    suite = suite or StandardSuite()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = []
    for province in sorted(provinces):
        if not (private := _private(folder, province)).exists():
            write_keys(folder, new_keys(province, suite))
            made.append(province)
        if not _public(folder, province).exists():
            own = _read(private, OwnKeys, province, suite)
            write_keys(folder, public_half(own, suite))
    return made


def _private(folder: Path, province: Province) -> Path:
    return folder / f"{province}.private.json"


def _public(folder: Path, province: Province) -> Path:
    return folder / f"{province}.public.json"


def write_keys(folder: Path, keys: OwnKeys | TrustedKeys) -> None:
    """Into the file of that kind; a private one stays readable by the group that could read it."""
    if isinstance(keys, OwnKeys):
        file = _private(folder, keys.province)
        mode = file.stat().st_mode & 0o660 if file.exists() else 0o600
    else:
        file, mode = _public(folder, keys.province), 0o644
    write_whole(file, keys.model_dump_json(indent=2, exclude_none=True).encode() + b"\n", mode)


def new_keys(province: Province, suite: Suite) -> OwnKeys:
    def one(purpose: str, key: bytes) -> tuple[SecretKey, ...]:
        # The type decodes what it is given, also in Python.
        return (SecretKey(id=f"{province}-{purpose}-{token_hex(4)}", key=base64.urlsafe_b64encode(key)),)

    return OwnKeys(
        province=province,
        suite=suite.name,
        signing=one("s", suite.new_signing_key()),
        letters=one("l", suite.new_letter_key()),
        wrapping=one("w", suite.new_secret()),
        pseudonyms=one("p", suite.new_secret()),
    )


def read_trusted_keys(folder: Path, suite: Suite) -> dict[Province, TrustedKeys]:
    """Every public file of the folder. Raises KeysRefused."""
    provinces = [Province(file.name.partition(".")[0]) for file in sorted(folder.glob("*.public.json"))]
    trusted = {
        province: _read(_public(folder, province), TrustedKeys, province, suite) for province in provinces
    }
    for province, keys in trusted.items():
        with _of_right_form(_public(folder, province)):
            for key in keys.signing:
                suite.verify(key.key, b"", bytes(64))
            for key in keys.letters:
                suite.seal_for(key.key, b"", b"")
    return trusted


def public_half(keys: OwnKeys, suite: Suite) -> TrustedKeys:
    """What a province gives out of its keys."""

    def halves(secrets: tuple[SecretKey, ...], public: Callable[[bytes], bytes]) -> tuple[PublicKey, ...]:
        return tuple(PublicKey(id=s.id, key=base64.urlsafe_b64encode(public(s.key))) for s in secrets)

    return TrustedKeys(
        province=keys.province,
        suite=suite.name,
        signing=halves(keys.signing, suite.signing_public),
        letters=halves(keys.letters, suite.letter_public),
    )


def read_own_keys(folder: Path, province: Province, suite: Suite) -> OwnKeys:
    """Raises KeysRefused."""
    file = _private(folder, province)
    if not file.exists():
        raise KeysRefused(
            file, "nothing", f"the private keys of {province}; make them with `casebridge keys create`"
        )
    if file.stat().st_mode & 0o007:
        raise KeysRefused(file, "a file that everybody may read", "one for its owner and group alone")
    keys = _read(file, OwnKeys, province, suite)
    with _of_right_form(file):
        public_half(keys, suite)
        for secret in keys.wrapping:
            suite.unwrap(secret.key, suite.wrap(secret.key, suite.new_secret()))
    return keys


def _read(file: Path, kind: type[F], province: Province, suite: Suite) -> F:
    try:
        keys = kind.model_validate_json(file.read_bytes())
    except ValidationError as error:
        where = ", ".join(".".join(str(step) for step in e["loc"]) or "the whole" for e in error.errors())
        raise KeysRefused(
            file, f"something else at {where}", "keys as `casebridge keys create` writes them"
        ) from None
    if (keys.province, keys.suite) != (province, suite.name):
        raise KeysRefused(
            file, f"province {keys.province}, suite {keys.suite}", f"province {province}, suite {suite.name}"
        )
    return keys


@contextmanager
def _of_right_form(file: Path) -> Iterator[None]:
    """Keys are tried where they are read, so that a bad one stops the start and not a letter."""
    try:
        yield
    except (ValueError, CannotOpen):
        raise KeysRefused(
            file, "a key of a wrong form", "keys as `casebridge keys create` writes them"
        ) from None


def write_whole(file: Path, content: bytes, mode: int) -> None:
    """Whole or not at all, and never readable by more than `mode` says, not even for a moment."""
    draft = file.with_suffix(f".{token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    draft.replace(file)
