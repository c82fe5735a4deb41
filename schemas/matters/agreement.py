"""Mediation, the agreement and what makes it enforceable: confirmation, a review, a notary."""

from typing import Annotated

from pydantic import Field

from schemas.codes import (
    MediationKind,
    RefusalGround,
    SessionResult,
)
from schemas.facts import TimeLimit
from schemas.fields import Few, Public, Sealed, UtcTime, Value
from schemas.ids import AgencyId, Count, ExternalRef, Fen, MemberId, Pseudonym, RuleId, RuleVersion
from schemas.matters.acts import OwnersAct, Remedy


class MediationProposed(OwnersAct, type="casebridge.mediation.proposed.v1"):
    """The parties are asked to mediate."""

    kind: Public[MediationKind]
    """Which mediation it is."""
    committee: Public[AgencyId]
    """Who mediates."""
    mediator: Pseudonym | None = None
    """The mediator, if one is named; nobody who represents the workers."""
    partners: Public[Few[AgencyId]] = ()
    """Who mediates with it."""
    end_by: Public[UtcTime | None] = None
    """When it ends without an agreement (labour dispute: 15 days, LDMAL Art. 14; else a month)."""
    end_rule: Public[RuleId | None] = None
    """The rule that sets it."""
    version: Public[RuleVersion | None] = None
    """The version of that rule."""
    provisional: Public[bool | None] = None
    """True if it may move: the holidays of a year that it reaches into are not published yet."""
    mediator_name: Sealed | None = None
    """The name of the mediator, as papers show it, under the case's key."""


class MediationSessionHeld(OwnersAct, type="casebridge.mediation.session_held.v1"):
    """The parties met."""

    session: Public[Annotated[int, Field(ge=1, le=1000)]]
    """Which session, from 1."""
    result: Public[SessionResult]
    """How it ended."""
    next_at: Public[UtcTime | None] = None
    """When they meet again."""
    minutes: Sealed | None = None
    """The record of the session."""


class Instalment(Value):
    """One payment that was agreed."""

    due_at: Public[UtcTime]
    """By when."""
    amount_fen: Public[Fen]
    """How much, in fen."""


class MediationAgreed(OwnersAct, type="casebridge.mediation.agreed.v1"):
    """The parties agreed. What each member gets is said by one `claim.determined` a member."""

    agreed_fen: Public[Fen]
    """The sum for all members, in fen."""
    members: Public[Count]
    """How many members it covers: all that the facts announce."""
    instalments: Public[Few[Instalment]] = ()
    """When it is paid; the two years for enforcement run from the last (Civil Procedure Law Art. 250)."""
    by_consent: Public[bool | None] = None
    """True of a group: it binds a member once he consents (Civil Procedure Law Art. 56)."""
    limit: Public[TimeLimit | None] = None
    """Until when both parties may ask a court to confirm it (Mediation Law Art. 33)."""
    terms: Sealed
    """The agreement."""


class AgreementReduced(OwnersAct, type="casebridge.agreement.reduced.v1"):
    """A member whom the agreement binds left the case: what he was still to get is no longer watched here."""

    member_id: Public[MemberId]
    """The member."""
    consents: Public[Count]
    """How many have consented and are still there; 0 where nobody need consent."""
    bound_fen: Public[Fen]
    """What those get in all whom it binds, with what he had received."""


class AgreementPerformed(OwnersAct, type="casebridge.agreement.performed.v1"):
    """The employer did all that was agreed."""

    recovered_fen: Public[Fen]
    """What was paid in all, in fen."""


class AgreementConsented(OwnersAct, type="casebridge.agreement.consented.v1"):
    """A member of a group consents to its agreement, which binds him from now on (CPL Art. 56)."""

    member_id: Public[MemberId]
    """Who consents."""
    amount_fen: Public[Fen]
    """What he gets by it, in fen."""
    consents: Public[Count]
    """How many members it binds with him."""
    bound_fen: Public[Fen]
    """What they get in all, in fen."""


