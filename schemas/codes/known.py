"""A code: an open string, with the values that are known today worded in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from schemas.ids import Wording

CODE: Final = StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")


@dataclass(frozen=True, slots=True)
class Known:
    """Lists the known values of a code in its JSON Schema, without closing the list."""

    values: Mapping[str, Wording]

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(core), "x-known-values": list(self.values)}


def known(**wordings: tuple[str, str]) -> Mapping[str, Wording]:
    return {name.replace("_", "-"): Wording(*both) for name, both in wordings.items()}
