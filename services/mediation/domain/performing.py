"""Performs an agreement: members consent, instalments are paid, or are not."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from schemas.codes import ClaimEnd
from schemas.ids import Fen, MemberId
from schemas.matters import (
    AgreementBreached,
    AgreementConsented,
    AgreementInstalmentPaid,
    MatterEvent,
)
from services.mediation.domain.acts import RECOVERING, Act
from services.mediation.domain.agreement import (
    BY_AGREEMENT,
    Agreement,
    as_it_binds,
    clock_of,
    instalment_of,
    paid_fen,
)
from services.mediation.domain.claim import Claim
from services.mediation.domain.errors import (
    ClaimOver,
    ConsentedAlready,
    NoAgreement,
    NoConsentNeeded,
    NothingOffered,
)
from services.mediation.domain.matter import Matter
from services.mediation.domain.remedies import Opener


def consent(
    matter: Matter, act: Act, claims: Sequence[Claim], members: Sequence[MemberId]
) -> list[MatterEvent]:
    """Members of a group consent to its agreement; each is bound by his own consent alone.

    Raises:
        NoAgreement: if there is none that is still to be performed.
        NoConsentNeeded: if the members signed it themselves.
        NothingOffered, ConsentedAlready, ClaimOver: if one of them cannot consent; then nobody does.
    """
    matter.check_involved(act, *RECOVERING)
    agreement = as_it_binds(to_perform(matter), claims)
    if not agreement.by_consent:
        raise NoConsentNeeded(case_id=matter.case_id, found=matter.facts.members)
    known = {claim.member_id: claim for claim in claims}
    offered = {member: offered_fen(known.get(member), member) for member in members}
    return list(consented(matter, agreement, offered, at=act.at))


def consented(
    matter: Matter, agreement: Agreement, offered: Mapping[MemberId, Fen], *, at: datetime
) -> Iterator[AgreementConsented]:
    """What is said of those who consent, one after the other.

    Args:
        agreement: as it binds the others.
        offered: what it gives each of them.
    """
    for member, amount_fen in offered.items():
        said = AgreementConsented(
            **matter.said(at),
            member_id=member,
            amount_fen=amount_fen,
            consents=agreement.consents + 1,
            bound_fen=agreement.bound_fen + amount_fen,
        )
        agreement = agreement.after(said)
        yield said


def offered_fen(claim: Claim | None, member: MemberId) -> int:
    """What the agreement offers a member who is not bound yet."""
    if claim is None or not claim.registered or claim.offered_fen is None:
        raise NothingOffered(member=member)
    if claim.determined_by == BY_AGREEMENT:
        raise ConsentedAlready(member=member)
    if claim.ended is not None:
        raise ClaimOver(member=member, found=ClaimEnd(claim.ended))
    return claim.offered_fen


def note_payments(matter: Matter, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """Instalments that are covered by what has come in, in time or late. A reaction: it never raises."""
    if matter.agreement is None or not matter.agreement.binds:
        return []
    agreement = as_it_binds(matter.agreement, claims)
    paid = paid_fen(agreement, claims)
    return [
        AgreementInstalmentPaid(**matter.said(at), instalment=number, due_fen=due_fen, paid_fen=paid)
        for number in range(1, len(agreement.instalments) + 1)
        if matter.clocks.is_open(clock_of(number)) and (due_fen := agreement.due_fen(number)) <= paid
    ]


def pass_instalment(matter: Matter, name: str, claims: Sequence[Claim], *, at: datetime) -> list[MatterEvent]:
    """The day of an instalment passed: it is paid, or the agreement is breached and other ways are open."""
    number, clock = instalment_of(name), matter.clocks.running(name)
    if number is None or clock is None or matter.agreement is None or name not in matter.due:
        return []
    agreement = as_it_binds(matter.agreement, claims)
    paid, due_fen = paid_fen(agreement, claims), agreement.due_fen(number)
    if due_fen <= paid:
        return note_payments(matter, claims, at=at)
    return [
        AgreementBreached(
            **matter.said(at),
            instalment=number,
            due_at=clock.limit.due_at,
            due_fen=due_fen,
            paid_fen=paid,
            remedies=matter.remedies(Opener.BREACH),
        )
    ]


def to_perform(matter: Matter) -> Agreement:
    """The agreement that is still to be performed. Raises NoAgreement."""
    if matter.agreement is None or matter.performed:
        raise NoAgreement(case_id=matter.case_id)
    return matter.agreement
