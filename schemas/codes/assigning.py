"""Who does the work on a case, and why it is somebody else."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

ASSIGNEE_ROLES: Final = known(
    lawyer=("律师", "lawyer"),
    legal_worker=("基层法律服务工作者", "grassroots legal worker"),
    duty_lawyer=("值班律师", "duty lawyer"),
    centre_staff=("中心工作人员", "staff of the centre"),
    mediator=("调解员", "mediator"),
)
AssigneeRole = NewType("AssigneeRole", Annotated[str, CODE, Known(ASSIGNEE_ROLES)])
"""What somebody was assigned as. Nobody is both representative and mediator of one case."""


CONFLICTS: Final = known(
    none=("无利害关系", "none"),
    acts_for_employer=("为用人单位代理或者提供法律服务", "acts for the employer"),
    employed_there=("在用人单位任职", "is employed by the employer"),
    related=("与用人单位有其他利害关系", "has another interest in the employer"),
)
ConflictCode = NewType("ConflictCode", Annotated[str, CODE, Known(CONFLICTS)])
"""What interest in the employer somebody declares who takes on an assignment."""


REPLACEMENTS: Final = known(
    conflict_of_interest=("有利害关系", "conflict of interest"),
    declined=("不接受指派", "declined the assignment"),
    unable=("因故不能继续办理", "cannot go on"),
    neglect=("不依法履行职责", "neglected the work"),
    applicants_asked=("受援人请求更换", "the applicants asked for another"),
    other=("其他原因", "another reason"),
)
ReplacementCode = NewType("ReplacementCode", Annotated[str, CODE, Known(REPLACEMENTS)])
"""Why somebody else is assigned."""