class AgreementInstalmentPaid(OwnersAct, type="casebridge.agreement.instalment_paid.v1"):
    """What has come in covers all that was to be paid up to an instalment."""

    instalment: Public[Annotated[int, Field(ge=1, le=64)]]
    """Which one, from 1."""
    due_fen: Public[Fen]
    """What was to be paid up to it, in fen, to those whom the agreement binds."""
    paid_fen: Public[Fen]
    """What they have received, in fen."""


class AgreementBreached(OwnersAct, type="casebridge.agreement.breached.v1"):
    """The day of an instalment passed, and what has come in does not cover what was to be paid by then."""

    instalment: Public[Annotated[int, Field(ge=1, le=64)]]
    """Which one, from 1."""
    due_at: Public[UtcTime]
    """By when it was to be paid."""
    due_fen: Public[Fen]
    """What was to be paid up to it, in fen, to those whom the agreement binds."""
    paid_fen: Public[Fen]
    """What they have received, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ConfirmationApplied(OwnersAct, type="casebridge.confirmation.applied.v1"):
    """Both parties ask a court to confirm their agreement (Mediation Law Art. 33: within thirty days)."""

    court: Public[AgencyId]
    """The court."""
    limit: Public[TimeLimit | None] = None
    """Until when it decides whether it accepts the application."""


class ConfirmationAccepted(OwnersAct, type="casebridge.confirmation.accepted.v1"):
    """The court accepts the application to confirm the agreement."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The court's number."""
    limit: Public[TimeLimit | None] = None
    """Until when it decides."""


class ConfirmationConfirmed(OwnersAct, type="casebridge.confirmation.confirmed.v1"):
    """The court confirms the agreement: it can be enforced."""

    court: Public[AgencyId]
    """The court."""
    docket: Public[ExternalRef]
    """The number of its ruling."""


class ConfirmationDismissed(OwnersAct, type="casebridge.confirmation.dismissed.v1"):
    """The court does not take the application on, or dismisses it; the agreement stands as it stood."""

    court: Public[AgencyId]
    """The court."""
    because: Public[RefusalGround]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ArbitrationReviewApplied(OwnersAct, type="casebridge.arbitration_review.applied.v1"):
    """Both parties ask a commission to review their agreement (2017 Rules Art. 74: within fifteen days)."""

    commission: Public[AgencyId]
    """The commission."""


class ArbitrationReviewConfirmed(OwnersAct, type="casebridge.arbitration_review.confirmed.v1"):
    """The commission found the agreement lawful and issued it as its own: it can be enforced."""

    commission: Public[AgencyId]
    """The commission."""
    docket: Public[ExternalRef]
    """Its number there."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class ArbitrationReviewDismissed(OwnersAct, type="casebridge.arbitration_review.dismissed.v1"):
    """The commission does not take the review on, or does not confirm the agreement, which stands."""

    commission: Public[AgencyId]
    """The commission."""
    because: Public[RefusalGround]
    """Why."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""


class NotarisationApplied(OwnersAct, type="casebridge.notarisation.applied.v1"):
    """Both parties ask a notary to give their repayment agreement the effect of enforcement."""

    notary: Public[AgencyId]
    """The notary's office."""
    limit: Public[TimeLimit | None] = None
    """Until when it issues its certificate (Notarisation Law Art. 30)."""


class NotarisationIssued(OwnersAct, type="casebridge.notarisation.issued.v1"):
    """The agreement is notarised, with the debtor's promise to be enforced against (Art. 37)."""

    notary: Public[AgencyId]
    """The notary's office."""
    docket: Public[ExternalRef]
    """Its number there."""


class NotarisationRefused(OwnersAct, type="casebridge.notarisation.refused.v1"):
    """The notary does not notarise it: the agreement stands as it was made."""

    notary: Public[AgencyId]
    """The notary's office."""
    because: Public[RefusalGround]
    """Why."""


class NotarisationExecutionCertified(OwnersAct, type="casebridge.notarisation.execution_certified.v1"):
    """The agreement was breached, and the notary certified what is to be enforced of it."""

    notary: Public[AgencyId]
    """The notary's office."""
    docket: Public[ExternalRef]
    """The number of the certificate."""
    amount_fen: Public[Fen]
    """What is owed by it, in fen."""
    remedies: Public[Few[Remedy]]
    """The ways that are open to the workers now."""
