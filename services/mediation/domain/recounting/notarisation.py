"""Notarisation of a repayment agreement: applied for, issued or refused; what is owed by it certified."""

from collections.abc import Sequence

from schemas.matters import (
    MatterEvent,
    NotarisationApplied,
    NotarisationExecutionCertified,
    NotarisationIssued,
    NotarisationRefused,
)
from schemas.past import PastAct
from services.mediation.domain.agreement import still_owed
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.matter import Matter
from services.mediation.domain.notarising import notary_of
from services.mediation.domain.recounting.kept import Kept
from services.mediation.domain.remedies import Opener


def notarised(matter: Matter, done: PastAct, claims: Sequence[Claim], kept: Kept) -> list[MatterEvent]:
    """What was done to give the agreement the effect of enforcement."""
    said = matter.said(done.at)
    if done.code == "notarisation-applied" and done.body:
        limit = kept.limit(rule_of(NotarisationApplied), done.at)
        return [NotarisationApplied(**said, notary=done.body, limit=limit)]
    if matter.proceedings.last(ProceedingKind.NOTARISATION) is None:
        return []
    notary = notary_of(matter)
    match done.code:
        case "notarisation-issued" if done.docket:
            return [NotarisationIssued(**said, notary=notary, docket=done.docket)]
        case "notarisation-refused" if done.ground:
            return [NotarisationRefused(**said, notary=notary, because=done.ground)]
        case "notarisation-certified" if done.docket and matter.agreement:
            return [
                NotarisationExecutionCertified(
                    **said,
                    notary=notary,
                    docket=done.docket,
                    amount_fen=still_owed(matter.agreement, claims),
                    remedies=matter.remedies(Opener.CERTIFIED),
                )
            ]
        case _:
            return []
