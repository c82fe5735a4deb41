"""An agreement: whom it binds, when it is paid, and what is due by when. In integer fen; none is lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from schemas.codes import Determination
from schemas.facts import CaseFacts, TimeLimit
from schemas.ids import Fen, MemberId, RuleVersion
from schemas.matters import (
    AgreementConsented,
    AgreementPerformed,
    AgreementReduced,
    Instalment,
    MediationAgreed,
)
from services.mediation.domain.agreement_courses import PAY_BY
from services.mediation.domain.claim import LEFT, Claim, registered_of
from services.mediation.domain.clocks import Clocks

# Arbitration Law Art. 7: ten or more are represented. Who represents them settles for nobody who has not
# consented (Civil Procedure Law Art. 56); fewer sign for themselves.
GROUP: Final = 10
BY_AGREEMENT: Final = Determination("agreement")
AGREED_TERMS: Final = RuleVersion("agreement")
"""What an instalment's clock goes by: no rule, but what the parties agreed on."""


def needs_consent(facts: CaseFacts) -> bool:
    """Whether an agreement binds a member only once he consents."""
    return facts.members >= GROUP


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What the parties agreed on. The amounts of the members stand on their claims."""

    agreed_at: datetime
    agreed_fen: Fen
    instalments: tuple[Instalment, ...] = ()
    by_consent: bool = False
    consents: int = 0
    bound_fen: Fen = 0
    """What those get in all whom it binds, as the last consent left it; `as_it_binds` says it of now."""

    @property
    def binds(self) -> bool:
        """Whether it binds anybody yet."""
        return not self.by_consent or self.consents > 0

    def due_fen(self, instalment: int) -> Fen:
        """What is to be paid up to an instalment to those whom it binds: their part of what was agreed.

        Rounded down, but for the last, with which all of theirs is due.
        """
        if instalment >= len(self.instalments):
            return self.bound_fen
        up_to = sum(each.amount_fen for each in self.instalments[:instalment])
        return up_to * self.bound_fen // self.agreed_fen if self.agreed_fen else 0

    def after(self, event: AgreementConsented | AgreementReduced) -> Self:
        return replace(self, consents=event.consents, bound_fen=event.bound_fen)


def agreement_of(event: MediationAgreed) -> Agreement:
    """The agreement that was made."""
    return Agreement(
        agreed_at=event.at,
        agreed_fen=event.agreed_fen,
        instalments=event.instalments,
        by_consent=bool(event.by_consent),
        bound_fen=0 if event.by_consent else event.agreed_fen,
    )


def settles(agreement: Agreement, facts: CaseFacts) -> bool:
    """Whether it binds every member: with its payment, nothing is left to ask for."""
    return not agreement.by_consent or agreement.consents >= facts.members


def bound_by(agreement: Agreement, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of those whom it binds, and of those who left it with what they had received."""
    return [
        claim
        for claim in claims
        if (claim.registered and not agreement.by_consent)
        or (claim.determined_by == BY_AGREEMENT and (claim.registered or claim.ended == LEFT))
    ]


def as_it_binds(agreement: Agreement, claims: Sequence[Claim]) -> Agreement:
    """The agreement, owing what it owes now: of a group, who got an amount elsewhere is not owed by it.

    Who left has got what he has got.
    """
    if not agreement.by_consent:
        return agreement
    owed = (
        min(claim.due_fen or 0, claim.recovered_fen) if claim.ended == LEFT else claim.due_fen or 0
        for claim in bound_by(agreement, claims)
    )
    return replace(agreement, bound_fen=sum(owed))


def parties_of(agreement: Agreement | None, claims: Sequence[Claim]) -> frozenset[MemberId]:
    """Who must get an amount elsewhere: everybody, but those of a group whom its agreement binds."""
    counted = registered_of(claims)
    settled = bound_by(agreement, claims) if agreement and agreement.by_consent else []
    return frozenset(claim.member_id for claim in counted) - {claim.member_id for claim in settled}


def paid_fen(agreement: Agreement, claims: Sequence[Claim]) -> Fen:
    """What has come in for them. What one has got beyond what he is due pays for nobody else."""
    bound = bound_by(agreement, claims)
    return sum(
        min(claim.recovered_fen, claim.recovered_fen if claim.due_fen is None else claim.due_fen)
        for claim in bound
    )


def still_owed(agreement: Agreement, claims: Sequence[Claim]) -> Fen:
    """What has not come in of what it owes now."""
    bound = as_it_binds(agreement, claims)
    return max(0, bound.bound_fen - paid_fen(bound, claims))


def clock_of(instalment: int) -> str:
    return f"{PAY_BY}/{instalment}"


def instalment_of(name: str) -> int | None:
    """The instalment that a clock is for."""
    kind, _, number = name.partition("/")
    return int(number) if kind == PAY_BY and number.isdigit() else None


def scheduled(clocks: Clocks, agreement: Agreement, event: MediationAgreed | AgreementConsented) -> Clocks:
    """The clocks of the instalments, which run once the agreement binds somebody.

    With a consent that comes after the last one ended, the last runs again, for what this member is owed.
    """
    if isinstance(event, MediationAgreed):
        clocks = unscheduled(clocks, event)
    if not agreement.binds:
        return clocks
    known = {clock.name for clock in clocks} if isinstance(event, AgreementConsented) else set()
    for number, instalment in enumerate(agreement.instalments, start=1):
        name = clock_of(number)
        last = number == len(agreement.instalments)
        if name not in known or (last and not clocks.is_open(name)):
            limit = TimeLimit(rule=AGREED_TERMS, due_at=instalment.due_at)
            clocks = clocks.start(name, limit, event.at)
    return clocks


def unscheduled(clocks: Clocks, event: MediationAgreed) -> Clocks:
    """Another agreement takes the place of an earlier one, and with it of its instalments."""
    for name in {clock.name for clock in clocks if clock.open and instalment_of(clock.name)}:
        clocks = clocks.stop(name, event.at)
    return clocks


def performed(clocks: Clocks, agreement: Agreement, event: AgreementPerformed) -> Clocks:
    """All of it is paid."""
    for number in range(1, len(agreement.instalments) + 1):
        clocks = clocks.meet(clock_of(number), event.at)
    return clocks
