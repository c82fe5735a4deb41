"""Whether what was enforced had taken effect by then."""

from law.book import Law
from law.deadlines import day_of
from services.intake.bundles.limits import ends_of
from services.intake.bundles.running import Bundle, Running
from services.intake.domain.steps.enforcement import APPLIED, TITLES, Asked, leading_to


def fit_titles(case: Running, bundle: Bundle, law: Law) -> None:
    acts = case.acts
    if not any(act.code == APPLIED for act in acts):
        return
    ends, everybody = ends_of(case, law), frozenset(told.id for told in case.members)
    for place, (line, act) in enumerate(zip(case.steps, acts, strict=True)):
        if act.code != APPLIED or act.title is None:
            continue
        asked = Asked(act.at, ends, everybody)
        effect = TITLES[act.title](leading_to(act, acts[:place]), asked)
        if effect is None or effect > act.at:
            known = f"; it does on {day_of(effect)}" if effect else ""
            expected = f"what had taken effect by {day_of(act.at)}{known}"
            bundle.wrong.note(line.file, line.line, "title", act.title, expected)
