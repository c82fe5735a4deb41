"""The cryptographic operations that the runtime needs: a small interface, and the standard suite."""

import hmac
import os
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke, keywrap
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from chassis.errors import ChassisError


@dataclass(eq=False)
class CannotOpen(ChassisError):
    """{what} cannot be opened: another key, another place than it was made for, or changed bytes."""

    zh: ClassVar[str] = "无法打开{what}：密钥不同、位置不符或者内容已被改动。"
    what: str


class Suite(Protocol):
    """What a set of algorithms offers.

    A key is opaque bytes: the key itself, or the handle by which a hardware module knows it. Context says
    what a box is for; it is authenticated, not hidden. Opening raises CannotOpen and never tells the content.
    """

    name: str
    """Stands in the key files, so that two suites are never confused."""

    def new_secret(self) -> bytes:
        """A key for `encrypt`, `wrap` or `mac`."""
        ...

    def new_signing_key(self) -> bytes: ...

    def signing_public(self, private: bytes) -> bytes: ...

    def new_letter_key(self) -> bytes:
        """The private key that opens what was sealed for its public half."""
        ...

    def letter_public(self, private: bytes) -> bytes: ...

    def encrypt(self, key: bytes, plain: bytes, context: bytes) -> bytes: ...

    def decrypt(self, key: bytes, box: bytes, context: bytes) -> bytes: ...

    def wrap(self, key: bytes, secret: bytes) -> bytes:
        """Encrypt one key under another."""
        ...

    def unwrap(self, key: bytes, wrapped: bytes) -> bytes: ...

    def seal_for(self, public: bytes, plain: bytes, context: bytes) -> bytes: ...

    def open_sealed(self, private: bytes, box: bytes, context: bytes) -> bytes: ...

    def mac(self, key: bytes, message: bytes) -> bytes: ...

    def sign(self, private: bytes, message: bytes) -> bytes: ...

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool: ...


class StandardSuite:
    """AES-256-GCM, AES key wrap (RFC 3394), HPKE (RFC 9180) on X25519, HMAC-SHA-256, Ed25519."""

    name = "standard"
    _nonce_bytes = 12
    _hpke = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    _most_parsed = 128
    """Keys of a kind: some for each province. Whoever has the suite has their bytes as well."""

    def __init__(self) -> None:
        # To parse a private key is to compute its public half, which costs as much as signing. Whether a key
        # may be used is asked elsewhere, and every time.
        self._signing_key = lru_cache(self._most_parsed)(Ed25519PrivateKey.from_private_bytes)
        self._verifying_key = lru_cache(self._most_parsed)(Ed25519PublicKey.from_public_bytes)
        self._opening_key = lru_cache(self._most_parsed)(X25519PrivateKey.from_private_bytes)
        self._sealing_key = lru_cache(self._most_parsed)(X25519PublicKey.from_public_bytes)

    def new_secret(self) -> bytes:
        return AESGCM.generate_key(256)

    def new_signing_key(self) -> bytes:
        return Ed25519PrivateKey.generate().private_bytes_raw()

    def signing_public(self, private: bytes) -> bytes:
        return self._signing_key(private).public_key().public_bytes_raw()

    def new_letter_key(self) -> bytes:
        return X25519PrivateKey.generate().private_bytes_raw()

    def letter_public(self, private: bytes) -> bytes:
        return self._opening_key(private).public_key().public_bytes_raw()

    def encrypt(self, key: bytes, plain: bytes, context: bytes) -> bytes:
        # Random nonces are safe here: a key serves one case, far below the 2**32 boxes of SP 800-38D.
        nonce = os.urandom(self._nonce_bytes)
        return nonce + AESGCM(key).encrypt(nonce, plain, context)

    def decrypt(self, key: bytes, box: bytes, context: bytes) -> bytes:
        nonce, sealed = box[: self._nonce_bytes], box[self._nonce_bytes :]
        try:
            return AESGCM(key).decrypt(nonce, sealed, context)
        except (InvalidTag, ValueError):
            raise CannotOpen("a box") from None

    def wrap(self, key: bytes, secret: bytes) -> bytes:
        return keywrap.aes_key_wrap(key, secret)

    def unwrap(self, key: bytes, wrapped: bytes) -> bytes:
        try:
            return keywrap.aes_key_unwrap(key, wrapped)
        except (keywrap.InvalidUnwrap, ValueError):
            raise CannotOpen("a wrapped key") from None

    def seal_for(self, public: bytes, plain: bytes, context: bytes) -> bytes:
        # The context goes into HPKE's `info`: with one message per encapsulation it binds as well as `aad`.
        return self._hpke.encrypt(plain, self._sealing_key(public), context)

    def open_sealed(self, private: bytes, box: bytes, context: bytes) -> bytes:
        try:
            return self._hpke.decrypt(box, self._opening_key(private), context)
        except (InvalidTag, ValueError):
            raise CannotOpen("a sealed letter") from None

    def mac(self, key: bytes, message: bytes) -> bytes:
        return hmac.digest(key, message, "sha256")

    def sign(self, private: bytes, message: bytes) -> bytes:
        return self._signing_key(private).sign(message)

    def verify(self, public: bytes, message: bytes, signature: bytes) -> bool:
        try:
            self._verifying_key(public).verify(signature, message)
        except InvalidSignature:
            return False
        return True
