"""What a deployment does with keys: signs and verifies letters, seals and opens data, makes pseudonyms."""

import base64
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from secrets import token_hex
from typing import Any, ClassVar

from pydantic_core import from_json, to_json

from chassis.crypto import CannotOpen, StandardSuite, Suite
from chassis.errors import ChassisError
from chassis.key_files import (
    KeysRefused,
    OwnKeys,
    PublicKey,
    SecretKey,
    TrustedKeys,
    public_half,
    read_own_keys,
    read_trusted_keys,
    used,
)
from schemas.envelope import Record, Sealed, signed_bytes, with_signature
from schemas.ids import Province, Pseudonym

TEXT = b"casebridge text 1\0"
"""Before what is signed and is no letter, so that it never passes for one."""

RAW = b"casebridge raw"
"""The context of what is kept unread, so that it never passes for sealed data of a letter."""


@dataclass(eq=False)
class KeyNotHere(ChassisError):
    """Key {key_id} is not here: expected {expected}."""

    zh: ClassVar[str] = "本地没有密钥{key_id}：应为{expected}。"
    key_id: str
    expected: str


class Distrust(StrEnum):
    """Why a letter is not believed."""

    UNSIGNED = "unsigned"
    MALFORMED = "malformed"
    UNKNOWN_KEY = "unknown-key"
    """Perhaps a new key whose public half has not been put into the keys folder yet."""
    REVOKED = "revoked"
    OUT_OF_TIME = "out-of-time"
    """Recorded before the key was valid, or after it was retired."""
    NOT_THE_SOURCE = "not-the-source"
    """One province signed as another."""
    NOT_ADDRESSED_HERE = "not-addressed-here"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Verified:
    """A letter is from this province, byte for byte."""

    province: Province
    key_id: str


@dataclass(frozen=True, slots=True)
class Distrusted:
    """A letter is not believed. The detail never repeats its content."""

    reason: Distrust
    detail: str


