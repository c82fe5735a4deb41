"""Rules that a person's command can break. The docstring is the message."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from schemas.ids import AgencyId, CaseId, TaskId, TransferId
from schemas.refusals import Refusal


class RoutingError(Refusal):
    """Routing refuses."""


@dataclass(eq=False)
class NotTheAddressee(RoutingError):
    """Transfer or task {asked} asks {expected}, found {found}."""

    zh: ClassVar[str] = "移送或者协作请求{asked}征询的是{expected}，而非{found}。"
    asked: TransferId | TaskId
    expected: AgencyId
    found: AgencyId | None


@dataclass(eq=False)
class NotTheOwner(RoutingError):
    """Case {case} is owned by {expected}, found {found}."""

    zh: ClassVar[str] = "案件{case}由{expected}承办，而非{found}。"
    case: CaseId
    expected: AgencyId
    found: AgencyId | None


@dataclass(eq=False)
class TransferNotKnown(RoutingError):
    """Case {case} has no transfer {transfer}."""

    zh: ClassVar[str] = "案件{case}没有移送{transfer}。"
    case: CaseId
    transfer: TransferId


@dataclass(eq=False)
class TransferNotOpen(RoutingError):
    """Transfer {transfer} is {found}; only one that is not answered yet can be recalled."""

    zh: ClassVar[str] = "移送{transfer}为{found}；只有尚未答复的移送可以撤回。"
    transfer: TransferId
    found: str


@dataclass(eq=False)
class DirectedByLaw(RoutingError):
    """Transfer {transfer} was directed by the common superior: it can be neither rejected nor recalled."""

    zh: ClassVar[str] = "移送{transfer}由共同上级指定：既不得拒绝，也不得撤回。"
    transfer: TransferId


@dataclass(eq=False)
class NotHere(RoutingError):
    """Case {case} is not here any more: nobody is asked to help with it."""

    zh: ClassVar[str] = "案件{case}已不在本地：不得再请求协作。"
    case: CaseId


@dataclass(eq=False)
class NothingAsked(RoutingError):
    """Transfer {transfer} is {found}; nobody there waits for a clarification."""

    zh: ClassVar[str] = "移送{transfer}为{found}；对方没有要求补充说明。"
    transfer: TransferId
    found: str


@dataclass(eq=False)
class AskedOften(RoutingError):
    """Offer {transfer} was clarified {found} times; more than {expected} are not allowed."""

    zh: ClassVar[str] = "接收请求{transfer}已补充说明{found}次，最多{expected}次。"
    transfer: TransferId
    expected: int
    found: int


@dataclass(eq=False)
class WaitsForClarification(RoutingError):
    """Offer {transfer} waits for a clarification already, at the latest until {until}."""

    zh: ClassVar[str] = "接收请求{transfer}正在等待补充说明，最迟至{until}。"
    transfer: TransferId
    until: datetime


@dataclass(eq=False)
class OfferAlreadyAcknowledged(RoutingError):
    """Offer {transfer} was acknowledged already, at {found}."""

    zh: ClassVar[str] = "接收请求{transfer}已于{found}签收。"
    transfer: TransferId
    found: datetime


@dataclass(eq=False)
class OfferAlreadyAnswered(RoutingError):
    """Offer {transfer} was {found} already."""

    zh: ClassVar[str] = "接收请求{transfer}已答复：{found}。"
    transfer: TransferId
    found: str


@dataclass(eq=False)
class OfferNotOpen(RoutingError):
    """Offer {transfer} is over: {found}."""

    zh: ClassVar[str] = "接收请求{transfer}已经结束：{found}。"
    transfer: TransferId
    found: str


@dataclass(eq=False)
class AnswerTooLate(RoutingError):
    """Offer {transfer} had to be answered by {expected}, found {found}."""

    zh: ClassVar[str] = "接收请求{transfer}应于{expected}之前答复，现在是{found}。"
    transfer: TransferId
    expected: datetime
    found: datetime


@dataclass(eq=False)
class ProposesItself(RoutingError):
    """Who rejects transfer {transfer} names another agency that is competent, found itself, {found}."""

    zh: ClassVar[str] = "拒绝移送{transfer}须写明另一有管辖权的机构，而写的是本机构{found}。"
    transfer: TransferId
    found: AgencyId


@dataclass(eq=False)
class ProposesTwoThings(RoutingError):
    """Who rejects transfer {transfer} names another agency, or says why it knows of none: one of both."""

    zh: ClassVar[str] = "拒绝移送{transfer}须写明另一机构，或者说明不知有管辖权的机构的理由，只能二者择一。"
    transfer: TransferId


@dataclass(eq=False)
class ErrandAlreadyDone(RoutingError):
    """Task {task} was done at {done_at}."""

    zh: ClassVar[str] = "协作请求{task}已于{done_at}办结。"
    task: TaskId
    done_at: datetime


@dataclass(eq=False)
class ErrandNotOpen(RoutingError):
    """Task {task} is {found} already."""

    zh: ClassVar[str] = "协作请求{task}已为{found}。"
    task: TaskId
    found: str


@dataclass(eq=False)
class TaskNotOpen(RoutingError):
    """Task {task} is {found}: there is nothing left to extend."""

    zh: ClassVar[str] = "协作请求{task}为{found}，没有可以延长的期限。"
    task: TaskId
    found: str


@dataclass(eq=False)
class NotLater(RoutingError):
    """Task {task} is due by {expected}; more time ends later, found {found}."""

    zh: ClassVar[str] = "协作请求{task}的期限至{expected}；延长后的期限应更晚，而写的是{found}。"
    task: TaskId
    expected: datetime
    found: datetime


@dataclass(eq=False)
class NotTheSuperior(RoutingError):
    """Escalation {escalation} is for {expected} to decide, found {found}."""

    zh: ClassVar[str] = "提请指定{escalation}由{expected}决定，而非{found}。"
    escalation: TransferId
    expected: AgencyId
    found: AgencyId | None


@dataclass(eq=False)
class EscalationNotOpen(RoutingError):
    """Escalation {escalation} is {found}: a case is directed once."""

    zh: ClassVar[str] = "提请指定{escalation}为{found}：一案只指定一次。"
    escalation: TransferId
    found: str


@dataclass(eq=False)
class CannotBeDirected(RoutingError):
    """Escalation {escalation}: {found} is no agency that can take the case on that day."""

    zh: ClassVar[str] = "提请指定{escalation}：{found}在当日不是可以承办的机构。"
    escalation: TransferId
    found: AgencyId


@dataclass(eq=False)
class AgencyNotKnown(RoutingError):
    """The directory {version} has no agency {found}."""

    zh: ClassVar[str] = "名录{version}中没有机构{found}。"
    version: str
    found: AgencyId
