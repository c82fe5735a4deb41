"""Where a claim can be brought, by the relation to the employer, and why there."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from schemas.codes import (
    CaseType,
    EligibilityReason,
    EvidenceCode,
    Forum,
    LegalBasis,
    Relation,
)

WAGE_IOU: Final = EvidenceCode("wage-iou")
WAGES: Final = CaseType("wage-arrears")
INSURANCE: Final = CaseType("social-insurance")
OUTSIDE_WORK: Final = CaseType("traffic-accident")
"""The claim is against who caused it, whatever the relation to the employer is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenForum:
    """One way that is open."""

    forum: Forum
    reason: EligibilityReason
    article: LegalBasis


def forums(
    case_type: CaseType, relation: Relation, evidence: Collection[EvidenceCode]
) -> tuple[OpenForum, ...]:
    """The ways that are open, in the order in which they are tried."""
    return (
        _way("mediation", "mediation-is-voluntary", "LDMAL-5"),
        *_before_whom(case_type, relation, evidence),
    )


def _before_whom(
    case_type: CaseType, relation: Relation, evidence: Collection[EvidenceCode]
) -> Iterator[OpenForum]:
    if case_type in (WAGES, INSURANCE):
        yield _way("labour-inspection", "inspection-may-order-payment", "LABOUR-INSPECTION-11")
    if case_type == OUTSIDE_WORK:
        yield _way("court", "against-who-caused-it", "CPL-122")
    elif relation == Relation("labour") and case_type == WAGES and WAGE_IOU in evidence:
        yield _way("court", "wage-iou", "SPC-LABOUR-1-15")
    elif relation == Relation("labour"):
        yield _way("arbitration", "arbitration-first", "LDMAL-5")
    elif relation == Relation("service"):
        yield _way("court", "no-labour-relation", "CPL-122")
    else:
        yield from _either(relation)


def _either(relation: Relation) -> Iterator[OpenForum]:
    """It is not said, or not settled, whether there is a labour relation."""
    quasi = relation == Relation("quasi")
    reason = "relation-quasi" if quasi else "relation-unknown"
    yield _way("arbitration", reason, "NEW-FORM-2021-56" if quasi else "LDMAL-2")
    yield _way("court", reason, "NEW-FORM-2021-56" if quasi else "CPL-122")


def _way(forum: str, reason: str, article: str) -> OpenForum:
    return OpenForum(forum=Forum(forum), reason=EligibilityReason(reason), article=LegalBasis(article))
