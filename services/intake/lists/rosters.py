"""Reads a duty roster, as people keep them: one row a lawyer's time on duty, all of it or nothing."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from chassis.cells import each_one_of, matching, token
from law.deadlines import SHANGHAI
from schemas.codes import LANGUAGES, Language
from schemas.ids import AgencyId, Pseudonym, SiteId
from services.intake.domain.duty import Hours, Shift
from services.intake.lists.columns import a
from services.intake.lists.reading import Mistakes, cell_of, rows_of
from services.intake.lists.sheets import NotAList

MOST: Final = 1000
"""Rows that one roster may have."""

HOURS: Final = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)", re.ASCII)


def hours_of(text: str) -> tuple[Hours, ...]:
    """Hours of a day, separated by commas: `09:00-12:00,14:00-17:30`. Raises ValueError."""
    found = [HOURS.fullmatch(part.strip()) for part in re.split("[,，]", text) if part.strip()]
    parts = [match.groups() for match in found if match]
    if len(parts) < len(found):
        raise ValueError("hours of a day such as 09:00-12:00,14:00-17:30")
    return tuple(Hours(time(int(a), int(b)), time(int(c), int(d))) for a, b, c, d in parts)


def hours_in_words(hours: Sequence[Hours]) -> str:
    return ",".join(f"{each.begin:%H:%M}-{each.end:%H:%M}" for each in hours)


def moment(text: str) -> str:
    """A moment in China, to the minute."""
    try:
        return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI).isoformat()
    except ValueError:
        raise ValueError("a moment such as 2026-03-02 09:00") from None


COLUMNS: Final = (
    a("lawyer", "值班律师 律师", "The id under which the lawyer signs in; no name.", token, required=True),
    a("from", "开始 值班开始", "When his time on duty begins: 2026-03-02 09:00.", moment, required=True),
    a("to", "结束 值班结束", "When it ends.", moment, required=True),
    a("site", "网点 值班网点", "Where he is on duty; empty: for all of the agency.", token),
    a("languages", "语言", "What he speaks beside Mandarin, separated by spaces.", each_one_of(LANGUAGES)),
    a(
        "phone_window",
        "接听时段 接听时间",
        "When he answers the phone, of every day: 09:00-12:00,14:00-17:30. Empty: all the time.",
        lambda text: hours_in_words(hours_of(text)),
    ),
    a("withdrawn", "取消", "`yes` or `是` takes back what an earlier list said.", matching("yes|是", "yes")),
)


def read_roster(raw: bytes, agency: AgencyId) -> Sequence[tuple[Shift, bool]]:
    """The times on duty of a list, and whether each is taken back. Raises ListRefused."""
    mistakes, found = Mistakes(), []
    try:
        for line, cells in rows_of(raw, mistakes, COLUMNS):
            before = mistakes.count
            said = {column.name: cell_of(line, column, cell, mistakes) for column, cell in cells.items()}
            if mistakes.count == before:
                found.append((shift_of(said, agency), bool(said.get("withdrawn"))))
                if found[-1][0].begins >= found[-1][0].ends:
                    mistakes.note(line, "to", said["to"], "a moment after `from`")
    except NotAList as error:
        mistakes.note(error.line, "all", error.found, error.expected)
    if not found and not mistakes.count:
        mistakes.note(1, "all", "no lawyer", "a row for each time on duty")
    if len(found) > MOST:
        mistakes.note(1, "all", f"{len(found)} rows", f"at most {MOST} in one roster")
    mistakes.check()
    return found


def shift_of(said: dict[str, str], agency: AgencyId) -> Shift:
    return Shift(
        agency=agency,
        site=SiteId(said["site"]) if said.get("site") else None,
        lawyer=Pseudonym(said["lawyer"]),
        begins=datetime.fromisoformat(said["from"]),
        ends=datetime.fromisoformat(said["to"]),
        languages=tuple(Language(each) for each in said.get("languages", "").split()),
        phone=hours_of(said.get("phone_window", "")),
    )
