"""Has the payment of a mediated sum ordered: applied for, accepted, issued; objected to, or lapsed."""

from collections.abc import Sequence
from datetime import datetime

from law.book import Law
from law.limits import limit_of
from schemas.codes import LegalBasis, OrderEnd
from schemas.ids import AgencyId, ExternalRef
from schemas.matters import (
    MatterEvent,
    PaymentOrderAccepted,
    PaymentOrderApplied,
    PaymentOrderIssued,
    PaymentOrderLapsed,
    PaymentOrderObjected,
)
from services.mediation.domain.acts import Act
from services.mediation.domain.agreement import as_it_binds, paid_fen
from services.mediation.domain.claim import Claim
from services.mediation.domain.course import ProceedingKind
from services.mediation.domain.courses import rule_of
from services.mediation.domain.errors import NotReceivedYet
from services.mediation.domain.matter import Matter
from services.mediation.domain.open_ways import check_open
from services.mediation.domain.performing import to_perform
from services.mediation.domain.proceeding import BY_CREDITOR
from services.mediation.domain.remedies import PAYMENT_ORDER, Opener


def apply(
    matter: Matter, act: Act, claims: Sequence[Claim], court: AgencyId, legal_basis: LegalBasis
) -> list[MatterEvent]:
    """A court is asked to order what is still owed. Raises OutOfCourse, NoAgreement, NotOpen."""
    matter.check_step(act, PaymentOrderApplied)
    agreement = as_it_binds(to_perform(matter), claims)
    check_open(matter, PAYMENT_ORDER, legal_basis)
    owed_fen = max(0, agreement.bound_fen - paid_fen(agreement, claims))
    return [
        PaymentOrderApplied(**matter.said(act.at), court=court, amount_fen=owed_fen, legal_basis=legal_basis)
    ]


def accept(matter: Matter, act: Act, docket: ExternalRef, law: Law) -> list[MatterEvent]:
    """The court accepts the application. Raises OutOfCourse."""
    matter.check_step(act, PaymentOrderAccepted)
    limit = limit_of(rule_of(PaymentOrderAccepted), act.at, law)
    return [PaymentOrderAccepted(**matter.said(act.at), court=court_of(matter), docket=docket, limit=limit)]


def issue(matter: Matter, act: Act, served_at: datetime, law: Law) -> list[MatterEvent]:
    """The order was issued and served. Raises OutOfCourse, NotReceivedYet."""
    matter.check_step(act, PaymentOrderIssued)
    if served_at > act.at:
        raise NotReceivedYet(found=served_at, expected=act.at)
    limit = limit_of(rule_of(PaymentOrderIssued), served_at, law)
    return [
        PaymentOrderIssued(
            **matter.said(act.at),
            court=court_of(matter),
            docket=matter.proceedings.number(ProceedingKind.PAYMENT_ORDER),
            served_at=served_at,
            limit=limit,
        )
    ]


def object_to(matter: Matter, act: Act) -> list[MatterEvent]:
    """The debtor objected: two laws name two ways that are open then. Raises OutOfCourse."""
    matter.check_step(act, PaymentOrderObjected)
    return [
        PaymentOrderObjected(
            **matter.said(act.at), court=court_of(matter), remedies=matter.remedies(Opener.OBJECTION)
        )
    ]


def lapse(matter: Matter, act: Act, because: OrderEnd) -> list[MatterEvent]:
    """The order has no effect any more, or there will be none. Raises OutOfCourse."""
    matter.check_step(act, PaymentOrderLapsed)
    open_now = matter.remedies(opener_of(because))
    return [
        PaymentOrderLapsed(**matter.said(act.at), court=court_of(matter), because=because, remedies=open_now)
    ]


def opener_of(because: OrderEnd) -> Opener:
    """What opens the ways after its end: if the creditor ended it himself, they are those of the breach."""
    return Opener.BREACH if because in BY_CREDITOR else Opener.OBJECTION


def court_of(matter: Matter) -> AgencyId:
    return matter.proceedings.body(ProceedingKind.PAYMENT_ORDER)
