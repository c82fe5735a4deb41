"""Whether what was enforced had taken effect by then."""

from collections.abc import Sequence
from datetime import datetime

from law.book import Law
from law.deadlines import day_of
from schemas.ids import MemberId
from schemas.past import PastAct
from services.intake.bundles.binding import is_party
from services.intake.bundles.limits import ends_of
from services.intake.bundles.running import Bundle, Running
from services.intake.domain.steps.arbitration import award_of
from services.intake.domain.steps.enforcement import APPLIED, TITLES, Asked, leading_to


def fit_titles(case: Running, bundle: Bundle, law: Law) -> None:
    acts = case.acts
    if not any(act.code == APPLIED for act in acts):
        return
    ends = ends_of(case, law)
    for place, (line, act) in enumerate(zip(case.steps, acts, strict=True)):
        if act.code != APPLIED or act.title is None:
            continue
        done = leading_to(act, acts[:place])
        asked = Asked(act.at, ends, parties_of(case, done, act.at))
        effect = TITLES[act.title](done, asked)
        if effect is None or effect > act.at:
            known = f"; it does on {day_of(effect)}" if effect else ""
            expected = f"what had taken effect by {day_of(act.at)}{known}"
            bundle.wrong.note(line.file, line.line, "title", act.title, expected)


def parties_of(case: Running, done: Sequence[PastAct], asked_at: datetime) -> frozenset[MemberId]:
    """Whom the award is about: all who are there, but those of a group whom its agreement bound by then."""
    made = next((act.at for act in done if award_of(act)), None)
    return frozenset(told.id for told in case.present(asked_at) if made is None or is_party(case, told, made))
