"""Remedies: the ways that are open to the workers after what happened, each with its article. Data."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schemas.codes import CaseType, LegalBasis, Relation, RemedyCode
from schemas.facts import CaseFacts
from schemas.matters import Remedy


class Opener(StrEnum):
    """What opens a way."""

    BREACH = "breach"
    """The agreement is not kept."""
    DISMISSAL = "dismissal"
    """The court does not confirm the agreement."""
    REVIEWED = "reviewed"
    """A commission reviewed the agreement and issued it as its own."""
    SILENCE = "silence"
    """The commission does not say in time whether it accepts."""
    REFUSAL = "refusal"
    """The commission does not accept."""
    OVERDUE = "overdue"
    """The commission makes no award in time."""
    OBJECTION = "objection"
    """The debtor objects to a payment order, or there is none."""
    UNOPPOSED = "unopposed"
    """The debtor does not object to a payment order in time."""
    AWARD = "award"
    """An award or a settlement before the commission takes effect."""
    SET_ASIDE = "set-aside"
    """A court set a final award aside."""
    CERTIFIED = "certified"
    """A notary certified what is to be enforced of a breached agreement."""
    INSPECTED = "inspected"
    """Labour inspection has decided, or does not take it on: what is still owed is a dispute."""
    DISOBEYED = "disobeyed"
    """The employer does not pay what labour inspection ordered, by the day that it set."""
    UNEXECUTED = "unexecuted"
    """The court that enforces a title does not do it in its time."""
    JUDGMENT = "judgment"
    """A judgment is final."""
    IOU = "iou"
    """The workers have a wage IOU, and claim no more than it says."""


class Condition(StrEnum):
    """On what it depends."""

    CONFIRMED = "confirmed"
    """A court confirmed the agreement."""
    REVIEWED = "reviewed"
    """A commission reviewed it and issued it as its own."""
    NOTARISED = "notarised"
    """A notary gave it the effect of enforcement."""
    UNCONFIRMED = "unconfirmed"
    """None of these."""
    LABOUR = "labour"
    """There is a labour relation, or there may be one."""
    CIVIL = "civil"
    """There is none, or there may be none."""
    PAY = "pay"
    """Pay is claimed."""
    PAY_OR_INJURY = "pay-or-injury"
    """Pay is claimed, or compensation for an injury or a death at work."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A way that something opens, if all conditions hold."""

    by: Opener
    way: RemedyCode
    legal_basis: LegalBasis
    when: frozenset[Condition]


def _opening(by: Opener, way: str, basis: str, *when: Condition) -> Opening:
    return Opening(by, RemedyCode(way), LegalBasis(basis), frozenset(when))


C = Condition

OPENINGS: Final = (
    _opening(Opener.BREACH, "enforcement", "PML-33", C.CONFIRMED),
    _opening(Opener.BREACH, "enforcement", "LDMAL-51", C.REVIEWED),
    _opening(Opener.BREACH, "execution-certificate", "NOTARY-37", C.NOTARISED),
    _opening(Opener.BREACH, "payment-order", "LDMAL-16", C.UNCONFIRMED, C.LABOUR, C.PAY_OR_INJURY),
    _opening(Opener.BREACH, "suit", "SPC-LABOUR-1-51", C.UNCONFIRMED, C.LABOUR, C.PAY),
    _opening(Opener.BREACH, "arbitration", "LDMAL-15", C.UNCONFIRMED, C.LABOUR),
    _opening(Opener.BREACH, "payment-order", "CPL-225", C.UNCONFIRMED, C.CIVIL),
    _opening(Opener.BREACH, "suit", "PML-32", C.UNCONFIRMED, C.CIVIL),
    _opening(Opener.DISMISSAL, "mediation", "PML-33"),
    _opening(Opener.DISMISSAL, "arbitration", "LDMAL-15", C.LABOUR),
    _opening(Opener.DISMISSAL, "suit", "PML-32", C.CIVIL),
    _opening(Opener.REVIEWED, "enforcement", "LDMAL-51"),
    _opening(Opener.SILENCE, "suit", "LDMAL-29"),
    _opening(Opener.REFUSAL, "suit", "LDMAL-29"),
    _opening(Opener.OVERDUE, "suit", "LDMAL-43"),
    # Two laws name two ways, and both are in force: both are told.
    _opening(Opener.OBJECTION, "suit", "LDMAL-16", C.LABOUR),
    _opening(Opener.OBJECTION, "arbitration", "LCL-30", C.LABOUR),
    _opening(Opener.OBJECTION, "suit", "CPL-228", C.CIVIL),
    _opening(Opener.UNOPPOSED, "enforcement", "CPL-227"),
    _opening(Opener.AWARD, "enforcement", "LDMAL-51"),
    _opening(Opener.SET_ASIDE, "suit", "LDMAL-49"),
    _opening(Opener.CERTIFIED, "enforcement", "CPL-249"),
    _opening(Opener.INSPECTED, "arbitration", "LABOUR-INSPECTION-21", C.LABOUR),
    # The inspectorate acts, and not the workers: they ask it to. Articles and order are to be confirmed.
    _opening(Opener.DISOBEYED, "inspection-enforcement", "LABOUR-INSPECTION-RULES-44"),
    _opening(Opener.DISOBEYED, "added-compensation", "LCL-85", C.LABOUR, C.PAY),
    _opening(Opener.DISOBEYED, "police-report", "CRIMINAL-276-1", C.PAY),
    _opening(Opener.DISOBEYED, "arbitration", "LABOUR-INSPECTION-21", C.LABOUR),
    _opening(Opener.UNEXECUTED, "higher-court", "CPL-237"),
    _opening(Opener.JUDGMENT, "enforcement", "CPL-247"),
    _opening(Opener.IOU, "suit", "SPC-LABOUR-1-15", C.LABOUR, C.PAY),
)

SUIT: Final = RemedyCode("suit")
PAYMENT_ORDER: Final = RemedyCode("payment-order")
LABOUR: Final = Relation("labour")
SERVICE: Final = Relation("service")
PAY: Final = CaseType("wage-arrears")
INJURY: Final = frozenset({CaseType("work-injury"), CaseType("death-compensation")})


def conditions_of(
    facts: CaseFacts, *, confirmed: bool, reviewed: bool, notarised: bool
) -> frozenset[Condition]:
    """What holds in a case."""
    pay = facts.case_type == PAY
    holds = {
        Condition.CONFIRMED: confirmed,
        Condition.REVIEWED: reviewed,
        Condition.NOTARISED: notarised,
        Condition.UNCONFIRMED: not (confirmed or reviewed or notarised),
        # Of a relation that is not certain both ways are told: the authority that is asked decides.
        Condition.LABOUR: facts.relation != SERVICE,
        Condition.CIVIL: facts.relation != LABOUR,
        Condition.PAY: pay,
        Condition.PAY_OR_INJURY: pay or facts.case_type in INJURY,
    }
    return frozenset(condition for condition, true in holds.items() if true)


def remedies(by: Opener, holds: Iterable[Condition]) -> tuple[Remedy, ...]:
    """The ways that are open."""
    true = frozenset(holds)
    return tuple(
        Remedy(way=opening.way, legal_basis=opening.legal_basis)
        for opening in OPENINGS
        if opening.by is by and opening.when <= true
    )
