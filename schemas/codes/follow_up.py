"""What the applicants are asked after the money came."""

from typing import Annotated, Final, NewType

from schemas.codes.known import CODE, Known, known

FOLLOW_UP_MEANS: Final = known(
    call=("电话", "a call"),
    visit=("上门", "a visit"),
    at_window=("到窗口", "at the window"),
    message=("短信或者线上", "a message"),
)
FollowUpMeans = NewType("FollowUpMeans", Annotated[str, CODE, Known(FOLLOW_UP_MEANS)])
"""How the applicants were asked afterwards."""


FOLLOW_UP_QUESTIONS: Final = known(
    paid_in_full=("款项是否足额到账", "did all the money arrive"),
    helper_helpful=("承办人员是否尽责", "did the helper do his work well"),
    treated_worse=("是否因此受到打击报复", "were they treated worse for it"),
    working_now=("目前是否就业", "do they have work now"),
    needs_help=("是否还需要帮助", "do they need more help"),
)
FollowUpQuestion = NewType("FollowUpQuestion", Annotated[str, CODE, Known(FOLLOW_UP_QUESTIONS)])
"""What the applicants are asked after the money came."""


FOLLOW_UP_REPLIES: Final = known(
    yes=("是", "yes"),
    no=("否", "no"),
    partly=("部分", "partly"),
    not_said=("未回答", "no answer"),
)
FollowUpReply = NewType("FollowUpReply", Annotated[str, CODE, Known(FOLLOW_UP_REPLIES)])
"""What they replied."""


FOLLOW_UP_OUTCOMES: Final = known(
    nothing_open=("无后续事项", "nothing is open"),
    money_owed=("款项未到位，继续追索", "money is still owed: it is pursued"),
    complaint=("有投诉，转入核查", "there is a complaint: it is looked into"),
    more_help=("需要其他帮助，另行办理", "they need other help: it is seen to"),
    not_reached=("未能联系上", "nobody was reached"),
)
FollowUpOutcome = NewType("FollowUpOutcome", Annotated[str, CODE, Known(FOLLOW_UP_OUTCOMES)])
"""What a follow-up led to."""
