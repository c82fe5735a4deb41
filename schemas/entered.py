"""What a person enters must be a known code: the lists are open for readers, not for typing errors."""

from collections.abc import Mapping

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from schemas.ids import Wording


def entered(known: Mapping[str, Wording]) -> AfterValidator:
    """For a field of a request: `Annotated[CaseType, entered(CASE_TYPES)]`."""

    def check(code: str) -> str:
        if code not in known:
            raise PydanticCustomError("unknown_code", "expected one of {known}", {"known": ", ".join(known)})
        return code

    return AfterValidator(check)
