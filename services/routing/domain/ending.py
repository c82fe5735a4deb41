"""Ends a custody by a withdrawal; what comes after the end goes after the case."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from schemas.cases import ApplicationDeemedWithdrawn, ApplicationWithdrawn
from schemas.codes import CustodyEnd, ForwardedChange, LeavingCode, Milestone, RecallCode, WithdrawalCode
from schemas.facts import Enclosure
from schemas.ids import MemberId, Province
from schemas.transfers import (
    CustodyEnded,
    CustodyEvent,
    ProgressReported,
    TaskEvent,
    TransferForwarded,
)
from services.routing.domain.custody import Custody, CustodyState
from services.routing.domain.progress import WITHDRAWN, Progress, report
from services.routing.domain.task import Task

OVER: Final[Mapping[Milestone, RecallCode]] = MappingProxyType(
    {
        WITHDRAWN: RecallCode("application-withdrawn"),
        Milestone("concluded"): RecallCode("case-concluded"),
    }
)
"""Milestones after which nobody needs help."""


def withdraw(
    custody: Custody,
    withdrawn: ApplicationWithdrawn | ApplicationDeemedWithdrawn,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """The applicants want no aid any more, or count as such: nobody is asked, and the custody ends.

    Said of an owner that the case has left meanwhile, it goes after the case: to another province, or to
    the owner that has it here now.
    """
    overtaken = withdrawn.epoch < custody.epoch
    if custody.moved and overtaken:
        return forward(custody, "withdrawn", withdrawn.at, because=withdrawn.because, here=here, at=at)
    if custody.state is CustodyState.ENDED or withdrawn.epoch > custody.epoch:
        return []
    return end(custody, withdrawn.at, withdrawn.because if overtaken else None, here=here, at=at)


def end(
    custody: Custody,
    withdrawn_at: datetime,
    withdrawal: WithdrawalCode | None,
    *,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """Take back whatever is asked of anybody, and tell those who follow."""
    because = RecallCode("application-withdrawn")
    reached = Progress(milestone=WITHDRAWN, epoch=custody.epoch, at=withdrawn_at)
    return [
        *(each.recalled(because, at=at) for each in custody.transfers if each.running),
        *(each.recalled(because, at=at) for each in custody.disputes if each.waiting),
        *report(custody, reached, here=here),
        CustodyEnded(
            case_id=custody.case_id,
            at=at,
            epoch=custody.epoch,
            because=CustodyEnd("withdrawn"),
            withdrawal=withdrawal,
        ),
    ]


def recall_help(custody: Custody, task: Task, *, at: datetime) -> list[TaskEvent]:
    """Who helps with a case that was withdrawn need not go on."""
    if custody.state is not CustodyState.ENDED:
        return []
    return task.recall(RecallCode("application-withdrawn"), at=at)


def recall_after(progress: ProgressReported, task: Task, *, at: datetime) -> list[TaskEvent]:
    """Nor who was asked by an earlier owner, once he hears that the case is over."""
    because = OVER.get(progress.milestone)
    return task.recall(because, at=at) if because else []


def forward(
    custody: Custody,
    change: str,
    changed_at: datetime,
    *,
    because: WithdrawalCode | None = None,
    enclosure: Enclosure | None = None,
    member: MemberId | None = None,
    left: LeavingCode | None = None,
    here: Province,
    at: datetime,
) -> list[CustodyEvent]:
    """Tell who has the case now. `enclosure` is sealed for its province."""
    transfer = custody.moved
    if transfer is None:
        return []
    return [
        TransferForwarded(
            case_id=custody.case_id,
            at=at,
            to_province=transfer.to_province,
            sender=here,
            transfer_id=transfer.id,
            epoch=custody.epoch,
            change=ForwardedChange(change),
            changed_at=changed_at,
            because=because,
            enclosure=enclosure,
            member_id=member,
            left=left,
        )
    ]
