"""What trace counts for statistics, as it is kept, is what its steps come to."""

from sqlalchemy.ext.asyncio import AsyncConnection

from casebridge.audit.report import Report, Rule
from chassis.service import Service
from services.trace.summing import differing_cases, differing_days, keep_counts


async def check_sums(service: Service, connection: AsyncConnection, report: Report) -> None:
    """Count all cases again, and compare them and the sums of the days. Other services keep none."""
    if service.adds_up is not keep_counts:
        return
    for province, case_id in await differing_cases(connection):
        report.add(Rule.SUMS, f"trace: cn{province} case {case_id}", "counted otherwise than its steps say")
    for province, day in await differing_days(connection):
        report.add(Rule.SUMS, f"trace: cn{province} {day}", "the sums are not those of the cases")
