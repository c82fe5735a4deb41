"""What stands against an assignment, or what who is assigned says."""

from dataclasses import dataclass
from typing import ClassVar

from services.mediation.domain.errors.root import MediationError


@dataclass(eq=False)
class BothSides(MediationError):
    """{found} stands for the workers and mediates too; nobody does both in one case."""

    zh: ClassVar[str] = "{found}既代理劳动者又主持调解；同一案件中任何人不得兼任。"
    found: str


@dataclass(eq=False)
class NoAssignment(MediationError):
    """Found assignment {found}, expected one that is {expected}."""

    zh: ClassVar[str] = "第{found}号指派不符，应为{expected}的指派。"
    found: int
    expected: str


@dataclass(eq=False)
class ConflictDeclared(MediationError):
    """Found the interest {found}; assignment {number} is to be replaced, nobody takes it on so."""

    zh: ClassVar[str] = "申报的利害关系为{found}；第{number}号指派应当更换人员，不得就此承办。"
    found: str
    number: int


@dataclass(eq=False)
class NotEngaged(MediationError):
    """Assignment {number} is a mediator's, whom nobody engages."""

    zh: ClassVar[str] = "第{number}号指派的是调解员，无须签订委托。"
    number: int


@dataclass(eq=False)
class SameAssignee(MediationError):
    """{found} has this assignment already, expected somebody else."""

    zh: ClassVar[str] = "{found}已承担这一指派，应为其他人员。"
    found: str
