"""The keys under which a province seals the data of a case. Topic `keys`, compacted by case."""

from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints

from schemas.codes import ErasureCode
from schemas.fields import Few
from schemas.messages import Event

KeyId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
"""A key."""


class KeysIssued(Event, type="casebridge.keys.issued.v1"):
    """The case has a key, made by the first service that had something to seal."""

    key_id: KeyId
    """The key; `Sealed.key_id` names it."""
    wrapped: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=4096)]
    """The key itself, in base64, encrypted for the services of the province."""
    wrapped_with: KeyId
    """The key of the province that unwraps it."""


class KeysErased(Event, type="casebridge.keys.erased.v1"):
    """The keys of the case are destroyed, and with them whatever was sealed under them, everywhere."""

    key_ids: Few[KeyId]
    """All keys that the case had."""
    because: ErasureCode
    """Why."""


KeyEvent: TypeAlias = KeysIssued | KeysErased
