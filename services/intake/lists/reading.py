"""Reads a list of members: every wrong row is named, and then none of them joins."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final, NamedTuple

from pydantic import ValidationError

from services.intake.domain.capacity import FOR_A_MINOR, needs_agent
from services.intake.domain.errors import IntakeError
from services.intake.domain.person import NO_PAPER
from services.intake.lists.columns import BY_PLACE, COLUMNS, NOT_READ, Column
from services.intake.lists.sheets import NotAList, Rounded, lines_of
from services.intake.persons import MemberBody

MOST: Final = 1000
"""Members that one list may have, as an application."""

SHOWN: Final = 200
"""So many mistakes are named; all are counted."""


class Mistake(NamedTuple):
    """What is wrong in one cell. What was found may be personal: it is for who sent the list, for no log."""

    line: int
    column: str
    found: str
    expected: str


@dataclass(eq=False)
class ListRefused(IntakeError):
    """The list has {count} mistakes, the first in line {line}, column {column}. Nothing of it was taken."""

    zh: ClassVar[str] = "名单有 {count} 处错误，第一处在第 {line} 行 {column} 列。名单内容均未登记。"
    count: int
    line: int
    column: str
    mistakes: tuple[Mistake, ...] = field(repr=False)
    status: ClassVar[int] = 422

    @property
    def errors(self) -> list[dict[str, Any]]:
        """For the answer to who sent it."""
        return [each._asdict() for each in self.mistakes]


@dataclass
class Mistakes:
    """What is wrong in a list: the first ones, and how many there are."""

    shown: list[Mistake] = field(default_factory=list)
    count: int = 0

    def note(self, line: int, column: str, found: str, expected: str) -> None:
        self.count += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Mistake(line, column, found[:80] or "nothing", expected))

    def check(self) -> None:
        """Raises ListRefused if there was any."""
        if self.count:
            ordered = sorted(self.shown)
            raise ListRefused(self.count, ordered[0].line, ordered[0].column, tuple(ordered))


class Listed(NamedTuple):
    """A member, and where he stands in the list."""

    line: int
    member: MemberBody


def read_list(raw: bytes, on: date, mistakes: Mistakes | None = None) -> Sequence[Listed]:
    """The members of a list. Raises ListRefused, unless the mistakes are collected for more to come.

    Args:
        raw: the file as it was sent.
        on: the day on which they apply, by which their age is told.
        mistakes: where to note what is wrong.
    """
    found = Mistakes() if mistakes is None else mistakes
    listed: list[Listed] = []
    try:
        for line, cells in rows_of(raw, found):
            if member := member_of(line, cells, on, found):
                listed.append(Listed(line, member))
    except NotAList as error:
        found.note(error.line, "all", error.found, error.expected)
    check_once(listed, found)
    if not listed and not found.count:
        found.note(1, "all", "no member", "a row for each member")
    if len(listed) > MOST:
        found.note(listed[MOST].line, "all", f"{len(listed)} members", f"at most {MOST} in one list")
    if mistakes is None:
        found.check()
    return listed


def rows_of(
    raw: bytes, mistakes: Mistakes, known: Sequence[Column] = COLUMNS
) -> Iterator[tuple[int, Mapping[Column, str]]]:
    """The rows below the first line, which names the columns. Empty ones are passed over."""
    lines = lines_of(raw)
    _, header = next(lines, (1, []))
    columns = columns_of([cell.strip() for cell in header], mistakes, known)
    if columns is None:
        return
    for line, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(columns):
            mistakes.note(line, "all", f"{len(cells)} cells", f"{len(columns)} cells")
            continue
        yield line, {column: cell for column, cell in zip(columns, cells, strict=True) if column}


def columns_of(
    header: Sequence[str], mistakes: Mistakes, known: Sequence[Column]
) -> Sequence[Column | None] | None:
    """Which cell of a line is which column; None where it is not read, or as a whole if one is not known."""
    by_heading = {heading: column for column in known for heading in (column.name, *column.called)}
    named = [by_heading.get(heading) for heading in header]
    strange = [
        heading
        for heading, column in zip(header, named, strict=True)
        if column is None and heading and heading.lower() not in NOT_READ
    ]
    twice = {column.name for column in named if column and named.count(column) > 1}
    missing = [column.name for column in known if column.required and column not in named]
    if not (strange or twice or missing):
        return named
    found = ", ".join([*strange, *sorted(twice)]) or f"no {', '.join(missing)}"
    expected = ", ".join(f"{column.name} ({column.called[0]})" for column in known)
    mistakes.note(1, "all", found, f"each once, of the columns {expected}")
    return None


def member_of(line: int, cells: Mapping[Column, str], on: date, mistakes: Mistakes) -> MemberBody | None:
    """The member of a row; None if something is wrong with it."""
    before, said = mistakes.count, said_of(line, cells, mistakes)
    if mistakes.count > before:
        return None
    try:
        member = MemberBody.model_validate(said)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            column = column_at(each["loc"])
            expected = each["msg"].removeprefix("Value error, ").removeprefix("expected ")
            mistakes.note(line, column.name, cells.get(column, ""), expected)
        return None
    authority = member.agent.authority if member.agent else None
    if needs_agent(member.role, member.born_on, on=on) and authority not in FOR_A_MINOR:
        expected = f"who applies for a minor: {', '.join(sorted(FOR_A_MINOR))} (LAL-40)"
        mistakes.note(line, "agent_authority", authority or "nobody", expected)
        return None
    return member


def said_of(line: int, cells: Mapping[Column, str], mistakes: Mistakes) -> dict[str, Any]:
    """A member as JSON says him."""
    said: dict[str, Any] = {}
    for column, cell in cells.items():
        read = cell_of(line, column, cell, mistakes)
        if read == "":
            continue
        *outer, name = column.place
        inside = said.setdefault(outer[0], {}) if outer else said
        inside[name] = int(read) if name == "claim_fen" else read
    if "id_number" not in said and "id_kind" not in said:
        said["id_kind"] = NO_PAPER
    return said


def cell_of(line: int, column: Column, cell: str, mistakes: Mistakes) -> str:
    """The canonical text of a cell; empty if it is empty or wrong."""
    if isinstance(cell, Rounded):
        expected = "a cell formatted as text: of a number a spreadsheet keeps fifteen digits"
        mistakes.note(line, column.name, cell, expected)
        return ""
    try:
        return column.read(cell.strip())
    except ValueError as error:
        mistakes.note(line, column.name, cell, str(error))
        return ""


def column_at(place: tuple[int | str, ...]) -> Column:
    """The column that a mistake is about. What is wrong with a person as a whole is wrong with his number."""
    said = tuple(map(str, place))
    return BY_PLACE.get(said) or BY_PLACE.get((*said, "id_number")) or BY_PLACE["id_number",]


def check_once(listed: Sequence[Listed], mistakes: Mistakes) -> None:
    """A list names each person once."""
    first: dict[str, int] = {}
    for line, member in listed:
        known = first.setdefault(member.identity, line)
        if known != line:
            found = member.id_number or member.name
            mistakes.note(line, "id_number", found, f"each person once; line {known} has him too")
