"""Whether the files of a bundle fit one another: stages and histories, time limits, sums of money."""

from datetime import datetime

from law.book import Law
from schemas.ids import Province
from services.intake.bundles.advancing import fit_advances
from services.intake.bundles.consenting import fit_consents
from services.intake.bundles.fallen import warn_of_fallen
from services.intake.bundles.inspecting import fit_inspections
from services.intake.bundles.leaving import fit_departures
from services.intake.bundles.limits import fit_clocks
from services.intake.bundles.outlook import Outlook
from services.intake.bundles.reviews import fit_reviews
from services.intake.bundles.rights import fit_rights
from services.intake.bundles.running import MOST_OF_A_KIND, Bundle, Running
from services.intake.bundles.schedule import fit_schedule
from services.intake.bundles.speaking import fit_representatives
from services.intake.bundles.sums import fit_money
from services.intake.bundles.titles import fit_titles
from services.intake.domain.standing import STAGES, stage_of, wrong_with


def fit(bundle: Bundle, province: Province, law: Law, now: datetime) -> Outlook:
    """Note all that does not fit; say what else there is to know."""
    outlook = Outlook()
    for case in bundle.cases.values():
        work = case.said["work"]
        local = law.in_region(work if work[:2] == province else province)
        fit_history(case, bundle)
        fit_departures(case, bundle)
        fit_representatives(case, bundle, now, outlook)
        fit_consents(case, bundle)
        fit_money(case, bundle)
        fit_inspections(case, bundle, now, outlook)
        fit_advances(case, bundle)
        fit_clocks(case, bundle, local, now, outlook)
        fit_rights(case, bundle, local)
        warn_of_fallen(case, local, now, outlook)
        fit_reviews(case, bundle, local)
        fit_titles(case, bundle, local)
        fit_schedule(case, bundle, now, outlook)
        outlook.stages[case.said["stage"]] += 1
    return outlook


def fit_history(case: Running, bundle: Bundle) -> None:
    wrong = bundle.wrong
    if not case.members:
        wrong.note("cases.csv", case.line, "number", case.number, "a member in members.csv")
    if len(case.steps) > MOST_OF_A_KIND:
        expected = f"at most {MOST_OF_A_KIND} acts of a case beside its notes"
        wrong.note("cases.csv", case.line, "number", str(len(case.steps)), expected)
    acts = case.acts
    for place, name, expected in wrong_with(acts):
        found = acts[place].code if name == "act" else str(getattr(acts[place], name, None) or "")
        line = case.steps[place]
        wrong.note(line.file, line.line, line.columns.get(name, name), found, expected)
    if (stage := stage_of(acts)) != case.said["stage"]:
        expected = f"{stage} ({STAGES[stage].zh}), by its history"
        wrong.note("cases.csv", case.line, "stage", case.said["stage"], expected)
