"""Labour inspection: asked, taken on or not, decided; asked anew once it has answered.

A complex case has more time, once; that is counted from the acceptance as well (Regulation on Labour
Inspection Art. 17).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from schemas.past import PastAct
from services.intake.domain.steps import arbitration, suits
from services.intake.domain.steps.step import Step, follows

REPORTED: Final = "inspection-reported"
ACCEPTED: Final = "inspection-accepted"
REFUSED: Final = "inspection-refused"
EXTENDED: Final = "inspection-extended"
DECIDED: Final = "inspection-decided"
WITHDRAWN: Final = "inspection-withdrawn"
PAYMENT_ORDERED: Final = "payment-ordered"
REFERRED: Final = "referred"
ENDS: Final = (DECIDED, WITHDRAWN)

STEPS: Final[Mapping[str, Step]] = {
    REPORTED: Step(
        after="granted",
        says=("body", "approach"),
        once=False,
        starts="inspection-acceptance",
        met_by=(ACCEPTED, REFUSED, WITHDRAWN),
        afterwards=True,
    ),
    ACCEPTED: Step(
        says=("docket",),
        once=False,
        starts="inspection",
        met_by=ENDS,
        replaced_by=(EXTENDED,),
        afterwards=True,
    ),
    REFUSED: Step(says=("ground",), once=False, afterwards=True),
    EXTENDED: Step(
        once=False, starts="inspection-extended", counted_from=ACCEPTED, met_by=ENDS, afterwards=True
    ),
    DECIDED: Step(says=("inspected",), once=False, afterwards=True),
    WITHDRAWN: Step(once=False, afterwards=True),
}
COURSE: Final[dict[str, tuple[str | None, ...]]] = {
    REPORTED: (None, REFUSED, DECIDED, WITHDRAWN),
    ACCEPTED: (REPORTED,),
    REFUSED: (REPORTED,),
    EXTENDED: (ACCEPTED,),
    DECIDED: (ACCEPTED, EXTENDED),
    WITHDRAWN: (REPORTED, ACCEPTED, EXTENDED),
}


def out_of_turn(act: PastAct, done: Sequence[PastAct]) -> Iterator[tuple[str, str]]:
    yield from follows(act, done, COURSE)
    if act.code == REPORTED and elsewhere(done):
        yield "act", "no dispute that a commission or a court has (Regulation on Labour Inspection Art. 21)"
    if act.code == DECIDED and act.inspected:
        yield from unclear(act)


def elsewhere(done: Sequence[PastAct]) -> bool:
    """Whether a commission or a court has the dispute; what was refused or withdrawn none has."""
    asked = next((each.code for each in reversed(done) if each.code in arbitration.COURSE), None)
    before_court = {act.suit: act for act in done if act.code in suits.STEPS}
    return asked not in (None, arbitration.REFUSED, arbitration.WITHDRAWN) or any(
        last.judgment != suits.WITHDRAWN for last in before_court.values()
    )


def unclear(act: PastAct) -> Iterator[tuple[str, str]]:
    """What of a decision does not fit its result."""
    if (act.inspected == PAYMENT_ORDERED) != bool(act.ordered_fen):
        yield "ordered_fen", "a sum if a payment is ordered, and none otherwise"
    if (act.inspected == REFERRED) != (act.referred_to is not None):
        yield "referred_to", "to whom if it is referred, and nobody otherwise"
    if act.pay_by and act.inspected != PAYMENT_ORDERED:
        yield "pay_by", "a day only if a payment is ordered"
    elif act.pay_by and act.pay_by < act.at:
        yield "pay_by", "nothing before the decision"
