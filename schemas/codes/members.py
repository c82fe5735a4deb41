"""Who the members of a case are, who applies for them, and why they leave."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

MEMBER_ROLES: Final = known(
    worker=("劳动者本人", "the worker"),
    heir=("近亲属", "heir of the worker"),
    co_applicant=("共同申请人", "co-applicant"),
)
MemberRole = NewType("MemberRole", Annotated[str, CODE, Known(MEMBER_ROLES)])
"""In what capacity a member of a case claims."""


AGENT_AUTHORITIES: Final = known(
    legal_guardian=("法定代理人", "the legal representative"),
    close_relative=("法定代理人以外的近亲属", "a close relative who is not the legal representative"),
    power_of_attorney=("委托代理人", "by power of attorney"),
    organisation=("单位推荐或者指定的代理人", "named by an organisation"),
)
AgentAuthority = NewType("AgentAuthority", Annotated[str, CODE, Known(AGENT_AUTHORITIES)])
"""By what authority somebody applies for a member (Legal Aid Law Art. 40)."""


LEAVINGS: Final = known(
    own_wish=("本人退出", "the member does not want to go on"),
    own_case=("另行申请", "the member goes on in a case of his own"),
    settled_alone=("已自行和解", "the member settled alone"),
    died=("死亡，由继承人承接", "the member died; his heirs come after him"),
    entered_in_error=("录入错误", "entered in error"),
    elsewhere=("在其他承办机构处已退出", "the member left when the case was elsewhere"),
)
LeavingCode = NewType("LeavingCode", Annotated[str, CODE, Known(LEAVINGS)])
"""Why a member left his case."""
