"""Until when one may sue over an award that a court set aside: the import says it of each."""

from datetime import datetime

from law.book import Law
from law.deadlines import day_of
from services.intake.bundles.limits import ends_of
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.rights import SUIT_ANEW
from services.intake.bundles.running import Running
from services.intake.domain.standing import limits_of
from services.intake.domain.steps.setting_aside import GRANTED


def warn_of_fallen(case: Running, law: Law, now: datetime, outlook: Outlook) -> None:
    fell = [line for line in case.steps if line.act.code == GRANTED]
    ends = ends_of(case, law) if fell else {}
    limits = limits_of(case.received_at, case.acts, case.relation) if fell else ()
    unused = {limit.started_at for limit in limits if limit.rule == SUIT_ANEW and limit.met_at is None}
    for line in fell:
        since = line.act.served_at or line.act.at
        if since in unused:
            due_at = ends[SUIT_ANEW, since]
            may = "may" if now <= due_at else "could"
            outlook.warnings.append(
                f"{line.file} line {line.line}: {case.number}, the award was set aside; "
                f"who has not sued over it {may} until {day_of(due_at)}."
            )
