"""How the cells of a bundle are read, and the column that every table has: which case a row is about."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError as NotAStandardNumber

from chassis.cells import Read, matching
from law.deadlines import SHANGHAI, end_of
from schemas.ids import Wording
from services.intake.domain.external import written_number
from services.intake.lists.columns import a

YES: Final[Mapping[str, Wording]] = {"yes": Wording("是", "yes"), "no": Wording("否", "no")}

MOMENT: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?", re.ASCII)


def moment(text: str) -> str:
    """A day, which begins at midnight, or a moment; in the time of China."""
    return read_moment(text, ends=False)


def ending(text: str) -> str:
    """The same of an end: a day ends with its last second."""
    return read_moment(text, ends=True)


def a_moment(text: str) -> str:
    """One of them: what the row is about says which."""
    read_moment(text, ends=False)
    return text


def read_moment(text: str, *, ends: bool) -> str:
    found = MOMENT.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        if found[2] is None and ends:
            return end_of(date.fromisoformat(found[1])).isoformat()
        return (
            datetime.fromisoformat(f"{found[1]}T{found[2] or '00:00'}").replace(tzinfo=SHANGHAI).isoformat()
        )
    except ValueError:
        raise ValueError("a day such as 2026-03-01, or a moment such as 2026-03-01 09:30") from None


def case_number(text: str) -> str:
    """As the earlier system writes it; nothing that names a person passes for one."""
    number = matching(NUMBER, "a number with at least one digit, without spaces")(text)
    return str(written_number(number))  # type: ignore[arg-type]


def employer_code(text: str) -> str:
    try:
        return str(uscc.validate(text))
    except NotAStandardNumber:
        raise ValueError("a unified social credit code of 18 characters; a digit may be wrong") from None


NUMBER: Final = r"[\u4e00-\u9fffA-Za-z()（）〔〕._/-]*[0-9][\u4e00-\u9fff0-9A-Za-z()（）〔〕._/-]{0,39}"
DIVISION: Final = matching(r"\d{6}", "six digits of GB/T 2260")
RULE: Final[Read] = matching(r"[a-z][a-z0-9-]{0,63}", "the id of a rule, as `casebridge law list` shows it")
PART: Final[Read] = matching(r"[1-9]|[1-5]\d|6[0-4]", "a number from 1 to 64")
CASE: Final = a(
    "number", "原案号 案号", "The case, as the earlier system numbers it.", case_number, required=True
)
