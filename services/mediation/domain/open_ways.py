"""Which ways are open to the workers now, from all that has happened in a matter."""

from collections.abc import Iterator
from typing import Final

from schemas.codes import CaseType, EvidenceCode, LegalBasis, Relation, RemedyCode
from schemas.matters import Remedy
from services.mediation.domain.course import ProceedingKind, ProceedingState
from services.mediation.domain.court_courses import EXECUTE_BY
from services.mediation.domain.errors import ArbitrationFirst, NotOpen
from services.mediation.domain.matter import Matter
from services.mediation.domain.remedies import SUIT, Opener

S = ProceedingState
WAGE_IOU: Final = EvidenceCode("wage-iou")

OPENED_IN: Final = {
    (ProceedingKind.AGREEMENT, S.BREACHED): Opener.BREACH,
    (ProceedingKind.CONFIRMATION, S.DISMISSED): Opener.DISMISSAL,
    (ProceedingKind.ARBITRATION_REVIEW, S.DISMISSED): Opener.DISMISSAL,
    (ProceedingKind.ARBITRATION_REVIEW, S.CONFIRMED): Opener.REVIEWED,
    (ProceedingKind.ARBITRATION, S.REFUSED): Opener.REFUSAL,
    (ProceedingKind.ARBITRATION, S.OVERDUE): Opener.OVERDUE,
    (ProceedingKind.ARBITRATION, S.SETTLED): Opener.AWARD,
    (ProceedingKind.NOTARISATION, S.CERTIFIED): Opener.CERTIFIED,
    (ProceedingKind.INSPECTION, S.REFUSED): Opener.INSPECTED,
    (ProceedingKind.INSPECTION, S.DECIDED): Opener.INSPECTED,
    (ProceedingKind.INSPECTION, S.OBEYED): Opener.INSPECTED,
    (ProceedingKind.INSPECTION, S.DISOBEYED): Opener.DISOBEYED,
    (ProceedingKind.PAYMENT_ORDER, S.OBJECTED): Opener.OBJECTION,
    (ProceedingKind.PAYMENT_ORDER, S.UNOPPOSED): Opener.UNOPPOSED,
}
"""Where a proceeding stands, and what that opens."""

# For these, arbitration comes before a suit (Arbitration Law Art. 2, 5).
ARBITRABLE: Final = frozenset(
    {CaseType("wage-arrears"), CaseType("work-injury"), CaseType("labour-relation")}
)
AFTER_AN_AWARD: Final = S.AWARDED


def open_ways(matter: Matter) -> tuple[Remedy, ...]:
    """The ways that are open now, each with its article, and each once."""
    found = [remedy for opener in openers(matter) for remedy in matter.remedies(opener)]
    return tuple(dict.fromkeys(found))


def openers(matter: Matter) -> Iterator[Opener]:
    """What has opened a way that is still open."""
    for kind in ProceedingKind:
        opener = OPENED_IN.get((kind, matter.proceedings.state(kind)))
        if opener and (opener is not Opener.DISMISSAL or not_confirmed(matter)):
            yield opener
    order = matter.proceedings.last(ProceedingKind.PAYMENT_ORDER)
    if order and order.state is S.LAPSED and not order.by_creditor:
        yield Opener.OBJECTION
    if any(suit.won for suit in matter.suits):
        yield Opener.JUDGMENT
    arbitration = matter.proceedings.last(ProceedingKind.ARBITRATION)
    if arbitration and arbitration.state is S.SILENT and arbitration.proved:
        yield Opener.SILENCE  # the court asks for the proof of filing
    parts = matter.proceedings.of(ProceedingKind.PARTIAL_AWARD)
    if (arbitration and arbitration.effective) or any(part.effective for part in parts):
        yield Opener.AWARD
    if any(each.state is S.SET_ASIDE for each in matter.proceedings.of(ProceedingKind.SETTING_ASIDE)):
        yield Opener.SET_ASIDE
    if any(each.name.startswith(f"{EXECUTE_BY}/") and each.late for each in matter.clocks):
        yield Opener.UNEXECUTED
    if WAGE_IOU in matter.facts.evidence:
        yield Opener.IOU
    agreement = matter.agreement
    if agreement and agreement.binds and not agreement.instalments and not matter.performed:
        yield Opener.BREACH  # without a day for the payment it is due at once


def not_confirmed(matter: Matter) -> bool:
    """Whether a court or commission did not confirm the agreement that stands; an earlier does not count."""
    kinds = (ProceedingKind.AGREEMENT, ProceedingKind.CONFIRMATION, ProceedingKind.ARBITRATION_REVIEW)
    last = [each for each in matter.proceedings.all if each.kind in kinds][-1:]
    return [each.state for each in last] == [S.DISMISSED]


def check_open(matter: Matter, way: RemedyCode, legal_basis: LegalBasis) -> None:
    """Whether a way is open by that article. Raises NotOpen."""
    bases = bases_of(matter, way)
    if legal_basis not in bases:
        raise NotOpen(way=way, found=legal_basis, expected=", ".join(bases) or "none")


def check_suit(matter: Matter, without_arbitration: LegalBasis | None) -> None:
    """Whether a suit may be filed: by an article that spares arbitration, or after an award.

    Raises:
        NotOpen: if the article that is named does not open a suit in this case.
        ArbitrationFirst: if none is named, and nothing was awarded in a labour dispute.
    """
    if without_arbitration:
        check_open(matter, SUIT, without_arbitration)
        return
    labour = matter.facts.relation == Relation("labour") and matter.facts.case_type in ARBITRABLE
    kinds = (ProceedingKind.ARBITRATION, ProceedingKind.PARTIAL_AWARD)
    if labour and not any(matter.proceedings.state(kind) is AFTER_AN_AWARD for kind in kinds):
        raise ArbitrationFirst(legal_basis="LDMAL-5", expected=", ".join(bases_of(matter, SUIT)) or "nothing")


def bases_of(matter: Matter, way: RemedyCode) -> list[LegalBasis]:
    return [remedy.legal_basis for remedy in open_ways(matter) if remedy.way == way]
