"""Which cases go first, and why: the green channel."""

from datetime import date, timedelta

from schemas.codes import CaseType, PriorityReason, WorkerClass

GROUP = 10
"""Workers with a common claim that make it collective (Arbitration Law Art. 7)."""

NEAR = timedelta(days=7)
"""A time limit that expires within it calls for aid in advance (Legal Aid Law Art. 44)."""

# Legal Aid Law Art. 42(3) speaks of workers who came to work from elsewhere; it skips their check of means.
FIRST = {
    CaseType("wage-arrears"): PriorityReason("pay-claim"),
    CaseType("work-injury"): PriorityReason("work-injury-claim"),
}
NOT_MIGRANT = WorkerClass("other")


def priority_of(
    *,
    case_type: CaseType,
    worker_class: WorkerClass,
    members: int,
    received_on: date,
    limitation_on: date | None = None,
    by_policy: bool = False,
) -> tuple[PriorityReason, ...]:
    """The reasons why a case goes first; none if it does not."""
    reasons = {
        FIRST.get(case_type): case_type in FIRST and worker_class != NOT_MIGRANT,
        PriorityReason("death"): case_type == CaseType("death-compensation"),
        PriorityReason("group"): members >= GROUP,
        PriorityReason("limitation-near"): limitation_on is not None and limitation_on - received_on < NEAR,
        PriorityReason("centre-policy"): by_policy,
    }
    return tuple(reason for reason, applies in reasons.items() if reason and applies)
