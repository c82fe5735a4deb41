"""What was read of a bundle so far, and what every table asks of it."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from chassis.agencies import Agencies
from chassis.ids import uuid7
from schemas.ids import AgencyId, MemberId, Province
from services.intake.bundles.cells import CASE
from services.intake.bundles.files import Row, Wrong
from services.intake.bundles.running import Running, Told


class Reading:
    """What was read so far."""

    def __init__(
        self,
        wrong: Wrong,
        province: Province,
        agencies: Agencies,
        now: datetime,
        documents: Mapping[str, bytes],
    ) -> None:
        self.cases: dict[str, Running] = {}
        self.wrong = wrong
        self.province = province
        self.agencies = agencies
        self.broken: set[str] = set()
        """Cases whose own row is wrong: their other rows are not blamed for it."""
        self.documents = documents
        self.named: set[str] = set()
        """The documents that a row names."""
        self._now = now

    def case_of(self, file: str, row: Row) -> Running | None:
        """The case of a row that nothing is wrong with."""
        number = row.said.get(CASE.name, "")
        if number and number not in self.cases and number not in self.broken:
            self.wrong.note(file, row.line, CASE.name, number, "a case of cases.csv")
        return self.cases.get(number) if row.sound else None

    def check_past(self, file: str, line: int, column: str, at: datetime) -> None:
        if at > self._now:
            self.wrong.note(file, line, column, str(at), "what has happened already")

    def check_done(self, file: str, line: int, column: str, at: datetime, case: Running) -> None:
        """Something was done in the case then."""
        self.check_past(file, line, column, at)
        if at < case.received_at:
            self.wrong.note(file, line, column, str(at), "nothing before the case was received")

    def check_agencies(self, file: str, row: Row, *columns: str) -> None:
        """Who is named is known here."""
        for column in columns:
            if column in row.said and AgencyId(row.said[column]) not in self.agencies.seats:
                expected = "an agency that is in the directory"
                self.wrong.note(file, row.line, column, row.said[column], expected)

    def member_in(self, case: Running, file: str, row: Row) -> Told | None:
        """The member of the case whom a row names."""
        return self._member(case, file, row, "member", row.said.get("member", ""))

    def members_in(self, case: Running, file: str, row: Row, at: datetime) -> frozenset[MemberId] | None:
        """Those whom a row names, of the several who are there then; None if it names nobody, or all."""
        found = self.named_in(case, file, row)
        for told in found:
            if told.gone(at):
                self.wrong.note(file, row.line, "members", told.body.name, "nobody who had left by then")
        named = frozenset(told.id for told in found)
        return named if 0 < len(named) < len(case.present(at)) else None

    def named_in(self, case: Running, file: str, row: Row) -> Sequence[Told]:
        """Those whom a row names."""
        names = (name.strip() for name in re.split("[;；、]", row.said.get("members", "")))
        found = (self._member(case, file, row, "members", name) for name in names if name)
        return [told for told in found if told]

    def new_member_id(self) -> MemberId:
        """Members are in the order of their rows."""
        return MemberId(uuid7(self._now))

    def _member(self, case: Running, file: str, row: Row, column: str, named: str) -> Told | None:
        found = case.called(named)
        if len(found) != 1:
            expected = "the ID number of a member of the case, or a name that one of them has"
            self.wrong.note(file, row.line, column, named, expected)
            return None
        return found[0]
