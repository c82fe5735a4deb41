"""`objections.csv`: one row an objection to a refusal or a termination, which stand in `history.csv`."""

from typing import Final

from chassis.agencies import Agencies
from chassis.cells import token
from schemas.codes import OBJECTION_RESULTS
from schemas.ids import AgencyId
from services.intake.bundles.cells import CASE, moment
from services.intake.bundles.dated import Dated, take_proceeding
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.lists.columns import a, worded

FILE: Final = "objections.csv"
JUSTICE_BUREAU: Final = "justice-bureau"

COLUMNS: Final = (
    CASE,
    a("bureau", "司法行政部门 司法局", "The justice bureau over the agency.", token, required=True),
    a("received", "收到日期", "When the bureau received the objection.", moment, required=True),
    a("decided", "处理日期", "When it decided.", moment),
    a("result", "处理结果", "How.", worded(OBJECTION_RESULTS)),
)

ACTS: Final = (
    Dated("received", "objection-filed", {"body": "bureau"}),
    Dated("decided", "objection-decided", {"objection": "result"}),
)


def take(row: Row, reading: Reading) -> None:
    case = take_proceeding(FILE, row, reading, ACTS)
    if case and not decides(AgencyId(row.said["bureau"]), case.agency, reading.agencies):
        expected = f"a justice bureau over {case.agency} (LAL-49)"
        reading.wrong.note(FILE, row.line, "bureau", row.said["bureau"], expected)


def decides(bureau: AgencyId, agency: AgencyId, agencies: Agencies) -> bool:
    """Whether a bureau is that of the agency's division, or of one around it (Legal Aid Law Art. 49)."""
    found, under = agencies.seats.get(bureau), agencies.seats.get(agency)
    if found is None or under is None or found.kind != JUSTICE_BUREAU:
        return False
    division = under.division
    return found.division in (division, f"{division[:4]}00", f"{division[:2]}0000")
