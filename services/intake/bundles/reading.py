"""What was read of a bundle so far, and what every table asks of it."""

from datetime import datetime

from chassis.agencies import Agencies
from schemas.ids import AgencyId, Province
from services.intake.bundles.cells import CASE
from services.intake.bundles.files import Row, Wrong
from services.intake.bundles.running import Running


class Reading:
    """What was read so far."""

    def __init__(self, wrong: Wrong, province: Province, agencies: Agencies, now: datetime) -> None:
        self.cases: dict[str, Running] = {}
        self.wrong = wrong
        self.province = province
        self.agencies = agencies
        self.broken: set[str] = set()
        """Cases whose own row is wrong: their other rows are not blamed for it."""
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
