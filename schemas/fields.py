"""What the fields of messages are made of: who may see them, times, texts, sealed data."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, TypeAlias, TypeVar, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

T = TypeVar("T")


class Privacy(StrEnum):
    """Who may see a field."""

    PUBLIC = "public"
    """Partner agencies that subscribe to the event."""
    INTERNAL = "internal"
    """The services of the provinces concerned."""
    SEALED = "sealed"
    """Who holds the key."""


Public: TypeAlias = Annotated[T, Privacy.PUBLIC]
"""A field that partner agencies see."""

Internal: TypeAlias = Annotated[T, Privacy.INTERNAL]
"""A field for the services alone, as every field is that says nothing."""


def _in_utc(time: datetime) -> datetime:
    try:
        return time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("time lies outside of the years 1 to 9999 in UTC") from error


UtcTime = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A moment, aware and in UTC; RFC 3339 with `Z` when written."""

Few: TypeAlias = Annotated[tuple[T, ...], Field(max_length=64)]
"""A short list in an order that means something."""

Detail = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[ -~]+$")]
"""What a machine found and expected, in printable ASCII. No clear field takes text that a person wrote."""


class Value(BaseModel):
    """A value inside a message: frozen, strict about types, deaf to fields that it does not know."""

    # Strict, so that a number never passes for a time or a text for an amount. Errors are hidden from their
    # input because they end in logs. Built when first needed: a service reads and writes some of them alone.
    model_config = ConfigDict(
        defer_build=True,
        frozen=True,
        strict=True,
        extra="ignore",
        use_attribute_docstrings=True,
        hide_input_in_errors=True,
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Mark every property with who may see it."""
        schema = handler(core)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        for name, described in properties.items():
            described["x-privacy"] = privacy_of(cls, name).value
        return schema


class Sealed(Value):
    """Data that only the holder of a key can read."""

    key_id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    """The key that opens the box: the case's, or in letters the addressee province's."""
    box: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9+/]+={0,2}$", max_length=700_000)]
    """Nonce and ciphertext, in base64."""


def privacy_of(kind: type[BaseModel], name: str) -> Privacy:
    """Who may see the field of that name."""
    field = kind.model_fields[name]
    if kind is Sealed or Sealed in (field.annotation, *get_args(field.annotation)):
        return Privacy.SEALED
    return next((mark for mark in field.metadata if isinstance(mark, Privacy)), Privacy.INTERNAL)
