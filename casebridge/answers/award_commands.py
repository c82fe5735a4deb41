"""Every command beside an arbitration and after its award."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from casebridge.answers.aid_commands import AT, Give, here
from casebridge.answers.sample_claims import amounts_of, claims_of, total_of
from law.book import Law
from schemas.codes import AdvanceClaim, AdvanceRefusal, Disputant, PostponementGround, SettingAsideGround
from schemas.ids import AgencyId, ExternalRef
from schemas.messages import Event
from services.mediation.domain import awarding_part, executing_in_advance, hearing, setting_aside
from services.mediation.domain.acts import Act
from services.mediation.domain.matter import Matter

COURT: Final = AgencyId("442071-court")
ABOVE: Final = AgencyId("442000-court")
DOCKET: Final = ExternalRef("粤2071-88")
WORKERS: Final = Disputant("worker")
LATER: Final = AT + timedelta(days=20)


def beside_arbitration(law: Law) -> dict[str, Give]:
    evidence = PostponementGround("evidence")
    return {
        "hearing: set_day": lambda m: hearing.set_day(m, here(m), LATER, noticed_at=AT, law=law),
        "hearing: ask_for_another": lambda m: hearing.ask_for_another(m, here(m), WORKERS, evidence, law),
        "hearing: postpone": lambda m: hearing.postpone(m, here(m)),
        "hearing: keep_day": lambda m: hearing.keep_day(m, here(m)),
        "hearing: hold": lambda m: hearing.hold(m, on_the_day(m), None),
        "awarding_part: award": lambda m: award_part(m, law, final=False),
        "awarding_part: award (final)": lambda m: award_part(m, law, final=True),
        "executing_in_advance: apply": lambda m: executing_in_advance.apply(
            m, here(m), claims_of(m), amounts_of(m), (AdvanceClaim("pay"),)
        ),
        "executing_in_advance: order": lambda m: executing_in_advance.order(
            m, here(m), claims_of(m), amounts_of(m), court=COURT, docket=DOCKET
        ),
        "executing_in_advance: refuse": lambda m: executing_in_advance.refuse(
            m, here(m), AdvanceRefusal("unclear")
        ),
        "setting_aside: apply": lambda m: setting_aside.apply(
            m, here(m), ABOVE, SettingAsideGround("procedure")
        ),
        "setting_aside: apply (a part)": lambda m: setting_aside.apply(
            m, here(m), ABOVE, SettingAsideGround("procedure"), 1
        ),
        "setting_aside: accept": lambda m: setting_aside.accept(m, here(m), DOCKET),
        "setting_aside: withdraw": lambda m: setting_aside.withdraw(m, here(m), law),
        "setting_aside: dismiss": lambda m: setting_aside.dismiss(m, here(m), DOCKET, law),
        "setting_aside: grant": lambda m: setting_aside.grant(m, here(m), DOCKET, served_at=AT, law=law),
        "setting_aside: accept (a part)": lambda m: setting_aside.accept(m, here(m), DOCKET, 1),
        "setting_aside: grant (a part)": lambda m: setting_aside.grant(
            m, here(m), DOCKET, served_at=AT, law=law, part=1
        ),
    }


def on_the_day(m: Matter) -> Act:
    """Whoever acts does so when the case is heard."""
    now = here(m)
    return Act(by=now.by, epoch=now.epoch, at=LATER)


def award_part(m: Matter, law: Law, *, final: bool) -> Sequence[Event]:
    return awarding_part.award(
        m, here(m), claims_of(m), amounts_of(m), total_of(m), final=final, received_at=AT, law=law
    )
