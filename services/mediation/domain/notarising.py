"""Notarises a repayment agreement so that it can be enforced; certifies what is owed once it is breached."""

from collections.abc import Sequence

from law.book import Law
from law.limits import limit_of
from schemas.codes import RefusalGround
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    MatterEvent,
    NotarisationApplied,
    NotarisationExecutionCertified,
    NotarisationIssued,
    NotarisationRefused,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.agreement import still_owed
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import BindsNobody, NotJoint
from services.mediation.domain.matter import Matter
from services.mediation.domain.performing import to_perform
from services.mediation.domain.remedies import Opener


def apply(matter: Matter, act: Act, notary: AgencyId, law: Law, *, jointly: bool) -> list[MatterEvent]:
    """Both parties ask a notary, and the debtor promises to be enforced against.

    Raises:
        OutOfCourse: if a notary has the agreement, or there is none, or it is breached.
        DisputeElsewhere: if a court or a commission confirms it, or did.
        NoAgreement, BindsNobody: if nobody is bound by it.
        NotJoint: if only one of them asks.
    """
    matter.check_step(act, NotarisationApplied)
    if not to_perform(matter).binds:
        raise BindsNobody(case_id=matter.case_id)
    if not jointly:
        raise NotJoint(legal_basis="NOTARY-37")
    limit = limit_of(rule_of(NotarisationApplied), act.at, law)
    return [NotarisationApplied(**matter.said(act.at), notary=notary, limit=limit)]


def issue(matter: Matter, act: Act, docket: ExternalRef) -> list[MatterEvent]:
    """The agreement has the effect of enforcement. Raises OutOfCourse."""
    matter.check_step(act, NotarisationIssued)
    return [NotarisationIssued(**matter.said(act.at), notary=notary_of(matter), docket=docket)]


def refuse(matter: Matter, act: Act, because: RefusalGround) -> list[MatterEvent]:
    """The notary does not notarise it: the agreement stands. Raises OutOfCourse."""
    matter.check_step(act, NotarisationRefused)
    return [NotarisationRefused(**matter.said(act.at), notary=notary_of(matter), because=because)]


def certify(matter: Matter, act: Act, claims: Sequence[Claim], docket: ExternalRef) -> list[MatterEvent]:
    """It is breached, and the notary certifies what is owed by it. Raises OutOfCourse, NoAgreement."""
    matter.check_step(act, NotarisationExecutionCertified)
    return [
        NotarisationExecutionCertified(
            **matter.said(act.at),
            notary=notary_of(matter),
            docket=docket,
            amount_fen=still_owed(to_perform(matter), claims),
            remedies=matter.remedies(Opener.CERTIFIED),
        )
    ]


def notary_of(matter: Matter) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.NOTARISATION)
