"""Errors of the runtime. The docstring is the message; it names what was found and what was expected."""

from dataclasses import dataclass
from typing import ClassVar

from schemas.refusals import Refusal


class ChassisError(Refusal):
    """The runtime refuses."""


@dataclass(eq=False)
class NotFound(ChassisError):
    """{kind} {id} is not known here."""

    zh: ClassVar[str] = "本地没有{kind}{id}。"
    kind: str
    id: str


@dataclass(eq=False)
class CauseAwaited(ChassisError):
    """{kind} {id} is not begun yet: what begins it comes on another log."""

    zh: ClassVar[str] = "{kind}{id}尚未建立：建立它的事件在另一日志上。"
    kind: str
    id: str
    status: ClassVar[int] = 503


@dataclass(eq=False)
class NotStored(ChassisError):
    """{kind} has no table: list it in the service's `stores`."""

    zh: ClassVar[str] = "{kind}没有对应的数据表：请列入该服务的 `stores`。"
    kind: str


@dataclass(eq=False)
class WrongLog(ChassisError):
    """{type} belongs to the log {found}, and this service writes {expected}."""

    zh: ClassVar[str] = "{type}属于日志{found}，本服务只写入{expected}。"
    type: str
    expected: str
    found: str


@dataclass(eq=False)
class EventTooLarge(ChassisError):
    """An event for {topic} has {found} bytes; at most {expected} are sent. Say it in several events."""

    zh: ClassVar[str] = "发往{topic}的事件有{found}字节，最多{expected}字节，请分成几个事件。"
    topic: str
    found: int
    expected: int
    status: ClassVar[int] = 413


@dataclass(eq=False)
class CaseHeld(ChassisError):
    """Case {case_id} is held ({cause}) until an operator releases it; nothing is lost meanwhile."""

    zh: ClassVar[str] = "案件{case_id}已暂停处理（{cause}），须由运维人员放行；其间不会丢失任何内容。"
    case_id: str
    cause: str


@dataclass(eq=False)
class StaleVersion(ChassisError):
    """{kind} {id} has version {found}; the request was made for {expected}. Read it again and repeat."""

    zh: ClassVar[str] = "{kind}{id}的当前版本为{found}，而您依据的是{expected}。请重新读取后再提交。"
    kind: str
    id: str
    expected: str
    found: str
    status: ClassVar[int] = 412


@dataclass(eq=False)
class VersionNotStated(ChassisError):
    """A change needs `If-Match` with the entity tag of {kind} {id} as you read it."""

    zh: ClassVar[str] = "修改须带 `If-Match`，填写您读取{kind}{id}时的实体标签。"
    kind: str
    id: str
    status: ClassVar[int] = 428


@dataclass(eq=False)
class KeyReused(ChassisError):
    """Idempotency-Key {key} was used before for another request; use a new key for a new request."""

    zh: ClassVar[str] = "Idempotency-Key {key} 已用于另一请求；新的请求请使用新的标识。"
    key: str
    status: ClassVar[int] = 409


@dataclass(eq=False)
class KeyMissing(ChassisError):
    """Found {found}, expected a header `Idempotency-Key` of 1 to 128 visible ASCII characters."""

    zh: ClassVar[str] = "请求头 `Idempotency-Key` 为{found}，应为1至128个可见ASCII字符。"
    found: str
    status: ClassVar[int] = 400


@dataclass(eq=False)
class BodyTooLarge(ChassisError):
    """The body is larger than {expected} bytes."""

    zh: ClassVar[str] = "请求内容超过{expected}字节。"
    expected: int
    status: ClassVar[int] = 413


@dataclass(eq=False)
class RefusesToStart(ChassisError):
    """{service} does not start: {reason} {remedy}"""

    zh: ClassVar[str] = "{service}不启动：{reason} {remedy}"
    service: str
    reason: str
    remedy: str


@dataclass(eq=False)
class DatabaseBehind(RefusesToStart):
    """{service} does not start: {reason} {remedy}"""


@dataclass(eq=False)
class TimerStillDue(ChassisError):
    """{kind} {id}: the timer {name} fired at {at} and is still due after its handler."""

    zh: ClassVar[str] = "{kind}{id}：定时{name}已于{at}触发，处理之后仍未解除。"
    kind: str
    id: str
    name: str
    at: str


@dataclass(eq=False)
class TooManyHolds(ChassisError):
    """{count} cases were held within a minute for {fingerprint}: it stops, as the release is at fault."""

    zh: ClassVar[str] = "一分钟内有{count}个案件因{fingerprint}暂停，服务已停止读取：问题在于本版本程序。"
    count: int
    fingerprint: str