@dataclass(frozen=True, slots=True)
class CaseKey:
    """The key of one case. Whoever erases it erases what it sealed."""

    id: str
    secret: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """Own keys of every province served, public keys of every province known."""

    own: Mapping[Province, OwnKeys]
    trusted: Mapping[Province, TrustedKeys]
    suite: Suite = field(default_factory=StandardSuite)

    # --- Letters ------------------------------------------------------------------------------------------

    def signing_key_of(self, province: Province) -> str:
        """The id of the key that letters are signed with now. Raises KeyNotHere."""
        return used(self._own(province).signing).id

    def sign_letter(
        self, record: Record, topic: str, province: Province, key_id: str | None = None
    ) -> Record:
        """The record as this province sends it to that topic. Raises KeyNotHere.

        It is signed with the key in use; one that is written again after a restore, with the key it had.
        """
        key_id = key_id or self.signing_key_of(province)
        key = _find(self._own(province).signing, key_id, f"a signing key of {province}")
        named = record._replace(headers=(*record.headers, ("ce_signedby", key_id.encode())))
        signature = self.suite.sign(key, signed_bytes(named, topic))
        return with_signature(named, base64.b64encode(signature).decode())

    def verify_letter(
        self, record: Record, topic: str, known_at: datetime | None = None
    ) -> Verified | Distrusted:
        """Whether a record found on the topic is from whom it says. Total: any bytes give an answer.

        `known_at`: when somebody else signed for having had it, which saves it from a later theft of its key.
        """
        headers = {name: raw for name, raw in record.headers if raw is not None}
        if "ce_signature" not in headers or "ce_signedby" not in headers:
            return Distrusted(Distrust.UNSIGNED, "found no signature, expected ce_signedby and ce_signature")
        if len(headers) != len(record.headers):
            return Distrusted(Distrust.MALFORMED, "found an empty or repeated header, expected each one once")
        if (signer := self._signer(_clear(headers["ce_signedby"]))) is None:
            return Distrusted(Distrust.UNKNOWN_KEY, "the key that signed it is in no public file")
        province, key = signer
        if key.stolen_by(known_at):
            return Distrusted(Distrust.REVOKED, f"key {key.id} of {province} is revoked")
        try:
            signature = _signature(_clear(headers["ce_signature"]))
            recorded = datetime.fromisoformat(_clear(headers.get("ce_recordedtime", b"")))
        except ValueError:
            return Distrusted(Distrust.MALFORMED, "found no base64 signature or no time of recording")
        if recorded.tzinfo is None:
            return Distrusted(Distrust.MALFORMED, "found a time of recording without a zone")
        if not self.suite.verify(key.key, signed_bytes(record, topic), signature):
            return Distrusted(
                Distrust.FORGED, f"the signature is not that of {key.id} over these bytes on {topic}"
            )
        if not headers.get("ce_source", b"").startswith(f"/cn{province}/".encode()):
            return Distrusted(Distrust.NOT_THE_SOURCE, f"{province} signed it, and the source is another")
        if headers.get("ce_destination") != topic.encode():
            return Distrusted(Distrust.NOT_ADDRESSED_HERE, f"expected the destination {topic}")
        if not key.valid_at(recorded):
            return Distrusted(Distrust.OUT_OF_TIME, f"key {key.id} was not valid when it was recorded")
        return Verified(province, key.id)

    def sign_text(self, text: bytes, province: Province) -> str:
        """The base64 signature of what is no letter, with the key in use. Raises KeyNotHere."""
        return _text(self.suite.sign(used(self._own(province).signing).key, TEXT + text))

    def verify_text(self, text: bytes, key_id: str, signature: str, at: datetime) -> Verified | Distrusted:
        """Whether somebody signed the text, by his own word at that moment. Total."""
        if (signer := self._signer(key_id)) is None:
            return Distrusted(Distrust.UNKNOWN_KEY, "the key that signed it is in no public file")
        province, key = signer
        if key.stolen_by(None):
            return Distrusted(Distrust.REVOKED, f"key {key.id} of {province} is revoked")
        try:
            genuine = self.suite.verify(key.key, TEXT + text, _signature(signature))
        except ValueError:
            return Distrusted(Distrust.MALFORMED, "found no base64 signature")
        if not genuine:
            return Distrusted(Distrust.FORGED, f"the signature is not that of {key.id} over these bytes")
        if not key.valid_at(at):
            return Distrusted(Distrust.OUT_OF_TIME, f"key {key.id} was not valid when it was signed")
        return Verified(province, key.id)

    def seal_for(self, province: Province, value: Any, aad: bytes) -> Sealed:
        """JSON that this province alone can open, in the context that `aad` names. Raises KeyNotHere."""
        key = self._letter_key(province)
        return Sealed(key_id=key.id, box=_text(self.suite.seal_for(key.key, _json(value), aad)))

    def open_letter(self, sealed: Sealed, province: Province, aad: bytes) -> Any:
        """What was sealed for this province. Raises KeyNotHere or CannotOpen."""
        key = _find(self._own(province).letters, sealed.key_id, f"a letter key of {province}")
        return from_json(self.suite.open_sealed(key, _raw(sealed), aad))

    def seal_raw(self, raw: bytes, province: Province) -> bytes:
        """Bytes that nobody could read, kept for this province. Raises KeyNotHere."""
        key = self._letter_key(province)
        return key.id.encode() + b" " + self.suite.seal_for(key.key, raw, RAW)

    def open_raw(self, sealed: bytes, province: Province) -> bytes:
        """What was kept so. Raises KeyNotHere or CannotOpen."""
        id, _, box = sealed.partition(b" ")
        key = _find(self._own(province).letters, id.decode(), f"a letter key of {province}")
        return self.suite.open_sealed(key, box, RAW)

    # --- Cases --------------------------------------------------------------------------------------------

    def new_case_key(self, province: Province) -> CaseKey:
        return CaseKey(f"{province}-c-{token_hex(8)}", self.suite.new_secret())

    def wrap_case_key(self, key: CaseKey, province: Province) -> Sealed:
        """The case's key, for the services of the province alone."""
        wrapping = used(self._own(province).wrapping)
        return Sealed(key_id=wrapping.id, box=_text(self.suite.wrap(wrapping.key, key.secret)))

    def unwrap_case_key(self, id: str, wrapped: Sealed, province: Province) -> CaseKey:
        """Raises KeyNotHere or CannotOpen."""
        wrapping = _find(self._own(province).wrapping, wrapped.key_id, f"a wrapping key of {province}")
        return CaseKey(id, self.suite.unwrap(wrapping, _raw(wrapped)))

    def seal(self, value: Any, case_key: CaseKey, aad: bytes) -> Sealed:
        """JSON under the case's key, in the context that `aad` names."""
        return Sealed(key_id=case_key.id, box=_text(self.suite.encrypt(case_key.secret, _json(value), aad)))

    def unseal(self, sealed: Sealed, case_key: CaseKey, aad: bytes) -> Any:
        """Raises KeyNotHere or CannotOpen."""
        if sealed.key_id != case_key.id:
            raise KeyNotHere(sealed.key_id, f"{case_key.id}, the key of the case")
        return from_json(self.suite.decrypt(case_key.secret, _raw(sealed), aad))

    def pseudonym(self, id_number: str, province: Province) -> Pseudonym:
        """The person as this province knows him; typing, spaces and a small x make no difference."""
        key = used(self._own(province).pseudonyms)
        normal = "".join(unicodedata.normalize("NFKC", id_number).split()).upper()
        digest = base64.urlsafe_b64encode(self.suite.mac(key.key, normal.encode())).rstrip(b"=")
        return Pseudonym(f"{key.id}.{digest.decode()}")

    # --- Keys ---------------------------------------------------------------------------------------------

    def _own(self, province: Province) -> OwnKeys:
        if province not in self.own:
            raise KeyNotHere(f"{province}.private", "a province that this deployment serves")
        return self.own[province]

    def _signer(self, key_id: str) -> tuple[Province, PublicKey] | None:
        for province, keys in self.trusted.items():
            for key in keys.signing:
                if key.id == key_id:
                    return province, key
        return None

    def _letter_key(self, province: Province) -> PublicKey:
        known = self.trusted[province].letters if province in self.trusted else ()
        usable = [key for key in known if not key.stolen_by(None)]
        if own := self.own.get(province):
            # A new key waits: another process of ours may not have read it yet.
            usable = [key for key in usable if key.id == used(own.letters).id]
        if not usable:
            raise KeyNotHere(f"{province}.public", "a usable public key of that province in the keys folder")
        return usable[-1]


