"""Imports the cases of a bundle: checked as a whole, then all of them become cases here, or none does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.unit_of_work import UnitOfWork
from law.deadlines import day_of
from schemas.ids import BundleId, CaseNumber, ExternalRef
from services.intake import repository
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.running import Bundle, Running
from services.intake.domain.case import Case
from services.intake.domain.errors import IntakeError
from services.intake.importing.papers import Papers
from services.intake.importing.report import Report, report_of
from services.intake.importing.writing import Writing


@dataclass(eq=False)
class ImportedAlready(IntakeError):
    """All {cases} cases of this bundle are here: import {bundle} brought them at {at}. Nothing to do."""

    zh: ClassVar[str] = "该导入包的 {cases} 个案件已于 {at} 由导入 {bundle} 全部导入，无需再次导入。"
    bundle: BundleId
    at: datetime
    cases: int


async def import_bundle(
    bundle: Bundle,
    outlook: Outlook,
    papers: Papers,
    connection: AsyncConnection,
    units: Sequence[UnitOfWork],
    *,
    keep: bool,
) -> Report:
    """Begin all cases of the bundle. Raises ImportedAlready, BundleRefused.

    Args:
        papers: their documents, as they lie in the store.
    """
    pairs = list(zip(bundle.cases.values(), units, strict=True))
    check_new(bundle, pairs)
    bundle.wrong.check()
    writings = [Writing(case, uow, bundle.id) for case, uow in pairs]
    await note_repeated(writings, outlook, connection)
    numbers: Sequence[CaseNumber | None] = [None] * len(writings)
    if keep:
        years = [(uow.province, day_of(case.received_at).year) for case, uow in pairs]
        numbers = given = await repository.next_case_numbers(connection, years)
        for writing, number in zip(writings, given, strict=True):
            writing.write(number, papers.get(writing.uow.case_id, ()))
    return report_of(bundle, outlook, numbers, keep=keep)


def check_new(bundle: Bundle, pairs: Sequence[tuple[Running, UnitOfWork]]) -> None:
    """Nothing is imported twice. Raises ImportedAlready."""
    known = [(case, found) for case, uow in pairs if (found := uow.find(Case, uow.case_id))]
    origins = [found.facts.imported for _, found in known]
    first = origins[0] if origins else None
    brought = {each and (each.bundle, each.at) for each in origins}
    if first and len(known) == len(pairs) and len(brought) == 1:
        raise ImportedAlready(bundle=first.bundle, at=first.at, cases=len(known))
    for case, found in known:
        origin = found.facts.imported
        by = f"import {origin.bundle} brought it as" if origin else "it is"
        expected = f"a case that is not here yet; {by} {found.facts.number}"
        bundle.wrong.note("cases.csv", case.line, "number", case.number, expected)


async def note_repeated(writings: Sequence[Writing], outlook: Outlook, connection: AsyncConnection) -> None:
    """Warn of cases here that may be the same, and of two of the bundle that may be."""
    found = await repository.find_repeated(connection, [writing.matter for writing in writings])
    first: dict[tuple[str, str, str], ExternalRef] = {}
    for writing, known in zip(writings, found, strict=True):
        case, matter = writing.case, writing.matter
        if known:
            outlook.warnings.append(
                f"cases.csv line {case.line}: {case.number} may be the case {known.number}, which is here."
            )
        key = (matter.worker, matter.employer, matter.case_type)
        other = first.setdefault(key, case.number)
        if other != case.number:
            outlook.warnings.append(
                f"cases.csv line {case.line}: {case.number} may be the same case as {other}."
            )
