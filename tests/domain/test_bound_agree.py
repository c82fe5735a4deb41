"""What is due to whom an imported agreement binds: intake checks of it what mediation counts."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from schemas.matters import Instalment
from services.intake.bundles.binding import bound_fen
from services.intake.bundles.running import AGREED, Answer, Running
from services.intake.bundles.schedule import due_by
from services.mediation.domain.agreement import Agreement
from tests.services.bundles import Old
from tests.services.checking import NOW, checked

DUE = NOW + timedelta(days=1)


def group() -> Running:
    """Ten who were offered something."""
    old = Old(NOW)
    old.case("G-1", "submitted", 2, members=10)
    return checked(old)[0].cases["G-1"]


@given(
    offered=st.lists(st.integers(0, 999), min_size=10, max_size=10),
    consented=st.lists(st.booleans(), min_size=10, max_size=10),
    first=st.integers(0, 100),
)
def test_both_services_say_the_same_of_what_was_due(
    offered: list[int], consented: list[bool], first: int
) -> None:
    case, agreed_fen = group(), sum(offered)
    for told, fen, willing in zip(case.members, offered, consented, strict=True):
        told.due_fen[AGREED, 1] = fen
        case.answers[1][told.id] = Answer(line=2, consented_at=NOW if willing else None, refused_at=None)
    bound = sum(fen for fen, willing in zip(offered, consented, strict=True) if willing)
    parts = [agreed_fen * first // 100, agreed_fen - agreed_fen * first // 100]
    agreement = Agreement(
        agreed_at=NOW,
        agreed_fen=agreed_fen,
        instalments=tuple(Instalment(due_at=DUE, amount_fen=fen) for fen in parts if fen),
        by_consent=True,
        consents=sum(consented),
        bound_fen=bound,
    )

    assert bound_fen(case, 1, DUE) == bound
    up_to = 0
    for number, each in enumerate(agreement.instalments, 1):
        up_to += each.amount_fen
        assert due_by(case, 1, up_to, DUE) == agreement.due_fen(number)
