"""Advice that is asked for before there is a case, and the lawyers on duty who give it."""

from typing import Annotated, Final, NewType

from schemas.codes.applying import CASE_TYPES
from schemas.codes.known import CODE, Known, known

CONSULTATION_TOPICS: Final = {
    **CASE_TYPES,
    **known(
        how_to_apply=("如何申请法律援助", "how to apply for legal aid"),
        evidence=("如何收集证据", "which evidence to keep"),
        procedure=("仲裁、诉讼程序", "how arbitration and suits go"),
        other=("其他事项", "another matter"),
    ),
}
ConsultationTopic = NewType("ConsultationTopic", Annotated[str, CODE, Known(CONSULTATION_TOPICS)])
"""What advice was about."""


CONSULTATION_OUTCOMES: Final = known(
    answered=("已解答", "answered"),
    turned_into_application=("已转为援助申请", "turned into an application"),
    applied_already=("已有申请", "applied for already"),
    referred=("已转介", "referred to another agency"),
    broken_off=("中断", "broken off"),
)
ConsultationOutcome = NewType("ConsultationOutcome", Annotated[str, CODE, Known(CONSULTATION_OUTCOMES)])
"""How a consultation ended."""


HANDINGS: Final = known(
    on_duty=("按值班表转交", "to whom the roster says"),
    no_answer=("原值班律师未接听", "the lawyer on duty did not answer"),
    shift_over=("原值班律师已下班", "the shift is over"),
    by_name=("指名转交", "to somebody who was named"),
)
HandingCode = NewType("HandingCode", Annotated[str, CODE, Known(HANDINGS)])
"""Why a consultation was handed to a lawyer."""


DUTY_REASONS: Final = known(
    on_duty=("正在值班", "is on duty"),
    on_duty_later=("稍后值班", "is on duty later"),
    speaks_language=("能使用来电人的语言", "speaks the caller's language"),
    other_language=("不使用来电人的语言", "does not speak the caller's language"),
    this_site=("在本网点值班", "is on duty at this site"),
    other_site=("在本机构其他网点值班", "is on duty at another site of the agency"),
    not_on_roster=("不在值班表上", "is not on the roster"),
)
DutyReason = NewType("DutyReason", Annotated[str, CODE, Known(DUTY_REASONS)])
"""What speaks for or against a lawyer of the roster, when somebody asks for advice."""
