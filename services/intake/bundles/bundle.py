"""Reads a bundle: every row that is wrong is named, and then nothing of it is imported."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chassis.agencies import Agencies
from schemas.ids import Province
from services.intake.bundles.files import Row, Wrong, bundle_of, rows_of, unpack
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Bundle
from services.intake.bundles.tables import (
    advance_executions,
    arbitration_reviews,
    cases,
    clocks,
    confirmations,
    consents,
    departures,
    documents,
    enforcement,
    history,
    inspections,
    limitation_acts,
    members,
    money,
    notarisations,
    objections,
    orders,
    representatives,
    setting_aside,
    suits,
)
from services.intake.lists.columns import Column

MOST: Final = 2000
"""Cases that one bundle may have: they share a transaction."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file of a bundle: its columns, and what becomes of a row."""

    columns: tuple[Column, ...]
    take: Callable[[Row, Reading], None]


TABLES: Final[Mapping[str, Table]] = {
    cases.FILE: Table(cases.COLUMNS, cases.take),
    members.FILE: Table(members.COLUMNS, members.take),
    departures.FILE: Table(departures.COLUMNS, departures.take),
    limitation_acts.FILE: Table(limitation_acts.COLUMNS, limitation_acts.take),
    history.FILE: Table(history.COLUMNS, history.take),
    representatives.FILE: Table(representatives.COLUMNS, representatives.take),
    objections.FILE: Table(objections.COLUMNS, objections.take),
    consents.FILE: Table(consents.COLUMNS, consents.take),
    confirmations.FILE: Table(confirmations.COLUMNS, confirmations.take),
    arbitration_reviews.FILE: Table(arbitration_reviews.COLUMNS, arbitration_reviews.take),
    notarisations.FILE: Table(notarisations.COLUMNS, notarisations.take),
    inspections.FILE: Table(inspections.COLUMNS, inspections.take),
    advance_executions.FILE: Table(advance_executions.COLUMNS, advance_executions.take),
    orders.FILE: Table(orders.COLUMNS, orders.take),
    setting_aside.FILE: Table(setting_aside.COLUMNS, setting_aside.take),
    suits.FILE: Table(suits.COLUMNS, suits.take),
    enforcement.FILE: Table(enforcement.COLUMNS, enforcement.take),
    clocks.FILE: Table(clocks.COLUMNS, clocks.take),
    money.FILE: Table(money.COLUMNS, money.take),
    documents.FILE: Table(documents.COLUMNS, documents.take),
}
"""In the order in which they are read: each names what the ones before it tell."""


def read_bundle(raw: bytes, province: Province, agencies: Agencies, now: datetime) -> Bundle:
    """The cases of a bundle, with what is wrong in its rows; how they fit is another question."""
    wrong = Wrong(TABLES)
    files, papers = unpack(raw, wrong)
    reading = Reading(wrong, province, agencies, now, papers)
    rows = Counter[str]()
    for file, table in TABLES.items():
        if file in files:
            for row in rows_of(files[file], table.columns, wrong.by_file[file]):
                table.take(row, reading)
                rows[file] += 1
    for case in reading.cases.values():
        # What was done on the day of the conclusion led to it.
        case.history.sort(key=lambda line: (line.act.at, line.act.code == "concluded"))
    documents.check_named(reading)
    if not reading.cases and not wrong.count:
        wrong.note(cases.FILE, 1, "all", "no case", "a row for each case")
    if len(reading.cases) > MOST:
        wrong.note(cases.FILE, 1, "all", f"{len(reading.cases)} cases", f"at most {MOST} in one bundle")
    return Bundle(bundle_of(files), reading.cases, rows, wrong)
