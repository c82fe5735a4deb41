"""`cases.csv`: one row a case."""

from datetime import datetime
from typing import Final

from chassis.cells import day, token, words
from schemas.codes import CASE_TYPES, CHANNELS, LANGUAGES, RELATIONS, WORKER_CLASSES
from schemas.ids import PROVINCES, AgencyId, ExternalRef
from services.intake.bundles.cells import CASE, DIVISION, employer_code, moment
from services.intake.bundles.files import Row
from services.intake.bundles.reading import Reading
from services.intake.bundles.running import Running
from services.intake.domain.standing import STAGES
from services.intake.lists.columns import PHONE, a, worded

FILE: Final = "cases.csv"

COLUMNS: Final = (
    CASE,
    a("agency", "承办机构", "The agency that has it, by its id in the directory.", token, required=True),
    a("issuer", "编号机构", "Whose number it is, where not the agency's.", token),
    a("received", "收到日期 申请日期", "When it was received; all begins there.", moment, required=True),
    a("stage", "阶段", "Where it stands; its history must say the same.", worded(STAGES), required=True),
    a("channel", "渠道", "Where the application came in.", worded(CHANNELS), required=True),
    a("home", "户籍地", "The worker's home, six digits of GB/T 2260.", DIVISION, required=True),
    a("work", "工作地", "Where the work was done, six digits.", DIVISION, required=True),
    a("case_type", "案件类型", "What is claimed.", worded(CASE_TYPES), required=True),
    a("worker_class", "劳动者类别", "Empty: a migrant worker.", worded(WORKER_CLASSES)),
    a("relation", "关系", "The relation to the employer; empty: not known yet.", worded(RELATIONS)),
    a("employer_code", "统一社会信用代码", "The employer's code, if it is known.", employer_code),
    a("employer_name", "用人单位", "The employer's name.", words(200, "a text")),
    a("language", "语言", "What the applicants speak best; empty: Chinese.", worded(LANGUAGES)),
    a("employment_ended_on", "离职日期", "The end of the employment.", day),
    a("pay_due_on", "应付日期", "When the pay was due.", day),
    a("known_on", "知道日期", "When they knew that a right was harmed.", day),
    a("injured_on", "受伤日期", "The accident.", day),
    a("contact_name", "联系人", "Who is called, if not the first member.", words(200, "a name")),
    a("contact_phone", "联系电话", "How.", PHONE),
    a("narrative", "案情", "What happened; sealed.", words(2000, "a text")),
)


def take(row: Row, reading: Reading) -> None:
    said, wrong, number = row.said, reading.wrong, row.said.get(CASE.name, "")
    if number in reading.cases or number in reading.broken:
        wrong.note(FILE, row.line, CASE.name, number, "each case once")
        return
    if not row.sound:
        reading.broken.add(number)
        return
    agency, received_at = AgencyId(said["agency"]), datetime.fromisoformat(said["received"])
    seat = reading.agencies.seats.get(agency)
    if seat is None or seat.division[:2] != reading.province:
        expected = f"an agency of {reading.province} that is in the directory"
        wrong.note(FILE, row.line, "agency", agency, expected)
    if said["work"][:2] not in PROVINCES or said["work"][:2] == "00":
        wrong.note(FILE, row.line, "work", said["work"], "a division of a province")
    reading.check_past(FILE, row.line, "received", received_at)
    issuer = AgencyId(said.get("issuer", agency))
    reading.cases[number] = Running(row.line, ExternalRef(number), issuer, agency, received_at, said)
