"""A mediation: proposed, held, agreed; and its agreement, to which a group consented, performed."""

from collections.abc import Collection, Sequence
from datetime import datetime

from schemas.ids import MemberId
from schemas.matters import (
    AgreementConsented,
    AgreementPerformed,
    Instalment,
    MatterEvent,
    MediationAgreed,
    MediationProposed,
    MediationSessionHeld,
)
from schemas.past import PastAct
from services.mediation.domain.agreement import BY_AGREEMENT, as_it_binds, paid_fen
from services.mediation.domain.claim import Claim, registered_of
from services.mediation.domain.confirming import CONFIRMATION
from services.mediation.domain.matter import Matter
from services.mediation.domain.performing import consented
from services.mediation.domain.proceedings import rule_of
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.recounting.money import total_fen


def mediated(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    said = matter.said(done.at)
    match done.code:
        case "mediation-proposed" if done.kind and done.body:
            limit = kept.limit(rule_of(done.kind, matter.facts), done.at)
            return [
                MediationProposed(
                    **said,
                    kind=done.kind,
                    committee=done.body,
                    mediator=done.person,
                    end_by=limit.due_at,
                    end_rule=limit.rule_id,
                    version=limit.rule,
                    provisional=limit.provisional,
                    mediator_name=done.name if done.person else None,
                )
            ]
        case "session" if done.result and matter.mediation:
            held = matter.mediation.sessions + 1
            return [MediationSessionHeld(**said, session=held, result=done.result)]
        case "agreed":
            counted = registered_of(claims)
            return [
                MediationAgreed(
                    **said,
                    agreed_fen=total_fen(done, counted),
                    members=len(counted),
                    instalments=tuple(Instalment(**each.model_dump()) for each in done.instalments),
                    by_consent=done.by_consent,
                    limit=kept.limit(CONFIRMATION, done.at),
                    terms=kept.elsewhere,
                )
            ]
        case "performed" if matter.agreement:
            paid = paid_fen(as_it_binds(matter.agreement, claims), claims)
            return [AgreementPerformed(**said, recovered_fen=paid)]
        case _:
            return []


def bound(
    matter: Matter, members: Collection[MemberId], claims: Sequence[Claim], *, at: datetime
) -> list[AgreementConsented]:
    """Members consented to the agreement of their group. It binds nobody twice, and no stranger."""
    agreement = matter.agreement
    if agreement is None or matter.performed or not agreement.by_consent:
        return []
    offered = {
        claim.member_id: claim.offered_fen
        for claim in registered_of(claims)
        if claim.member_id in members
        and claim.offered_fen is not None
        and claim.determined_by != BY_AGREEMENT
    }
    return list(consented(matter, as_it_binds(agreement, claims), offered, at=at))