def load_keyring(folder: Path, provinces: Collection[Province], suite: Suite | None = None) -> Keyring:
    """Own keys of the provinces, and every public file of the folder. Raises KeysRefused."""
    suite = suite or StandardSuite()
    own = {province: read_own_keys(folder, province, suite) for province in sorted(provinces)}
    trusted = read_trusted_keys(folder, suite)
    for province, keys in own.items():
        # Otherwise everybody would refuse our letters, or we could not open our own post.
        in_use = keys.model_copy(update={"signing": (used(keys.signing),), "letters": (used(keys.letters),)})
        half, known = public_half(in_use, suite), trusted.get(province)
        if not (known and half.signing[0].among(known.signing) and half.letters[0].among(known.letters)):
            raise KeysRefused(
                folder / f"{province}.public.json", "other keys", "those in use by the private file"
            )
    return Keyring(own=own, trusted=trusted, suite=suite)


def _find(keys: Collection[SecretKey], id: str, expected: str) -> bytes:
    for key in keys:
        if key.id == id:
            return key.key
    raise KeyNotHere(id, expected)


def _json(value: Any) -> bytes:
    return to_json(value)


def _text(box: bytes) -> str:
    return base64.b64encode(box).decode()


def _clear(raw: bytes) -> str:
    """A header as text, whatever its bytes are."""
    return raw.decode("utf-8", "replace")


def _signature(text: str) -> bytes:
    """Raises ValueError, also for a text that only means the same bytes: no byte may change unseen."""
    signature = base64.b64decode(text, validate=True)
    if base64.b64encode(signature).decode() != text:
        raise ValueError("base64 that is written otherwise")
    return signature


def _raw(sealed: Sealed) -> bytes:
    try:
        return base64.b64decode(sealed.box, validate=True)
    except ValueError:
        raise CannotOpen("a box that is not base64") from None
