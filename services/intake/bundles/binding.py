"""Whom the agreement of a group binds, and since when: each member by his own consent."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from services.intake.bundles.running import ORDERED, Running, Told
from services.intake.domain.steps.inspection import DECIDED
from services.intake.domain.steps.suits import decides, decides_on_appeal


def bound(case: Running, agreement: int, at: datetime) -> Sequence[Told]:
    """Whom an agreement binds then; one that all signed binds all. Who has left since is among them."""
    if not case.by_consent(agreement):
        return case.present(case.agreed_at(agreement))
    return [told for told in case.members if binds(case, told, agreement, at)]


def binds(case: Running, told: Told, agreement: int, at: datetime) -> bool:
    """Whether he had consented to it by then, and nothing that was decided of him has taken its place."""
    since = case.consented_at(told, agreement)
    if since is None or since > at:
        return False
    return not any(since < decided_at <= at for decided_at in decided_apart(case, told))


def is_party(case: Running, told: Told, at: datetime) -> bool:
    """Whether what is decided then of all is of him, too: not if he had consented before then.

    Acts of one moment come before its consents. Who had left is party to nothing.
    """
    if told.gone(at):
        return False
    agreement = sum(agreed_at <= at for agreed_at in case.agreed) if case.answers else 0
    since = case.consented_at(told, agreement)
    return since is None or since >= at or not binds(case, told, agreement, at)


def bound_fen(case: Running, agreement: int, at: datetime) -> int:
    """What it owes in all then to those whom it binds."""
    return sum(told.owed_fen(agreement, at) for told in bound(case, agreement, at))


def consents(case: Running, agreement: int) -> Sequence[datetime]:
    """When members consented to it, each moment once."""
    found = {case.consented_at(told, agreement) for told in case.members}
    return sorted(at for at in found if at)


def decided_apart(case: Running, told: Told) -> Iterator[datetime]:
    """When courts decided in suits that were filed for him by name, and inspection on what he is to get."""
    his = {line.suit for line in case.history if told.id in (line.act.members or ())}
    for line in case.history if his else ():
        if line.suit in his and (decides(line.act) or decides_on_appeal(line.act)):
            yield line.act.at
    orders = {number for number, _ in told.fixed_in(ORDERED)}
    for act in case.acts if orders else ():
        if act.code == DECIDED and act.inspection in orders:
            yield act.at
