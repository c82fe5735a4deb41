"""What the explored product is given instead of secrets, a clock that runs, and a telemetry that costs."""

import base64
from datetime import datetime
from typing import Any

from pydantic_core import from_json, to_json

from chassis.clock import Clock
from chassis.keyring import CaseKey, Keyring
from schemas.envelope import Record, Sealed
from schemas.ids import Province, Pseudonym


class Standing(Clock):
    """A clock that shows what it is set to."""

    def __init__(self, moment: datetime) -> None:
        super().__init__()
        self.moment = moment

    def now(self) -> datetime:
        return self.moment


class GlassKeyring(Keyring):
    """Boxes of glass: sealed and signed in form, so that the same content always looks the same."""

    def sign_letter(
        self, record: Record, topic: str, province: Province, key_id: str | None = None
    ) -> Record:
        return record

    def signing_key_of(self, province: Province) -> str:
        return f"{province}-s-glass"

    def seal_for(self, province: Province, value: Any, aad: bytes) -> Sealed:
        return Sealed(key_id=f"{province}-l-glass", box=_glass(value))

    def open_letter(self, sealed: Sealed, province: Province, aad: bytes) -> Any:
        return _seen(sealed)

    def new_case_key(self, province: Province) -> CaseKey:
        return CaseKey(f"{province}-c-glass", b"")

    def wrap_case_key(self, key: CaseKey, province: Province) -> Sealed:
        return Sealed(key_id=f"{province}-w-glass", box="AAAA")

    def unwrap_case_key(self, id: str, wrapped: Sealed, province: Province) -> CaseKey:
        return CaseKey(id, b"")

    def seal(self, value: Any, case_key: CaseKey, aad: bytes) -> Sealed:
        return Sealed(key_id=case_key.id, box=_glass(value))

    def unseal(self, sealed: Sealed, case_key: CaseKey, aad: bytes) -> Any:
        return _seen(sealed)

    def pseudonym(self, id_number: str, province: Province) -> Pseudonym:
        return Pseudonym(f"{province}.somebody")


def _glass(value: Any) -> str:
    return base64.b64encode(to_json(value)).decode()


def _seen(sealed: Sealed) -> Any:
    return from_json(base64.b64decode(sealed.box))
